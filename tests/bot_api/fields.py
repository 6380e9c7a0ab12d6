"""Reads the fields of a request as the Bot API takes them: from the address, a form, parts with files, or JSON."""

import json
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot_api.refusals import bad_request

INTEGERS = frozenset({
    "message_id", "offset", "limit", "timeout", "max_connections", "cache_time", "message_thread_id",
})  # fmt: skip
FLAGS = frozenset({
    "protect_content", "drop_pending_updates", "disable_notification", "show_alert", "allow_sending_without_reply",
})  # fmt: skip
JSON = frozenset({
    "allowed_updates", "entities", "reply_markup", "message_ids", "commands", "scope", "link_preview_options",
    "reply_parameters",
})  # fmt: skip

Fields = dict[str, Any]


async def fields_of(request: Request) -> tuple[Fields, tuple[str, ...]]:
    """Return the fields, each in its kind, and the names of files that were sent along."""
    said: Fields = dict(request.query_params)
    files: tuple[str, ...] = ()
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind == "application/json":
        said |= json.loads(await request.body() or b"{}")
    elif kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        async with request.form() as form:
            files = tuple(name for name, value in form.items() if isinstance(value, UploadFile))
            said |= {name: value for name, value in form.items() if name not in files}
    return {name: _in_kind(name, value) for name, value in said.items()}, files


def _in_kind(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in FLAGS:
        return value.lower() in {"true", "yes", "1"}
    if name in INTEGERS or name == "chat_id":
        return int(value) if value.lstrip("-").isdigit() else value
    return _from_json(name, value) if name in JSON else value


def _from_json(name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return UnreadableJson(name)


class UnreadableJson(str):
    """Stands where a field should have been JSON and was not; its text is the field's name."""


def json_field(fields: Fields, name: str, empty: Any) -> Any:
    """Return a field that comes as JSON; raises Refused if it was none."""
    value = fields.get(name, empty)
    if isinstance(value, UnreadableJson):
        raise bad_request(f"can't parse {name} JSON object")
    return empty if value is None else value


def clamped(fields: Fields, name: str, default: int, least: int, most: int) -> int:
    """Return a whole number, brought into its range as the Bot API does."""
    value = fields.get(name, default)
    return min(max(value, least), most) if isinstance(value, int) else default

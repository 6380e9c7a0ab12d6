"""Payloads: what our own door and our buttons say to the dialogue, instead of words."""

import json
import re
from collections.abc import Mapping
from typing import Any

_COMMAND = re.compile(r"^[\s/]+")


class NotTogether(ValueError):
    """Tried to send several choices at once that do not answer one question."""


def no_command(text: str) -> str:
    """Return a typed text as words alone: a leading slash would be a command to Rasa, and from a person it is text."""
    return _COMMAND.sub("", text).strip()


def payload(intent: str, entities: Mapping[str, Any]) -> str:
    """Return an act with what it carries."""
    return f"/{intent}{json.dumps(dict(entities))}" if entities else f"/{intent}"


def together(payloads: list[str]) -> str:
    """Return one payload for several ticks of one question."""
    if len(payloads) == 1:
        return payloads[0]
    values: dict[str, list[Any]] = {}
    for one in payloads:
        if not one.startswith("/answer{"):
            raise NotTogether
        for question, value in json.loads(one.removeprefix("/answer")).items():
            values.setdefault(question, []).append(value)
    if len(values) != 1:
        raise NotTogether
    return payload("answer", values)

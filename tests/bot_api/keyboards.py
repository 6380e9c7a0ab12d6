"""Buttons under a message, checked as Telegram checks them."""

from typing import Any
from urllib.parse import urlsplit

from bot_api.fields import Fields, json_field
from bot_api.refusals import bad_request

LONGEST_DATA = 64  # bytes
MOST_BUTTONS = 100

Keyboard = dict[str, Any]

_DOES = ("url", "callback_data", "web_app", "login_url", "switch_inline_query", "copy_text", "callback_game", "pay")


def keyboard_of(fields: Fields) -> Keyboard:
    """Return what a message carries of its keyboard: nothing unless the buttons are under the message itself."""
    markup = json_field(fields, "reply_markup", {})
    rows = [row for row in markup.get("inline_keyboard", []) if row]
    for button in (button for row in rows for button in row):
        _check(button)
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _check(button: dict[str, Any]) -> None:
    if not button.get("text"):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not any(does in button for does in _DOES):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not _leads_somewhere(button["url"]):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _leads_somewhere(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "tg" or (parts.scheme in {"http", "https"} and "." in parts.netloc)

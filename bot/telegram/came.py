"""What came: an update as Telegram sent it, read without trusting any of it.

Nothing of a picture, a voice, a place or any other thing but its kind is looked at, and no file is ever fetched.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from bot.consultation import RawText

LARGEST = 2**52  # Telegram's ids have at most 52 bits
# Bots' names end in "bot"; what else stands behind an @ may be anybody's.
_COMMAND = re.compile(r"/([a-z]{1,32})(?:@\w*bot)?(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
# Words of others that stand in a message beside its own, or who said them.
_QUOTES = ("forward_origin", "quote", "external_reply")
# What a private chat does by itself: nobody has said anything.
_BY_ITSELF = ("pinned_message", "message_auto_delete_timer_changed", "write_access_allowed", "chat_background_set")
_CLOSED = ("kicked", "left")


class Kind(Enum):
    """What came, as far as it makes a difference."""

    TEXT = auto()
    COMMAND = auto()
    PRESS = auto()
    EDITED = auto()
    UNREADABLE = auto()  # a picture, a voice, a file, a place and the like
    CLOSED = auto()  # the chat lets nothing in any more
    ELSEWHERE = auto()  # a group or a channel
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Came:
    """An update. `chat` is the id of the chat and `message_id` of the message in it, 0 for none.

    `text` is what was typed, behind a command too, and `whole` a command as it was typed, without its slash. `data` is
    what a button sends and `query_id` the press itself; `together` is shared by pictures that were sent as one.
    `is_quoting` where words of somebody else's stand in the message, which are not read.
    """

    update_id: int
    kind: Kind
    chat: int = 0
    message_id: int = 0
    text: RawText | None = None
    command: str = ""
    data: str = ""
    query_id: str = ""
    together: str = field(default="", repr=False)
    whole: RawText | None = None
    is_quoting: bool = False


def came(update: object) -> Came | None:
    """Return what came, or None for what is no update at all."""
    update_id = _id(update, "update_id")
    if not update_id:
        return None
    if message := _part(update, "message"):
        return _message(update_id, message)
    if message := _part(update, "edited_message"):
        return _edited(update_id, message)
    if query := _part(update, "callback_query"):
        return _press(update_id, query)
    if member := _part(update, "my_chat_member"):
        return _member(update_id, member)
    if message := _part(update, "channel_post"):
        return Came(update_id, Kind.ELSEWHERE, _id(_part(message, "chat"), "id"))
    return Came(update_id, Kind.NOTHING)


def _message(update_id: int, message: Mapping[str, Any]) -> Came:
    chat, message_id = _id(_part(message, "chat"), "id"), _id(message, "message_id")
    if not _is_private(message):
        return Came(update_id, Kind.ELSEWHERE, chat)
    if any(name in message for name in _BY_ITSELF):
        return Came(update_id, Kind.NOTHING, chat)
    text = message.get("text")
    if not isinstance(text, str):
        return Came(update_id, Kind.UNREADABLE, chat, message_id, together=_text(message, "media_group_id"))
    quoting = any(name in message for name in _QUOTES)
    if command := _COMMAND.fullmatch(text):
        rest = RawText(_storable(command[2])) if command[2] and command[2].strip() else None
        whole, name = RawText(_storable(text[1:])), command[1].lower()
        return Came(update_id, Kind.COMMAND, chat, message_id, rest, name, whole=whole, is_quoting=quoting)
    return Came(update_id, Kind.TEXT, chat, message_id, RawText(_storable(text)), is_quoting=quoting)


def _edited(update_id: int, message: Mapping[str, Any]) -> Came:
    chat, message_id = _id(_part(message, "chat"), "id"), _id(message, "message_id")
    if not _is_private(message):
        return Came(update_id, Kind.NOTHING, chat)
    text = message.get("text", message.get("caption"))
    typed = RawText(_storable(text)) if isinstance(text, str) else None
    return Came(update_id, Kind.EDITED, chat, message_id, typed)


def _press(update_id: int, query: Mapping[str, Any]) -> Came:
    message = _part(query, "message")
    chat, message_id = _id(_part(message, "chat"), "id"), _id(message, "message_id")
    if not chat or not _is_private(message):
        return Came(update_id, Kind.NOTHING)
    data, query_id = _text(query, "data")[:64], _text(query, "id")
    return Came(update_id, Kind.PRESS, chat, message_id, data=data, query_id=query_id)


def _member(update_id: int, member: Mapping[str, Any]) -> Came:
    chat, is_closed = _id(_part(member, "chat"), "id"), _text(_part(member, "new_chat_member"), "status") in _CLOSED
    if _is_private(member):
        return Came(update_id, Kind.CLOSED if is_closed else Kind.NOTHING, chat)
    return Came(update_id, Kind.NOTHING if is_closed else Kind.ELSEWHERE, chat)


def _is_private(message: Mapping[str, Any]) -> bool:
    return _text(_part(message, "chat"), "type") == "private"


def _storable(text: str) -> str:
    # Half a surrogate pair is no text, and not every database takes a null.
    return text.encode("utf-8", "ignore").decode("utf-8").replace("\x00", "")


def _part(whole: object, name: str) -> Mapping[str, Any]:
    part = whole.get(name) if isinstance(whole, Mapping) else None
    return part if isinstance(part, Mapping) else {}


def _text(whole: object, name: str) -> str:
    text = whole.get(name) if isinstance(whole, Mapping) else None
    return text if isinstance(text, str) else ""


def _id(whole: object, name: str) -> int:
    number = whole.get(name) if isinstance(whole, Mapping) else None
    return number if isinstance(number, int) and not isinstance(number, bool) and abs(number) < LARGEST else 0

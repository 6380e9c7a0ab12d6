"""What a person sees in a chat, in the words of tests."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from bot_api.chats import Chat, Message


class CannotBeDone(AssertionError):
    """A test asked somebody to do what nobody could: press a button that is not there, write where they have left."""


@dataclass(frozen=True)
class Button:
    """A button under a message. It can be kept, and pressed when its message has gone."""

    text: str
    data: str | None
    url: str | None
    chat_id: int
    message_id: int


@dataclass(frozen=True)
class Seen:
    """One message. `kind` names its content: text, photo, voice ..."""

    id: int
    text: str
    is_from_bot: bool
    buttons: tuple[tuple[Button, ...], ...]
    is_protected: bool
    is_edited: bool
    entities: tuple[dict[str, Any], ...]
    kind: str
    message: Message

    @property
    def labels(self) -> list[str]:
        """The words on its buttons, in order."""
        return [button.text for row in self.buttons for button in row]

    def marked(self, kind: str = "bold") -> list[str]:
        """Return the parts of the text with an entity of a kind."""
        whole = self.text.encode("utf-16-le")
        parts = [(e["offset"] * 2, (e["offset"] + e["length"]) * 2) for e in self.entities if e["type"] == kind]
        return [whole[begin:end].decode("utf-16-le") for begin, end in parts]


_HEAD = frozenset({
    "message_id", "date", "edit_date", "chat", "from", "sender_chat", "entities", "reply_markup", "caption",
    "has_protected_content", "reply_to_message", "caption_entities",
})  # fmt: skip


def seen_in(chat: Chat, bot_id: int) -> tuple[Seen, ...]:
    """Return the messages that stand in a chat now, oldest first."""
    return tuple(_seen(chat.messages[number], bot_id) for number in sorted(chat.messages))


def _seen(message: Message, bot_id: int) -> Seen:
    number, chat_id = message["message_id"], message["chat"]["id"]
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = tuple(
        tuple(Button(b["text"], b.get("callback_data"), b.get("url"), chat_id, number) for b in row) for row in rows
    )
    return Seen(
        id=number,
        text=message.get("text", message.get("caption", "")),
        is_from_bot=message.get("from", {}).get("id") == bot_id,
        buttons=buttons,
        is_protected=message.get("has_protected_content", False),
        is_edited="edit_date" in message,
        entities=tuple(message.get("entities", ())),
        kind=next((name for name in message if name not in _HEAD), "service"),
        message=deepcopy(message),
    )

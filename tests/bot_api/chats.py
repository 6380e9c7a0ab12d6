"""Chats as the server keeps them: who is there, what stands in them, and whether the bot may write."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from bot_api.refusals import Refused, bad_request, forbidden

Message = dict[str, Any]  # as the Bot API shows one

_KINDS = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}


def as_answered(message: Message) -> Message:
    """Return a message as it is shown in the answer to it: without what it answered itself."""
    return deepcopy({name: value for name, value in message.items() if name != "reply_to_message"})


@dataclass
class Chat:
    """One chat. `bot` is what the bot is in a room: member, administrator, left or kicked."""

    id: int
    shown: dict[str, Any]
    messages: dict[int, Message] = field(default_factory=dict)
    has_started: bool = True
    has_blocked: bool = False
    has_gone: bool = False
    bot: str = "member"
    bot_may_delete: bool = False
    moved_to: int | None = None
    last_id: int = 0  # of a supergroup or a channel, which number their messages themselves

    @property
    def kind(self) -> str:
        return self.shown["type"]

    @property
    def is_private(self) -> bool:
        return self.kind == "private"

    @property
    def numbers_its_messages(self) -> bool:
        return self.kind in {"supergroup", "channel"}

    def refusal_to_write(self) -> Refused | None:
        """Return why the bot may not write here, if it may not."""
        if self.has_gone:
            return forbidden("user is deactivated")
        if self.has_blocked:
            return forbidden("bot was blocked by the user")
        if not self.has_started:
            return forbidden("bot can't initiate conversation with a user")
        if self.moved_to:
            return bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.moved_to)
        if self.is_private or self.bot == "administrator":
            return None
        if self.bot == "member":
            return None if self.kind != "channel" else bad_request("need administrator rights in the channel chat")
        left = "not a member of" if self.bot == "left" else "kicked from"
        return forbidden(f"bot {'is' if self.bot == 'left' else 'was'} {left} the {_KINDS[self.kind]}")

"""Outbox: what is to be delivered to chats, kept until it has been.

What stands in it once is delivered once: each thing has a key of its own, and what may or may not have arrived when
something fell is never sent again by itself.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

type Body = Mapping[str, Any]


class Errand(StrEnum):
    """What is to be done in a chat. Only sending must not be done twice."""

    SEND = "send"
    EDIT = "edit"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something to be done in the chat of a link, at `not_before` or soon. The same `once` again is let fall."""

    link_id: str
    once: str
    errand: Errand
    body: Body = field(repr=False)
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """Something taken out of the outbox to be done now. `attempts` counts this one; `at` is when it was put in."""

    id: int
    link_id: str
    once: str
    errand: Errand
    body: Body = field(repr=False)
    attempts: int
    at: datetime


class Outbox(Protocol):
    """Where it is kept (bot.storage). Every method is one transaction; none waits for a chat service.

    A `note` is the body of a line that says that something may not have arrived. It is kept once a chat while it
    waits, and never about itself: it may be said twice, and is tried again some times. `busy` are links from which
    nothing is to be taken.
    """

    def is_done(self, update_id: int) -> bool:
        """Whether an update has been handled before."""
    def put(self, outgoing: Sequence[Outgoing], now: datetime, update_id: int | None = None) -> bool:
        """Keep what is to be done, and that an update is done. False, and nothing kept, where it was done before.

        What is for a link whose key is gone is let fall.
        """
    def take(self, now: datetime, busy: Collection[str], most: int) -> tuple[Letter, ...]:
        """Return what is due, oldest first and one of each link, and mark it as being sent."""
    def sent(self, letter_id: int, message_id: int, now: datetime, delete_at: datetime | None) -> None:
        """Keep that a message arrived, and when it is to be deleted again."""
    def done(self, letter_id: int) -> None:
        """Keep that a message was edited or deleted. What was deleted is let go of here too."""
    def again(self, letter_id: int, not_before: datetime, *, counts: bool = True) -> None:
        """Let it be tried again; what `counts` for nothing was no attempt."""
    def unsure(self, letter_id: int, note: Body, now: datetime) -> None:
        """Keep that nobody knows whether a message arrived, and put the note in."""
    def give_up(self, letter_id: int, now: datetime, instead: Body | None = None) -> None:
        """Keep that it is not to be done any more, and put in what is said instead."""
    def forget(self, link_id: str) -> None:
        """Delete all that is kept for a link."""
    def recover(self, note: Body, now: datetime) -> int:
        """Settle what was being sent when the house fell; return how much that was."""
    def standing(self, link_id: str, since: datetime) -> tuple[int, ...]:
        """Return the ids of the messages that were sent since a moment and not deleted."""
    def body_of(self, link_id: str, message_id: int) -> Body | None:
        """Return what was sent as a message, while it is kept."""
    def change(self, link_id: str, which: Callable[[Body], bool], to: Callable[[Body], Body]) -> Body | None:
        """Change the newest message that fits, and return what it then is; None where none fits."""
    def let_go(self, before: datetime) -> int:
        """Delete what was done and settled before a moment; return how much that was."""

"""The room: what everybody in here has at hand."""

import hmac
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol

from bot.consultation import RawText, Redaction
from bot.desk.outbox import Body, Errand, Outbox, Outgoing
from bot.desk.people import Person
from bot.desk.staff.links import Ended, Link
from bot.web.house import House

type Look = Callable[[RawText], Awaitable[Redaction]]
type KeyOf = Callable[[int | str], str]


class Staff(Protocol):
    """What is asked of the desk about a school's staff. `bot.desk.staff.desk` is it. Nothing of it is awaited."""

    def link(self, code: str, chat: str, address: int, now: datetime) -> Link: ...
    def link_of(self, chat: str, now: datetime) -> Link | None: ...
    def leave(self, link: Link, why: Ended, now: datetime) -> None: ...
    def address_of(self, link_id: str) -> int | None: ...
    def begin(self, link: Link, consultation_id: str, now: datetime) -> None: ...
    def pass_on(self, consultation_id: str, urgent: bool, words: str, now: datetime) -> Any: ...
    def passed_on_by(self, link: Link, now: datetime) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """Something to be done in a chat, before it has its key. With `once` it has that key and no other."""

    errand: Errand
    body: Body = field(repr=False)
    once: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """What everybody in here has at hand. `say` fills in an area's numbers; `look` redacts and keeps nothing.

    `key_of` is the keyed hash under which a chat is known.
    """

    house: House
    staff: Staff
    outbox: Outbox
    say: Callable[..., str]
    look: Look
    key_of: KeyOf
    clock: Callable[[], datetime]

    def words(self, name: str, person: Person | None = None, /, **blanks: Any) -> str:
        """Return a response, with the numbers of a person's area in it, or national ones."""
        area = person.area if person else None
        return self.say(name, area, in_danger=self.house.emergency(area)["in_danger"], **blanks)


def keyed(pepper: str) -> KeyOf:
    """Return what makes the keyed hash of a chat's id, or of another word of Telegram's, as hexadecimal digits."""

    def key_of(chat: int | str) -> str:
        return hmac.new(pepper.encode(), f"telegram chat\0{chat}".encode(), sha256).hexdigest()

    return key_of


def send(body: Body) -> Draft:
    """Return a message to be sent."""
    return Draft(Errand.SEND, body)


def delete(message_id: int) -> Draft:
    """Return that a message of theirs is to be deleted."""
    return Draft(Errand.DELETE, {"message_id": message_id, "ours": False})


def outgoing(link: Link, update_id: int, drafts: Sequence[Draft]) -> list[Outgoing]:
    """Return drafts with their keys, which are the same when an update comes again."""
    return [
        Outgoing(link.id, draft.once or f"{update_id}:{number}", draft.errand, draft.body)
        for number, draft in enumerate(drafts)
    ]

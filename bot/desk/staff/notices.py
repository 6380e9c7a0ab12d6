"""Notices: a DSL who wishes it is told in a chat that there is something to read here, and never what.

Once for a burst: again only after the DSL has looked. What is urgent is told each time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.consultation.reference import in_capitals
from bot.desk.staff.links import Link

# link, an id under which nothing is sent twice, the name of a response, and what fills its blanks
type Send = Callable[[str, str, str, Mapping[str, str]], None]


class NoticeKind(StrEnum):
    """What a DSL is told of."""

    UPDATE = "update"
    PASSED_ON = "passed_on"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Unread:
    """What the desk said in a consultation of a DSL with a link for notices: `number` is that of the last of it.

    `read` is how far the DSL has read, and `told` the number of which they were told last.
    """

    link: Link
    consultation_id: str
    designation: str
    number: int
    read: int
    told: int


@dataclass(frozen=True, slots=True)
class Untold:
    """Something passed on that nobody has seen, and of which nobody was told. `waits`: told of another, not looked."""

    link: Link
    passed_on_id: str
    designation: str
    urgent: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that is due. `once` tells it apart from every other; `number` is the last message it is about."""

    link: Link
    designation: str
    kind: NoticeKind
    about: str
    number: int = 0
    blanks: Mapping[str, str] = field(default_factory=dict)

    @property
    def once(self) -> str:
        """An id under which it is sent once."""
        return f"{self.kind.value}:{self.link.id}:{self.about}:{self.number}"

    @property
    def words(self) -> str:
        """The name of the response that says it."""
        return f"utter_staff_notice_{self.kind.value}"


class NoticeRecords(Protocol):
    """What the records know of notices. Each method is one transaction; being told has its line in the audit chain."""

    def unread_updates(self, now: datetime) -> tuple[Unread, ...]:
        """Return where a duty worker's message or an outcome was not read, for every open link for notices."""
    def untold_notes(self, now: datetime) -> tuple[Untold, ...]:
        """Return what was passed on and not seen or told, for every open link for notices, oldest first."""
    def told_of_update(self, link_id: str, consultation_id: str, number: int, now: datetime) -> None:
        """Keep that a link was told of what stands in a consultation up to a message."""
    def told_of_note(self, link_ids: tuple[str, ...], passed_on_id: str, now: datetime) -> None:
        """Keep that something passed on was told, to these links; they wait until their DSLs have looked."""


@dataclass(frozen=True, slots=True)
class Notices:
    """Works out what is due, and hands it to `send`, which sends nothing twice under one id."""

    kept: NoticeRecords
    send: Send

    def look(self, now: datetime) -> int:
        """Send what is due, keep that it was told, and return how much it was."""
        updates = self.updates_due(now)
        for notice in updates:
            self._send(notice)
            self.kept.told_of_update(notice.link.id, notice.about, notice.number, now)
        return len(updates) + self._tell_of_notes(now)

    def updates_due(self, now: datetime) -> tuple[Notice, ...]:
        """Return the notices of updates that are due."""
        return tuple(
            Notice(one.link, one.designation, NoticeKind.UPDATE, one.consultation_id, one.number, _named(one))
            for one in self.kept.unread_updates(now)
            if one.number > one.read and one.told <= one.read
        )

    def _tell_of_notes(self, now: datetime) -> int:
        untold = self.kept.untold_notes(now)
        due = notes_due(untold)
        for notice in due:
            self._send(notice)
        # What a notice already stands for counts as told too, or it would be told again after the DSL has looked.
        for passed_on_id in dict.fromkeys(one.passed_on_id for one in untold):
            links = tuple(notice.link.id for notice in due if notice.about == passed_on_id)
            self.kept.told_of_note(links, passed_on_id, now)
        return len(due)

    def _send(self, notice: Notice) -> None:
        self.send(notice.link.id, notice.once, notice.words, notice.blanks)


def notes_due(untold: tuple[Untold, ...]) -> tuple[Notice, ...]:
    """Return the notices of what was passed on that are due: all that is urgent, and one of the rest for a link."""
    due: list[Notice] = []
    waiting = {one.link.id for one in untold if one.waits}
    for one in untold:
        if one.urgent or one.link.id not in waiting:
            kind = NoticeKind.URGENT if one.urgent else NoticeKind.PASSED_ON
            due.append(Notice(one.link, one.designation, kind, one.passed_on_id))
        waiting.add(one.link.id)
    return tuple(due)


def _named(one: Unread) -> dict[str, str]:
    return {"designation": in_capitals(one.designation)}

"""Links: a chat outside that stands for somebody of a school, the code that makes one, and what ends it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from bot.desk.people import Person
from bot.desk.working_time import ENGLAND

CODE_HOLDS = timedelta(days=8)
ENDED_KEPT = timedelta(days=30)
LONGEST_LABEL = 40  # characters


class LinkKind(StrEnum):
    """What a chat is linked for: to write as a colleague, or to be told that there is something to read."""

    STAFF = "staff"
    NOTICES = "notices"


class Ended(StrEnum):
    """Why a link ended."""

    LEFT = "left"  # they said so themselves
    BLOCKED = "blocked"  # they let nothing in any more, or their account is gone
    BY_DSL = "by_dsl"
    SCHOOL_LEFT = "school_left"  # they, or the DSL who let them in, are of that school no more
    LAPSED = "lapsed"  # its last day has passed
    REPLACED = "replaced"  # the chat was linked anew, or the DSL has another for notices


class CodeRefused(Exception):
    """Tried to link with a code that opens nothing: wrong, used, replaced or too old. It carries nothing."""


class LabelRefused(ValueError):
    """Tried to make a code for a colleague without saying for whom, or in more than LONGEST_LABEL characters."""


class DayRefused(ValueError):
    """Tried to let a link end on a day that has passed, or later than the school year does."""


@dataclass(frozen=True, slots=True)
class Link:
    """A chat that stands for a person. `chat` is a keyed hash; `talk` the consultation they are in now.

    It holds until `ends_at`, which is midnight after its last day in England.
    """

    id: str
    chat: str
    person: Person
    kind: LinkKind
    linked_at: datetime
    ends_at: datetime
    talk: str | None = None

    @property
    def last_day(self) -> date:
        """The last day on which it holds."""
        return last_day_before(self.ends_at)


@dataclass(frozen=True, slots=True)
class NewCode:
    """A one-time code as it is kept, without its characters. `ends_at` is when a link by it ends, None as usual."""

    kind: LinkKind
    label: str
    made_by: str
    expires_at: datetime
    ends_at: datetime | None = None


def end_of_school_year(now: datetime) -> datetime:
    """Return midnight in England after the first 31 August that is later than today."""
    today = now.astimezone(ENGLAND).date()
    year = today.year if today < date(today.year, 8, 31) else today.year + 1
    return datetime.combine(date(year, 9, 1), time(), ENGLAND)


def end_of_day(day: date) -> datetime:
    """Return midnight in England after a day."""
    return datetime.combine(day + timedelta(days=1), time(), ENGLAND)


def last_day_before(ends_at: datetime) -> date:
    """Return the last whole day before a moment."""
    return (ends_at.astimezone(ENGLAND) - timedelta(microseconds=1)).date()


class LinkRecords(Protocol):
    """Where links and codes are kept. Each method is one transaction, and each change has its line in the audit chain.

    A link is open until it is ended, its time is over, or its person or the DSL who let them in was revoked.
    """

    def keep_code(self, code: str, new: NewCode, now: datetime) -> None:
        """Keep a digest of a code, in place of an unused one for the same label at the school. Raises NotKept."""

    def link_by_code(self, code: str, chat: str, address: int, until: datetime, now: datetime) -> Link | None:
        """Use a code up for a chat, and return the link; None if it opens nothing.

        The chat that has used it gets the same link again. A colleague becomes a person of the school, with no code
        of their own. `until` is when the link ends if the code does not say. What was linked before is replaced.
        """

    def link_of(self, chat: str, now: datetime) -> Link | None:
        """Return the open link of a chat."""

    def links_at(self, dsl_id: str, now: datetime) -> tuple[Link, ...]:
        """Return the open links of colleagues at a DSL's school, and the DSL's own for notices, oldest first."""

    def links_of_school(self, school_id: str, now: datetime) -> tuple[Link, ...]:
        """Return every open link of a school, oldest first."""

    def begin_talk(self, link_id: str, consultation_id: str, now: datetime) -> None:
        """Keep which consultation the person of a link is in now. Raises NotKept."""

    def end_link(self, link_id: str, why: Ended, who: str, now: datetime) -> None:
        """End a link and delete its key and where it led. Nothing happens to one that has ended."""

    def address_of(self, link_id: str) -> int | None:
        """Return where messages of a link go, None when it has ended."""

    def tidy_links(self, now: datetime, ended_before: datetime) -> int:
        """End links whose time is over, and let go of old codes and of links that ended before. Return how many."""

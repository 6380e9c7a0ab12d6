"""Finding: cases of one's own area, by reference, day, urgency, stage and kind of worry. Another area's are not there.

Each search is a line of the audit chain. What was looked for is in none of them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from bot.consultation import Stage
from bot.consultation.reference import NotAReference, parse_reference
from bot.desk.case import Case
from bot.desk.ports import Person, Records
from bot.desk.working_time import ENGLAND

MOST = 100
LOOKED_THROUGH = 500  # cases opened for their kinds of worry in one search: what was told is sealed
EVENT = "case.searched"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is left out fits every case.

    `reference` is one in full. `first` and `last` are days in England on which cases were handed over, `urgency` is
    `red`, `amber` or `green`, `kind` a category of worry.
    """

    reference: str = ""
    first: date | None = None
    last: date | None = None
    urgency: str = ""
    stage: Stage | None = None
    kind: str = ""

    @property
    def says_something(self) -> bool:
        """Whether anything is looked for at all."""
        return any((self.reference, self.first, self.last, self.urgency, self.stage, self.kind))


@dataclass(frozen=True, slots=True)
class Found:
    """The cases that fit, newest first. `more` says that there are others, which are not shown."""

    cases: tuple[Case, ...]
    more: bool


class CasesByArea(Protocol):
    """Where cases of one area are looked up, whether or not they are open."""

    def find_cases(
        self,
        area: str,
        *,
        reference: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        urgency: str = "",
        stage: Stage | None = None,
        most: int,
    ) -> Sequence[Case]:
        """Return up to `most` cases of the area that fit, newest first. `until` is the first moment after."""
    def answered_since(self, area: str, moment: datetime) -> Sequence[Case]:
        """Return the cases of the area that were answered since a moment, newest answer first."""


def search(
    records: Records,
    cases: CasesByArea,
    worker: Person,
    wanted: Wanted,
    now: datetime,
    kinds_of: Callable[[Sequence[Case]], Mapping[str, Collection[str]]],
) -> Found:
    """Look cases up in the worker's own area, and note that somebody did. A reference that can be none finds none.

    `kinds_of` returns by consultation the categories of worry that its case speaks of, as present or in doubt.
    """
    records.note(EVENT, worker.id, worker.area, now)
    try:
        reference = parse_reference(wanted.reference) if wanted.reference else ""
    except NotAReference:
        return Found((), more=False)
    found = cases.find_cases(
        worker.area,
        reference=reference,
        since=_begins(wanted.first) if wanted.first else None,
        until=_begins(wanted.last + timedelta(days=1)) if wanted.last else None,
        urgency=wanted.urgency,
        stage=wanted.stage,
        most=(LOOKED_THROUGH if wanted.kind else MOST) + 1,
    )
    if not wanted.kind:
        return Found(tuple(found[:MOST]), more=len(found) > MOST)
    kinds = kinds_of(found[:LOOKED_THROUGH])
    fitting = [case for case in found[:LOOKED_THROUGH] if wanted.kind in kinds.get(case.consultation_id, ())]
    return Found(tuple(fitting[:MOST]), more=len(fitting) > MOST or len(found) > LOOKED_THROUGH)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(0), ENGLAND)

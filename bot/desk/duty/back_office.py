"""The back office: what a desk keeps and looks up for itself alone. The house does not hold it; the console does.

Private notes, search, answers to look over, and approved replies. Everything is walled by area in here.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.consultation import Facts, Stage, Status
from bot.desk.case import Case
from bot.desk.claim import case_for, queue_of
from bot.desk.consult import Counsel
from bot.desk.duty.finding import CasesByArea, Found, Wanted, search
from bot.desk.duty.looking_over import LOOKED_BACK, LookedOver, looked_over
from bot.desk.duty.notes import Notes
from bot.desk.duty.ready import ReadyReply, blanks, ready
from bot.desk.duty.shift import Shift, shift
from bot.desk.hand_over import DutyDesks
from bot.desk.ports import Person, Records, Role
from bot.knowledge.vocabulary import CATEGORIES

_THE_DESKS = ("duty_worker", "service")


@dataclass(frozen=True, slots=True)
class BackOffice:
    """The desk's own use-cases. `desks` tells what an area's desk has approved to be said, `to_ring` its numbers."""

    records: Records
    notes: Notes
    cases: CasesByArea
    counsel: Counsel
    desks: DutyDesks
    to_ring: Callable[[str], Mapping[str, Any]]

    async def replies(self, worker: Person, case_id: str, now: datetime) -> tuple[ReadyReply, ...]:
        """Return what the desk has approved, as it would be said of a case. Raises NoSuchCase."""
        case = case_for(self.records, case_id, worker)
        approved = self.desks.settings_at(case.area, now).replies
        if not approved:
            return ()
        area, to_ring = self.counsel.area_in_words(case.area), self.to_ring(case.area)
        return ready(approved, blanks(case.due_at, now, area, to_ring, self.counsel.wording.say))

    async def search(self, worker: Person, wanted: Wanted, now: datetime) -> Found:
        """Look cases up in one's own area; it is noted that somebody did."""
        # A kind of worry is looked for in hundreds of cases, which have to be opened: others are served meanwhile.
        return await asyncio.to_thread(search, self.records, self.cases, worker, wanted, now, self._kinds_of)

    def kinds(self) -> dict[str, str]:
        """Return the words for each kind of worry that can be looked for, by id."""
        return {category: self.counsel.wording.say(f"utter_category_{category}") for category in CATEGORIES}

    async def answered(self, manager: Person, now: datetime) -> tuple[LookedOver, ...]:
        """Return the answers of the last 14 days in a manager's area, newest first. For others there are none."""
        if manager.role != Role.MANAGER:
            return ()
        pack = self.counsel.pack({"child_area": manager.area})
        levels = pack.levels if pack else ()
        return tuple(
            looked_over(case, self.records.decisions_of(case.consultation_id), levels)
            for case in self.cases.answered_since(manager.area, now - LOOKED_BACK)
        )

    async def shift(self, worker: Person, now: datetime) -> Shift:
        """Return what the worker's shift leaves to the next."""
        cases = queue_of(self.records, worker)
        answered = {case.consultation_id for case in cases if case.stage is Stage.ANSWERED}
        said = self.records.last_said(answered, _THE_DESKS) if answered else {}
        read = self.records.read_up_to_of_each(answered, "dsl") if answered else {}
        unread = {one for one, last in said.items() if read.get(one, 0) < last.number}
        return shift(cases, now, lambda case: case.consultation_id not in unread)

    def _kinds_of(self, cases: Sequence[Case]) -> Mapping[str, frozenset[str]]:
        """Return by consultation the kinds of worry that were told of, as so or in doubt."""
        facts = self.records.facts_of_each({case.consultation_id for case in cases})
        return {one: self._kinds_in(told) for one, told in facts.items()}

    def _kinds_in(self, facts: Facts) -> frozenset[str]:
        known = self.counsel.national.indicators
        spoken_of = (id for id, status in facts.indicators.items() if status is not Status.ABSENT)
        return frozenset(known[id].category for id in spoken_of if id in known)

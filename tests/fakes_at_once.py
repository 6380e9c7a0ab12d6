"""What is asked of many consultations at once, of records in memory."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from bot.consultation import Facts
from bot.desk.duty.at_once import DESK_AND_DSL, Said


class FakeAtOnce:
    """Answers for many by asking the records of each. `links` are link workers by consultation."""

    links: dict[str, Collection[str]]

    def link_workers_of_each(self, consultation_ids: Collection[str]) -> Mapping[str, frozenset[str]]:
        return {one: frozenset(self.links[one]) for one in consultation_ids if self.links.get(one)}

    def holders_of(self, case_ids: Collection[str]) -> Mapping[str, str]:
        held = {one: self.case(one) for one in case_ids}
        return {one: case.claimed_by for one, case in held.items() if case and case.claimed_by}

    def last_holders_of_child(self, consultation_ids: Collection[str], within: timedelta) -> Mapping[str, str]:
        found = {}
        for one in consultation_ids:
            before = self.of_the_same_child(one, self.consultation(one).opened_at - within)
            case = self.case_of(before[-1]) if before else None
            if case and case.claimed_by:
                found[one] = case.claimed_by
        return found

    def names_of(self, worker_ids: Collection[str]) -> Mapping[str, str]:
        return {one: person.name for one in worker_ids if (person := self.person(one))}

    def said_since(self, consultation_ids: Collection[str], since: datetime) -> Mapping[str, tuple[Said, ...]]:
        said = {one: [said for said in self._said(one) if said.at >= since] for one in consultation_ids}
        return {one: tuple(s for s in these if s.speaker in DESK_AND_DSL) for one, these in said.items()}

    def last_said(self, consultation_ids: Collection[str], by: Collection[str] = ()) -> Mapping[str, Said]:
        said = {one: [said for said in self._said(one) if not by or said.speaker in by] for one in consultation_ids}
        return {one: these[-1] for one, these in said.items() if these}

    def read_up_to_of_each(self, consultation_ids: Collection[str], side: str) -> Mapping[str, int]:
        return {one: number for one in consultation_ids if (number := self.read_up_to(one, side))}

    def facts_of_each(self, consultation_ids: Collection[str]) -> Mapping[str, Facts]:
        return {one: held.facts for one in consultation_ids if (held := self.consultation(one))}

    def noted_of(self, what: str, subjects: Collection[str]) -> frozenset[str]:
        return frozenset(one for one in subjects if self.times_noted(what, one))

    def _said(self, consultation_id: str) -> list[Said]:
        return [Said(m.number, m.at, m.utterance.speaker) for m in self.messages(consultation_id)]

"""At once: what is asked of many consultations, so that a queue costs no more questions the longer it is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.consultation import Facts
from bot.desk.case import Case

DESK_AND_DSL = ("duty_worker", "dsl")


@dataclass(frozen=True, slots=True)
class Said:
    """That something was said: its number in the consultation, when, and by whom. Not what."""

    number: int
    at: datetime
    speaker: str


class AtOnceRecords(Protocol):
    """Where it is kept (bot.storage). Each call is a statement or two; who has nothing is left out of its answer."""

    def link_workers_of_each(self, consultation_ids: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Return by consultation the ids of the link workers of the cluster that its school is in."""
    def holders_of(self, case_ids: Collection[str]) -> Mapping[str, str]:
        """Return by case the id of who has or had it."""
    def last_holders_of_child(self, consultation_ids: Collection[str], within: timedelta) -> Mapping[str, str]:
        """Return by consultation who has or had the last one of the same child, opened before it within that time."""
    def names_of(self, worker_ids: Collection[str]) -> Mapping[str, str]:
        """Return the names of colleagues at the council, by id."""
    def said_since(self, consultation_ids: Collection[str], since: datetime) -> Mapping[str, tuple[Said, ...]]:
        """Return by consultation what its DSL and the desk have said since a moment, oldest first."""
    def last_said(self, consultation_ids: Collection[str], by: Collection[str] = ()) -> Mapping[str, Said]:
        """Return by consultation what was said last: by these speakers, or by anybody."""
    def read_up_to_of_each(self, consultation_ids: Collection[str], side: str) -> Mapping[str, int]:
        """Return by consultation the number of the last message that a side has read."""
    def facts_of_each(self, consultation_ids: Collection[str]) -> Mapping[str, Facts]:
        """Return the facts of consultations, by id."""
    def noted_of(self, what: str, subjects: Collection[str]) -> frozenset[str]:
        """Return of which of these subjects an event was noted."""


def silent_since(records: AtOnceRecords, cases: Collection[Case]) -> Mapping[str, datetime]:
    """Return by case since when its DSL waits for a word from who holds it, where they do."""
    held = {case.id: case for case in cases if case.claimed_at is not None}
    if not held:
        return {}
    first = min(case.claimed_at for case in held.values() if case.claimed_at)
    said = records.said_since({case.consultation_id for case in held.values()}, first)
    since = {id: waits_since(case, said.get(case.consultation_id, ())) for id, case in held.items()}
    return {id: moment for id, moment in since.items() if moment is not None}


def waits_since(case: Case, said: Collection[Said]) -> datetime | None:
    """Return since when the DSL waits for a word from who holds the case; None when the next word is the DSL's."""
    if case.claimed_at is None:
        return None
    answers = [one for one in said if one.at >= case.claimed_at and one.speaker == "duty_worker"]
    if not answers:
        return case.claimed_at
    return next((one.at for one in said if one.number > answers[-1].number and one.speaker == "dsl"), None)

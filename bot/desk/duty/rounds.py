"""Rounds: what the clock does at the duty desk, so that nothing is claimed and forgotten, or late and unsaid.

Once each: who holds a case and is silent is reminded, then the case goes back to the queue; what is late is told
to the DSL and the manager; what nobody took over goes back; what was answered and read is settled after a while;
and at the day that was agreed the DSL is asked whether things have improved. All of it counts working time.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.consultation import IllegalMove, Move, Stage
from bot.desk.case import Case, Step
from bot.desk.duty.at_once import Said, silent_since
from bot.desk.hand_over import DutyDesks
from bot.desk.ports import Records, Utterance
from bot.desk.sentences import Sentence
from bot.desk.working_time import ENGLAND, in_words

REMINDED, LATE = "case.reminded", "case.late"
# So many working days after the DSL has read an answer it counts as settled; it can be asked again all the same.
SETTLES_AFTER_DAYS = 2


class RoundRecords(Protocol):
    """What the clock looks at beside single cases (bot.storage)."""

    def open_cases(self) -> tuple[Case, ...]:
        """Return every open case of every area."""
    def to_look_at_again(self, today: date) -> tuple[Case, ...]:
        """Return answered or closed cases whose review day has come and that were not asked about."""
    def follow_up_asked(self, case_id: str, now: datetime) -> None:
        """Keep that the DSL was asked whether things improved."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one look saw: cases told of as late, silent holders by case, last words and marks by consultation."""

    told_late: frozenset[str]
    silent: Mapping[str, datetime]
    last: Mapping[str, Said]
    read: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rounds:
    """Goes round the desks. `sentence` says words of ours with an area's numbers."""

    records: Records
    kept: RoundRecords
    desks: DutyDesks
    sentence: Sentence

    def look(self, now: datetime) -> int:
        """Do what is due, and return how much that was."""
        cases = self.kept.open_cases()
        seen = self._seen(cases, now)
        done = sum(self._look_at(case, seen, now) for case in cases)
        today = now.astimezone(ENGLAND).date()
        return done + sum(self._ask_how_it_went(case, now) for case in self.kept.to_look_at_again(today))

    def _seen(self, cases: Collection[Case], now: datetime) -> _Seen:
        """Look once for all cases, so that a round asks no more the more of them are open."""
        late = {case.id for case in cases if _is_late(case, now)}
        answered = {case.consultation_id for case in cases if case.stage is Stage.ANSWERED}
        return _Seen(
            told_late=self.records.noted_of(LATE, late) if late else frozenset(),
            silent=silent_since(self.records, [case for case in cases if case.stage is Stage.CLAIMED]),
            last=self.records.last_said(answered) if answered else {},
            read=self.records.read_up_to_of_each(answered, "dsl") if answered else {},
        )

    def _look_at(self, case: Case, seen: _Seen, now: datetime) -> int:
        turns: dict[Stage, Callable[[Case, _Seen, datetime], bool]] = {
            Stage.CLAIMED: self._silent_holder,
            Stage.TRANSFERRED: self._not_taken_over,
            Stage.ANSWERED: self._settle,
        }
        turn = turns.get(case.stage)
        try:
            late = _is_late(case, now) and case.id not in seen.told_late and self._late(case, now)
            return int(late) + int(turn is not None and turn(case, seen, now))
        except IllegalMove:
            return 0  # somebody was quicker

    def _late(self, case: Case, now: datetime) -> bool:
        words = self.sentence("utter_desk_is_late", case.area, due=in_words(case.due_at))
        self.records.note(LATE, "service", case.id, now)
        self.records.add_outgoing(case.consultation_id, [Utterance("service", words)], now, unless_held=False)
        return True

    def _silent_holder(self, case: Case, seen: _Seen, now: datetime) -> bool:
        since = seen.silent.get(case.id)
        if since is None:
            return False
        waited = self.desks.hours_of(case.area, now).working_between(since, now)
        limits = self.desks.settings_at(case.area, now).stalled
        if waited >= timedelta(minutes=limits.give_back):
            words = self.sentence("utter_desk_holder_silent", case.area)
            self.records.step(case.id, Step(Move.RELEASE, None, now, says=(Utterance("service", words),)))
            return True
        if waited < timedelta(minutes=limits.remind):
            return False
        # A reminder is for one silence: who answers and falls silent again is reminded again.
        this = f"{case.id}:{int(since.timestamp())}"
        if self.records.times_noted(REMINDED, this):
            return False
        self.records.note(REMINDED, "service", this, now)
        return True

    def _not_taken_over(self, case: Case, _seen: _Seen, now: datetime) -> bool:
        offered = [move.at for move in self.records.moves_of(case.consultation_id) if move.what is Move.TRANSFER]
        waited = self.desks.hours_of(case.area, now).working_between(offered[-1], now)
        if waited < timedelta(minutes=self.desks.settings_at(case.area, now).stalled.give_back):
            return False
        words = self.sentence("utter_desk_not_taken_over", case.area)
        self.records.step(case.id, Step(Move.LAPSE, None, now, says=(Utterance("service", words),)))
        return True

    def _settle(self, case: Case, seen: _Seen, now: datetime) -> bool:
        """Close what was answered and read, some working days after the last word; never what was not read."""
        last = seen.last.get(case.consultation_id)
        if last is None or seen.read.get(case.consultation_id, 0) < last.number:
            return False
        if now < self.desks.hours_of(case.area, now).after_days(last.at, SETTLES_AFTER_DAYS):
            return False
        words = self.sentence("utter_desk_settled_by_time", case.area)
        self.records.step(case.id, Step(Move.CLOSE, None, now, says=(Utterance("service", words),)))
        return True

    def _ask_how_it_went(self, case: Case, now: datetime) -> bool:
        self.kept.follow_up_asked(case.id, now)
        words = self.sentence("utter_desk_follow_up", case.area)
        self.records.add_outgoing(case.consultation_id, [Utterance("service", words)], now, unless_held=False)
        return True


def _is_late(case: Case, now: datetime) -> bool:
    """Whether an answer is overdue. What has been answered is late no more."""
    return case.stage is not Stage.ANSWERED and case.due_at <= now

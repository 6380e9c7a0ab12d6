"""Asking: what a DSL may do about a person. Ask for one, wait or not, say that it is settled, ask again.

None of it needs the dialogue, so that a way to a person is open when Rasa is not.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.consultation import OPEN, Actor, IllegalMove, Move, Stage, may_move
from bot.desk.came_of_it import CameOfIt
from bot.desk.case import CallBackSafe, Case, FollowUp, ReferralResult, Step
from bot.desk.claim import consultation_for
from bot.desk.duty.board import Board
from bot.desk.duty.call_back import call_back_times
from bot.desk.duty.ordering import is_before, place
from bot.desk.duty.urgency import MOST_URGENT_FIRST
from bot.desk.hand_over import DutyDesks, NoDesk
from bot.desk.ports import Consultation, Dialogue, NotKept, Person, Records, Role, Utterance
from bot.desk.promise import Promise, Reason, Wish
from bot.desk.sentences import Sentence
from bot.desk.watch import QUEUES, Watch

_UNANSWERED = OPEN - {Stage.ANSWERED}


@dataclass(frozen=True, slots=True)
class Offer:
    """What a DSL is told before they decide to wait, in words. `place` counts from 1; None where no desk answers."""

    lines: tuple[str, ...]
    place: int | None


@dataclass(frozen=True, slots=True)
class Asking:
    """The DSL's side of the desk. `sentence(name, area, **values)` says something with the area's numbers.

    Every method is for the DSL whose consultation it is, and raises NotKept for anybody else. What the stage of
    the consultation does not allow raises IllegalMove.
    """

    records: Records
    desks: DutyDesks
    sentence: Sentence
    dialogue: Dialogue
    watch: Watch
    board: Board

    async def offer(self, dsl: Person, consultation_id: str, now: datetime) -> Offer:
        """Offer a person: tell who is there, before anybody waits. Again tells how it stands now."""
        consultation = self._own(dsl, consultation_id)
        if consultation.stage is Stage.WITH_ASSISTANT:
            self.records.step_alone(consultation.id, Step(Move.OFFER, dsl, now))
        elif consultation.stage is not Stage.OFFERED:
            raise IllegalMove(f"offer from {consultation.stage.value}")
        self.watch.wake(consultation_id)
        return self._told(consultation, now)

    async def decline(self, dsl: Person, consultation_id: str, now: datetime) -> None:
        """Go on with the assistant instead."""
        self.records.step_alone(self._own(dsl, consultation_id).id, Step(Move.DECLINE, dsl, now))
        self.watch.wake(consultation_id)

    async def wait(self, dsl: Person, consultation_id: str, now: datetime) -> Case | None:
        """Put the consultation in the queue, and tell the DSL by when an answer is due. None where no desk is."""
        consultation = self._own(dsl, consultation_id)
        if not may_move(consultation.stage, frozenset({Actor.DSL}), Move.HAND_OVER):
            raise IllegalMove(f"wait from {consultation.stage.value}")
        reason = Reason.ASKED if await self.dialogue.is_healthy() else Reason.ASSISTANT_DOWN
        slots = {"child_area": consultation.area} if consultation.area else {}
        handed_over = self.desks(consultation.id, slots, now, reason=reason)
        if handed_over is None:
            said = self.sentence("utter_desk_not_here", _area(consultation))
        else:
            said = self.sentence("utter_handed_over", _area(consultation), **handed_over.blanks)
        self.records.add_outgoing(consultation.id, [Utterance("service", said)], now, unless_held=False)
        self.watch.wake(consultation_id)
        return handed_over.case if handed_over else None

    async def withdraw(self, dsl: Person, consultation_id: str, now: datetime) -> Case:
        """No longer wait for a person: the assistant goes on."""
        return self._step(dsl, consultation_id, Move.WITHDRAW, now, "utter_desk_withdrawn")

    async def settled(self, dsl: Person, consultation_id: str, now: datetime) -> Case:
        """Say that the answer settles it."""
        return self._step(dsl, consultation_id, Move.CLOSE, now, "utter_desk_settled")

    async def ask_again(self, dsl: Person, consultation_id: str, now: datetime) -> Case:
        """Ask the desk again after an answer: a new case that names the one before, due as a new one is."""
        consultation = self._own(dsl, consultation_id)
        was = self._case(consultation)
        promised = self.desks.promised(consultation, was.area, Wish(Reason.DISAGREES), now)
        fresh = afresh(was, self.desks.new_id(), promised, now)
        told = self.desks.told(was.area, promised.due_at, now)
        said = (Utterance("service", self.sentence("utter_desk_asked_again", was.area, **told)),)
        case = self.records.step(was.id, Step(Move.REOPEN, dsl, now, outcome=fresh, says=said))
        self.watch.wake(consultation_id, QUEUES)
        return case

    async def changed(self, dsl: Person, consultation_id: str, now: datetime) -> Case:
        """Go back to the assistant because things have changed; what was answered stays in the record."""
        case = self._step(dsl, consultation_id, Move.CHANGED, now, "utter_desk_changed")
        self.dialogue.forget(consultation_id)
        return case

    async def told_of_referral(
        self, dsl: Person, consultation_id: str, result: ReferralResult, now: datetime
    ) -> Case:
        """Keep what became of a referral with the child's name."""
        case = self._answered(self._own(dsl, consultation_id))
        return self.records.note_referral(case.id, dsl, result, now)

    async def follow_up(self, dsl: Person, consultation_id: str, answer: FollowUp, now: datetime) -> Case:
        """Keep whether things have improved since the answer."""
        case = self._answered(self._own(dsl, consultation_id))
        return self.records.note_follow_up(case.id, dsl, answer, now)

    async def came_of_it(self, dsl: Person, consultation_id: str, told: CameOfIt, now: datetime) -> Case:
        """Keep what came of an answer: early help, and a meeting."""
        case = self._answered(self._own(dsl, consultation_id))
        return self.records.note_came_of_it(case.id, dsl, told, now)

    async def call_back(
        self, dsl: Person, consultation_id: str, at: datetime, safe: CallBackSafe, now: datetime
    ) -> Case:
        """Ask to be rung back at one of the times that `call_back_times` offers."""
        case = self._case(self._own(dsl, consultation_id))
        if case.stage not in _UNANSWERED or at not in self.call_back_times(case, now):
            raise IllegalMove("no time that was offered")
        kept = self.records.ask_call_back(case.id, dsl, at, safe, now)
        self.watch.wake(consultation_id, QUEUES)
        return kept

    def call_back_times(self, case: Case, now: datetime) -> tuple[datetime, ...]:
        """Return the times at which the desk can ring back: on the hour while it is open, the next ones."""
        return call_back_times(self.desks.hours_of(case.area, now), now)

    async def seen(self, person: Person, consultation_id: str, number: int, now: datetime) -> None:
        """Keep how far somebody has read. At the desk only who has the case counts."""
        consultation = consultation_for(self.records, consultation_id, person)
        side = self._side(person, consultation)
        if side and self.records.mark_read(consultation.id, side, number, now):
            self.watch.wake(consultation.id)

    def seen_by_the_other(self, person: Person, consultation: Consultation) -> int:
        """Return how far the other side has read."""
        other = "desk" if person.id == consultation.person_id else "dsl"
        return self.records.read_up_to(consultation.id, other)

    def place(self, case: Case, now: datetime) -> int | None:
        """Return at which place a case waits, from 1; None once somebody has it."""
        return place(case, self.board.at(case.area, now).cases, now) if case.stage is Stage.WAITING else None

    def _told(self, consultation: Consultation, now: datetime) -> Offer:
        try:
            area = self.desks.desk_of(consultation)
        except NoDesk:
            return Offer((self.sentence("utter_desk_not_here", _area(consultation)),), None)
        promised = self.desks.promised(consultation, area, Wish(Reason.ASKED), now)
        ahead = [case for case in self.records.queue(area) if case.stage is Stage.WAITING]
        stands = 1 + sum(is_before(case, promised, now) for case in ahead)
        told = self.desks.told(area, promised.due_at, now)
        lines = (
            told["availability"],
            self.sentence("utter_desk_offer_place", area, place=str(stands)),
            self.sentence("utter_desk_offer_due", area, due=told["due"]),
            self.sentence("utter_desk_offer_ring", area),
        )
        return Offer(lines, stands)

    def _step(self, dsl: Person, consultation_id: str, what: Move, now: datetime, words: str) -> Case:
        consultation = self._own(dsl, consultation_id)
        said = (Utterance("service", self.sentence(words, _area(consultation))),)
        case = self.records.step(self._case(consultation).id, Step(what, dsl, now, says=said))
        self.watch.wake(consultation_id, QUEUES)
        return case

    def _case(self, consultation: Consultation) -> Case:
        case = self.records.case_of(consultation.id)
        if case is None:
            raise IllegalMove("there is no case")
        return case

    def _answered(self, consultation: Consultation) -> Case:
        """Return the newest case that was answered: what came of it is of that one."""
        answered = [case for case in self.records.cases_of(consultation.id) if case.outcome_level]
        if not answered:
            raise IllegalMove("nothing has been answered")
        return answered[-1]

    def _side(self, person: Person, consultation: Consultation) -> str:
        if person.id == consultation.person_id:
            return "dsl"
        case = self.records.case_of(consultation.id)
        return "desk" if case and case.claimed_by == person.id and case.stage in OPEN else ""

    def _own(self, dsl: Person, consultation_id: str) -> Consultation:
        consultation = consultation_for(self.records, consultation_id, dsl)
        if consultation.person_id != dsl.id or dsl.role != Role.DSL:
            raise NotKept("consultation")
        if consultation.practice:
            raise IllegalMove("practice never goes to anybody")
        return consultation


def _area(consultation: Consultation) -> str:
    return consultation.area or consultation.school_area


def afresh(was: Case, case_id: str, promised: Promise, now: datetime) -> Case:
    """Return the case that asks again, with nothing of the answer before."""
    return replace(
        was,
        id=case_id,
        reason=Reason.ASKED_AGAIN.words,
        urgency=min(was.urgency, promised.urgency, key=MOST_URGENT_FIRST.index),
        handed_over_at=now,
        due_at=promised.due_at,
        stage=Stage.WAITING,
        claimed_by=None,
        claimed_by_name=None,
        claimed_at=None,
        closed_at=None,
        answered_at=None,
        outcome_level=None,
        outcome_reason=None,
        outcome_advice=None,
        referral_advised=None,
        actions=(),
        review_on=None,
        name_state=None,
        referral_result=None,
        follow_up_asked_at=None,
        follow_up=None,
        reopens=was.id,
    )

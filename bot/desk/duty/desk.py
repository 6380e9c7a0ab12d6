"""The duty desk's side of the house: every use-case of a duty worker or manager, in one place.

Doors hold this through the house. Each method checks whose case it is before anything is shown or done.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.consultation import IllegalMove, Level, Move, RawText
from bot.desk import answer, brief, claim, readings
from bot.desk.answer import Redact
from bot.desk.case import Case, CaseMove, NameState, ReferralResult
from bot.desk.consult import Counsel
from bot.desk.duty import settling
from bot.desk.duty.board import Board, Stand
from bot.desk.duty.passing import Passing
from bot.desk.duty.presence import Presence, PresenceRecords
from bot.desk.duty.settling import Outcome, Settled, Settling
from bot.desk.own_questions import known_in
from bot.desk.ports import Dialogue, Message, Person, Records, Utterance
from bot.desk.sentences import sentences
from bot.desk.watch import QUEUES, Watch

# A move after which the assistant's memory of the talk is of no more use: it begins anew from the record.
_FORGETS = frozenset({Move.CLAIM, Move.ACCEPT, Move.ANSWER, Move.RETURN})


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that the desk has given, and how it reads."""

    case: Case
    words: Utterance


@dataclass(frozen=True, slots=True)
class DutyDesk:
    """What a duty worker can do, with what it needs."""

    records: Records
    presence: PresenceRecords
    counsel: Counsel
    dialogue: Dialogue
    watch: Watch
    redact: Redact
    board: Board

    def stand(self, worker: Person, now: datetime) -> Stand:
        """Return how the queue of the worker's area stands now; nothing for who answers no cases."""
        return self._looked(self.board.anew, worker, now)

    def stand_seen(self, worker: Person, now: datetime) -> Stand:
        """Return how it stands for a page that is open already: worked out once for all who look."""
        return self._looked(self.board.at, worker, now)

    def stand_told_of(self, worker: Person, now: datetime) -> Stand:
        """Return the same for a page that was told of a change, and will be told of the next."""
        return self._looked(self.board.told_of, worker, now)

    def here(self, worker: Person, now: datetime, state: Presence | None = None) -> None:
        """Keep that a worker has the desk open; with `state` whether they want cases now."""
        self.presence.here(worker, now, state)

    def presence_of(self, worker: Person) -> Presence:
        """Return what a worker last said of themselves."""
        return self.presence.presence_of(worker)

    async def next_case(self, worker: Person, now: datetime) -> Case | None:
        """Claim the first case that waits and is the worker's turn, whatever others do meanwhile; None without one."""
        stand = self.stand(worker, now)
        for case in stand.cases:
            if case.claimed_by is None and stand.turns[case.id].is_for(worker):
                with suppress(IllegalMove, claim.NoSuchCase):  # somebody was quicker, or it is no longer wanted
                    won = await self.claim(worker, case.id, now)
                    if won.claimed_by == worker.id:
                        return won
        return None

    async def brief(self, worker: Person, case_id: str) -> brief.Brief:
        """Return what to read before answering."""
        national, wording = known_in(self.counsel, worker.area)
        return brief.brief(self.records, case_id, worker, self.counsel.clock(), national=national, wording=wording)

    async def follow(self, worker: Person, case_id: str) -> Case:
        """Return a case whose conversation the worker follows from now on; that they do is noted."""
        return readings.follow(self.records, case_id, worker, self.counsel.clock())

    async def case(self, worker: Person, case_id: str) -> Case:
        """Return a case of the worker's area, without its transcript."""
        return claim.case_for(self.records, case_id, worker)

    async def moves(self, worker: Person, case_id: str) -> tuple[CaseMove, ...]:
        """Return what happened to a case, oldest first."""
        case = claim.case_for(self.records, case_id, worker)
        return self.records.moves_of(case.consultation_id)

    async def elsewhere(self, worker: Person, case: Case) -> dict[str, object]:
        """Return to whom the case could be passed on, `colleagues` of the area and `other_areas` with a desk, and
        whether it `is_newest` of its consultation, and whether the worker may read the record of that (`has_record`).
        """
        colleagues = [one for one in self.records.at_desk(case.area) if one.id not in (worker.id, case.claimed_by)]
        areas = [one for one in sorted(self.records.desks()) if one != case.area]
        names = {one: self.counsel.area_in_words(one) for one in areas}
        newest = self.records.case_of(case.consultation_id)
        has_record = newest is not None and claim.is_for(newest, worker)
        is_newest = newest is None or newest.id == case.id
        return {"colleagues": colleagues, "other_areas": names, "is_newest": is_newest, "has_record": has_record}

    async def claim(self, worker: Person, case_id: str, now: datetime) -> Case:
        """Take a case, or learn who has it."""
        case = claim.claim(self.records, case_id, worker, now)
        return self._moved(case, Move.CLAIM) if case.claimed_by == worker.id else case

    async def release(self, worker: Person, case_id: str, now: datetime) -> Case:
        """Put a case back in the queue."""
        return self._moved(await self._passing().release(case_id, worker, now), Move.RELEASE)

    async def transfer(
        self, worker: Person, case_id: str, to: str, to_area: str, reason: RawText, now: datetime
    ) -> Case:
        """Offer a case to a colleague, or to another area's desk."""
        case = await self._passing().transfer(case_id, worker, to, to_area, reason, now)
        return self._moved(case, Move.TRANSFER)

    async def accept(self, worker: Person, case_id: str, now: datetime) -> Case:
        """Take over a case that was offered."""
        return self._moved(await self._passing().accept(case_id, worker, now), Move.ACCEPT)

    async def refuse(self, worker: Person, case_id: str, reason: RawText, now: datetime) -> Case:
        """Decline a case that was offered."""
        return self._moved(await self._passing().refuse(case_id, worker, reason, now), Move.REFUSE)

    async def recall(self, worker: Person, case_id: str, now: datetime) -> Case:
        """Take back a case that nobody has taken over yet."""
        return self._moved(await self._passing().recall(case_id, worker, now), Move.RECALL)

    async def give_back(self, worker: Person, case_id: str, reason: RawText, now: datetime) -> Case:
        """Give a case back to the assistant."""
        return self._moved(await self._passing().give_back(case_id, worker, reason, now), Move.RETURN)

    async def abandon(self, manager: Person, case_id: str, reason: RawText, now: datetime) -> Case:
        """Give up a case that nobody has."""
        return self._moved(await self._passing().abandon(case_id, manager, reason, now), Move.ABANDON)

    async def reply(
        self, worker: Person, case_id: str, client_id: str, typed: RawText, now: datetime
    ) -> Message:
        """Say something to the DSL. The same client id again is not said twice."""
        said = await answer.answer(self.records, case_id, worker, client_id, typed, now, redact=self.redact)
        self.watch.wake(said.consultation_id)
        return said.message

    async def look(self, worker: Person, case_id: str, outcome: Outcome, now: datetime) -> Settled:
        """Return what the DSL would read of an outcome, without sending it."""
        return await self._settling(worker.area).look(case_id, worker, outcome, now)

    async def settle(self, worker: Person, case_id: str, outcome: Outcome, now: datetime) -> Case:
        """Answer a case with the worker's own level, reason, advice and what was agreed."""
        settled = await self._settling(worker.area).settle(case_id, worker, outcome, now)
        return self._moved(settled.case, Move.ANSWER)

    def answers(self, consultation_id: str) -> tuple[Answer, ...]:
        """Return every answer of the desk in a consultation, oldest first, as the DSL read it."""
        answered = [case for case in self.records.cases_of(consultation_id) if case.outcome_level]
        return tuple(Answer(case, self._settling(case.area).words(case)) for case in answered)

    async def note_name(self, worker: Person, case_id: str, state: NameState, now: datetime) -> Case:
        """Keep what became of the child's name."""
        claim.case_for(self.records, case_id, worker)
        return self.records.note_name(case_id, worker, state, now)

    async def note_referral(self, worker: Person, case_id: str, result: ReferralResult, now: datetime) -> Case:
        """Keep what became of the referral with the name."""
        if claim.case_for(self.records, case_id, worker).outcome_level is None:
            raise IllegalMove("nothing has been answered")
        return self.records.note_referral(case_id, worker, result, now)

    def levels(self, area: str) -> tuple[Level, ...]:
        """Return the area's levels as they stand, lowest first."""
        pack = self.counsel.pack({"child_area": area})
        return pack.levels if pack else ()

    def _looked(self, look: Callable[[str, datetime], Stand], worker: Person, now: datetime) -> Stand:
        return look(worker.area, now) if worker.answers else self.board.nothing(now)

    def _moved(self, case: Case, what: Move) -> Case:
        if what in _FORGETS:
            self.dialogue.forget(case.consultation_id)
        self.watch.wake(case.consultation_id, QUEUES)
        return case

    def _passing(self) -> Passing:
        return Passing(self.records, self.redact, sentences(self.counsel), self.records.desks)

    def _settling(self, area: str) -> Settling:
        return settling.Settling(
            self.records, self.redact, self.counsel.wording.say, self.levels(area), self._numbers(area)
        )

    def _numbers(self, area: str) -> dict[str, str]:
        return self.counsel.numbers({"child_area": area})

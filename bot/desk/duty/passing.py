"""Passing on: a case goes back to the queue, to a colleague, to another area's desk, or to the assistant.

Each of them is told to the DSL in the same transaction, with the reason where one was asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.consultation import IllegalMove, Move, RawText, Stage
from bot.desk.answer import NotYourCase, Redact
from bot.desk.case import Case, Step
from bot.desk.claim import case_for
from bot.desk.ports import Person, Records, Role, Utterance
from bot.desk.sentences import Sentence

SHORTEST_REASON = 10


class ReasonNeeded(ValueError):
    """Tried to pass a case on, or give it up, without saying why."""


class NobodyThere(LookupError):
    """Tried to pass a case on to somebody who is not at that desk."""


@dataclass(frozen=True, slots=True)
class Passing:
    """Moves cases between people. `sentence(words, area, **values)` says it with the area's numbers.

    `served` are the areas that have a desk. Everything raises NoSuchCase, NotYourCase and IllegalMove, and
    changes nothing then.
    """

    records: Records
    redact: Redact
    sentence: Sentence
    served: Callable[[], frozenset[str]]

    async def release(self, case_id: str, worker: Person, now: datetime) -> Case:
        """Put a case back in the queue: its holder's, or a manager's to do."""
        case = self._theirs(case_id, worker, Move.RELEASE)
        said = self._said("utter_desk_released", case, name=case.claimed_by_name or "")
        return self.records.step(case_id, Step(Move.RELEASE, worker, now, says=said))

    async def transfer(
        self, case_id: str, worker: Person, to: str, to_area: str, reason: RawText, now: datetime
    ) -> Case:
        """Offer a case to a colleague (by id), or to the desk of another area (by slug). Raises ReasonNeeded."""
        case = self._theirs(case_id, worker, Move.TRANSFER)
        why = await self._why(reason)
        receiver = self.records.person(to) if to else None
        if to and (receiver is None or receiver.area != case.area):
            raise NobodyThere
        if not to and to_area not in self.served():
            raise NobodyThere
        name = case.claimed_by_name or ""
        said = self._said("utter_desk_passing_on" if to else "utter_desk_passing_to_area", case, name=name)
        step = Step(Move.TRANSFER, worker, now, reason=why, to=receiver, to_area="" if to else to_area, says=said)
        return self.records.step(case_id, step)

    async def accept(self, case_id: str, worker: Person, now: datetime) -> Case:
        """Take over a case that was offered to the worker."""
        case = case_for(self.records, case_id, worker)
        said = self._said("utter_desk_taken_over", case, name=worker.name)
        return self.records.step(case_id, Step(Move.ACCEPT, worker, now, says=said))

    async def refuse(self, case_id: str, worker: Person, reason: RawText, now: datetime) -> Case:
        """Decline a case that was offered to the worker; it stays with who had it. Raises ReasonNeeded."""
        case_for(self.records, case_id, worker)
        return self.records.step(case_id, Step(Move.REFUSE, worker, now, reason=await self._why(reason)))

    async def recall(self, case_id: str, worker: Person, now: datetime) -> Case:
        """Take back a case that nobody has taken over yet."""
        self._theirs(case_id, worker, Move.RECALL)
        return self.records.step(case_id, Step(Move.RECALL, worker, now))

    async def give_back(self, case_id: str, worker: Person, reason: RawText, now: datetime) -> Case:
        """Give a case back to the assistant, which then goes on with the DSL. Raises ReasonNeeded."""
        case = self._theirs(case_id, worker, Move.RETURN)
        why = await self._why(reason)
        said = self._said("utter_desk_given_back", case, name=worker.name, reason=why)
        return self.records.step(case_id, Step(Move.RETURN, worker, now, reason=why, says=said))

    async def abandon(self, case_id: str, manager: Person, reason: RawText, now: datetime) -> Case:
        """Give up a case that nobody has, such as one sent twice: a manager's to do. Raises ReasonNeeded."""
        case = case_for(self.records, case_id, manager)
        why = await self._why(reason)
        said = self._said("utter_desk_given_up", case, reason=why)
        return self.records.step(case_id, Step(Move.ABANDON, manager, now, reason=why, says=said))

    def _theirs(self, case_id: str, worker: Person, what: Move) -> Case:
        """Return a case that the worker holds, or manages; for anybody else nothing changes."""
        case = case_for(self.records, case_id, worker)
        needs = Stage.TRANSFERRED if what is Move.RECALL else Stage.CLAIMED
        if case.stage is not needs:
            raise IllegalMove(f"{what.value} from {case.stage.value}")
        manages = worker.role == Role.MANAGER and worker.area == case.area and what is not Move.RETURN
        if case.claimed_by != worker.id and not manages:
            raise NotYourCase
        return case

    async def _why(self, reason: RawText) -> str:
        redaction = await self.redact(reason)
        if len(redaction.record.strip()) < SHORTEST_REASON:
            raise ReasonNeeded
        return redaction.record

    def _said(self, words: str, case: Case, /, **values: str) -> tuple[Utterance, ...]:
        return (Utterance("service", self.sentence(words, case.area, **values)),)

"""Disagreeing: what a DSL and a desk may do about a decision that somebody does not agree with.

It is open in every stage of a consultation and needs neither the dialogue nor a case.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.consultation import RawText
from bot.desk import challenge
from bot.desk.answer import Redact
from bot.desk.claim import consultation_for
from bot.desk.duty import ladder
from bot.desk.duty.ladder import (
    About,
    Disagreement,
    GoodPractice,
    Ladder,
    LadderMove,
    LadderStep,
    NoLadder,
    NothingWritten,
    Resolution,
    TopOfTheLadder,
)
from bot.desk.duty.ladder_records import LadderRecords
from bot.desk.hand_over import DutyDesks
from bot.desk.people import Person, Role
from bot.desk.ports import Consultation, NotKept, Records, Utterance
from bot.desk.sentences import Sentence
from bot.desk.watch import Watch

_NOT_SAID = (None, "", "unknown")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a DSL sees: the ladder with a text to copy for each stage, the open disagreement, and those before.

    Where the stages are not held there is one text, for whoever answers first. `is_read_here` says whether a desk
    of the area is on this service.
    """

    consultation: Consultation
    ladder: Ladder
    letters: tuple[str, ...]
    open: Disagreement | None
    before: tuple[Disagreement, ...]
    is_read_here: bool


@dataclass(frozen=True, slots=True)
class AtTheDesk:
    """A disagreement as the desk sees it, with the child's designation and the stages that it could move up to."""

    disagreement: Disagreement
    designation: str
    above: tuple[ladder.Rung, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """What came of a stage, as filled in. `stage` is the one on the page, `to` where moving up leads (0: the next)."""

    stage: int
    resolution: Resolution
    learnt: RawText
    to: int = 0


@dataclass(frozen=True, slots=True)
class Disagreeing:
    """The use-cases of a disagreement. `sentence(name, area, **values)` says something with the area's numbers.

    Somebody else's, another area's, and practice are as good as not there: they raise NotKept. What cannot be done
    raises LadderRefused; what was typed is redacted first, and a text that may not be kept raises UncleanWrite.
    """

    records: Records
    kept: LadderRecords
    desks: DutyDesks
    redact: Redact
    sentence: Sentence
    watch: Watch
    new_id: Callable[[], str]

    # the DSL's side

    async def standing(self, dsl: Person, consultation_id: str) -> Standing:
        """Return the ladder, its texts, and how a disagreement stands."""
        consultation = self._own(dsl, consultation_id)
        every = self.kept.disagreements_of(consultation.id)
        is_open = next((one for one in every if one.is_open), None)
        # Once begun it goes up the ladder that it began on, wherever the case has gone since.
        area = is_open.area if is_open else self._area(consultation)
        steps = self._ladder(area)
        places = range(len(steps.rungs) or 1)
        counsel = self.desks.counsel
        letters = tuple(challenge.words_of_record(counsel, consultation, area, place) for place in places)
        before = tuple(one for one in reversed(every) if not one.is_open)
        return Standing(consultation, steps, letters, is_open, before, area in self.desks.served())

    async def open(self, dsl: Person, consultation_id: str, about: About, stage: int, now: datetime) -> Disagreement:
        """Begin at whichever stage the risk demands. One that is open already stays as it is. Raises NoLadder."""
        consultation = self._own(dsl, consultation_id)
        area = self._area(consultation)
        case = self.records.case_of(consultation.id)
        begins = self._begun(area, stage, now)
        opened = Disagreement(
            id=self.new_id(),
            consultation_id=consultation.id,
            case_id=case.id if case else None,
            area=area,
            opened_at=now,
            opened_by=dsl.id,
            about=about,
            steps=(begins,),
        )
        return self._heard(self.kept.open_disagreement(opened))

    async def end(
        self, dsl: Person, consultation_id: str, disagreement_id: str, ending: Ending, now: datetime
    ) -> Disagreement:
        """Say what came of a stage: changed, kept or withdrawn ends it, moved up goes on at another stage."""
        held = self._held(self._own(dsl, consultation_id).id, disagreement_id)
        return await self._end(held, dsl, ending, now)

    async def went_well(self, dsl: Person, consultation_id: str, words: RawText, now: datetime) -> None:
        """Keep good practice of the desk's, in redacted words. Raises NothingWritten."""
        consultation = self._own(dsl, consultation_id)
        await self._keep(consultation.id, self._area(consultation), dsl, "dsl", words, now)

    # the desk's side

    async def open_ones(self, worker: Person, now: datetime) -> tuple[AtTheDesk, ...]:
        """Return the open disagreements of the worker's area, the late ones first."""
        if not worker.answers:
            return ()
        held = ladder.in_order(self.kept.open_disagreements(worker.area), now)
        rungs = self._ladder(worker.area).rungs
        return tuple(
            AtTheDesk(one, self._designation(one), tuple(rung for rung in rungs if rung.number > one.at.number))
            for one in held
        )

    async def good_practice(self, worker: Person) -> tuple[GoodPractice, ...]:
        """Return what went well in a manager's area, the newest first; nothing for anybody else."""
        return self.kept.good_practice(worker.area) if worker.role == Role.MANAGER else ()

    async def answer(
        self, worker: Person, disagreement_id: str, stage: int, typed: RawText, now: datetime
    ) -> Disagreement:
        """Answer a stage; the DSL is told in the conversation. Raises NothingWritten and MovedOn."""
        held = self._at_desk(worker, disagreement_id)
        answer = await self._written(typed)
        if not answer:
            raise NothingWritten
        done = self.kept.move_disagreement(held.id, LadderMove(worker, now, stage, answer=answer))
        return self._told(done, "utter_ladder_answered", now)

    async def resolve(self, worker: Person, disagreement_id: str, ending: Ending, now: datetime) -> Disagreement:
        """Record what came of a stage and what was learnt; the DSL is told in the conversation."""
        done = await self._end(self._at_desk(worker, disagreement_id), worker, ending, now)
        return self._told(done, f"utter_ladder_ended_{ending.resolution.value}", now)

    async def went_well_at(self, worker: Person, disagreement_id: str, words: RawText, now: datetime) -> None:
        """Keep good practice of the school's, in redacted words. Raises NothingWritten."""
        held = self._at_desk(worker, disagreement_id)
        await self._keep(held.consultation_id, held.area, worker, "desk", words, now)

    async def _end(self, held: Disagreement, by: Person, ending: Ending, now: datetime) -> Disagreement:
        learning, moves_up = await self._written(ending.learnt), ending.resolution is Resolution.MOVED_UP
        begins = self._above(held, ending.to, now) if moves_up else None
        move = LadderMove(by, now, ending.stage, resolution=ending.resolution, learning=learning, begins=begins)
        return self._heard(self.kept.move_disagreement(held.id, move))

    def _above(self, held: Disagreement, to: int, now: datetime) -> LadderStep:
        try:
            return self._begun(held.area, to or held.at.number + 1, now)
        except NoLadder:
            raise TopOfTheLadder from None

    async def _keep(
        self, consultation_id: str, area: str, by: Person, side: str, words: RawText, now: datetime
    ) -> None:
        written = await self._written(words)
        if not written:
            raise NothingWritten
        self.kept.keep_good_practice(GoodPractice(self.new_id(), consultation_id, area, now, by.id, side, written))

    async def _written(self, typed: RawText) -> str:
        return (await self.redact(typed)).record.strip() if typed.reveal().strip() else ""

    def _begun(self, area: str, stage: int, now: datetime) -> LadderStep:
        return ladder.begun(self._ladder(area).rung(stage), now, self.desks.hours_of(area, now))

    def _ladder(self, area: str) -> Ladder:
        pack = self.desks.counsel.pack({"child_area": area})
        return ladder.ladder_of(area, pack.escalation if pack else ())

    def _own(self, dsl: Person, consultation_id: str) -> Consultation:
        consultation = consultation_for(self.records, consultation_id, dsl)
        if consultation.person_id != dsl.id or dsl.role != Role.DSL or consultation.practice:
            raise NotKept("consultation")
        return consultation

    def _held(self, consultation_id: str, disagreement_id: str) -> Disagreement:
        held = self.kept.disagreement(disagreement_id)
        if held is None or held.consultation_id != consultation_id:
            raise NotKept("disagreement")
        return held

    def _at_desk(self, worker: Person, disagreement_id: str) -> Disagreement:
        held = self.kept.disagreement(disagreement_id)
        if held is None or not worker.answers or held.area != worker.area:
            raise NotKept("disagreement")
        return held

    def _area(self, consultation: Consultation) -> str:
        """Return whose ladder it is: the desk's that has the case, or the child's area, or the school's."""
        case = self.records.case_of(consultation.id)
        named = consultation.school_area if consultation.area in _NOT_SAID else consultation.area
        return case.area if case else str(named)

    def _designation(self, held: Disagreement) -> str:
        consultation = self.records.consultation(held.consultation_id)
        return consultation.designation if consultation else ""

    def _told(self, done: Disagreement, words: str, now: datetime) -> Disagreement:
        said = self.sentence(words, done.area, stage=done.at.stage)
        self.records.add_outgoing(done.consultation_id, [Utterance("service", said)], now, unless_held=False)
        return self._heard(done)

    def _heard(self, done: Disagreement) -> Disagreement:
        """Ring for whoever watches, and return what was done."""
        self.watch.wake(done.consultation_id)
        return done

"""The talk's desk: the use-cases of a DSL beside the conversation itself."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.consultation import RawText, Stage
from bot.desk import claim
from bot.desk.answers import AnswerReader
from bot.desk.consult import Counsel
from bot.desk.own_answers import own_answers
from bot.desk.people import Person
from bot.desk.ports import Consultation, NotKept
from bot.desk.receive import Reception
from bot.desk.talking.following import Followed, Following
from bot.desk.talking.records import ReferenceMark, Unsent
from bot.desk.talking.reference import Asks, asks, is_last_group
from bot.desk.talking.steps import Step, step_at
from bot.desk.talking.understood import Understood, understood
from bot.desk.talking.unsent import keep_unsent
from bot.desk.watch import Watch

_ASSISTANTS = (Stage.WITH_ASSISTANT, Stage.OFFERED)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a talk stands: its step, None once a person has it; what its page does about the reference.

    `understood` is another number as soon as something else is understood.
    """

    step: Step | None
    understood: int
    reference: Asks


def talk_desk(counsel: Counsel, answers: AnswerReader, reception: Reception, watch: Watch) -> "TalkDesk":
    """Return the desk of the talks that these take in."""
    following = Following(counsel.records, counsel.wording.say("utter_started_again"))
    return TalkDesk(counsel, answers, reception, following, watch)


@dataclass(frozen=True, slots=True)
class TalkDesk:
    """What a DSL sees and does beside the words. Every method raises NotKept for anybody else."""

    counsel: Counsel
    answers: AnswerReader
    reception: Reception
    following: Following
    watch: Watch

    def standing(self, dsl: Person, consultation: Consultation) -> Standing | None:
        """Return how a talk stands, None for who is not its DSL."""
        if dsl.id != consultation.person_id:
            return None
        followed = self.following.of(consultation.id)
        mark = self.counsel.records.reference_mark(consultation.id)
        open_question = followed.asked[-1] if followed.asked else ""
        return Standing(
            self._step(consultation, followed),
            zlib.crc32(repr((consultation.area, consultation.facts, followed.taken_out, consultation.stage)).encode()),
            asks(consultation, mark, open_question),
        )

    def understood(self, dsl: Person, consultation_id: str) -> Understood:
        """Return what is understood so far. It can be changed as long as the assistant leads."""
        consultation = self._own(dsl, consultation_id)
        may_change = consultation.stage in _ASSISTANTS and not consultation.held
        return understood(self.counsel, self.answers, consultation.id, may_change=may_change)

    async def keep_unsent(
        self, dsl: Person, consultation_id: str, typed: RawText, after: int, not_names: Sequence[str], now: datetime
    ) -> bool:
        """Keep what is left of a text that was typed after message `after` and not sent; say whether it is kept."""
        own = self._own(dsl, consultation_id)
        return await keep_unsent(self.reception, self.counsel, own, typed, after, not_names, now)

    def unsent(self, dsl: Person, consultation_id: str) -> Unsent | None:
        """Return what was typed and not sent."""
        return self.counsel.records.unsent(self._own(dsl, consultation_id).id)

    def keep_reference(self, dsl: Person, consultation_id: str, now: datetime) -> None:
        """Keep that the DSL has kept their reference."""
        self._mark(self._own(dsl, consultation_id), ReferenceMark.KEPT, now)

    def show_reference(self, dsl: Person, consultation_id: str, typed: str, now: datetime) -> bool:
        """Keep that the DSL has their reference, if they typed its last group; say whether they did."""
        own = self._own(dsl, consultation_id)
        if not is_last_group(own, typed):
            return False
        self._mark(own, ReferenceMark.KEPT, now)
        return True

    def reference_later(self, dsl: Person, consultation_id: str, now: datetime) -> None:
        """Keep that the DSL was asked for their reference and will see to it later."""
        self._mark(self._own(dsl, consultation_id), ReferenceMark.LATER, now)

    def _mark(self, consultation: Consultation, mark: ReferenceMark, now: datetime) -> None:
        self.counsel.records.mark_reference(consultation.id, mark, now)
        self.watch.wake(consultation.id)

    def _step(self, consultation: Consultation, followed: Followed) -> Step | None:
        if consultation.stage not in _ASSISTANTS or consultation.held:
            return None
        pack = self.counsel.pack({"child_area": consultation.area})
        answers = consultation.facts.answers
        given = own_answers(pack, {"area_answers": answers})
        own_left = len(pack.questions) - len(given) if pack else 0
        return step_at(self.counsel.national, followed.asked, consultation.facts, own_left)

    def _own(self, dsl: Person, consultation_id: str) -> Consultation:
        consultation = claim.consultation_for(self.counsel.records, consultation_id, dsl)
        if consultation.person_id != dsl.id:
            raise NotKept("consultation")
        return consultation

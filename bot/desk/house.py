"""The house: every use-case that a door may ask for, in one place.

Doors hold this and nothing below it. Each method is one use-case; whose consultation it is is
checked here, before anything is shown.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.anonymiser import AnonymiserFailed, InTime
from bot.consultation import OPEN, RawText, Redaction
from bot.desk import claim, readings
from bot.desk.consult import Counsel
from bot.desk.duty.asking import Asking
from bot.desk.duty.desk import DutyDesk
from bot.desk.editing import Editing
from bot.desk.entrance import Entrance
from bot.desk.hearing import Hear
from bot.desk.incoming import Received
from bot.desk.numbers import whom_to_ring
from bot.desk.opening import new_consultation
from bot.desk.ports import Case, Consultation, Dialogue, Message, Person, Records
from bot.desk.preview import Preview, preview
from bot.desk.put_back import NoNames, PuttingBack
from bot.desk.receive import Reception
from bot.desk.sign_in import SignIn
from bot.desk.staff.desk import StaffDesk
from bot.desk.talking.desk import TalkDesk
from bot.desk.watch import QUEUES, Follower, Watch
from bot.knowledge.errors import UnknownArea
from bot.knowledge.model import Pack

RunAction = Callable[[dict[str, Any]], Any]

# An invented name and a number that nobody has: an anonymiser that leaves them in is not well.
_TO_BE_FOUND = "Mum, Oliver Smith, rang from 07700 900123."


@dataclass(frozen=True, slots=True)
class House(Entrance):
    """The use-cases with what they need. `run_action` and `hear` are Rasa's: its custom actions, and its ears."""

    records: Records
    reception: Reception
    sign_ins: SignIn
    counsel: Counsel
    anonymiser: InTime
    dialogue: Dialogue
    run_action: RunAction
    hear: Hear
    watch: Watch
    random_below: Callable[[int], int]
    new_id: Callable[[], str]
    editing: Editing
    asking: Asking
    duty: DutyDesk
    staff: StaffDesk
    talk: TalkDesk

    # the DSL's side

    async def open(self, person: Person, area: str | None, now: datetime, practice: str = "") -> Consultation:
        """Open a consultation, about a child of `area` if known, or on a `practice` case. Raises UnknownArea."""
        if area is not None and self._pack(area) is None:
            raise UnknownArea(area)
        consultation = new_consultation(person, area, now, self.new_id, self.random_below, practice)
        await self.reception.open(consultation, now)
        return consultation

    def turn(self, consultation_id: str) -> AbstractContextManager[None]:
        """Let what is read of a consultation be read once until the block ends."""
        return self.records.turn(consultation_id)

    async def receive(
        self,
        person: Person,
        consultation_id: str,
        client_id: str,
        typed: RawText | None,
        choice: str | None,
        now: datetime,
        not_names: Sequence[str] = (),
    ) -> Received:
        """Take in a message of the DSL whose consultation it is. `not_names`: words they say are no names."""
        with self.turn(consultation_id):
            consultation = self._theirs(person, consultation_id)
            urgency = self._urgency(consultation)
            try:
                return await self.reception.receive(consultation, client_id, typed, choice, now, not_names)
            finally:  # a turn that failed may have been kept in part
                is_as_urgent = self._urgency(consultation) == urgency
                self.watch.wake(consultation_id, *(() if is_as_urgent else (QUEUES,)))

    async def has_said(self, person: Person, consultation_id: str, client_id: str) -> bool:
        """Whether a message of that client id was taken in there before."""
        return self.records.has_said(self._theirs(person, consultation_id).id, client_id)

    async def put_back(
        self, person: Person, consultation_id: str, number: int, typed: RawText, said: NoNames, now: datetime
    ) -> Received:
        """Write a message of the DSL's anew, with words in it that they say are no names."""
        putting_back = PuttingBack(self.records, self.reception, self.counsel.gathering)
        received = await putting_back.put_back(self._theirs(person, consultation_id), number, typed, said, now)
        self.watch.wake(consultation_id)
        return received

    async def preview(
        self, person: Person, consultation_id: str, typed: RawText, not_names: Sequence[str], now: datetime
    ) -> Preview:
        """Return what would be taken out of a text that has not been sent. Nothing of it is kept."""
        consultation = self._theirs(person, consultation_id)
        return await preview(self.reception, self.counsel, consultation, typed, not_names, now)

    async def conversation(self, person: Person, consultation_id: str, after: int = 0) -> tuple[Message, ...]:
        """Return the messages after a number."""
        return self.records.messages(self._theirs(person, consultation_id).id, after)

    async def find(self, person: Person, reference: str, now: datetime) -> Consultation | None:
        """Return the consultation of a reference, for the DSL who opened it. Raises LockedOut."""
        return readings.find(self.records, person, reference, now)

    async def consultation(self, person: Person, consultation_id: str) -> Consultation:
        """Return the consultation, or raise NotKept: somebody else's is as good as not there."""
        return self._theirs(person, consultation_id)

    async def case_of(self, person: Person, consultation_id: str) -> Case | None:
        """Return the case of a consultation that was handed over."""
        return self.records.case_of(self._theirs(person, consultation_id).id)

    async def who_has(self, person: Person, consultation_id: str) -> tuple[Consultation, Case | None]:
        """Return a consultation, and its case without the words in it as long as that is open."""
        consultation = self._theirs(person, consultation_id)
        return consultation, self.records.listed_case_of(consultation.id) if consultation.stage in OPEN else None

    # everybody

    def emergency(self, area: str | None) -> Mapping[str, Any]:
        """Return whom to ring: 999, and the area's own numbers where it has published them."""
        return whom_to_ring(self._pack(area), self.counsel.national)

    def looks(self) -> Mapping[str, Callable[[], Any]]:
        """Return what says of each part, by name, whether it is well. What is not awaited may block."""
        return {
            "records": self._records_answer,
            "anonymiser": self._anonymiser_answers,
            "dialogue": self.dialogue.is_healthy,
        }

    async def without_identifiers(self, typed: RawText) -> str:
        """Return a colleague's note without what points to anybody."""
        return (await self._redact(typed)).text

    def followed(self, *about: str) -> AbstractContextManager[Follower]:
        """Follow consultations or people, by id, or QUEUES, for as long as the block lasts."""
        return self.watch.followed(*about)

    def _records_answer(self) -> bool:
        try:
            self.records.consultation("")
        except Exception:  # whatever the store raises, it is not well; its own words may quote data
            return False
        return True

    async def _anonymiser_answers(self) -> bool:
        try:
            found = await self.anonymiser.redact(RawText(_TO_BE_FOUND))
        except AnonymiserFailed:
            return False
        return {finding.kind for finding in found.findings} >= {"NAME", "PHONE"}

    def _urgency(self, consultation: Consultation) -> str:
        """Return how urgent the open case of a consultation is, empty as long as it was not handed over."""
        case = self.records.listed_case_of(consultation.id) if consultation.stage in OPEN else None
        return case.urgency if case else ""

    def _theirs(self, person: Person, consultation_id: str) -> Consultation:
        return claim.consultation_for(self.records, consultation_id, person)

    async def _redact(self, typed: RawText) -> Redaction:
        return await self.anonymiser.redact(typed, on=self.counsel.today())

    def _pack(self, area: str | None) -> Pack | None:
        return self.counsel.pack({"child_area": area})

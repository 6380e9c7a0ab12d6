"""What the desk needs from the world: somewhere to keep records, and the dialogue."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.consultation import Decision, Facts, Stage
from bot.desk.case import Case, CaseMove, CaseRecords, Step
from bot.desk.duty.at_once import AtOnceRecords
from bot.desk.history import HistoryRecords
from bot.desk.marks import MarkRecords
from bot.desk.people import AT_SCHOOL, AT_THE_DESK, COLLEAGUES, PeopleRecords, Person, Role
from bot.desk.revisions import RevisionRecords
from bot.desk.talking.records import TalkingRecords

__all__ = [
    "AT_SCHOOL",
    "AT_THE_DESK",
    "COLLEAGUES",
    "Button",
    "Case",
    "CaseMove",
    "Consultation",
    "Dialogue",
    "DialogueUnavailable",
    "Message",
    "NotKept",
    "PeopleRecords",
    "Person",
    "Records",
    "Role",
    "Step",
    "UncleanWrite",
    "Utterance",
]


@dataclass(frozen=True, slots=True)
class Button:
    """A quick reply. `payload` is what the dialogue gets when it is chosen; doors never show it."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something said in a consultation, before it has been stored.

    `speaker` is `dsl`, `assistant`, `duty_worker` or `service`. `card` is a structure that every
    door can draw (see bot.web.cards): a `table` or `sections`, with all wording already in it.
    `put_back` are words that the DSL says are no names, for the store's second look; they are not kept.
    What was `pressed` are titles of ours, which need no look: buttons work whatever happens to texts.
    """

    speaker: str
    text: str = ""
    buttons: tuple[Button, ...] = ()
    card: dict[str, Any] | None = None
    put_back: tuple[str, ...] = ()
    pressed: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A stored utterance. `number` grows by one within a consultation and orders it."""

    number: int
    at: datetime
    utterance: Utterance


@dataclass(frozen=True, slots=True)
class Consultation:
    """A consultation as the desk sees it. Nothing in it names or points to a child.

    `practice` is the id of the practice case it is about, empty in earnest. From when a duty worker has claimed
    it, it is `held`: the assistant says nothing more until it is given back to it.
    """

    id: str
    reference: str
    designation: str
    person_id: str
    school: str
    school_area: str
    area: str | None
    stage: Stage
    opened_at: datetime
    facts: Facts = field(default_factory=Facts)
    practice: str = ""
    held: bool = False


class NotKept(LookupError):
    """Tried to use a consultation or a case that is not in the records."""


class UncleanWrite(Exception):
    """Tried to store a text in which the second look found an identifier. It carries no text."""


class Records(
    CaseRecords, PeopleRecords, RevisionRecords, MarkRecords, HistoryRecords, TalkingRecords, AtOnceRecords, Protocol
):
    """Where consultations are kept. Every method is one transaction.

    Texts that come in have been redacted; a store may refuse a write it does not trust
    (UncleanWrite). A write to a consultation or case that is not there raises NotKept. Every write
    puts its own line in the audit chain, in the same transaction; readings, and what happens at
    sign-in, are noted by whoever makes them happen.
    """

    def turn(self, consultation_id: str) -> AbstractContextManager[None]:
        """Hold what is read of a consultation until the block ends: what a turn asks for often is read once."""

    # consultations
    def open_consultation(self, consultation: Consultation) -> None: ...
    def consultation(self, consultation_id: str) -> Consultation | None: ...
    def consultation_by_reference(self, reference: str) -> Consultation | None: ...
    def set_area(self, consultation_id: str, area: str, now: datetime) -> None: ...
    def save_facts(self, consultation_id: str, facts: Facts, now: datetime, is_followed: bool = False) -> None:
        """Keep these facts as the current ones; earlier ones stay in the record."""
    def save_assessment(self, consultation_id: str, assessment: dict, facts: Facts, now: datetime) -> None: ...
    def latest_assessment(self, consultation_id: str) -> dict[str, Any] | None: ...
    def decisions_since(self, moment: datetime) -> Iterator[Decision]:
        """Yield every assessment that was kept since a moment, oldest first. Practice is none."""
    def keep_pack(self, content: str, files: Mapping[str, str]) -> None:
        """Keep what a pack version holds, so that its decisions can be worked out again."""
    def kept_pack(self, content: str) -> dict[str, str] | None: ...

    # messages
    def add_incoming(
        self, consultation_id: str, client_id: str, utterance: Utterance, now: datetime
    ) -> tuple[Message, bool]:
        """Store what the DSL said. False when that client id was stored before (then the first)."""
    def add_outgoing(
        self,
        consultation_id: str,
        utterances: Sequence[Utterance],
        now: datetime,
        *,
        unless_held: bool,
        held_by: str | None = None,
    ) -> tuple[Message, ...]:
        """Store and number what is said. With `unless_held`, drop it if a person holds the case.

        With `held_by`, drop it unless that worker holds the case. What is dropped returns (), and that the
        assistant was silenced is noted.
        """
    def rewrite_message(
        self,
        consultation_id: str,
        number: int,
        text: str,
        now: datetime,
        event: str,
        *,
        put_back: Sequence[str] = (),
    ) -> Message:
        """Replace the text of a message of the DSL's, and note `event` of the consultation in the audit chain.

        `put_back` are words that the DSL says are no names. A message of anybody else's raises NotKept.
        """
    def reword(self, consultation_id: str, put: Callable[[str], str], now: datetime) -> None:
        """Put `put(words)` in place of words kept beside the messages: facts now and earlier, cards, reasons."""
    def messages(self, consultation_id: str, after: int = 0) -> tuple[Message, ...]: ...
    def has_said(self, consultation_id: str, client_id: str) -> bool:
        """Whether something was stored under that client id."""
    def replies_to(self, consultation_id: str, number: int) -> tuple[Message, ...]:
        """Return what was said after message `number` and before the DSL's next message."""
    def offered_buttons(self, consultation_id: str) -> tuple[Button, ...]:
        """Return every button offered so far, newest first."""

    # the audit chain
    def note(self, what: str, who: str, subject: str, now: datetime) -> None:
        """Append a line to the audit chain. Ids and event names only."""
    def note_once(self, what: str, who: str, subject: str, now: datetime, within: timedelta) -> None:
        """Append it unless the same line was appended within that time."""
    def times_noted(self, what: str, subject: str) -> int:
        """Return how often an event was noted of a subject."""
    def verify_audit(self) -> int | None:
        """Return the number of the first broken line, or None if the chain is whole."""


class DialogueUnavailable(Exception):
    """Tried to reach the dialogue and got no usable answer."""


class Dialogue(Protocol):
    """The assistant's side of the conversation."""

    async def say(self, consultation_id: str, message: str) -> tuple[Utterance, ...]:
        """Send one message (redacted text, or a payload of ours) and return the replies."""
    def forget(self, consultation_id: str, in_doubt: bool = False) -> None:
        """Soon let go of all that is held of a consultation, after the turn that may be under way.

        It is `in_doubt` where a turn of a process that is gone may be: then it does not go on before that has ended.
        """
    async def is_healthy(self) -> bool: ...

"""What the desk needs from the world: somewhere to keep records, and the dialogue."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.consultation import Decision, Facts, Stage
from bot.desk.history import HistoryRecords
from bot.desk.marks import MarkRecords
from bot.desk.revisions import RevisionRecords


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
class Person:
    """A signed-in person. `role` is `dsl`, `duty_worker` or `knowledge_editor`.

    `school` is the name of a DSL's school; `telephone` is where a duty worker rings a DSL back. Who `edits`
    may change the knowledge of their area.
    """

    id: str
    role: str
    name: str
    area: str
    school: str = ""
    telephone: str = ""
    edits: bool = False


@dataclass(frozen=True, slots=True)
class Consultation:
    """A consultation as the desk sees it. Nothing in it names or points to a child.

    `practice` is the id of the practice case it is about, empty in earnest.
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


@dataclass(frozen=True, slots=True)
class Case:
    """A consultation in the duty queue, from hand-over to close.

    `urgency` is `red`, `amber` or `green`; `due_at` is when an answer is promised and `goes_home`
    what the DSL said of it, with `goes_home_time` as `15:30` where they gave one. `reason` is an
    id of wording. Outcome fields are None until closed.
    """

    id: str
    consultation_id: str
    designation: str
    area: str
    urgency: str
    reason: str
    goes_home: str
    dsl_view: str
    dsl_reason: str
    handed_over_at: datetime
    due_at: datetime
    stage: Stage
    claimed_by: str | None = None
    claimed_by_name: str | None = None
    claimed_at: datetime | None = None
    closed_at: datetime | None = None
    outcome_level: str | None = None
    outcome_reason: str | None = None
    outcome_advice: str | None = None
    referral_advised: bool | None = None
    goes_home_time: str = ""


class NotKept(LookupError):
    """Tried to use a consultation or a case that is not in the records."""


class UncleanWrite(Exception):
    """Tried to store a text in which the second look found an identifier. It carries no text."""


class Records(RevisionRecords, MarkRecords, HistoryRecords, Protocol):
    """Where consultations are kept. Every method is one transaction.

    Texts that come in have been redacted; a store may refuse a write it does not trust
    (UncleanWrite). A write to a consultation or case that is not there raises NotKept. Moves of a
    case (hand over, claim, release, close) put their own line in the audit chain, in the same
    transaction; every other event is noted by whoever makes it happen.
    """

    # people
    def person_by_access_code(self, code: str) -> Person | None: ...
    def worker_by_sign_in(self, login: str) -> tuple[Person, str, str] | None:
        """Return the worker with their password hash and second-factor secret."""
    def spend_step(self, worker: Person, step: int) -> bool:
        """Use up a second-factor time step. False when it, or a later one, was used before."""
    def person(self, person_id: str) -> Person | None: ...
    def start_session(
        self, person: Person, token_hash: str, now: datetime, expires: datetime, *, idle: timedelta | None = None
    ) -> None:
        """Keep a session until `expires`, or until nothing was heard of it for `idle`."""
    def session_person(self, token_hash: str, now: datetime, *, active: bool = True) -> Person | None:
        """Return whose session this is. Only `active` requests are a sign of life; polling is none."""
    def end_session(self, token_hash: str) -> None: ...

    # consultations
    def open_consultation(self, consultation: Consultation) -> None: ...
    def consultation(self, consultation_id: str) -> Consultation | None: ...
    def consultation_by_reference(self, reference: str) -> Consultation | None: ...
    def set_area(self, consultation_id: str, area: str) -> None: ...
    def save_facts(self, consultation_id: str, facts: Facts, now: datetime) -> None:
        """Keep these facts as the current ones; earlier ones stay in the record."""
    def save_assessment(self, consultation_id: str, assessment: dict, facts: Facts, now: datetime) -> None: ...
    def latest_assessment(self, consultation_id: str) -> dict[str, Any] | None: ...
    def decisions_since(self, moment: datetime) -> Iterator[Decision]:
        """Yield every assessment that was kept since a moment, oldest first. Practice is none."""
    def keep_pack(self, content: str, files: Mapping[str, str]) -> None:
        """Keep what a pack version holds, so that its decisions can be worked out again."""
    def kept_pack(self, content: str) -> dict[str, str] | None: ...
    def desks(self) -> frozenset[str]:
        """Return the areas that have duty workers."""

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

        With `held_by`, drop it unless that worker holds the case. What is dropped returns ().
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
    def reword(self, consultation_id: str, put: Callable[[str], str]) -> None:
        """Put `put(words)` in place of words kept beside the messages: facts now and earlier, cards, reasons."""
    def messages(self, consultation_id: str, after: int = 0) -> tuple[Message, ...]: ...
    def replies_to(self, consultation_id: str, number: int) -> tuple[Message, ...]:
        """Return what was said after message `number` and before the DSL's next message."""
    def offered_buttons(self, consultation_id: str) -> tuple[Button, ...]:
        """Return every button offered so far, newest first."""

    # the duty queue
    def hand_over(self, case: Case) -> Case:
        """Put a consultation in the queue. If it is there already, return that case.

        A second hand-over can make a case that is there more urgent, or due sooner; never less.
        """
    def queue(self, area: str) -> tuple[Case, ...]:
        """Return open cases of the area, most urgent first, then longest waiting."""
    def case(self, case_id: str) -> Case | None: ...
    def case_of(self, consultation_id: str) -> Case | None: ...
    def claim(self, case_id: str, worker: Person, now: datetime) -> Case:
        """Give the case to the worker if nobody has it; return it as it then stands."""
    def release(self, case_id: str, worker: Person, now: datetime) -> Case:
        """Put the case back in the queue if the worker holds it; return it as it then stands."""
    def close(self, case: Case, now: datetime, utterances: Sequence[Utterance] = ()) -> Case:
        """Close a case held by `case.claimed_by` with its outcome, and say the last words, all or nothing.

        Raises IllegalMove when that worker does not hold it.
        """

    # the audit chain
    def note(self, what: str, who: str, subject: str, now: datetime) -> None:
        """Append a line to the audit chain. Ids and event names only."""
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
    def forget(self, consultation_id: str) -> None:
        """Soon let go of all that is held of a consultation, after the turn that may be under way."""
    async def is_healthy(self) -> bool: ...

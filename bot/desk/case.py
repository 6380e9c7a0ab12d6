"""A case: a consultation at the duty desk, and what the desk needs of the place where cases are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.consultation import Move, Stage
from bot.desk.came_of_it import CameOfIt

if TYPE_CHECKING:
    from bot.desk.ports import Message, Person, Utterance


class Owner(StrEnum):
    """Who does what was agreed. A role, never a person."""

    SCHOOL = "school"
    DUTY_DESK = "duty_desk"
    EARLY_HELP = "early_help"
    PARENT_WITH_SCHOOL = "parent_with_school"
    OTHER_AGENCY = "other_agency"


class NameState(StrEnum):
    """What became of the child's name, which is only ever said by phone or on the area's own form."""

    OFFERED = "offered"
    REQUESTED = "requested"
    REFUSED = "refused"
    TAKEN = "taken"


class ReferralResult(StrEnum):
    """What became of a referral with the name, which is made elsewhere."""

    MADE = "made"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    NOT_MADE = "not_made"


class CallBackSafe(StrEnum):
    """How it is safe to ring a DSL back."""

    DIRECT = "direct"
    OFFICE_SAYS_ONLY_CALL_BACK = "office_says_only_call_back"
    NOT_WHILE_FAMILY_IS_HERE = "not_while_family_is_here"


class FollowUp(StrEnum):
    """Whether things have improved by the day that was agreed to look again."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class AgreedAction:
    """One thing that was agreed: what, who does it, and by when. `what` is redacted."""

    what: str
    owner: Owner
    by: date


@dataclass(frozen=True, slots=True)
class Case:
    """A consultation at the duty desk, from hand-over to close.

    `urgency` is `red`, `amber` or `green`; `due_at` is when an answer is promised and `goes_home`
    what the DSL said of it, with `goes_home_time` as `15:30` where they gave one. `reason` is an
    id of wording. `claimed_by` is who holds it, who keeps it while it is `transferred_to` somebody
    (or to anybody of `transferred_area`) who has not taken it yet. Outcome fields are None until
    answered; then `actions` are what was agreed and `review_on` is when to look again. `reopens` is the
    case of the same consultation that was answered before. `name_state` is what became of the child's
    name, which is never written here, and `referral_result` what became of a referral; `follow_up` is what
    the DSL said at the review day. `call_back_at` is when the DSL would like to be rung, `call_back_safe` how.
    `lead` and `early_help` the desk chose; `early_help_taken`, `meeting` and who `came` the DSL: ids of
    `bot.desk.came_of_it`.
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
    transferred_to: str | None = None
    transferred_to_name: str | None = None
    transferred_area: str | None = None
    answered_at: datetime | None = None
    reopens: str | None = None
    actions: tuple[AgreedAction, ...] = ()
    review_on: date | None = None
    name_state: NameState | None = None
    referral_result: ReferralResult | None = None
    follow_up_asked_at: datetime | None = None
    follow_up: FollowUp | None = None
    call_back_at: datetime | None = None
    call_back_safe: CallBackSafe | None = None
    lead: str | None = None
    early_help: str | None = None
    early_help_taken: str | None = None
    meeting: str | None = None
    came: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseMove:
    """What happened to a case. `who` is a person's id or `service`; `reason` is what they said of it, redacted."""

    at: datetime
    what: Move
    who: str
    here: Stage
    there: Stage
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A move that somebody asks for, with what goes with it.

    `by` is None for the service. `to` takes over, or anybody of `to_area`. `outcome` is the case with its outcome
    fields filled in. `says` are words of the service for the DSL, said in the same transaction. `reason` is
    redacted.
    """

    what: Move
    by: "Person | None"
    now: datetime
    reason: str = ""
    to: "Person | None" = None
    to_area: str = ""
    outcome: Case | None = None
    says: "Sequence[Utterance]" = ()


class CaseRecords(Protocol):
    """Where cases are kept. Each method is one transaction, each move a line of the audit chain within it."""

    def hand_over(self, case: Case) -> Case:
        """Put a consultation in the queue. If it is there already, return that case.

        A second hand-over can make a case that is there more urgent, or due sooner; never less. After one that
        was answered or given up, it makes a new case that `reopens` it.
        """
    def step(self, case_id: str, step: Step) -> Case:
        """Move a case, with all that goes with it, and return it as it then stands.

        Raises NotKept, and IllegalMove where the table of moves or the stage the case is in by now forbids it:
        nothing has changed then.
        """
    def step_alone(self, consultation_id: str, step: Step) -> None:
        """Move a consultation that has no open case: offer a person, take that back, or begin anew.

        Raises NotKept and IllegalMove.
        """
    def queue(self, area: str) -> tuple[Case, ...]:
        """Return open cases of the area, and those offered to it from elsewhere, in no order that matters.

        They are without their words (reasons, advice, what was agreed), and are never to be written back.
        """
    def case(self, case_id: str) -> Case | None: ...
    def case_of(self, consultation_id: str) -> Case | None:
        """Return the newest case of a consultation, open or not."""
    def listed_case_of(self, consultation_id: str) -> Case | None:
        """Return the same as `queue` has it: without its words, and never to be written back."""
    def cases_of(self, consultation_id: str) -> tuple[Case, ...]:
        """Return every case of a consultation, oldest first."""
    def moves_of(self, consultation_id: str) -> "tuple[CaseMove, ...]":
        """Return what happened to the cases of a consultation, oldest first."""
    def note_name(self, case_id: str, worker: "Person", state: NameState, now: datetime) -> Case:
        """Keep what became of the child's name, if the worker holds the case, or raise IllegalMove."""
    def note_referral(self, case_id: str, by: "Person", result: ReferralResult, now: datetime) -> Case:
        """Keep what became of the referral, told by the DSL or the desk, or raise IllegalMove."""
    def mark_read(self, consultation_id: str, side: str, number: int, now: datetime) -> bool:
        """Keep that a side, `dsl` or `desk`, has read up to a message. False when it was known: marks only grow."""
    def read_up_to(self, consultation_id: str, side: str) -> int:
        """Return the number of the last message that a side has read, 0 for none."""
    def note_follow_up(self, case_id: str, by: "Person", answer: FollowUp, now: datetime) -> Case:
        """Keep whether things have improved, told by the DSL whose consultation it is, or raise IllegalMove."""
    def note_came_of_it(self, case_id: str, by: "Person", told: CameOfIt, now: datetime) -> Case:
        """Keep what came of an answer, told by the DSL whose consultation it is, or raise IllegalMove."""
    def ask_call_back(self, case_id: str, by: "Person", at: datetime, safe: CallBackSafe, now: datetime) -> Case:
        """Keep when and how the DSL would like to be rung back, or raise IllegalMove."""
    def say_as_holder(
        self, case_id: str, worker: "Person", client_id: str, utterance: "Utterance", now: datetime
    ) -> "tuple[Message, bool] | None":
        """Store what a worker says, if they hold the case; None if they do not.

        False when that client id was stored before (then the first).
        """

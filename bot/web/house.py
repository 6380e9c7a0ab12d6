"""What the doors need from the house. `bot.wiring` builds one; the tests have a fake."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from bot.consultation import RawText
from bot.desk.hearing import Heard
from bot.desk.people import OpenSession
from bot.desk.ports import Case, Consultation, Message, Person

if TYPE_CHECKING:
    from bot.desk.consult import Counsel
    from bot.desk.duty.asking import Asking
    from bot.desk.duty.desk import DutyDesk
    from bot.desk.editing import Editing
    from bot.desk.incoming import Received
    from bot.desk.preview import Preview
    from bot.desk.put_back import NoNames
    from bot.desk.staff.desk import StaffDesk
    from bot.desk.talking.desk import TalkDesk
    from bot.desk.watch import Follower
    from bot.web.readiness import Look


class House(Protocol):
    """Everything that a door may ask for. Each call is one use-case; times are given.

    `conversation`, `consultation` and `case_of` answer the DSL whose consultation it is and the duty
    workers of its area, and raise NotKept for everybody else. What the rooms raise comes through as it
    is: `bot.web.refusals` lists what the doors know. `counsel` is for pages that show what the knowledge base
    says and nothing of any child; `editing` for those on which that is changed; `duty` is the duty desk's side,
    `asking` what a DSL may do about a person, `staff` what is theirs and their colleagues',
    `talk` what they see and do beside the words of a conversation.
    """

    counsel: "Counsel"
    editing: "Editing"
    asking: "Asking"
    duty: "DutyDesk"
    staff: "StaffDesk"
    talk: "TalkDesk"

    def turn(self, consultation_id: str) -> AbstractContextManager[None]:
        """Let what is read of a consultation be read once until the block ends."""

    async def without_identifiers(self, typed: RawText) -> str: ...

    # people
    async def sign_in_dsl(self, code: RawText, now: datetime, *, client: str) -> tuple[Person, str] | None:
        """Return the person and a session token. `client` is the address that asks."""

    async def sign_in_worker(
        self, login: str, password: RawText, second_factor: str, now: datetime, *, client: str
    ) -> tuple[Person, str] | None: ...
    async def sign_in_by_council(
        self, proof: Callable[[], Awaitable[RawText]], now: datetime, *, client: str
    ) -> tuple[Person, str] | None:
        """Return the colleague whose login the council proves, or None. Raises what the proof raises."""

    async def whoami(self, token: str, now: datetime, *, active: bool = True) -> Person | None:
        """Return whose session it is. A page that asks by itself is not `active`."""

    async def sessions(self, person: Person, token: str, now: datetime) -> tuple[OpenSession, ...]:
        """Return where one is signed in oneself, the newest first; the session of `token` says that it is this."""

    async def stay(self, person: Person, token: str, now: datetime) -> None:
        """Keep a session for another while, as its person asks."""

    async def sign_out(self, token: str) -> None: ...
    async def sign_out_everywhere(self, person: Person, now: datetime) -> None: ...

    # the DSL's side
    async def open(self, person: Person, area: str | None, now: datetime, practice: str = "") -> Consultation:
        """Open a consultation, in earnest or on the `practice` case of that id, or raise UnknownArea."""

    async def receive(
        self,
        person: Person,
        consultation_id: str,
        client_id: str,
        typed: RawText | None,
        choice: str | None,
        now: datetime,
        not_names: Sequence[str] = (),
    ) -> "Received":
        """Take in a message. `choice` is an id that `bot.web.outward` minted, never a payload."""

    async def has_said(self, person: Person, consultation_id: str, client_id: str) -> bool:
        """Whether a message of that client id was taken in there before."""

    async def put_back(
        self, person: Person, consultation_id: str, number: int, typed: RawText, said: "NoNames", now: datetime
    ) -> "Received":
        """Write a message anew with words in it that are no names. `typed` is what it was typed as."""

    async def preview(
        self, person: Person, consultation_id: str, typed: RawText, not_names: Sequence[str], now: datetime
    ) -> "Preview":
        """Return what would come of a text if it were sent. Nothing of it is kept."""

    async def conversation(self, person: Person, consultation_id: str, after: int = 0) -> tuple[Message, ...]: ...
    async def find(self, person: Person, reference: str, now: datetime) -> Consultation | None: ...
    async def consultation(self, person: Person, consultation_id: str) -> Consultation: ...
    async def case_of(self, person: Person, consultation_id: str) -> Case | None:
        """Return the case of a consultation that was handed over: when it is due and who has it."""

    async def who_has(self, person: Person, consultation_id: str) -> tuple[Consultation, Case | None]:
        """Return a consultation, and its case without the words in it as long as that is open. Raises NotKept."""

    # everybody
    def emergency(self, area: str | None) -> Mapping[str, Any]:
        """Return `in_danger` (999) and `front_door` and `out_of_hours`, each None or a mapping of
        `label`, `value`, `hours` and `checked` (a date)."""

    async def run_action(self, call: dict[str, Any]) -> Any:
        """Return what rasa-sdk's ActionExecutor returns."""

    async def hear(self, message: str) -> Heard:
        """Return which act a redacted message is."""

    def looks(self) -> Mapping[str, "Look"]:
        """Return what says of each part of the house, by name, whether it is well."""

    def followed(self, *about: str) -> AbstractContextManager["Follower"]:
        """Follow consultations or people, by id, or `bot.desk.watch.QUEUES`, for as long as the block lasts."""

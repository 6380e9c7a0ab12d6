"""People: who they are, what they are here for, and how the records know them again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """What somebody is here for. Which pages that opens is in `bot.web.rights`."""

    DSL = "dsl"
    SCHOOL_STAFF = "school_staff"
    DUTY_WORKER = "duty_worker"
    MANAGER = "manager"
    KNOWLEDGE_EDITOR = "knowledge_editor"
    SCRUTINEER = "scrutineer"
    ADMINISTRATOR = "administrator"


AT_SCHOOL = frozenset({Role.DSL, Role.SCHOOL_STAFF})
COLLEAGUES = frozenset(Role) - AT_SCHOOL
# Who answers schools: the others at the council see no consultation, and give an area no desk.
AT_THE_DESK = frozenset({Role.DUTY_WORKER, Role.MANAGER})


@dataclass(frozen=True, slots=True)
class Person:
    """A person who may sign in.

    `school` is the name of a school's person's school; `telephone` is where a duty worker rings a DSL back.
    """

    id: str
    role: Role
    name: str
    area: str
    school: str = ""
    telephone: str = ""

    @property
    def edits(self) -> bool:
        """Whether they may change the knowledge of their area."""
        return self.role == Role.KNOWLEDGE_EDITOR

    @property
    def answers(self) -> bool:
        """Whether they may see and answer what schools of their area ask."""
        return self.role in AT_THE_DESK


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that still holds: when it began, when its person was last heard of, and whether it is `this` one.

    `ends_at` is when it ends if nothing more is heard of it.
    """

    started_at: datetime
    seen_at: datetime
    this: bool
    ends_at: datetime


class AttemptRecords(Protocol):
    """Where attempts are counted, so that a restart forgives nobody. Keys are kept as keyed digests alone."""

    def begin_attempt(
        self, limits: Mapping[tuple[str, ...], int], since: datetime, now: datetime
    ) -> datetime | None:
        """Count an attempt against every key, all or none.

        When a key has reached its limit since a moment, nothing is counted, and the oldest attempt that
        still counts against such a key is returned. What is as old as `since` is let go.
        """

    def take_back_attempt(self, limits: Mapping[tuple[str, ...], int], now: datetime) -> None:
        """Forget one attempt that was begun at `now`, of each key."""


class PeopleRecords(AttemptRecords, Protocol):
    """People and their sessions. Nobody whose code was revoked, or who was disabled, is found by any of it."""

    def person_by_access_code(self, code: str) -> Person | None: ...
    def worker_by_sign_in(self, login: str) -> tuple[Person, str, str] | None:
        """Return the worker with their password hash and second-factor secret."""
    def spend_step(self, worker: Person, step: int) -> bool:
        """Use up a second-factor time step. False when it, or a later one, was used before."""
    def person(self, person_id: str) -> Person | None:
        """Return who somebody is or was, whether or not they may still sign in."""
    def start_session(
        self, person: Person, token_hash: str, now: datetime, expires: datetime, *, idle: timedelta | None = None
    ) -> None:
        """Keep a session until `expires`, or until nothing was heard of it for `idle`."""
    def session_person(self, token_hash: str, now: datetime, *, active: bool = True) -> Person | None:
        """Return whose session this is. Only `active` requests are a sign of life; polling is none."""
    def prolong_session(self, token_hash: str, now: datetime, until: datetime) -> None:
        """Keep a session that holds until a moment at least, as something was heard of it now."""
    def end_session(self, token_hash: str) -> str | None:
        """Forget a session, and return whose it was, by id."""
    def sessions_of(self, person: Person, now: datetime, this: str = "") -> tuple[OpenSession, ...]:
        """Return the sessions of a person that hold, the newest first. `this` is the digest of one's own token."""
    def end_sessions_of(self, person: Person, now: datetime) -> None:
        """End every session of a person, and note it."""
    def at_desk(self, area: str) -> "tuple[Person, ...]":
        """Return the duty workers and managers of an area who may sign in, by name."""
    def desks(self) -> frozenset[str]:
        """Return the areas that have somebody to answer: duty workers or managers who may sign in."""

"""Access: who may still sign in, where they are signed in, and what ends that."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk.people import COLLEAGUES, OpenSession, Person, Role
from bot.desk.ports import NotKept
from bot.storage.people import PeopleShelf, WrongRole
from bot.storage.sessions import SessionShelf, end_of, end_sessions, is_alive
from bot.storage.staff_ends import LinkEndShelf
from bot.storage.tables import Dsl, School, SignedIn, Worker

# Whoever runs the service's commands: the audit chain knows no name for them.
OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody at the council, with what they sign in as, and since when they may not."""

    login: str
    name: str
    area: str
    role: Role
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class AtSchool:
    """Somebody of a school. Without a person it is a school that nobody can sign in for."""

    school_id: str
    school: str
    area: str
    person_id: str = ""
    name: str = ""
    role: Role | None = None
    revoked_at: datetime | None = None


class AccessShelf(PeopleShelf, SessionShelf, LinkEndShelf):
    """Changes who may sign in. Every change ends the sessions that it concerns, in the same transaction."""

    def sessions_of(self, person: Person, now: datetime, this: str = "") -> tuple[OpenSession, ...]:
        """Return the sessions of a person that hold, the newest first. `this` is the digest of one's own token."""
        theirs = select(SignedIn).where(SignedIn.person_id == person.id).order_by(SignedIn.started_at.desc())
        with self._read() as session:
            return tuple(
                OpenSession(held.started_at, held.seen_at, held.token_hash == this, end_of(held))
                for held in session.scalars(theirs)
                if is_alive(held, now)
            )

    def end_sessions_of(self, person: Person, now: datetime) -> None:
        """End every session of a person, and note it."""
        with self._write() as session:
            end_sessions(session, person.id)
            self._append(session, "sessions.ended", person.id, "", now)

    def revoke(self, person_id: str, now: datetime) -> None:
        """Revoke the access code of a school's person, and end their sessions and links. Raises NotKept."""
        with self._write() as session:
            self._dsl(session, person_id).revoked_at = now
            self._end_links_of(session, person_id, OPERATOR, now)
            self._ended(session, "code.revoked", person_id, now)

    def renew_code(self, person_id: str, code: str, now: datetime) -> None:
        """Give a school's person another code, and end their sessions; the old one opens nothing. Raises NotKept."""
        with self._write() as session:
            dsl = self._dsl(session, person_id)
            dsl.code_digest, dsl.revoked_at = self._new_code_digest(code), None
            self._ended(session, "code.renewed", person_id, now)

    def disable(self, login: str, now: datetime) -> None:
        """Let a colleague sign in no more, and end their sessions. Raises NotKept."""
        with self._write() as session:
            worker = self._worker(session, login)
            worker.disabled_at = now
            self._ended(session, "worker.disabled", worker.id, now)

    def change_role(self, login: str, role: Role, now: datetime) -> None:
        """Give a colleague another role, and end their sessions. Raises NotKept and WrongRole."""
        if role not in COLLEAGUES:
            raise WrongRole(role)
        with self._write() as session:
            worker = self._worker(session, login)
            worker.role = role.value
            self._ended(session, "worker.role", worker.id, now)

    def renew_second_factor(self, login: str, totp_secret: str, now: datetime) -> None:
        """Give a colleague another second factor, and end their sessions. Raises NotKept."""
        with self._write() as session:
            worker = self._worker(session, login)
            worker.totp_secret, worker.last_step = totp_secret, None
            self._ended(session, "worker.second_factor", worker.id, now)

    def colleagues(self) -> tuple[Colleague, ...]:
        """Return everybody at the councils, by login."""
        with self._read() as session:
            return tuple(
                Colleague(held.login, held.name, held.area, Role(held.role), held.disabled_at)
                for held in session.scalars(select(Worker).order_by(Worker.login))
            )

    def at_school(self) -> tuple[AtSchool, ...]:
        """Return everybody of the schools, by school; a school without anybody stands there too."""
        held = select(School, Dsl).outerjoin(Dsl).order_by(School.name, School.id, Dsl.name, Dsl.id)
        with self._read() as session:
            return tuple(
                AtSchool(school.id, school.name, school.area, dsl.id, dsl.name, Role(dsl.role), dsl.revoked_at)
                if dsl
                else AtSchool(school.id, school.name, school.area)
                for school, dsl in session.execute(held)
            )

    def _ended(self, session: Session, what: str, person_id: str, now: datetime) -> None:
        end_sessions(session, person_id)
        self._append(session, what, OPERATOR, person_id, now)

    def _dsl(self, session: Session, person_id: str) -> Dsl:
        found = session.get(Dsl, person_id)
        if found is None:
            raise NotKept("person")
        return found

    def _worker(self, session: Session, login: str) -> Worker:
        found = session.scalar(select(Worker).where(Worker.login == login.strip().casefold()))
        if found is None:
            raise NotKept("worker")
        return found

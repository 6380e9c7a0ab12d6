"""People and their sessions."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from bot.desk.people import AT_SCHOOL, AT_THE_DESK, COLLEAGUES, Person, Role
from bot.storage.shelf import Shelf
from bot.storage.tables import Dsl, School, SignedIn, Worker

# 17 characters of an alphabet of 31 are 84 bits: too many to guess, so a fast keyed digest is enough.
CODE_CHARACTERS = 17


class WeakAccessCode(ValueError):
    """Tried to give a DSL an access code that is short enough to be guessed."""


class WrongRole(ValueError):
    """Tried to give a school's person a role of the council's, or the other way round."""


class PeopleShelf(Shelf):
    """Keeps schools and their people, colleagues at the council, and who is signed in."""

    def add_school(self, name: str, area: str) -> str:
        """Add a school in an area (by slug) and return its id."""
        school = School(id=self._new_id(), name=name, area=area)
        with self._write() as session:
            session.add(school)
            return school.id

    def add_dsl(
        self, name: str, school: str, code: str, telephone: str = "", *, role: Role = Role.DSL
    ) -> Person:
        """Add a DSL of a school (by id), or one of its staff, who signs in with the code; a digest of it is kept."""
        if role not in AT_SCHOOL:
            raise WrongRole(role)
        dsl = Dsl(
            id=self._new_id(),
            school_id=school,
            name=name,
            telephone=telephone,
            code_digest=self._new_code_digest(code),
            role=role.value,
        )
        with self._write() as session:
            session.add(dsl)
            return _dsl(dsl, session.get_one(School, school))

    def add_worker(
        self,
        login: str,
        name: str,
        area: str,
        password_hash: str,
        totp_secret: str,
        *,
        role: Role = Role.DUTY_WORKER,
    ) -> Person:
        """Add a colleague at the council of an area (by slug). The password is hashed by whoever calls."""
        if role not in COLLEAGUES:
            raise WrongRole(role)
        worker = Worker(
            id=self._new_id(),
            login=login.strip().casefold(),
            name=name,
            area=area,
            password_hash=password_hash,
            totp_secret=totp_secret,
            role=role.value,
        )
        with self._write() as session:
            session.add(worker)
            return _worker(worker)

    def person_by_access_code(self, code: str) -> Person | None:
        """Return the school's person whose code this is, unless revoked. Case, spaces and hyphens do not matter."""
        # Looking up a keyed digest tells a guesser nothing by the time it takes.
        with self._read() as session:
            found = session.execute(
                select(Dsl, School)
                .join(School)
                .where(Dsl.code_digest == self._code_digest(code), Dsl.revoked_at.is_(None))
            ).one_or_none()
            return _dsl(*found) if found else None

    def worker_by_sign_in(self, login: str) -> tuple[Person, str, str] | None:
        """Return the worker with their password hash and second-factor secret, unless they were disabled."""
        theirs = select(Worker).where(Worker.login == login.strip().casefold(), Worker.disabled_at.is_(None))
        with self._read() as session:
            worker = session.scalar(theirs)
            return (_worker(worker), worker.password_hash, worker.totp_secret) if worker else None

    def spend_step(self, worker: Person, step: int) -> bool:
        """Use up a second-factor time step. False when it, or a later one, was used before."""
        unused = or_(Worker.last_step.is_(None), Worker.last_step < step)
        with self._write() as session:
            spent = session.execute(
                update(Worker).where(Worker.id == worker.id, unused).values(last_step=step)
            )
            return spent.rowcount == 1

    def desks(self) -> frozenset[str]:
        """Return the areas that have somebody to answer: duty workers or managers who may sign in."""
        answering = Worker.role.in_(role.value for role in AT_THE_DESK) & Worker.disabled_at.is_(None)
        with self._read() as session:
            return frozenset(session.scalars(select(Worker.area).where(answering).distinct()))

    def at_desk(self, area: str) -> tuple[Person, ...]:
        """Return the duty workers and managers of an area, by name."""
        answering = Worker.role.in_(role.value for role in AT_THE_DESK) & Worker.disabled_at.is_(None)
        there = select(Worker).where(Worker.area == area, answering).order_by(Worker.name, Worker.id)
        with self._read() as session:
            return tuple(_worker(worker) for worker in session.scalars(there))

    def person(self, person_id: str) -> Person | None:
        """Return who somebody is or was, by id, whether or not they may still sign in."""
        return self._turns.person(person_id, lambda: self._person(person_id))

    def _person(self, person_id: str) -> Person | None:
        with self._read() as session:
            return person_in(session, person_id)

    def start_session(
        self,
        person: Person,
        token_hash: str,
        now: datetime,
        expires: datetime,
        *,
        idle: timedelta | None = None,
    ) -> None:
        """Keep a session until `expires`, or until nothing was heard of it for `idle`."""
        with self._write() as session:
            session.execute(delete(SignedIn).where(SignedIn.expires_at <= now))
            if not _may_sign_in(session, person.id):
                return  # shut out since the code was looked at: the token that was drawn opens nothing
            session.add(
                SignedIn(
                    token_hash=token_hash,
                    person_id=person.id,
                    role=str(person.role),
                    started_at=now,
                    seen_at=now,
                    idle_seconds=None if idle is None else int(idle.total_seconds()),
                    expires_at=expires,
                )
            )

    def session_person(self, token_hash: str, now: datetime, *, active: bool = True) -> Person | None:
        """Return whose session this is. Only `active` requests are a sign of life; polling is none."""
        with self._read() as session:
            signed_in = session.get(SignedIn, token_hash)
            if signed_in is None or not is_alive(signed_in, now):
                return None
            if not _may_sign_in(session, signed_in.person_id):
                return None
            person, seen_at = person_in(session, signed_in.person_id), signed_in.seen_at
        if active and now - seen_at >= timedelta(seconds=1):
            self._saw(token_hash, now)
        return person

    def prolong_session(self, token_hash: str, now: datetime, until: datetime) -> None:
        """Keep a session that holds until a moment at least, as something was heard of it now."""
        with self._write() as session:
            signed_in = session.get(SignedIn, token_hash)
            if signed_in is not None and is_alive(signed_in, now):
                signed_in.seen_at = max(signed_in.seen_at, now)
                signed_in.expires_at = max(signed_in.expires_at, until)

    def end_session(self, token_hash: str) -> None:
        """Forget a session."""
        with self._write() as session:
            session.execute(delete(SignedIn).where(SignedIn.token_hash == token_hash))

    def _saw(self, token_hash: str, now: datetime) -> None:
        with self._write() as session:
            session.execute(
                update(SignedIn)
                .where(SignedIn.token_hash == token_hash, SignedIn.seen_at < now)
                .values(seen_at=now)
            )

    def _new_code_digest(self, code: str) -> str:
        if len(_canonical(code)) < CODE_CHARACTERS:
            raise WeakAccessCode(f"an access code needs {CODE_CHARACTERS} characters or more")
        return self._code_digest(code)

    def _code_digest(self, code: str) -> str:
        return hmac.new(self._pepper, b"access code\0" + _canonical(code).encode(), sha256).hexdigest()


def _canonical(code: str) -> str:
    return "".join(character for character in code.upper() if character.isalnum())


def is_alive(signed_in: SignedIn, now: datetime) -> bool:
    """Whether a session still holds: not past its end, and heard of lately."""
    return now < end_of(signed_in)


def end_of(signed_in: SignedIn) -> datetime:
    """Return when a session ends if nothing more is heard of it."""
    if signed_in.idle_seconds is None:
        return signed_in.expires_at
    return min(signed_in.expires_at, signed_in.seen_at + timedelta(seconds=signed_in.idle_seconds))


def person_in(session: Session, person_id: str) -> Person | None:
    """Return who somebody is or was, within a transaction."""
    found = session.execute(select(Dsl, School).join(School).where(Dsl.id == person_id)).one_or_none()
    if found:
        return _dsl(*found)
    worker = session.get(Worker, person_id)
    return _worker(worker) if worker else None


def _may_sign_in(session: Session, person_id: str) -> bool:
    dsl, worker = session.get(Dsl, person_id), session.get(Worker, person_id)
    return bool((dsl and dsl.revoked_at is None) or (worker and worker.disabled_at is None))


def _dsl(dsl: Dsl, school: School) -> Person:
    return Person(
        id=dsl.id, role=Role(dsl.role), name=dsl.name, area=school.area, school=school.name, telephone=dsl.telephone
    )


def _worker(worker: Worker) -> Person:
    return Person(id=worker.id, role=Role(worker.role), name=worker.name, area=worker.area)

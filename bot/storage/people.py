"""People: those of schools, and colleagues at the councils."""

import hmac
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, bindparam, or_, select, update

from bot.desk.people import AT_SCHOOL, AT_THE_DESK, COLLEAGUES, Person, Role
from bot.storage.by_table import Transaction, table_of
from bot.storage.shelf import Shelf
from bot.storage.tables import Dsl, School, Worker

# 17 characters of an alphabet of 31 are 84 bits: too many to guess, so a fast keyed digest is enough.
CODE_CHARACTERS = 17

_D, _S, _W = table_of(Dsl), table_of(School), table_of(Worker)
_OF_DSL = (_D.c.id.label("dsl_id"), _D.c.role.label("dsl_role"), _D.c.name.label("dsl_name"), _D.c.telephone)
_OF_SCHOOL = (_S.c.id.label("school_id"), _S.c.name.label("school_name"), _S.c.area.label("school_area"))
_OF_WORKER = tuple(_W.c[name].label(f"worker_{name}") for name in ("id", "role", "name", "area"))
OF_A_PERSON = (*_OF_DSL, *_OF_SCHOOL, *_OF_WORKER)
_BY_ID_AT_SCHOOL = select(*_OF_DSL, *_OF_SCHOOL).select_from(_D.join(_S)).where(_D.c.id == bindparam("id"))
_BY_ID_AT_COUNCIL = select(*_OF_WORKER).where(_W.c.id == bindparam("id"))


class WeakAccessCode(ValueError):
    """Tried to give a DSL an access code that is short enough to be guessed."""


class WrongRole(ValueError):
    """Tried to give a school's person a role of the council's, or the other way round."""


class PeopleShelf(Shelf):
    """Keeps schools and their people, and colleagues at the council."""

    def add_school(self, name: str, area: str, phase: str | None = None) -> str:
        """Add a school in an area (by slug) and return its id. `phase` is an id of `bot.desk.came_of_it.Phase`."""
        school = School(id=self._new_id(), name=name, area=area, phase=phase)
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
        with self._read_by_table() as reading:
            return person_in(reading, person_id)

    def _new_code_digest(self, code: str) -> str:
        if len(_canonical(code)) < CODE_CHARACTERS:
            raise WeakAccessCode(f"an access code needs {CODE_CHARACTERS} characters or more")
        return self._code_digest(code)

    def _code_digest(self, code: str) -> str:
        return hmac.new(self._pepper, b"access code\0" + _canonical(code).encode(), sha256).hexdigest()


def _canonical(code: str) -> str:
    return "".join(character for character in code.upper() if character.isalnum())


def person_in(transaction: Transaction, person_id: str) -> Person | None:
    """Return who somebody is or was, within a transaction."""
    connection = transaction.connection()
    found = connection.execute(_BY_ID_AT_SCHOOL, {"id": person_id}).one_or_none()
    if found is not None:
        return _at_school(found)
    found = connection.execute(_BY_ID_AT_COUNCIL, {"id": person_id}).one_or_none()
    return None if found is None else _at_council(found)


def person_in_row(row: Row[Any]) -> Person | None:
    """Return the person of a row that has the columns OF_A_PERSON: somebody of a school's or of the council's."""
    if row.dsl_id is not None and row.school_id is not None:
        return _at_school(row)
    return None if row.worker_id is None else _at_council(row)


def _at_school(row: Row[Any]) -> Person:
    return Person(row.dsl_id, Role(row.dsl_role), row.dsl_name, row.school_area, row.school_name, row.telephone)


def _at_council(row: Row[Any]) -> Person:
    return Person(id=row.worker_id, role=Role(row.worker_role), name=row.worker_name, area=row.worker_area)


def _dsl(dsl: Dsl, school: School) -> Person:
    return Person(
        id=dsl.id, role=Role(dsl.role), name=dsl.name, area=school.area, school=school.name, telephone=dsl.telephone
    )


def _worker(worker: Worker) -> Person:
    return Person(id=worker.id, role=Role(worker.role), name=worker.name, area=worker.area)

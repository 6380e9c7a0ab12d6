"""Sessions: who is signed in. Every request asks, so a session is found with its person in one statement."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy.orm import Session

from bot.desk.people import Person
from bot.storage.by_table import table_of
from bot.storage.people import OF_A_PERSON, person_in_row
from bot.storage.shelf import Shelf
from bot.storage.tables import Dsl, School, SignedIn, Worker

# A sign of life is written at most this often; an idle session may end by so much earlier.
SEEN_EVERY = timedelta(minutes=1)
_S, _D, _C, _W = (table_of(rows) for rows in (SignedIn, Dsl, School, Worker))
_WITH_PERSON = (
    select(_S.c.seen_at, _S.c.idle_seconds, _S.c.expires_at, _D.c.revoked_at, _W.c.disabled_at, *OF_A_PERSON)
    .select_from(_S.outerjoin(_D, _D.c.id == _S.c.person_id).outerjoin(_C, _C.c.id == _D.c.school_id))
    .outerjoin(_W, _W.c.id == _S.c.person_id)
    .where(_S.c.token_hash == bindparam("token_hash"))
)


class SessionShelf(Shelf):
    """Keeps who is signed in, and when they were last heard of."""

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
            if not _may_sign_in(session.get(Dsl, person.id), session.get(Worker, person.id)):
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
        with self._read_by_table() as reading:
            found = reading.connection().execute(_WITH_PERSON, {"token_hash": token_hash}).one_or_none()
        if found is None or not is_alive(found, now):
            return None
        at_school, at_council = found.dsl_id is not None, found.worker_id is not None
        if not (at_school and found.revoked_at is None) and not (at_council and found.disabled_at is None):
            return None
        person, seen_at = person_in_row(found), found.seen_at
        if active and now - seen_at >= SEEN_EVERY:
            self._saw(token_hash, now)
        return person

    def prolong_session(self, token_hash: str, now: datetime, until: datetime) -> None:
        """Keep a session that holds until a moment at least, as something was heard of it now."""
        with self._write() as session:
            signed_in = session.get(SignedIn, token_hash)
            if signed_in is not None and is_alive(signed_in, now):
                signed_in.seen_at = max(signed_in.seen_at, now)
                signed_in.expires_at = max(signed_in.expires_at, until)

    def end_session(self, token_hash: str) -> str | None:
        """Forget a session, and return whose it was, by id."""
        with self._write() as session:
            gone = delete(SignedIn).where(SignedIn.token_hash == token_hash).returning(SignedIn.person_id)
            return session.scalar(gone)

    def _saw(self, token_hash: str, now: datetime) -> None:
        with self._write() as session:
            session.execute(
                update(SignedIn)
                .where(SignedIn.token_hash == token_hash, SignedIn.seen_at < now)
                .values(seen_at=now)
            )


def end_sessions(session: Session, person_id: str) -> None:
    """Forget every session of a person, within a transaction."""
    session.execute(delete(SignedIn).where(SignedIn.person_id == person_id))


def is_alive(signed_in: SignedIn | Row[Any], now: datetime) -> bool:
    """Whether a session still holds: not past its end, and heard of lately."""
    return now < end_of(signed_in)


def end_of(signed_in: SignedIn | Row[Any]) -> datetime:
    """Return when a session ends if nothing more is heard of it."""
    if signed_in.idle_seconds is None:
        return signed_in.expires_at
    return min(signed_in.expires_at, signed_in.seen_at + timedelta(seconds=signed_in.idle_seconds))


def _may_sign_in(dsl: Dsl | None, worker: Worker | None) -> bool:
    return bool((dsl and dsl.revoked_at is None) or (worker and worker.disabled_at is None))

"""The audit chain: who did what and when, each line sealed over the one before it.

A line that was edited, taken out or moved breaks the chain from there on. The hashes are keyed, so
whoever can write to the database but does not have the key cannot mend it again. Where the chain ends is sealed
too: with its tail cut off and its end set back, it is found broken. Who has an old end with its seal can go
back to it; that is found by comparing with ends that were noted outside the database (`audit_heads`).
"""

import hmac
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from bot.storage.audit_heads import NotedHead
from bot.storage.by_table import Transaction, table_of
from bot.storage.shelf import Shelf
from bot.storage.tables import AuditHead, AuditLine

_HEADS = table_of(AuditHead)
_HEAD = select(_HEADS.c.number, _HEADS.c.hash, _HEADS.c.seal).where(_HEADS.c.id == 1).with_for_update()
_MOVED = update(_HEADS).where(_HEADS.c.id == 1)
_LINE = insert(table_of(AuditLine))
_EVENT_OR_ID = re.compile(r"[A-Za-z0-9_.:-]{0,80}")
_BEFORE_THE_FIRST = "0" * 64


class AuditShelf(Shelf):
    """Appends to the audit chain and verifies it."""

    def note(self, what: str, who: str, subject: str, now: datetime) -> None:
        """Append a line to the audit chain. Ids and event names only; anything else is a ValueError."""
        with self._write() as session:
            self._append(session, what, who, subject, now)

    def times_noted(self, what: str, subject: str) -> int:
        """Return how often an event was noted of a subject."""
        with self._read() as session:
            noted = select(func.count()).where(AuditLine.what == what, AuditLine.subject == subject)
            return session.scalar(noted) or 0

    def note_once(self, what: str, who: str, subject: str, now: datetime, within: timedelta) -> None:
        """Append a line unless the same one was appended within that time: coming back to a page is one reading."""
        same = (AuditLine.subject == subject, AuditLine.what == what, AuditLine.who == who)
        with self._write() as session:
            newest = session.scalar(select(func.max(AuditLine.at)).where(*same))
            if newest is None or newest <= now - within:
                self._append(session, what, who, subject, now)

    def audit_head(self, now: datetime) -> NotedHead | None:
        """Return where the chain ends, to be noted outside the database; None if its end is not sealed by us."""
        with self._read() as session:
            head = session.get(AuditHead, 1)
            if head is None or not self._is_sealed(head):
                return None
            return NotedHead(now, head.number, head.hash, head.seal or "")

    def is_sealed_here(self, head: NotedHead) -> bool:
        """Whether a head that was noted outside the database bears our seal."""
        return _same(head_seal(self._pepper, head.number, head.hash), head.seal)

    def verify_audit(self, against: Iterable[NotedHead] = ()) -> int | None:
        """Return the number of the first broken line, or None if the chain is whole.

        With heads that were noted outside the database, a line that each named must still be there as it was.
        """
        noted = {head.number: head.hash for head in sorted(against, key=lambda head: head.number, reverse=True)}
        with self._read() as session:
            number, previous = 0, _BEFORE_THE_FIRST
            for line in session.scalars(select(AuditLine).order_by(AuditLine.number)):
                number += 1
                hashed = self._line_hash(number, line.at, line.what, line.who, line.subject, previous)
                if (line.number, line.previous) != (number, previous) or not _same(hashed, line.hash):
                    return number
                if not _same(noted.get(number, hashed), hashed):
                    return number
                previous = line.hash
            head = session.get(AuditHead, 1)
            whole = head is not None and (head.number, head.hash) == (number, previous) and self._is_sealed(head)
            return None if whole and max(noted, default=0) <= number else number + 1

    def _append(self, transaction: Transaction, what: str, who: str, subject: str, now: datetime) -> None:
        if not all(_EVENT_OR_ID.fullmatch(part) for part in (what, who, subject)):
            raise ValueError("an audit line takes event names and ids only")
        # Every write does this: by the table, as putting rows of it into objects takes as long as all the rest.
        connection = transaction.connection()
        head = connection.execute(_HEAD).one_or_none()
        if head is None:
            raise LookupError("the audit chain has no head: has the database been migrated?")
        number, previous = head.number + 1, head.hash
        hashed = self._line_hash(number, now, what, who, subject, previous)
        # A head that was set from outside is never sealed anew: what was done to it stays to be found.
        seal = head_seal(self._pepper, number, hashed) if self._is_sealed(head) else head.seal
        line = {"number": number, "at": now, "what": what, "who": who, "subject": subject}
        connection.execute(_LINE, line | {"previous": previous, "hash": hashed})
        connection.execute(_MOVED, {"number": number, "hash": hashed, "seal": seal})

    def _is_sealed(self, head: AuditHead | Row[Any]) -> bool:
        return _same(head_seal(self._pepper, head.number, head.hash), head.seal or "")

    def _line_hash(self, number: int, at: datetime, what: str, who: str, subject: str, previous: str) -> str:
        line = json.dumps([number, at.astimezone(UTC).isoformat(), what, who, subject, previous])
        return hmac.new(self._pepper, b"audit\0" + line.encode(), sha256).hexdigest()


def head_seal(pepper: bytes, number: int, hashed: str) -> str:
    """Return the seal of a chain that ends at a line of this number and hash."""
    return hmac.new(pepper, b"audit head\0" + f"{number} {hashed}".encode(), sha256).hexdigest()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())

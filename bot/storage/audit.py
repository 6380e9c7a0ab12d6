"""The audit chain: who did what and when, each line sealed over the one before it.

A line that was edited, taken out or moved breaks the chain from there on. The seal is keyed, so
whoever can write to the database but does not have the key cannot mend it again.
"""

import hmac
import json
import re
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.storage.shelf import Shelf
from bot.storage.tables import AuditHead, AuditLine

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

    def verify_audit(self) -> int | None:
        """Return the number of the first broken line, or None if the chain is whole."""
        with self._read() as session:
            number, previous = 0, _BEFORE_THE_FIRST
            for line in session.scalars(select(AuditLine).order_by(AuditLine.number)):
                number += 1
                sealed = self._seal(number, line.at, line.what, line.who, line.subject, previous)
                if (line.number, line.previous) != (number, previous) or not _same(sealed, line.hash):
                    return number
                previous = line.hash
            head = session.get(AuditHead, 1)
            whole = head is not None and (head.number, head.hash) == (number, previous)
            return None if whole else number + 1

    def _append(self, session: Session, what: str, who: str, subject: str, now: datetime) -> None:
        if not all(_EVENT_OR_ID.fullmatch(part) for part in (what, who, subject)):
            raise ValueError("an audit line takes event names and ids only")
        head = session.scalar(select(AuditHead).where(AuditHead.id == 1).with_for_update())
        if head is None:
            raise LookupError("the audit chain has no head: has the database been migrated?")
        number, previous = head.number + 1, head.hash
        sealed = self._seal(number, now, what, who, subject, previous)
        session.add(
            AuditLine(
                number=number, at=now, what=what, who=who, subject=subject, previous=previous, hash=sealed
            )
        )
        head.number, head.hash = number, sealed

    def _seal(self, number: int, at: datetime, what: str, who: str, subject: str, previous: str) -> str:
        line = json.dumps([number, at.astimezone(UTC).isoformat(), what, who, subject, previous])
        return hmac.new(self._pepper, b"audit\0" + line.encode(), sha256).hexdigest()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())

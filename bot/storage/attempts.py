"""Attempts that may have been wrong, counted where a restart does not forget them."""

import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, func, select

from bot.storage.shelf import Shelf
from bot.storage.tables import Attempt


class AttemptShelf(Shelf):
    """Counts attempts. What they are counted against (an address, a login) is kept as a keyed digest."""

    def begin_attempt(
        self, limits: Mapping[tuple[str, ...], int], since: datetime, now: datetime
    ) -> datetime | None:
        """Count an attempt against every key, all or none.

        When a key has reached its limit since a moment, nothing is counted, and the oldest attempt that
        still counts against such a key is returned. What is as old as `since` is let go.
        """
        with self._write() as session:
            session.execute(delete(Attempt).where(Attempt.at <= since))
            full = []
            for key, limit in limits.items():
                made = select(func.count(), func.min(Attempt.at)).where(Attempt.key_digest == self._key_digest(key))
                count, oldest = session.execute(made).one()
                full += [oldest or now] if count >= limit else []
            if full:
                return max(full)
            session.add_all(Attempt(key_digest=self._key_digest(key), at=now) for key in limits)
            return None

    def take_back_attempt(self, limits: Mapping[tuple[str, ...], int], now: datetime) -> None:
        """Forget one attempt that was begun at `now`, of each key."""
        with self._write() as session:
            for key in limits:
                mine = select(func.min(Attempt.id)).where(
                    Attempt.key_digest == self._key_digest(key), Attempt.at == now
                )
                session.execute(delete(Attempt).where(Attempt.id == mine.scalar_subquery()))

    def _key_digest(self, key: tuple[str, ...]) -> str:
        return hmac.new(self._pepper, b"attempt\0" + json.dumps(key).encode(), sha256).hexdigest()

"""Strangers: chats that are linked to nobody. They get whom to ring and how to be let in; nothing is kept of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.desk.attempts import LockedOut
from bot.desk.staff.links import CodeRefused
from bot.telegram.room import Room

SECONDS_APART = 60.0
_MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Strangers:
    """What is said to chats that are not linked, at most once a minute each. `seconds` is a clock that only runs on."""

    room: Room
    seconds: Callable[[], float]
    _told: dict[str, float] = field(default_factory=dict)

    def told(self, key: str, name: str = "utter_telegram_stranger") -> str | None:
        """Return what is to be said, or None where it was said to this chat a moment ago."""
        now = self.seconds()
        if now - self._told.get(key, now - SECONDS_APART) < SECONDS_APART:
            return None
        if len(self._told) >= _MOST_REMEMBERED:
            self._told.clear()
        self._told[key] = now
        return self.room.words(name)

    def refused(self, why: CodeRefused | LockedOut) -> str:
        """Return why a code was not taken."""
        is_wrong = isinstance(why, CodeRefused)
        return self.room.words("utter_telegram_code_refused" if is_wrong else "utter_door_locked_out")

"""The queue of updates that wait for the bot, as Telegram keeps it: for a day, each with a number of its own."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from bot_api.clock import Clock

KEPT_FOR = 24 * 3600  # seconds
# What a bot gets only when it names them.
ONLY_IF_NAMED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

Update = dict[str, Any]


@dataclass(frozen=True)
class Waiting:
    """An update that the bot has not confirmed. `line` is the chat within which order is kept."""

    update: Update
    at: float
    line: int | str

    @property
    def id(self) -> int:
        return self.update["update_id"]


def kind_of(update: Update) -> str:
    """Return the name of the update's only part beside its number."""
    (kind,) = update.keys() - {"update_id"}
    return kind


def line_of(update: Update) -> int | str:
    """Return the chat to which an update belongs, or else the person, or else its kind."""
    kind = kind_of(update)
    part = update[kind]
    for about in (part, part.get("message") or {}):
        if "chat" in about:
            return about["chat"]["id"]
    person = part.get("from") or part.get("user") or {}
    return person.get("id", kind)


class Updates:
    """What waits, in order. Whoever holds it holds the world's lock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: dict[int, Waiting] = {}
        self._next = 610_000_001
        self.named: tuple[str, ...] = ()
        self.on_new: Callable[[], None] = lambda: None

    def __iter__(self) -> Iterator[Waiting]:
        self._drop_old()
        return iter(tuple(self._waiting.values()))

    def __len__(self) -> int:
        return len(tuple(iter(self)))

    def wants(self, kind: str) -> bool:
        """Whether the bot has asked for updates of a kind."""
        return kind in self.named if self.named else kind not in ONLY_IF_NAMED

    def add(self, content: Update) -> int | None:
        """Put an update into the queue and return its number; `None` if the bot does not want its kind."""
        if not self.wants(kind_of(content)):
            return None
        number, self._next = self._next, self._next + 1
        update = {"update_id": number} | deepcopy({k: v for k, v in content.items() if k != "update_id"})
        self._waiting[number] = Waiting(update, self._clock.now, line_of(update))
        self.on_new()
        return number

    def batch(self, offset: int, limit: int) -> list[Update]:
        """Forget what lies before the offset, and return what comes next. Below zero it counts from the end."""
        self._drop_old()
        if offset < 0:
            offset = next(iter(sorted(self._waiting)[offset:]), 0)
        for number in [number for number in self._waiting if number < offset]:
            del self._waiting[number]
        return [waiting.update for waiting in self][:limit]

    def first_of(self, line: int | str) -> Waiting | None:
        """Return the oldest update of a chat."""
        return next((waiting for waiting in self if waiting.line == line), None)

    def forget(self, number: int) -> None:
        """Forget one update, if it is there."""
        self._waiting.pop(number, None)

    def forget_all(self) -> None:
        """Forget whatever waits."""
        self._waiting.clear()

    def _drop_old(self) -> None:
        for waiting in tuple(self._waiting.values()):
            if waiting.at + KEPT_FOR < self._clock.now:
                del self._waiting[waiting.id]

"""Turns: what is read of a consultation while one message of it is answered is read once.

A turn asks a dozen times who has the consultation and what was said. While it is open, the answers are held here, and
nowhere else; with the turn they go. Every write of this process to that consultation is told here when it is
committed. A write of another process is seen with the next turn: who must know for certain asks within the transaction
that writes (`locked`), as every claim and every reply does.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from bot.desk.people import Person
from bot.desk.ports import Consultation, Message

# What a write may change of what is held.
CONSULTATION, MESSAGES = "consultation", "messages"
BOTH = frozenset({CONSULTATION, MESSAGES})
NOTHING: frozenset[str] = frozenset()  # but what is told apart: what was said anew, what was amended


@dataclass(slots=True)
class _Turn:
    """What is held of a consultation, how many turns of it are open, and how many writes there were meanwhile."""

    entered: int = 0
    writes: int = 0
    consultation: Consultation | None = None
    messages: tuple[Message, ...] | None = None
    person: Person | None = None


class Turns:
    """The turns that are open in this process, by consultation."""

    def __init__(self) -> None:
        self._open: dict[str, _Turn] = {}
        self._lock = Lock()

    @contextmanager
    def of(self, consultation_id: str) -> Iterator[None]:
        """Hold what is read of a consultation until the block ends."""
        with self._lock:
            turn = self._open.setdefault(consultation_id, _Turn())
            turn.entered += 1
        try:
            yield
        finally:
            with self._lock:
                turn.entered -= 1
                if not turn.entered:
                    del self._open[consultation_id]

    def will_be_answered(self, consultation_id: str) -> bool:
        """Whether a turn is open here that nobody but the assistant answers: something is still to be written in it."""
        turn = self._open.get(consultation_id)
        return turn is not None and turn.consultation is not None and not turn.consultation.held

    def consultation(self, consultation_id: str, read: Callable[[], Consultation | None]) -> Consultation | None:
        """Return the consultation, read only if it is not held."""
        turn = self._open.get(consultation_id)
        if turn is None:
            return read()
        held, writes = turn.consultation, turn.writes
        if held is not None:
            return held
        return self._keep(turn, writes, CONSULTATION, read())

    def messages(self, consultation_id: str, read: Callable[[], tuple[Message, ...]]) -> tuple[Message, ...] | None:
        """Return all messages, read only if they are not held; None where no turn is open."""
        turn = self._open.get(consultation_id)
        if turn is None:
            return None
        held, writes = turn.messages, turn.writes
        if held is not None:
            return held
        return self._keep(turn, writes, MESSAGES, read())

    def held_messages(self, consultation_id: str) -> tuple[Message, ...] | None:
        """Return all messages if they are held."""
        turn = self._open.get(consultation_id)
        return turn.messages if turn else None

    def person(self, person_id: str, read: Callable[[], Person | None]) -> Person | None:
        """Return somebody, read only if they are not held as the person of an open turn."""
        turns = [t for t in tuple(self._open.values()) if t.consultation and t.consultation.person_id == person_id]
        for turn in turns:
            if turn.person is not None:
                return turn.person
        found = read()
        for turn in turns:
            turn.person = found
        return found

    def written(self, consultation_id: str, changed: Collection[str], said: tuple[Message, ...]) -> None:
        """Note that a write to a consultation was committed: what it changed, and what was said by it."""
        with self._lock:
            turn = self._open.get(consultation_id)
            if turn is None:
                return
            turn.writes += 1
            if CONSULTATION in changed:
                turn.consultation = None
            if MESSAGES in changed or not _follows(turn.messages, said):
                turn.messages = None
            elif turn.messages is not None:
                turn.messages += said

    def amended(self, consultation_id: str, **fields: Any) -> None:
        """Note that a write which had locked the consultation was committed, and changed nothing of it but these."""
        with self._lock:
            turn = self._open.get(consultation_id)
            if turn is not None and turn.consultation is not None:
                turn.consultation = replace(turn.consultation, **fields)

    def _keep[T](self, turn: _Turn, writes: int, what: str, found: T) -> T:
        with self._lock:
            if turn.writes == writes:  # or it may be older than what was written since
                setattr(turn, what, found)
        return found


class NoTurns(Turns):
    """Holds nothing: where other processes write within a turn too, each look is at the records."""

    @contextmanager
    def of(self, consultation_id: str) -> Iterator[None]:
        """Hold nothing until the block ends."""
        yield


def _follows(held: tuple[Message, ...] | None, said: tuple[Message, ...]) -> bool:
    """Whether what was said comes right after what is held: two writes may be told of in another order."""
    return not said or held is None or said[0].number == (held[-1].number if held else 0) + 1

"""Untold: red flags that were said while the dialogue did not answer. It hears them as soon as it does.

One process keeps their words in its memory. Several keep in the audit chain that there are some, and read the words in
the records: whoever takes the next message tells the dialogue.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.desk.outstanding import outstanding
from bot.desk.ports import Records

FLAGGED, TOLD = "flag.untold", "flag.told"


class Untold(Protocol):
    """Which words the dialogue could not be told of, by consultation."""

    def add(self, consultation_id: str, words: str, now: datetime) -> None: ...
    def of(self, consultation_id: str) -> Sequence[str]: ...
    def told(self, consultation_id: str, now: datetime) -> None: ...


@dataclass(slots=True)
class UntoldHere:
    """What one process has not told."""

    _words: dict[str, list[str]] = field(default_factory=dict)

    def add(self, consultation_id: str, words: str, now: datetime) -> None:
        """Keep words until they are told."""
        self._words.setdefault(consultation_id, []).append(words)

    def of(self, consultation_id: str) -> Sequence[str]:
        """Return what is to be told."""
        return self._words.get(consultation_id, ())

    def told(self, consultation_id: str, now: datetime) -> None:
        """Keep that it was told."""
        self._words.pop(consultation_id, None)


@dataclass(frozen=True, slots=True)
class UntoldInRecords:
    """What none of several processes has told."""

    records: Records

    def add(self, consultation_id: str, words: str, now: datetime) -> None:
        """Keep that something is to be told. Its words stand in the messages."""
        self.records.note(FLAGGED, "service", consultation_id, now)

    def of(self, consultation_id: str) -> Sequence[str]:
        """Return what the DSL said since the dialogue last answered them, if something of it is to be told.

        The last message is left out: it is told by itself.
        """
        if outstanding(self.records, FLAGGED, TOLD, consultation_id) <= 0:
            return ()
        said: list[str] = []
        for message in reversed(self.records.messages(consultation_id)[:-1]):
            if message.utterance.speaker == "assistant" and said:
                break
            if message.utterance.speaker == "dsl":
                said.append(message.utterance.text)
        return said[::-1]

    def told(self, consultation_id: str, now: datetime) -> None:
        """Keep that it was told, as often as it was to be."""
        for _ in range(outstanding(self.records, FLAGGED, TOLD, consultation_id)):
            self.records.note(TOLD, "service", consultation_id, now)

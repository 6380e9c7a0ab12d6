"""What the desk needs of the records for a talk that is going on: a part of `bot.desk.ports.Records`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Unsent:
    """What is left of a text that was typed and not sent, and when it was typed."""

    text: str
    at: datetime


class ReferenceMark(StrEnum):
    """What a DSL said when they were asked for their reference: it is kept, or they will see to it later."""

    KEPT = "kept"
    LATER = "later"


class TalkingRecords(Protocol):
    """Where what was not sent is kept, one text a consultation, and whether the reference is."""

    def keep_unsent(
        self, consultation_id: str, text: str, after: int, now: datetime, *, put_back: Sequence[str] = ()
    ) -> bool:
        """Keep a redacted text in place of the one before. Raises UncleanWrite and NotKept.

        False, and nothing is kept, once the DSL has said something after message `after`, or the talk is over.
        `put_back` are words that they say are no names. Saying something, and the end of the talk, delete it.
        """

    def forget_unsent(self, consultation_id: str, now: datetime) -> None:
        """Delete it. Nothing happens if there is none."""

    def unsent(self, consultation_id: str) -> Unsent | None:
        """Return what was typed and not sent, None where there is none."""

    def mark_reference(self, consultation_id: str, mark: ReferenceMark, now: datetime) -> None:
        """Keep what the DSL said of their reference. That it is kept is never taken back."""

    def reference_mark(self, consultation_id: str) -> ReferenceMark | None:
        """Return it, None as long as they have not been asked."""

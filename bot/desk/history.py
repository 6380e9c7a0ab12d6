"""What the desk needs of a consultation's past: a part of `bot.desk.ports.Records`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.consultation import Decision, Facts


class HistoryRecords(Protocol):
    """What the records tell of a consultation's past: a part of `bot.desk.ports.Records`."""

    def facts_history(self, consultation_id: str) -> Sequence[tuple[datetime, Facts]]:
        """Return the facts as they stood from each moment on, oldest first."""
    def decisions_of(self, consultation_id: str) -> Sequence[Decision]:
        """Return every assessment of a consultation, oldest first."""

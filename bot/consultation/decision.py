"""A decision as it was made: the facts it rested on and what was made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.consultation.facts import Facts


@dataclass(frozen=True, slots=True)
class Decision:
    """An assessment with its facts. `result` is as `bot.thresholds.to_record` writes it, pack version included."""

    id: int
    consultation_id: str
    at: datetime
    facts: Facts
    result: Mapping[str, Any]

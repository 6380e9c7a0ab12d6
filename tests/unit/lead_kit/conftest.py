"""Kits from the real knowledge base, with ids that count."""

from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from bot.knowledge import Wording, load_area
from bot.lead_kit import LeadKits, open_kits

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def say() -> Callable[..., str]:
    """Return the real wording."""
    return Wording(ROOT / "nlu_data" / "responses").say


@pytest.fixture(scope="session")
def kits(say) -> LeadKits:
    """Return kits as the house makes them."""
    numbers = count(1)

    def pack_of(area: str, on: date):
        return load_area(ROOT / "knowledge_base", area, on)

    return open_kits(ROOT / "knowledge_base", pack_of, say, lambda: f"id-{next(numbers)}")

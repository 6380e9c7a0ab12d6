"""The desk's surroundings: records in memory, the real wording and the real calendar."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.desk.working_time import WorkingTime
from bot.knowledge import closed_days
from bot.knowledge.wording import Wording
from tests.fakes import FakeRecords

ENGLAND = ZoneInfo("Europe/London")


@pytest.fixture(scope="session")
def hours() -> WorkingTime:
    return WorkingTime(closed_days(Path("knowledge_base")))


@pytest.fixture(scope="session")
def wording() -> Wording:
    return Wording(Path("nlu_data/responses"))


@pytest.fixture
def records() -> FakeRecords:
    return FakeRecords()


@pytest.fixture(scope="session")
def at():
    """Return a moment from what a clock in England shows."""

    def read(shown: str) -> datetime:
        return datetime.fromisoformat(shown).replace(tzinfo=ENGLAND).astimezone(UTC)

    return read

"""The desk's surroundings: records in memory, the real wording and the real calendar."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.desk.working_time import WorkingTime
from bot.knowledge.wording import Wording
from tests.fakes import FakeRecords

ENGLAND = ZoneInfo("Europe/London")


@pytest.fixture(scope="session")
def hours() -> WorkingTime:
    file = Path("knowledge_base/national/england/bank_holidays.yml")
    return WorkingTime(frozenset(yaml.safe_load(file.read_text(encoding="utf-8"))["days"]))


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

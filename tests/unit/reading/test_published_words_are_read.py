"""What an area publishes is itself a way in which a concern is written: it should be read as itself."""

from datetime import date
from pathlib import Path

import pytest

from bot.consultation import RedactedText, Status
from bot.knowledge import load_area
from bot.reading.red_flags import present_indicators

KNOWLEDGE_BASE = Path(__file__).resolve().parents[3] / "knowledge_base"


@pytest.mark.parametrize("area", ["kent", "buckinghamshire"])
def test_nine_in_ten_of_the_rows_an_area_publishes_are_read_as_themselves(area, reader, national):
    rows = load_area(KNOWLEDGE_BASE, area, date(2026, 11, 21)).rows
    unread = []
    for row in rows:
        concerns = reader.read(RedactedText(row.words)).concerns
        read = present_indicators(concerns, national.indicators)
        read |= {concern.indicator for concern in concerns if concern.status is Status.UNSURE}
        if not any(alternative <= read for alternative in row.needs):
            unread.append(row.words)
    assert len(unread) <= len(rows) / 10, f"not read as themselves: {unread}"

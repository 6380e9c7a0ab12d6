"""An area is kept when it becomes known, and the same again is no change."""

from collections.abc import Callable

from bot.storage import SqlRecords
from tests.factories import NOW, create_consultation, create_dsl


def test_the_same_area_again_is_no_change_and_is_not_noted(sql_records: Callable[..., SqlRecords]) -> None:
    records = sql_records()
    create_consultation(records, create_dsl(records), id="c1")
    for area in ("medway", "medway", "kent", "kent"):
        records.set_area("c1", area, NOW)
        assert records.consultation("c1").area == area
    assert records.times_noted("consultation.area_set", "c1") == 2

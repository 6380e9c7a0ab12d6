"""Twenty thousand consultations of which every figure is known: counted exactly, and published safely."""

import time
from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot.desk.working_time import WorkingTime
from bot.scrutiny.counting import Counted, counted
from bot.scrutiny.entry import Band
from bot.scrutiny.placing import Placing, band_of
from bot.scrutiny.releasing import released
from bot.scrutiny.rules import Rules
from bot.scrutiny.tables import TABLES
from bot.scrutiny.withholding import ALL
from bot.scrutiny.year import bounds, in_words, is_over
from tests.a_year import YEAR, Known, Maker
from tests.attack_on_tables import NESTED, groups_told, parted_too_narrow, too_narrow

MANY = 20_000
CODES = {
    "kent": [("1", "n1"), ("2", "n2"), ("3", "n3"), ("4", "n4")],
    "trafford": [("1", "n1"), ("2", "n2"), ("3", "n2"), ("4", "n3"), ("5", "n4")],
    "derby": [("universal", "n1"), ("early help", "n2"), ("intensive", "n3"), ("specialist", "n4")],
}
INDICATORS = {kind: (f"{kind}_one", f"{kind}_two") for kind in next(t for t in TABLES if t.name == "kinds").rows}


def placing() -> Placing:
    hours = WorkingTime()
    return Placing(
        kinds={one: kind for kind, ids in INDICATORS.items() for one in ids},
        bands=lambda area: {code: Band(place) for code, place in CODES[area]},
        by_when=lambda area, at, days: hours.after_days(at, days),
    )


@pytest.fixture(scope="module")
def year() -> tuple[Counted, Known]:
    maker = Maker(20261123, CODES, INDICATORS)
    place = placing()
    return counted((place.entry(seen) for seen in maker.year(MANY)), kind_of=place.kinds), maker.known


def known_of(known: Known) -> Mapping[str, Mapping[tuple[str, str], int]]:
    return {table: {cell: many for cell, many in cells.items() if many} for table, cells in known.of.items()}


def test_every_figure_is_the_one_that_was_made(year: tuple[Counted, Known]) -> None:
    counted, known = year
    found = {name: {(str(row), a): n for (row, a), n in cells.items() if n} for name, cells in counted.exact.items()}
    assert found == known_of(known)
    assert sum(found["opened"].values()) == MANY


def test_every_table_had_something_to_count(year: tuple[Counted, Known]) -> None:
    counted, _ = year
    assert [table.name for table in TABLES if not any(counted.exact[table.name].values())] == []


@pytest.mark.parametrize("rules", [Rules(5, 1), Rules(5, 5), Rules(10, 1)], ids=["five", "rounded", "ten"])
def test_no_small_figure_of_the_year_can_be_worked_out(year: tuple[Counted, Known], rules: Rules) -> None:
    counted, _ = year
    published = released(YEAR, counted, rules).plain()
    assert too_narrow(published, counted.exact, also=NESTED) == []
    assert parted_too_narrow(published, counted.exact, counted.kind_of) == []
    assert groups_told(published, counted.exact, NESTED) == []


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("rules", [Rules(5, 1), Rules(10, 1)], ids=["five", "ten"])
def test_nor_of_smaller_years_and_not_by_laying_one_question_beside_another(seed: int, rules: Rules) -> None:
    maker, place = Maker(seed, CODES, INDICATORS), placing()
    made = counted((place.entry(seen) for seen in maker.year(300 + 400 * (seed % 4))), kind_of=place.kinds)
    published = released(YEAR, made, rules).plain()
    assert too_narrow(published, made.exact) == []
    assert too_narrow(published, made.exact, also=NESTED) == []
    assert groups_told(published, made.exact, NESTED) == []


def test_the_year_has_something_to_hide_and_most_of_it_is_shown(year: tuple[Counted, Known]) -> None:
    counted, _ = year
    release = released(YEAR, counted, Rules())
    figures = [f for table in release.tables for row in table.figures.values() for f in row.values()]
    hidden = figures.count(None)
    assert 20 < hidden < len(figures) / 4, (hidden, len(figures))


def test_what_is_shown_without_rounding_is_what_was_counted(year: tuple[Counted, Known]) -> None:
    counted, _ = year
    for table in released(YEAR, counted, Rules(5, 1)).tables:
        for row, figures in table.figures.items():
            for column, figure in figures.items():
                areas = table.areas if column == ALL else (column,)
                true = sum(counted.exact[table.name].get((row, area), 0) for area in areas)
                assert figure in (true, None)


def test_the_year_is_counted_and_protected_in_seconds() -> None:
    maker, place = Maker(7, CODES, INDICATORS), placing()
    seen = list(maker.year(MANY))
    begun = time.perf_counter()
    released(YEAR, counted(map(place.entry, seen)), Rules())
    assert time.perf_counter() - begun < 15


def test_the_order_of_consultations_changes_nothing() -> None:
    maker, place = Maker(3, CODES, INDICATORS), placing()
    entries = [place.entry(seen) for seen in maker.year(500)]
    assert counted(entries) == counted(reversed(entries))


def test_a_year_goes_from_april_to_march_and_has_to_settle() -> None:
    begins, ends = bounds(2025)
    assert (begins.isoformat(), ends.isoformat()) == ("2025-03-31T23:00:00+00:00", "2026-03-31T23:00:00+00:00")
    assert not is_over(2025, ends + timedelta(days=27))
    assert is_over(2025, ends + timedelta(days=28))
    assert in_words(2025) == "2025-26"


def test_a_range_of_levels_counts_as_the_higher_one() -> None:
    assert band_of(("N2", "N3")) is Band.N3

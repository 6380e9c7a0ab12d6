"""Agreement in a year of which every pair is known, and that it says nothing beyond what is published."""

from dataclasses import replace

import pytest

import bot.scrutiny.releasing as releasing
from bot.scrutiny.agreeing import LEAST, LEVELS, agreements, derived, levels
from bot.scrutiny.bounds import BOUNDS
from bot.scrutiny.counting import Counted, counted
from bot.scrutiny.parting import COLUMNS, kinds_shown, told_shown
from bot.scrutiny.releasing import Release, from_plain, released
from bot.scrutiny.rules import Rules
from bot.scrutiny.tables import TABLES
from tests.a_year import YEAR, Known, Maker
from tests.a_years_kappa import kappa_of
from tests.attack_on_tables import NESTED, SIDES, groups_told, parted_too_narrow, too_narrow
from tests.unit.scrutiny.test_a_year import CODES, INDICATORS, placing

MANY = 20_000


@pytest.fixture(scope="module")
def year() -> tuple[Counted, Known]:
    return _made(20261123, MANY)


def _made(seed: int, many: int) -> tuple[Counted, Known]:
    maker, place = Maker(seed, CODES, INDICATORS), placing()
    return counted((place.entry(seen) for seen in maker.year(many)), kind_of=place.kinds), maker.known


@pytest.mark.parametrize("area", ["kent", "trafford"])
def test_without_rounding_kappa_is_exactly_the_makers(year: tuple[Counted, Known], area: str) -> None:
    counted, known = year
    found = next(agreements(released(YEAR, counted, Rules(5, 1)), area))
    made = (kappa_of(known, area, 1), kappa_of(known, area, 2))
    assert (found.linear.value, found.quadratic.value) == pytest.approx(made, abs=1e-12)
    compared = sum(known.of["beside"][side, area] for side in SIDES)
    assert (found.pair, found.compared) == ("assistant_worker", compared)
    assert found.alike == pytest.approx(known.of["beside"]["same", area] / compared)


def test_rounding_moves_kappa_by_less_than_it_is_unsure_of(year: tuple[Counted, Known]) -> None:
    counted, known = year
    for area in ("kent", "trafford"):
        found = next(agreements(released(YEAR, counted, Rules()), area))
        assert abs(found.linear.value - kappa_of(known, area, 1)) < (found.linear.most - found.linear.least) / 4


@pytest.mark.parametrize(("pair", "table"), [("dsl_worker", "views"), ("dsl_assistant", "thought")])
def test_the_dsl_is_compared_on_a_referral_or_not(year: tuple[Counted, Known], pair: str, table: str) -> None:
    counted, known = year
    found = next(one for one in agreements(released(YEAR, counted, Rules(5, 1)), "kent") if one.pair == pair)
    cells = {row: many for (row, area), many in known.of[table].items() if area == "kent"}
    yes = "advised" if table == "views" else "refer"
    both = {row: many for row, many in cells.items() if row not in ("not_told", "not_compared")}
    alike = sum(many for row, many in both.items() if row.startswith("refer_") == row.endswith(f"_{yes}"))
    assert found.compared == sum(both.values())
    assert found.alike == pytest.approx(alike / found.compared)
    assert found.linear == found.quadratic


def test_it_is_the_same_from_what_was_kept_of_a_release_as_it_needs_nothing_else(year: tuple[Counted, Known]) -> None:
    release = released(YEAR, year[0], Rules())
    assert derived(from_plain(release.plain())) == derived(release)


def test_all_areas_together_are_those_of_which_it_can_be_told(year: tuple[Counted, Known]) -> None:
    release = released(YEAR, year[0], Rules())
    assert levels(release, "derby") is None
    everywhere, each = levels(release, "all"), [levels(release, area) for area in ("kent", "trafford")]
    assert everywhere is not None
    assert sum(map(sum, everywhere)) == sum(sum(map(sum, one)) for one in each if one)


def test_where_few_are_compared_there_is_no_kappa() -> None:
    made, _ = _made(4, 400)
    release = released(YEAR, made, Rules())
    assert all(one.compared >= LEAST for area in made.areas for one in agreements(release, area))
    assert not list(agreements(release, "derby"))


def test_a_release_without_these_tables_has_no_agreement(year: tuple[Counted, Known]) -> None:
    release = released(YEAR, year[0], Rules())
    old = replace(release, tables=tuple(t for t in release.tables if t.name in ("opened", "desk", "worker")))
    assert [table.areas for table in derived(old)] == [(), (), ()]


def test_pairs_that_are_not_shown_share_what_is_left_and_more_than_a_little_is_too_much() -> None:
    def release(hidden: int) -> Release:
        agreed = {f"{level}_{level}": {"kent": 100} for level in LEVELS}
        above = {row: {"kent": 60} for row in ("n1_n2", "n2_n3")}
        above |= {row: {"kent": None} for row in ("n1_n3", "n1_n4", "n2_n4", "n3_n4")}
        sides = {"same": 400, "higher": 120 + hidden, "lower": 0, "not_compared": 50}
        tables = [("beside", {side: {"kent": many} for side, many in sides.items()}), ("agreed", agreed)]
        tables += [("above", above), ("below", {})]
        held = {"areas": ["kent"], "base": {"kent": 570}}
        plain = [{"name": name, "rows": rows} | held for name, rows in tables]
        return from_plain({"year": YEAR, "under": 5, "rounding": 5, "tables": plain})

    few = levels(release(8), "kent")
    assert few is not None
    assert few[0] == [100, 60, 2, 2]
    assert few[3] == [0, 0, 0, 100]
    assert levels(release(100), "kent") is None


def test_bounds_are_those_that_the_attack_knows_and_name_rows_that_there_are() -> None:
    assert {(frozenset(one.outer), frozenset(one.inner)) for one in BOUNDS} == {
        (frozenset(outer), frozenset(inner)) for outer, inner in NESTED
    }
    rows = {(table.name, str(row)) for table in TABLES for row in table.rows}
    assert {place for one in BOUNDS for place in (*one.outer, *one.inner)} <= rows


def test_without_the_bounds_the_attack_tells_small_figures_and_small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = _made(5, 700)
    monkeypatch.setattr(releasing, "too_tight", lambda *of: frozenset())
    published = released(YEAR, made, Rules(5, 1)).plain()
    assert too_narrow(published, made.exact, also=NESTED) or groups_told(published, made.exact, NESTED)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nobody_can_work_out_a_small_figure_from_where_levels_part(seed: int) -> None:
    made, _ = _made(seed, 300 + 400 * seed)
    published = released(YEAR, made, Rules(5, 1)).plain()
    assert parted_too_narrow(published, made.exact, made.kind_of) == []


def test_of_the_indicators_of_a_kind_none_is_left_out_or_two() -> None:
    kind_of = {"a": "neglect", "b": "neglect", "c": "neglect", "d": "online_harm"}
    beside = dict.fromkeys(SIDES, 500)

    def counts(**told: int) -> dict[tuple[str, str], int]:
        rows = {f"{one}_{side}": many for one, many in told.items() for side in SIDES}
        return {(row, "kent"): n for row, n in (rows | {f"{one}_compared": 3 * n for one, n in told.items()}).items()}

    def shown(kinds: tuple[str, ...] = ("neglect", "online_harm"), **told: int) -> set[str]:
        of_kinds = dict.fromkeys(kinds, dict.fromkeys(COLUMNS, 90))
        return {*told_shown(counts(**told), beside, of_kinds, kind_of, "kent", Rules())}

    assert shown(a=30, b=40, c=50, d=60) == {"a", "b", "c", "d"}
    assert shown(a=3, b=40, c=50, d=60) == {"c", "d"}
    assert shown(a=3, b=4, c=50) == {"c"}
    assert shown(("neglect",), a=30, b=40, c=50, d=60) == {"a", "b", "c"}


def test_a_kind_is_shown_whole_or_not_at_all() -> None:
    beside = dict.fromkeys(SIDES, 100)

    def shown(higher: int, same: int, lower: int, of_all: int = 400) -> bool:
        row = {"higher": higher, "same": same, "lower": lower, "compared": higher + same + lower}
        counts = {(f"neglect_{column}", "kent"): many for column, many in row.items()}
        return bool(kinds_shown(counts, beside, {"neglect": of_all}, 1000, "kent", Rules()))

    assert shown(20, 30, 40)
    assert shown(0, 30, 40)
    assert not shown(3, 30, 40)
    assert not shown(5, 8, 9), "too few told"
    assert not shown(98, 30, 40), "two of the higher ones did not tell"
    assert not shown(20, 30, 40, of_all=92), "two that told were not compared"
    assert not shown(20, 30, 40, of_all=787), "three told nothing and were not compared"
    assert kinds_shown({("neglect_compared", "kent"): 90}, beside, {}, 1000, "kent", Rules()) == {}

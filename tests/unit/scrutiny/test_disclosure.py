"""What is published gives away no small figure, to nobody who adds and subtracts."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.scrutiny.counting import Counted, counted
from bot.scrutiny.entry import Entry
from bot.scrutiny.releasing import from_plain, released
from bot.scrutiny.rules import BadRules, Rules
from bot.scrutiny.tables import OPENED, Table
from bot.scrutiny.withholding import ALL, areas_and_withheld
from tests.attack_on_tables import Attack, too_narrow

AREAS = ("ashby", "beeston", "corley", "dunmow")
ROWS = ("one", "two", "three", "four", "five")
OF_ALL = Table("of_all", ROWS, lambda entry: "one")
WITHIN = Table("within", ROWS[:3], lambda entry: "one", base=("of_all", "two"))
OVERLAPPING = Table("overlapping", ROWS[:3], lambda entry: (), several=True)
SHAPES = (OF_ALL, WITHIN, OVERLAPPING)

_FIGURE = st.one_of(st.integers(0, 9), st.integers(0, 60), st.integers(0, 3000), st.just(0))
RULES = st.integers(5, 10).flatmap(lambda under: st.builds(Rules, st.just(under), st.sampled_from([1, 5])))


@st.composite
def years(draw: st.DrawFn) -> Counted:
    """A year of three tables: one of all, one of a row of it, and one whose rows overlap."""
    areas = AREAS[: draw(st.integers(1, 4))]
    of_all = {(row, area): draw(_FIGURE) for row in ROWS for area in areas}
    opened = {("opened", area): sum(of_all[row, area] for row in ROWS) for area in areas}
    within, overlapping = {}, {}
    for area in areas:
        left = of_all["two", area]
        for row in WITHIN.rows[:-1]:
            within[row, area] = min(draw(_FIGURE), left)
            left -= within[row, area]
        within[WITHIN.rows[-1], area] = left
        for row in OVERLAPPING.rows:
            few = min(draw(_FIGURE), opened["opened", area])
            overlapping[row, area] = few if draw(st.booleans()) else opened["opened", area] - few
    return Counted(areas, {"opened": opened, "of_all": of_all, "within": within, "overlapping": overlapping})


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(years(), RULES)
def test_no_small_figure_of_any_year_can_be_worked_out(year: Counted, rules: Rules) -> None:
    published = released(2026, year, rules, SHAPES).plain()
    assert too_narrow(published, year.exact, SHAPES) == []


@settings(max_examples=100, deadline=None, derandomize=True)
@given(years(), RULES)
def test_what_is_shown_is_true_and_only_rounded(year: Counted, rules: Rules) -> None:
    for table in released(2026, year, rules, SHAPES).tables:
        for row, figures in table.figures.items():
            for column, figure in figures.items():
                areas = table.areas if column == ALL else (column,)
                true = sum(year.exact[table.name][row, area] for area in areas)
                assert figure is None or (figure == rules.rounded(true) and not rules.is_small(true))


def _published(figures: dict[str, dict[str, int | None]], base: int) -> dict:
    areas = ["ashby", "beeston"]
    opened = {"opened": {"ashby": base, "beeston": base, ALL: 2 * base}}
    tables = [
        {"name": "opened", "areas": areas, "base": {}, "rows": opened},
        {"name": "of_all", "areas": areas, "base": {}, "rows": figures},
    ]
    return {"under": 5, "rounding": 1, "tables": tables}


def test_the_attack_recovers_what_is_only_blanked_out() -> None:
    shape = Table("of_all", ("one", "two"), lambda entry: "one")
    two = {"ashby": 97, "beeston": 60, ALL: 157}
    one = {"ashby": None, "beeston": 40, ALL: 43}
    attack = Attack(_published({"one": one, "two": two}, 100), [shape])
    assert attack.range_of("of_all", "one", "ashby") == (3, 3)


def test_two_blanks_in_a_row_do_not_stop_the_attack_where_columns_tell() -> None:
    shape = Table("of_all", ("one", "two"), lambda entry: "one")
    one = {"ashby": None, "beeston": None, ALL: 43}
    two = {"ashby": 97, "beeston": 60, ALL: 157}
    published = _published({"one": one, "two": two}, 100)
    exact = {"opened": {("opened", "ashby"): 100, ("opened", "beeston"): 100}}
    exact["of_all"] = {("one", "ashby"): 3, ("one", "beeston"): 40, ("two", "ashby"): 97, ("two", "beeston"): 60}
    assert too_narrow(published, exact, [shape]) == [("of_all", "one", "ashby", 3, 3, 3)]


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    counts = {(row, area): 20 for row in ROWS for area in AREAS}
    assert areas_and_withheld(counts, ROWS, AREAS, Rules()) == (AREAS, frozenset())


def test_one_small_figure_takes_three_others_with_it() -> None:
    counts = {(row, area): 50 for row in ROWS for area in AREAS} | {("one", "ashby"): 2}
    _, hidden = areas_and_withheld(counts, ROWS, AREAS, Rules())
    assert ("one", "ashby") in hidden
    assert len(hidden) == 4


def test_of_one_area_a_small_figure_takes_another_with_it_and_the_rest_is_shown() -> None:
    counts = {("one", "ashby"): 2, ("two", "ashby"): 30, ("three", "ashby"): 50, ("four", "ashby"): 0}
    areas, hidden = areas_and_withheld(counts, ("one", "two", "three", "four"), ("ashby",), Rules())
    assert (areas, hidden) == (("ashby",), {("one", "ashby"), ("two", "ashby")})


def test_zero_is_shown_and_protects_nobody() -> None:
    counts = {(row, area): 50 for row in ROWS for area in AREAS} | {("one", "ashby"): 2, ("two", "ashby"): 0}
    _, hidden = areas_and_withheld(counts, ROWS, AREAS, Rules())
    assert ("two", "ashby") not in hidden


def test_an_area_that_cannot_be_protected_leaves_with_its_part_of_the_totals() -> None:
    counts = {("one", "ashby"): 3, ("two", "ashby"): 3, ("one", "beeston"): 90, ("two", "beeston"): 0}
    areas, hidden = areas_and_withheld(counts, ("one", "two"), ("ashby", "beeston"), Rules())
    assert (areas, hidden) == (("beeston",), frozenset())


def test_a_table_speaks_of_no_area_in_which_there_were_hardly_any() -> None:
    exact = {"opened": {("opened", "ashby"): 9, ("opened", "beeston"): 900}}
    exact["of_all"] = {(row, area): {"ashby": 0, "beeston": 180}[area] for row in ROWS for area in ("ashby", "beeston")}
    exact["of_all"]["one", "ashby"] = 9
    release = released(2026, Counted(("ashby", "beeston"), exact), Rules(), [OF_ALL])
    assert release.table("opened").figures == {"opened": {"beeston": 900}}
    assert release.table("of_all").areas == ("beeston",)


def test_a_release_is_the_same_after_it_was_kept() -> None:
    entries = [Entry("ashby", datetime(2026, 5, day, tzinfo=UTC), frozenset({"neglect"})) for day in range(1, 29)]
    release = released(2026, counted(entries), Rules())
    assert from_plain(release.plain()) == release
    assert release.table(OPENED[0]).base == {"ashby": 30}


@pytest.mark.parametrize(("under", "rounding"), [(4, 1), (11, 1), (5, 6), (5, 0)])
def test_rules_that_protect_nobody_are_refused(under: int, rounding: int) -> None:
    with pytest.raises(BadRules):
        Rules(under, rounding)


@pytest.mark.parametrize(("figure", "shown"), [(0, 0), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)])
def test_figures_are_rounded_to_the_nearest_five(figure: int, shown: int) -> None:
    assert Rules().rounded(figure) == shown

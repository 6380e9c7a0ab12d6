"""What is published of drift: nothing that a small figure stands behind, and no more than was found."""

from collections.abc import Mapping
from functools import cache

import pytest

from bot.scrutiny.alike import HIGH, QUARTERS, Placed
from bot.scrutiny.counting import Counted, counted
from bot.scrutiny.drift import Between, Drift
from bot.scrutiny.moved import FEWEST, Finding, Moved, from_plain, large_enough, moved, shown
from bot.scrutiny.releasing import Release, released
from bot.scrutiny.releasing import from_plain as release_from_plain
from bot.scrutiny.rules import Rules
from bot.scrutiny.withholding import ALL
from tests.a_moving_year import MovingMaker
from tests.attack_on_tables import NESTED, too_narrow
from tests.unit.scrutiny.test_a_year import CODES, INDICATORS, YEAR, placing

FEW = 10


@cache
def year(seed: int, many: int, rises: float = 0.0) -> tuple[Counted, MovingMaker]:
    maker, place = MovingMaker(seed, CODES, INDICATORS, rises=rises, shifts=1.0), placing()
    return counted(place.entry(seen) for seen in maker.year(many)), maker


def levels_of(made: Counted, release: Release) -> dict[str, list[tuple[int, int]]]:
    """Return how many high and low levels there truly were in each quarter of each area that drift speaks of."""
    areas = [one.area for one in release.drift or () if one.area != ALL]
    found = {area: [[0, 0] for _ in range(QUARTERS)] for area in areas}
    for one, many in made.placed.items():
        if one.area in found:
            found[one.area][one.quarter][one.level < HIGH] += many
    return {area: [(high, low) for high, low in quarters] for area, quarters in found.items()}


def some(quarters: Mapping[int, tuple[int, int]]) -> dict[Placed, int]:
    """Return so many high and low levels by quarter, one of either a day."""
    found: dict[Placed, int] = {}
    for quarter, sides in quarters.items():
        for level, many in zip((3, 2), sides, strict=True):
            for number in range(many):
                one = Placed("kent", quarter * 91 + number % 90, quarter, (2, "5_12", "first"), (), 1, level)
                found[one] = found.get(one, 0) + 1
    return found


def opened(rest: int, sides: int) -> dict[tuple[str, str], int]:
    return {(f"quarter_{number}", "kent"): sides + rest for number in range(1, 5)}


ENOUGH = dict.fromkeys(range(QUARTERS), (FEWEST - FEW, FEW))


def test_an_area_with_enough_in_each_quarter_is_spoken_of() -> None:
    assert large_enough(some(ENOUGH), opened(50, FEWEST), Rules()) == ("kent",)
    assert large_enough(some(ENOUGH), opened(0, FEWEST), Rules()) == ("kent",)


@pytest.mark.parametrize(
    ("sides", "rest"),
    [((FEWEST - FEW - 1, FEW), 50), ((FEWEST, FEW - 1), 50), ((FEW - 1, FEWEST), 50), ((FEWEST, FEW), 3)],
    ids=["too few", "few low", "few high", "few without a level"],
)
def test_one_small_figure_in_one_quarter_and_the_area_is_not(sides: tuple[int, int], rest: int) -> None:
    held = some(ENOUGH | {2: sides})
    there = opened(50, FEWEST) | {("quarter_3", "kent"): sum(sides) + rest}
    assert large_enough(held, there, Rules()) == ()


@pytest.mark.parametrize(("seed", "many"), [(1, 4000), (2, 6000)])
@pytest.mark.parametrize("rules", [Rules(5, 1), Rules(10, 1)], ids=["five", "ten"])
def test_no_small_figure_can_be_told_even_by_who_knows_each_quarters_levels(seed: int, many: int, rules: Rules) -> None:
    made, _ = year(seed, many)
    release = released(YEAR, made, rules)
    levels = levels_of(made, release)
    assert "kent" in levels
    assert all(min(sides) >= rules.base for quarters in levels.values() for sides in quarters)
    assert too_narrow(release.plain(), made.exact, also=NESTED, levels=levels) == []


def test_the_attack_succeeds_where_drift_speaks_of_an_area_that_hides_something() -> None:
    """Without a thought of drift a large area hides figures for a small one, and its levels by quarter tell them."""
    made, _ = year(1, 4000)
    careless = released(YEAR, Counted(made.areas, made.exact), Rules(5, 1))
    levels = levels_of(made, released(YEAR, made, Rules(5, 1)))
    assert set(levels) == {"kent", "trafford"}
    assert too_narrow(careless.plain(), made.exact) == []
    assert too_narrow(careless.plain(), made.exact, levels=levels) != []


def test_over_all_means_over_the_areas_that_are_spoken_of() -> None:
    made, _ = year(1, 4000)
    release = released(YEAR, made, Rules(5, 1))
    assert [one.area for one in release.drift or ()] == ["kent", "trafford", ALL]
    base = {one.area: one.base for one in release.drift or ()}
    assert base[ALL] == base["kent"] + base["trafford"]


def test_one_area_alone_has_no_totals_beside_it() -> None:
    assert [one.area for one in moved(some(ENOUGH), ["kent"], Rules())] == ["kent"]


def test_drift_that_was_made_is_found_in_the_year_with_its_size() -> None:
    made, maker = year(5, 7000, rises=1.5)
    kent = next(one for one in released(YEAR, made, Rules()).drift or () if one.area == "kent")
    assert kent.finding is Finding.DOWN
    assert kent.share[1] <= maker.true_move("kent") <= kent.share[2]
    assert kent.crude[3] - kent.crude[0] > kent.share[0]


def test_a_release_of_it_is_the_same_after_it_was_kept() -> None:
    release = released(YEAR, year(1, 4000)[0], Rules())
    assert release_from_plain(release.plain()) == release


def test_a_release_from_before_drift_was_looked_at_can_be_read() -> None:
    kept = {"year": 2024, "under": 5, "rounding": 5, "tables": []}
    assert release_from_plain(kept).drift is None


QUARTER = Between(0.504, 0.4561, 0.5523)


def of_share(value: float, low: float, high: float) -> Moved:
    move = Between(value, low, high)
    return shown("kent", 400, Drift((0.5,) * 4, (QUARTER,) * 4, move, Between(-0.14, -0.21, -0.07)))


def test_figures_are_whole_and_the_ends_of_intervals_lie_outwards() -> None:
    found = of_share(-0.043, -0.081, -0.012)
    assert found.adjusted[0] == (50, 45, 56)
    assert found.share == (-4, -9, -1)
    assert found.mean == (-0.1, -0.3, 0.0)
    assert found.crude == (50, 50, 50, 50)


@pytest.mark.parametrize(
    ("move", "finding"),
    [((0.06, 0.011, 0.1), Finding.UP), ((-0.06, -0.1, -0.011), Finding.DOWN), ((0.05, 0.009, 0.1), Finding.NONE_FOUND),
     ((-0.05, -0.1, -0.009), Finding.NONE_FOUND), ((0.0, -0.05, 0.05), Finding.NONE_FOUND)],
)  # fmt: skip
def test_a_movement_is_found_where_the_interval_that_is_shown_has_no_nought(
    move: tuple[float, float, float], finding: Finding
) -> None:
    found = of_share(*move)
    assert found.finding is finding
    assert from_plain(found.plain()) == found


def test_a_file_has_every_figure_of_it() -> None:
    lines = of_share(-0.043, -0.081, -0.012).lines()
    assert len(lines) == QUARTERS * 4 + 7
    assert (lines["quarter_2_adjusted_high"], lines["share_low"], lines["finding"]) == (56, -9, "down")

"""Drift: found where the same facts get another level, quiet where only the cases change."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from bot.scrutiny.alike import Placed, placed
from bot.scrutiny.drift import Columns, _student, columns, drift
from bot.scrutiny.entry import Band, Entry
from bot.scrutiny.moved import Finding
from evaluation.moving_years import Kind, area, false_alarms, power, reported, together

KINDS = ("neglect", "physical_harm")


def of_groups(*groups: tuple[int, int, float, float]) -> Columns:
    """Return groups as columns: for each how many a day in the first half and in the second, and the share of high."""
    day, group, level = [], [], []
    for number, (first, second, before, after) in enumerate(groups):
        for at in range(0, 364, 7):
            many, share = (first, before) if at < 182 else (second, after)
            for one in range(many):
                day.append(float(at))
                group.append(number)
                level.append(3.0 if one < share * many else 2.0)
    days = np.array(day)
    nought = np.zeros(len(day), dtype=int)
    quarter = (days // 91).astype(int)
    return Columns(np.array(group), np.zeros((len(day), 1)), days, quarter, nought, np.array(level))


def test_a_change_of_cases_alone_moves_the_crude_share_and_not_the_other() -> None:
    found = drift(of_groups((30, 10, 0.8, 0.8), (10, 30, 0.2, 0.2)), 0.05)
    assert found.crude == pytest.approx((0.65, 0.65, 0.35, 0.35))
    assert [one.value for one in found.adjusted] == pytest.approx([0.5] * 4)
    assert found.share.value == pytest.approx(0)
    assert found.mean.value == pytest.approx(0)


def test_a_step_for_the_same_facts_shows_in_its_quarters_however_the_cases_change() -> None:
    found = drift(of_groups((30, 10, 0.8, 0.6), (10, 30, 0.4, 0.2)), 0.05)
    steps = [one.value - found.adjusted[0].value for one in found.adjusted]
    assert steps == pytest.approx([0, 0, -0.2, -0.2])
    assert found.share.high < 0


def test_kinds_and_signs_are_allowed_for_within_a_group() -> None:
    held = of_groups((40, 40, 0.5, 0.5))
    grave = (held.day >= 182) & (np.arange(len(held.day)) % 2 == 0)
    level = np.where(grave, 3.0, 2.0)
    moved = replace(held, level=level)
    assert drift(moved, 0.05).share.low > 0
    told = drift(replace(moved, beside=grave[:, None].astype(float)), 0.05)
    assert told.share.value == pytest.approx(0, abs=1e-9)


def test_who_is_alone_in_a_group_says_nothing() -> None:
    held = of_groups((20, 20, 0.6, 0.4))
    alone = {"group": 9, "day": 1.0, "quarter": 0, "desk": 0, "level": 4.0}
    more = {name: np.append(getattr(held, name), value) for name, value in alone.items()}
    beside = np.vstack([held.beside, [[0.0]]])
    assert drift(Columns(beside=beside, **more), 0.05).share.value == pytest.approx(drift(held, 0.05).share.value)


def test_weeks_of_a_strict_worker_make_an_interval_wider() -> None:
    """The same figures, once spread evenly over the weeks and once by whole weeks."""
    held = of_groups((10, 10, 0.5, 0.5))
    by_week = np.where((held.day // 7) % 2 == 0, 3.0, 2.0)
    reaches = [drift(replace(held, level=level), 0.05).share for level in (held.level, by_week)]
    even, weekly = (one.high - one.low for one in reaches)
    assert weekly > 2 * even


@pytest.mark.parametrize(("free", "table"), [(20, 2.086), (30, 2.042), (50, 2.009)])
def test_an_interval_reaches_as_far_as_students_table_says(free: int, table: float) -> None:
    assert _student(0.05, free) == pytest.approx(table, abs=0.002)


def test_quiet_in_two_hundred_years_in_which_only_the_cases_change() -> None:
    found = false_alarms(20261123, 200, (400, 600), Kind(shifts=0.7))
    assert found <= 0.05


def test_quiet_in_years_in_which_workers_differ_by_the_week() -> None:
    assert false_alarms(7, 60, (800,), Kind(shifts=0.7, restless=0.5)) <= 0.1


@pytest.mark.parametrize("rises", [1.2, -1.2])
def test_an_injected_drift_is_found_with_its_sign_and_its_size(rises: float) -> None:
    found = power(11, 30, 3000, Kind(rises=rises, shifts=0.7))
    assert found["found"] >= 0.9
    assert found["wrong"] == 0
    assert found["covered"] >= 0.9
    assert (found["moved"] < 0) == (rises > 0)


def test_a_larger_drift_is_found_more_often() -> None:
    often = [power(5, 20, 1500, Kind(rises=rises, shifts=0.7))["found"] for rises in (0.0, 0.7, 1.6)]
    assert often[0] <= often[1] < often[2]


def test_a_drift_everywhere_is_found_over_all_areas_too() -> None:
    chance = np.random.default_rng(2)
    areas = [area(chance, 1500, Kind(rises=1.0, shifts=0.7)).columns for _ in range(3)]
    assert reported(areas)[-1].finding is Finding.DOWN


def test_areas_are_never_compared_with_each_other() -> None:
    """Strict in one and mild in the other, and the strict one comes to send more: nothing moved in either."""
    mild, strict = of_groups((30, 10, 0.8, 0.8)), of_groups((10, 30, 0.2, 0.2))
    assert drift(together([mild, strict]), 0.05).share.value == pytest.approx(0)


def entry(**of) -> Entry:
    opened = of.pop("opened_at", datetime(2026, 2, 3, tzinfo=UTC))
    return Entry("kent", opened, **{"worker": Band.N3} | of)


def test_a_consultation_is_placed_by_what_was_told_and_by_no_opinion() -> None:
    told = {"kinds": frozenset({"neglect"}), "age": "10_12", "earlier": 2, "gravity": 3, "signs": 9}
    found = placed(entry(**told))
    assert found == Placed("kent", 308, 3, (3, "5_12", "before"), ("neglect",), 4, 3)
    assert placed(entry(**told, dsl="refer", assistant=Band.N1, referral_advised=True)) == found


def test_the_year_begins_in_april_for_it_too() -> None:
    first, last = (placed(entry(opened_at=at)) for at in (datetime(2025, 4, 1), datetime(2026, 3, 31)))  # noqa: DTZ001
    assert first is not None
    assert last is not None
    assert (first.day, first.quarter, last.day, last.quarter) == (0, 0, 364, 3)


@pytest.mark.parametrize("worker", [None, Band.NO_LEVEL])
def test_without_a_workers_level_there_is_nothing_to_compare(worker: Band | None) -> None:
    assert placed(entry(worker=worker)) is None


def test_columns_hold_each_consultation_as_often_as_it_was_there() -> None:
    one = placed(entry(kinds=frozenset({"neglect"}), signs=1))
    assert one is not None
    held = columns({one: 3, replace(one, area="derby", level=1): 1}, KINDS)
    assert held.level.tolist() == [1, 3, 3, 3]
    assert held.beside.tolist() == [[1, 0, 1]] * 4
    assert len(set(held.group.tolist())) == len(set(held.desk.tolist())) == 2

"""Kappa beside what others have printed and worked out, and what it may never say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.scrutiny.agreement import NothingToCompare, kappa_of_many, linear, quadratic, same, weighted_kappa

# Two dermatologists, 88 patients: SAS/STAT User's Guide, The FREQ Procedure, Getting Started, "Agreement Study".
SKIN = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]
# Fourteen who placed ten cases in five places, the worked example of Fleiss' kappa in many textbooks.
FOURTEEN = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip
# scikit-learn 1.1.3, which stands beside Rasa. Of a table, with one pair of labels for each that it counts:
#   .venv/rasa/bin/python -c "from sklearn.metrics import cohen_kappa_score as k; print(k(a, b, labels=l, weights=w))"
BY_SCIKIT_LEARN = [
    (SKIN, 0.508160071540, 0.660722891566),
    ([[310, 42, 6, 0], [88, 940, 203, 11], [9, 260, 1105, 140], [1, 14, 120, 402]], 0.726224797252, 0.813148521737),
    ([[20, 5], [10, 15]], 0.4, 0.4),
    ([[0, 3, 0, 0], [1, 150, 7, 0], [0, 12, 4, 2], [0, 0, 1, 0]], 0.297086212076, 0.397683397683),
]


def plain(one: int, other: int, places: int) -> float:
    return float(one == other)


@pytest.mark.parametrize(("table", "by_steps", "by_squares"), BY_SCIKIT_LEARN)
def test_kappa_is_what_another_library_makes_of_the_same_table(table, by_steps, by_squares) -> None:
    assert weighted_kappa(table, linear).value == pytest.approx(by_steps, abs=1e-11)
    assert weighted_kappa(table, quadratic).value == pytest.approx(by_squares, abs=1e-11)


@pytest.mark.parametrize(("weight", "printed"), [(plain, (0.3449, 0.2030, 0.4868)), (linear, (0.5082, 0.3798, 0.6366))])
def test_kappa_and_its_interval_are_those_that_a_statistics_package_prints(weight, printed) -> None:
    found = weighted_kappa(SKIN, weight)
    assert (found.value, found.least, found.most) == pytest.approx(printed, abs=5e-5)


def test_of_several_people_it_is_the_textbooks() -> None:
    assert kappa_of_many(FOURTEEN) == pytest.approx(0.210, abs=5e-4)


def test_full_agreement_is_one_and_what_chance_would_give_is_none() -> None:
    assert weighted_kappa([[30, 0], [0, 70]], linear).value == 1
    assert weighted_kappa([[36, 24], [24, 16]], linear).value == pytest.approx(0)
    assert same([[30, 0], [10, 60]]) == 0.9
    assert kappa_of_many([[3, 0], [0, 3]]) == 1


def test_two_steps_apart_weigh_more_by_their_square() -> None:
    near, far = [[40, 10, 0], [0, 40, 0], [0, 0, 40]], [[40, 0, 10], [0, 40, 0], [0, 0, 40]]
    lost = [weighted_kappa(near, w).value - weighted_kappa(far, w).value for w in (linear, quadratic)]
    assert 0 < lost[0] < lost[1]


@pytest.mark.parametrize("table", [[[0, 0], [0, 0]], [[12, 0], [0, 0]]])
def test_where_there_is_nothing_to_tell_apart_it_says_so(table) -> None:
    with pytest.raises(NothingToCompare):
        weighted_kappa(table, linear)
    with pytest.raises(NothingToCompare):
        kappa_of_many(table)


def test_a_case_that_one_person_alone_has_placed_tells_nothing_of_agreement() -> None:
    assert kappa_of_many([*FOURTEEN, [1, 0, 0, 0, 0]]) == kappa_of_many(FOURTEEN)


_CELLS = st.lists(st.lists(st.integers(0, 500), min_size=4, max_size=4), min_size=4, max_size=4)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(_CELLS)
def test_who_is_first_makes_no_difference_and_the_interval_holds_the_value(table) -> None:
    try:
        found = weighted_kappa(table, quadratic)
    except NothingToCompare:
        return
    other = weighted_kappa([list(row) for row in zip(*table, strict=True)], quadratic)
    assert other.value == pytest.approx(found.value)
    assert -1 <= found.least <= found.value <= found.most <= 1

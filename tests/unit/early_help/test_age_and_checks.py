"""Which options are for a child of this age, and which are due to be checked."""

from dataclasses import replace
from datetime import date

import pytest

from bot.consultation import Assessment, Citation, Facts, Level, Neutral, Outcome, Status
from bot.early_help import is_due_to_be_checked, match
from bot.knowledge.model import EarlyHelpOption, Indicator, National, Pack

TODAY = date(2026, 11, 22)
CITED = Citation("s", "Source", "section", "2026", date(2026, 11, 2))
LEVEL = Level("2", "Additional", 2, (Neutral.N2,))
NATIONAL = National("n", {"hungry": Indicator("hungry", "neglect", "hungry", "child", frozenset())}, (), (), {}, {}, ())
PLAIN = EarlyHelpOption("one", "One", "what", frozenset({"neglect"}), frozenset({"2"}), "access", True, CITED)


def is_offered(option, **answers):
    pack = Pack("ashford", "E0", "Ashford", "a-1", TODAY, (LEVEL,), (), {}, (option,), (), {}, ())
    assessment = Assessment(Outcome.LEVEL, "ashford", TODAY, "1", level=LEVEL)
    return match(assessment, Facts({"hungry": Status.PRESENT}, answers), pack, NATIONAL) == (option,)


@pytest.mark.parametrize("answers", [{}, {"age_band": "unknown"}, {"age_band": ()}])
def test_an_age_that_is_not_known_hides_nothing(answers):
    for option in (replace(PLAIN, ages=frozenset({"16_17"})), replace(PLAIN, phases=frozenset({"primary"}))):
        assert is_offered(option, **answers)


def test_an_option_for_no_age_in_particular_is_for_all():
    assert is_offered(PLAIN, age_band="13_15")


AGES = [("1_4", "1_4", True), ("1_4", "5_9", False), ("16_17", "13_15", False), ("unborn", "unborn", True)]


@pytest.mark.parametrize(("meant_for", "age", "fits"), AGES)
def test_an_option_for_an_age_is_for_no_other(meant_for, age, fits):
    assert is_offered(replace(PLAIN, ages=frozenset({meant_for})), age_band=age) is fits


FITTING = [
    ("early_years", "under_1"), ("early_years", "1_4"), ("primary", "1_4"), ("primary", "5_9"), ("primary", "10_12"),
    ("secondary", "10_12"), ("secondary", "13_15"), ("secondary", "16_17"), ("post_16", "16_17"),
    ("primary", "unborn"), ("post_16", "unborn"),
]  # fmt: skip
NOT_FITTING = [
    ("primary", "under_1"), ("early_years", "5_9"), ("secondary", "5_9"), ("post_16", "13_15"),
    ("early_years", "10_12"), ("primary", "13_15"), ("primary", "16_17"),
]  # fmt: skip


@pytest.mark.parametrize(("phase", "age"), FITTING)
def test_a_band_lies_in_every_phase_that_a_child_of_it_may_be_in(phase, age):
    assert is_offered(replace(PLAIN, phases=frozenset({phase})), age_band=age)


@pytest.mark.parametrize(("phase", "age"), NOT_FITTING)
def test_a_phase_is_not_for_a_child_who_cannot_be_in_it(phase, age):
    assert not is_offered(replace(PLAIN, phases=frozenset({phase})), age_band=age)


def test_where_age_and_phase_are_named_both_must_fit():
    both = replace(PLAIN, ages=frozenset({"10_12"}), phases=frozenset({"secondary"}))
    assert is_offered(both, age_band="10_12")
    assert not is_offered(both, age_band="13_15")


def test_an_option_past_its_check_is_still_offered_and_says_so():
    old = replace(PLAIN, review_by=date(2026, 11, 21))
    assert is_offered(old)
    assert is_due_to_be_checked(old, TODAY)


@pytest.mark.parametrize("review_by", [None, TODAY, date(2027, 5, 2)])
def test_until_the_day_of_its_check_nothing_is_due(review_by):
    assert not is_due_to_be_checked(replace(PLAIN, review_by=review_by), TODAY)

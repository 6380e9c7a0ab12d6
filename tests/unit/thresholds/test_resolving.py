"""Every source is heard, and the most worrying thing that was said stands."""

import pytest

from bot.consultation import Facts
from bot.thresholds import resolve

SOURCES = {
    # what was read,           what was answered,                          present, unsure, absent
    "read alone": ("mark", {}, "mark", "", ""),
    "answered alone": ("", {"injury": "explained"}, "mark", "", ""),
    "denied by both": ("no:mark", {"injury": "none"}, "", "", "mark"),
    "read, then denied": ("mark", {"injury": "none"}, "mark", "", ""),
    "denied, then answered": ("no:mark", {"injury": "explained"}, "mark", "", ""),
    "perhaps, then denied": ("maybe:mark", {"injury": "none"}, "", "mark", ""),
    "perhaps, then answered": ("maybe:mark", {"injury": "explained"}, "mark", "", ""),
    "don't know": ("", {"injury": "unknown"}, "", "mark mark_unexplained", ""),
    "denied, then don't know": ("no:mark", {"injury": "unknown"}, "", "mark mark_unexplained", ""),
    "read, then don't know": ("mark", {"injury": "unknown"}, "mark", "mark_unexplained", ""),
    "none ticked beside don't know": ("", {"injury": ("none", "unknown")}, "", "mark mark_unexplained", ""),
    "the stronger implies the milder": ("hungry_often", {}, "hungry_often hungry", "", ""),
    "perhaps the stronger": ("maybe:hungry_often", {}, "", "hungry_often hungry", ""),
    "the milder, perhaps the stronger": ("hungry maybe:hungry_often", {}, "hungry", "hungry_often", ""),
    "the milder denied, the stronger read": ("no:hungry hungry_often", {}, "hungry hungry_often", "", ""),
    "one of several ticked": (
        "",
        {"parental_factors": ("domestic_abuse",)},
        "violence_at_home parents_argue",
        "",
        "",
    ),
    "ticked, and none": (
        "",
        {"parental_factors": ("none", "domestic_abuse")},
        "violence_at_home parents_argue",
        "",
        "",
    ),
    "none, and don't know": (
        "",
        {"parental_factors": ("none", "unknown")},
        "",
        "violence_at_home parents_argue",
        "",
    ),
    "words of their own": ("", {"protective": "a grandmother who is not hungry"}, "", "", ""),
}


@pytest.mark.parametrize(
    ("read", "answers", "present", "unsure", "absent"), SOURCES.values(), ids=SOURCES.keys()
)
def test_sources_are_weighed(told, national, read, answers, present, unsure, absent):
    known = resolve(told(read, **answers), national)

    assert known.present == set(present.split())
    assert known.unsure == set(unsure.split())
    assert known.absent == set(absent.split())


def test_a_value_that_was_not_ticked_says_nothing(told, national):
    known = resolve(told(parental_factors=("something_else",)), national)

    assert "violence_at_home" not in known.absent | known.unsure | known.present


def test_questions_answered_do_not_know_are_listed_in_the_order_they_are_asked(told, national):
    known = resolve(told(trend="unknown", in_danger="unknown", parental_factors=("unknown",)), national)

    assert known.unknown == ("in_danger", "trend", "parental_factors")


def test_a_question_that_was_never_asked_is_not_unknown(national):
    assert resolve(Facts(), national).unknown == ()


def test_words_outside_the_vocabulary_are_noticed(told, national):
    known = resolve(told("hungyr no:hugnry maybe:strangeld", injury="exlpained"), national)

    assert known.foreign == ("hungyr", "injury=exlpained", "strangeld")


def test_free_answers_and_times_are_not_taken_for_misspelt_ones(told, national):
    known = resolve(
        told(protective="nan", safe_scale="3", goes_home="today", goes_home_time="15:30"), national
    )

    assert known.foreign == ()

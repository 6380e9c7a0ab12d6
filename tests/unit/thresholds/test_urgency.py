"""Which of two assessments is the more urgent."""

from itertools import pairwise

from bot.thresholds import urgency


def test_assessments_are_ordered_by_what_has_to_happen_first(assessed):
    least_first = [
        assessed(),
        assessed("hungry"),
        assessed("hungry accounts_differ"),
        assessed("violence_at_home"),
        assessed("violence_at_home", in_danger="unknown"),
        assessed("not_growing"),
        assessed("hungry", open_case="cp"),
        assessed("private_fostering"),
        assessed("strangled"),
        assessed(in_danger="yes"),
    ]

    for milder, more_urgent in pairwise(least_first):
        assert urgency(milder) < urgency(more_urgent), f"{milder.reasons} before {more_urgent.reasons}"


def test_a_person_asked_in_doubt_comes_before_the_level_reached_so_far(assessed):
    level, person = assessed("hungry"), assessed("hungry", in_danger="unknown")

    assert person.level == level.level, "what was reached is kept"
    assert urgency(person) > urgency(level)


def test_a_person_asked_because_nothing_matched_gives_way_to_a_level_that_does(assessed):
    floor_only = assessed("no_heating", how_often="over_6_months")
    with_a_row = assessed("no_heating hungry", how_often="over_6_months")

    assert floor_only.level == with_a_row.level
    assert urgency(floor_only) == urgency(with_a_row)

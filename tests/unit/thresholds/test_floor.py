"""Where an area's own document is silent: the national floor, strengths, and what its rows have weighed already."""

from dataclasses import replace
from datetime import date

import pytest

from bot.consultation import Citation, Facts, Level, Neutral, Outcome, Status
from bot.knowledge.model import Adjustment, Indicator, Pack, Row
from bot.thresholds import assess
from bot.thresholds.impact import Way, impact

TODAY = date(2026, 11, 21)
NATIONAL = Citation("comparison", "Comparison of documents", "section 1", "2026", TODAY)
SCHEME = tuple(Level(f"N{n}", f"Neutral {n}", n, (Neutral(n),)) for n in (1, 2, 3, 4))


def _row(row_id, level, *needs, **more):
    alternatives = tuple(frozenset(n.split()) for n in needs)
    return Row(row_id, SCHEME[level - 1], "child", f"words of {row_id}", alternatives, NATIONAL, **more)


FLOOR_ROWS = (
    _row("england-plays", 1, "strong_play"),
    _row("england-late", 1, "late_sometimes"),
    _row("england-hungry", 3, "hungry"),
    _row("england-mark", 2, "mark"),
    _row("england-accounts", 3, "accounts_differ"),
    _row("england-argue-baby", 4, "parents_argue baby_at_home", everywhere=True),
    _row("england-cold-long", 4, "no_heating", everywhere=True, given={"how_often": frozenset({"over_6_months"})}),
)


@pytest.fixture
def england(pack):
    return replace(pack, area="england", code="E92000001", version="england-f", levels=SCHEME, rows=FLOOR_ROWS)


@pytest.fixture
def country(national, england):
    strengths = {
        "strong_play": Indicator("strong_play", "strengths", "plays well", "child", frozenset()),
        "strong_home": Indicator("strong_home", "strengths", "a warm home", "child", frozenset()),
    }
    return replace(national, indicators={**national.indicators, **strengths}, floor=england)


@pytest.fixture
def found(country, pack, told):
    def of(indicators="", area: Pack = pack, **answers):
        return assess(told(indicators, **answers), area, country, TODAY)

    return of


def test_what_the_area_is_silent_about_counts_at_the_lowest_local_level_that_reaches_the_neutral_one(found):
    silent = found("mark")

    assert (silent.outcome, silent.level.code) == (Outcome.LEVEL, "2")
    assert [(row.row, row.level.code, row.basis) for row in silent.because] == [("england-mark", "2", "national")]
    assert "national_floor" in silent.reasons


def test_a_range_of_the_local_scheme_is_reached_at_its_lowest_level(found):
    # Intensive spans N2 and N3, so N3 is Intensive and not Specialist, which spans N3 and N4.
    unlisted = found("accounts_differ")

    assert unlisted.level.code == "3"


def test_where_the_area_lists_a_sign_its_own_level_counts_and_not_the_national_one(found):
    own = found("hungry")

    assert (own.level.code, [row.row for row in own.because]) == ("2", ["2-hungry"])
    assert "national_floor" not in own.reasons


def test_a_sign_that_the_area_lists_is_not_raised_by_what_only_follows_from_it(found, country, pack):
    # hungry_often is on the list (with no_heating) and implies hungry; nobody told hungry as such.
    assert found("hungry_often").level.code == "2"


def test_a_national_row_never_lowers_what_the_area_publishes(found):
    both = found("hungry late_sometimes mark")

    assert both.level.code == "2"
    assert [row.row for row in both.because] == ["2-late", "2-hungry", "england-mark"]


def test_a_combination_counts_everywhere_though_the_area_lists_both_parts(found):
    argue = found("parents_argue", baby_at_home="yes")

    assert argue.level.code == "4"
    assert argue.because[0].row == "england-argue-baby"


def test_a_row_that_needs_an_answer_waits_for_it(found):
    assert found("no_heating late_sometimes", how_often="once").level.code == "3"
    assert found("no_heating late_sometimes", how_often="over_6_months").level.code == "4"


def test_a_row_whose_answer_is_not_known_is_not_ruled_out(found):
    unknown = found("no_heating late_sometimes", how_often="unknown")

    assert "england-cold-long" in [row.row for row in unknown.not_ruled_out]


def test_what_is_unsure_and_silent_is_not_ruled_out_either(found):
    assert "england-mark" in [row.row for row in found("hungry maybe:mark").not_ruled_out]


def test_an_area_whose_levels_are_not_held_gives_none_and_tells_a_person_the_neutral_one(found, pack):
    bare = replace(pack, area="medway", levels=(), rows=())
    seen = found("hungry", area=bare)

    assert (seen.outcome, seen.level.code) == (Outcome.PERSON, "N3")
    assert "levels_not_held" in seen.reasons


def test_an_area_whose_levels_are_not_held_gives_none_even_at_the_highest(found, pack):
    bare = replace(pack, area="medway", levels=(), rows=())

    assert found("parents_argue", area=bare, baby_at_home="yes").outcome is Outcome.PERSON


def test_england_is_an_area_of_its_own_and_counts_no_row_twice(found, england):
    seen = found("mark", area=england)

    assert [(row.row, row.basis) for row in seen.because] == [("england-mark", "published")]


# --- strengths --------------------------------------------------------------------------------------


def test_strengths_are_said_and_lower_nothing(found):
    seen = found("hungry strong_play")

    assert seen.level.code == "2"
    assert [row.row for row in seen.protective] == ["england-plays"]
    assert "england-plays" not in [row.row for row in seen.because]


def test_a_level_given_for_a_strength_is_not_lost_beside_a_smaller_worry(country, pack):
    rows = (_row("own-plays", 3, "strong_play"), _row("own-late", 2, "late_sometimes"))
    odd = replace(pack, levels=SCHEME, rows=rows)
    both = dict.fromkeys(("strong_play", "late_sometimes"), Status.PRESENT)

    assert assess(Facts({"strong_play": Status.PRESENT}), odd, country, TODAY).level.code == "N3"
    assert assess(Facts(both), odd, country, TODAY).level.code == "N3"


def test_strengths_undo_no_red_flag(found):
    assert found("strangled strong_play").outcome is Outcome.EXIT


def test_strengths_alone_are_the_universal_level_where_nothing_else_was_said(found):
    seen = found("strong_play")

    assert (seen.outcome, seen.level.code) == (Outcome.LEVEL, "1")


def test_strengths_alone_are_a_person_s_where_some_words_were_not_understood(country, pack):
    facts = Facts({"strong_play": Status.PRESENT}, unread=True)
    seen = assess(facts, pack, country, TODAY)

    assert seen.outcome is Outcome.PERSON
    assert "only_strengths" in seen.reasons


def test_strengths_alone_are_a_person_s_in_a_consultation_which_has_a_worry(found):
    assert found("strong_play", worry="something is not right").outcome is Outcome.PERSON


def test_strengths_beside_a_sign_that_is_not_certain_are_a_person_s(found):
    assert found("strong_play maybe:hungry").outcome is Outcome.PERSON


def test_the_lowest_level_of_a_scheme_without_a_universal_one_is_no_comfort_either(country, pack):
    early_help = replace(pack, levels=pack.levels[1:], rows=())
    facts = Facts({"strong_play": Status.PRESENT}, unread=True)

    assert assess(facts, early_help, country, TODAY).outcome is Outcome.PERSON


def test_a_strength_that_no_row_names_matches_nothing(found):
    assert "nothing_matched" in found("strong_home").reasons


# --- raises, and a person where the area is silent -------------------------------------------------


def test_a_raise_that_the_row_has_weighed_already_does_not_raise_it_again(country, pack, told):
    weighed = tuple(replace(row, weighed=frozenset({"very_young"})) for row in pack.rows)
    facts = told("hungry", age_band="under_1")

    assert assess(facts, pack, country, TODAY).level.code == "3"
    assert assess(facts, replace(pack, rows=weighed), country, TODAY).level.code == "2"


def test_a_raise_counts_when_one_of_the_rows_at_the_level_has_not_weighed_it(country, pack, told):
    first, *others = pack.rows
    rows = (first, *(replace(row, weighed=frozenset({"very_young"})) for row in others))
    facts = told("hungry late_sometimes", age_band="under_1")

    assert assess(facts, replace(pack, rows=rows), country, TODAY).level.code == "3"


@pytest.fixture
def weighing(country):
    asks = Adjustment("to_weigh", "person", "words", ((frozenset({"accounts_differ"}), {}),), None,
                      "professional_judgement", NATIONAL, where_silent=True)  # fmt: skip
    return replace(country, adjustments=(asks,))


def test_a_person_weighs_a_sign_that_the_area_is_silent_about(weighing, pack, told):
    assert assess(told("accounts_differ"), pack, weighing, TODAY).outcome is Outcome.PERSON


def test_a_sign_that_the_area_lists_needs_nobody_to_weigh_it(weighing, pack, told):
    own = Row("3-accounts", pack.levels[2], "child", "words", (frozenset({"accounts_differ"}),), NATIONAL)
    listing = replace(pack, rows=(*pack.rows, own))
    seen = assess(told("accounts_differ"), listing, weighing, TODAY)

    assert (seen.outcome, seen.level.code) == (Outcome.LEVEL, "3")


# --- what a change would have done -----------------------------------------------------------------


def test_a_draft_that_changes_nothing_changes_no_answer(country, pack, told):
    found = impact([told("hungry"), told("violence_at_home")], pack, pack, country)

    assert (found.total, found.changed) == (2, 0)


def test_an_answer_that_goes_up_is_counted_with_the_row_that_moved_it(country, pack, told):
    raised = tuple(
        replace(row, level=pack.levels[2]) if row.id == "2-hungry" else row for row in pack.rows
    )
    found = impact([told("hungry"), told("late_sometimes")], pack, replace(pack, rows=raised), country)

    assert dict(found.ways) == {Way.HIGHER: 1, Way.SAME: 1}
    assert found.moves[Way.HIGHER, "2", "3"] == 1
    assert set(found.rows) == {(Way.HIGHER, "2-hungry")}


def test_a_row_that_is_gone_lowers_answers_or_leaves_them_to_the_national_floor(country, pack, told):
    fewer = tuple(row for row in pack.rows if row.id != "3-violence")
    found = impact([told("violence_at_home")], pack, replace(pack, rows=fewer), country)

    assert dict(found.ways) == {Way.LOWER: 1}
    assert found.rows[Way.LOWER, "3-violence"] == 1


def test_a_draft_without_levels_sends_every_answer_to_a_person(country, pack, told):
    found = impact([told("hungry")], pack, replace(pack, levels=(), rows=()), country)

    assert dict(found.ways) == {Way.TO_A_PERSON: 1}


def test_a_hard_exit_is_the_same_under_any_draft(country, pack, told):
    found = impact([told("strangled")], pack, replace(pack, rows=()), country)

    assert found.changed == 0

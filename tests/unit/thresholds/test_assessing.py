"""What facts amount to in one small council."""

from dataclasses import replace
from datetime import date

import pytest

from bot.consultation import HardExit, Neutral, Outcome
from bot.knowledge.model import Adjustment, Row
from bot.thresholds import assess

LEVELS = {
    # facts: the local level, and the rows that say so
    "hungry": ("2", ["2-hungry"]),
    "hungry late_sometimes": ("2", ["2-late", "2-hungry"]),
    "hungry_often": ("2", ["2-hungry"]),
    "hungry_often no_heating": ("3", ["3-basics", "2-hungry"]),
    "late_sometimes no_heating": ("3", ["3-basics", "2-late"]),
    "violence_at_home": ("3", ["3-violence", "2-argue"]),
    "not_growing late_sometimes": ("4", ["4-growth", "2-late"]),
}


@pytest.mark.parametrize(("facts", "expected"), LEVELS.items(), ids=LEVELS)
def test_the_highest_row_that_holds_gives_the_level_and_all_rows_are_kept(assessed, facts, expected):
    assessment = assessed(facts)

    assert assessment.outcome is Outcome.LEVEL
    assert (assessment.level.code, [m.row for m in assessment.because]) == expected


def test_each_reason_names_what_held_it_and_where_it_is_published(assessed):
    highest = assessed("hungry_often no_heating late_sometimes").because[0]

    assert highest.held_by == ("hungry_often", "no_heating"), "the first alternative that holds"
    assert highest.words == "words of 3-basics"
    assert highest.citation.section == "section 2"
    assert highest.level.name == "Intensive"


def test_part_of_what_a_row_needs_is_not_enough(assessed):
    assert [m.row for m in assessed("hungry_often").because] == ["2-hungry"]


def test_a_row_that_asks_for_nothing_holds_of_nobody(national, pack, told):
    empty = Row("4-empty", pack.levels[-1], "child", "a slip", (frozenset(),), pack.rows[0].citation)
    careless = replace(pack, rows=(*pack.rows, empty))

    assert assess(told("hungry"), careless, national, pack.on).level.code == "2"


def test_an_empty_alternative_does_not_hide_the_others(national, pack, told):
    needs = (frozenset(), frozenset({"hungry"}))
    careless = replace(pack, rows=(replace(pack.rows[-1], needs=needs),))

    assert assess(told("hungry"), careless, national, pack.on).level.code == "4"


def test_the_assessment_names_the_area_the_day_and_both_versions(national, pack, told):
    assessment = assess(told("hungry"), pack, national, date(2026, 11, 21))

    assert (assessment.area, assessment.on) == ("ashford", date(2026, 11, 21))
    assert assessment.pack_version == "ashford-1/england-1"


# --- hard exits -------------------------------------------------------------------------------

EXITS = {
    "danger now": ("", {"in_danger": "yes"}, HardExit.EMERGENCY, "danger_now"),
    "choked": ("strangled", {}, HardExit.FRONT_DOOR_NOW, "throttled"),
    "a mark on a baby": (
        "",
        {"injury": "explained", "age_band": "under_1"},
        HardExit.FRONT_DOOR_NOW,
        "mark_on_a_baby",
    ),
    "choked, and lives with others": (
        "private_fostering strangled",
        {},
        HardExit.FRONT_DOOR_NOW,
        "throttled",
    ),
    "choked, and in danger": ("strangled", {"in_danger": "yes"}, HardExit.EMERGENCY, "danger_now"),
    "an open case": ("late_sometimes", {"open_case": "cp"}, HardExit.ALLOCATED_WORKER, "open_to_social_care"),
}


@pytest.mark.parametrize(("read", "answers", "hard_exit", "flag"), EXITS.values(), ids=EXITS.keys())
def test_the_most_urgent_red_flag_ends_the_consultation(assessed, read, answers, hard_exit, flag):
    assessment = assessed(read, **answers)

    assert assessment.outcome is Outcome.EXIT
    assert assessment.hard_exit is hard_exit
    assert assessment.because[0].row == flag
    assert assessment.because[0].level.code == "", "a red flag is a route and no level"


def test_nothing_reassuring_undoes_a_red_flag(assessed):
    everything_fine = {"in_danger": "no", "injury": "none", "trend": "same", "parental_factors": ("none",)}

    assert assessed("strangled no:mark", **everything_fine).hard_exit is HardExit.FRONT_DOOR_NOW


def test_every_red_flag_that_holds_is_named_most_urgent_first(assessed):
    assessment = assessed("private_fostering strangled hungry", in_danger="yes")

    assert assessment.reasons == ("danger_now", "throttled", "lives_with_others")
    assert [m.row for m in assessment.because][-1] == "2-hungry", "rows that hold stay, for the duty worker"


def test_a_mild_exit_says_that_the_top_level_was_reached_too(assessed):
    assessment = assessed("not_growing", open_case="cp")

    assert assessment.hard_exit is HardExit.ALLOCATED_WORKER
    assert assessment.level.code == "4"
    assert "top_level_too" in assessment.reasons


def test_half_a_red_flag_is_no_exit(assessed):
    assert assessed("violence_at_home", baby_at_home="no").outcome is Outcome.LEVEL


# --- raises, floors, hand-overs ------------------------------------------------------------------


def test_a_raise_goes_up_by_one_level(assessed):
    assessment = assessed("hungry", trend="worse")

    assert assessment.level.code == "3"
    assert "getting_worse" in assessment.reasons


def test_two_raises_go_up_by_one_level_all_the_same(assessed):
    assessment = assessed("hungry", trend="worse", age_band="under_1")

    assert assessment.level.code == "3", "never by two"
    assert {"getting_worse", "very_young"} <= set(assessment.reasons)


def test_a_raise_does_not_go_above_the_top_level(assessed):
    assessment = assessed("not_growing", trend="worse")

    assert assessment.level.code == "4"
    assert "getting_worse" not in assessment.reasons, "it moved nothing"


def test_a_raise_makes_no_level_out_of_nothing(assessed):
    assessment = assessed(trend="worse")

    assert assessment.level is None
    assert assessment.outcome is Outcome.PERSON


def test_a_floor_lifts_to_the_lowest_level_that_reaches_it(assessed):
    assessment = assessed("hungry", how_often="over_6_months")

    assert assessment.level.code == "3", "Intensive spans N2 and N3"
    assert "long_neglect" in assessment.reasons


def test_a_floor_lowers_nothing(assessed):
    assessment = assessed("hungry not_growing", how_often="over_6_months")

    assert assessment.level.code == "4"
    assert "long_neglect" not in assessment.reasons


def test_a_raise_does_not_go_on_top_of_a_floor(assessed):
    assert assessed("hungry", how_often="over_6_months", trend="worse").level.code == "3"


def test_a_floor_that_no_local_level_reaches_is_the_top_level(national, pack, told):
    lower = tuple(replace(level, neutral=(Neutral.N2,)) for level in pack.levels)
    scheme = replace(pack, levels=lower, rows=tuple(replace(r, level=lower[1]) for r in pack.rows))

    assert assess(told("hungry", how_often="over_6_months"), scheme, national, pack.on).level.code == "4"


def test_a_floor_stands_in_where_the_area_has_no_row_and_a_person_decides(assessed):
    assessment = assessed("no_heating", how_often="over_6_months")

    assert assessment.outcome is Outcome.PERSON
    assert assessment.level.code == "3"


def test_an_adjustment_can_ask_for_a_person(assessed):
    assessment = assessed("hungry accounts_differ")

    assert assessment.outcome is Outcome.PERSON
    assert assessment.level.code == "2", "what was reached so far is kept for the duty worker"
    assert assessment.reasons == ("two_accounts",)


# --- what is not known ----------------------------------------------------------------------------


def test_a_red_flag_question_answered_unknown_asks_for_a_person(assessed):
    assessment = assessed("hungry", in_danger="unknown")

    assert assessment.outcome is Outcome.PERSON
    assert assessment.level.code == "2"
    assert assessment.unknown == ("in_danger",)
    assert "red_flag_unknown" in assessment.reasons


def test_a_red_flag_question_answered_no_gives_a_level(assessed):
    assert assessed("hungry", in_danger="no", injury="none").outcome is Outcome.LEVEL


def test_a_red_flag_question_is_settled_when_every_flag_it_could_raise_is_ruled_out(national, pack, told):
    only_babies = tuple(f for f in national.red_flags if f.id == "mark_on_a_baby")
    narrower = replace(national, red_flags=only_babies)

    settled = assess(told("hungry", injury="unknown", age_band="13_15"), pack, narrower, pack.on)
    open_still = assess(told("hungry", injury="unknown"), pack, narrower, pack.on)

    assert settled.outcome is Outcome.LEVEL, "a mark on a 13-year-old is not a mark on a baby"
    assert open_still.outcome is Outcome.PERSON, "nobody has said how old the child is"


def test_a_red_flag_question_is_settled_when_another_part_of_its_flag_was_denied(national, pack, told):
    asked = replace(national.questions["parental_factors"], red_flag=True)
    near_a_baby = tuple(f for f in national.red_flags if f.id == "violence_near_a_baby")
    narrower = replace(
        national, red_flags=near_a_baby, questions=national.questions | {"parental_factors": asked}
    )

    no_baby = told("hungry", parental_factors=("unknown",), baby_at_home="no")
    unasked = told("hungry", parental_factors=("unknown",))

    assert assess(no_baby, pack, narrower, pack.on).outcome is Outcome.LEVEL
    assert assess(unasked, pack, narrower, pack.on).outcome is Outcome.PERSON


def test_a_red_flag_question_that_belongs_to_no_flag_is_never_settled(national, pack, told):
    without = replace(national, red_flags=())

    assert assess(told("hungry", in_danger="unknown"), pack, without, pack.on).outcome is Outcome.PERSON


@pytest.mark.parametrize(
    ("read", "answers", "flag"),
    [
        ("hungry maybe:strangled", {}, "throttled"),
        ("hungry", {"injury": "explained", "age_band": "unknown"}, "mark_on_a_baby"),
        (
            "hungry",
            {"parental_factors": ("domestic_abuse",), "baby_at_home": "unknown"},
            "violence_near_a_baby",
        ),
    ],
    ids=["perhaps choked", "a mark, age not known", "violence, a baby not known"],
)
def test_a_red_flag_that_may_hold_asks_for_a_person_and_is_named(assessed, read, answers, flag):
    assessment = assessed(read, **answers)

    assert assessment.outcome is Outcome.PERSON
    assert "red_flag_possible" in assessment.reasons
    assert assessment.not_ruled_out[0].row == flag


def test_what_may_be_private_fostering_or_an_open_case_still_gets_a_level(assessed):
    assessment = assessed("hungry maybe:private_fostering", open_case="unknown")

    assert assessment.outcome is Outcome.LEVEL, "these routes are asked about, no child is unsafe meanwhile"


def test_three_core_questions_unknown_ask_for_a_person(assessed):
    two = assessed("hungry", age_band="unknown", how_often="unknown")
    three = assessed("hungry", age_band="unknown", how_often="unknown", baby_at_home="unknown")

    assert two.outcome is Outcome.LEVEL
    assert three.outcome is Outcome.PERSON
    assert "too_many_unknown" in three.reasons


def test_how_many_unknowns_are_too_many_is_the_knowledge_bases_to_say(national, pack, told):
    counting = Adjustment(
        "enough", "person", "w", (), None, "published", pack.rows[0].citation, core_unknown=2
    )
    stricter = replace(national, adjustments=(*national.adjustments, counting))
    one, two = told("hungry", age_band="unknown"), told("hungry", age_band="unknown", how_often="unknown")

    assert assess(one, pack, stricter, pack.on).outcome is Outcome.LEVEL
    assert assess(two, pack, stricter, pack.on).outcome is Outcome.PERSON
    assert assess(two, pack, stricter, pack.on).reasons == ("enough",)


def test_questions_that_were_never_asked_are_not_counted_as_unknown(assessed):
    assert assessed("hungry").outcome is Outcome.LEVEL


def test_nothing_that_matches_asks_for_a_person(assessed):
    assessment = assessed()

    assert assessment.outcome is Outcome.PERSON
    assert assessment.level is None
    assert assessment.reasons == ("nothing_matched",)


def test_a_word_outside_the_vocabulary_asks_for_a_person(assessed):
    assessment = assessed("hungry stranlged")

    assert assessment.outcome is Outcome.PERSON
    assert "not_in_vocabulary" in assessment.reasons


@pytest.mark.parametrize(
    "answers",
    [{"in_danger": "unknown"}, {"age_band": "unknown", "how_often": "unknown", "baby_at_home": "unknown"}],
    ids=["a red flag", "too many"],
)
def test_at_the_top_level_doubt_does_not_put_a_person_before_referring_now(assessed, answers):
    assessment = assessed("not_growing", **answers)

    assert assessment.outcome is Outcome.LEVEL
    assert assessment.level.code == "4"
    assert "top_level_anyway" in assessment.reasons


# --- what would change it -------------------------------------------------------------------------


def test_rows_that_hold_if_what_is_unsure_is_so_are_not_ruled_out(assessed):
    assessment = assessed("no_heating late_sometimes maybe:hungry_often maybe:not_growing")

    assert [m.row for m in assessment.not_ruled_out] == ["4-growth", "2-hungry"]
    assert assessment.not_ruled_out[0].held_by == ("not_growing",)


def test_a_row_may_hold_by_what_is_so_and_what_is_unsure_together(assessed):
    assessment = assessed("parents_argue no_heating maybe:hungry_often")

    assert [m.row for m in assessment.not_ruled_out] == ["3-basics", "2-hungry"]
    assert assessment.not_ruled_out[0].held_by == ("hungry_often", "no_heating"), "what is unsure comes first"


def test_a_row_that_lacks_one_part_would_change_the_level(assessed):
    nearest = assessed("late_sometimes").would_change[0]

    assert nearest.row == "3-basics"
    assert nearest.held_by == ("no_heating", "late_sometimes"), "what is missing comes first"


def test_a_row_of_one_part_would_change_the_level_if_something_of_its_kind_is_present(assessed):
    assert "4-growth" in [m.row for m in assessed("hungry").would_change]
    assert "4-growth" not in [m.row for m in assessed("parents_argue").would_change]


def test_what_is_unsure_comes_before_what_nobody_spoke_of_and_what_was_denied_comes_last(assessed):
    unsure = assessed("hungry_often maybe:not_growing")
    denied = assessed("hungry_often no:no_heating")

    assert [m.row for m in unsure.would_change] == ["4-growth", "3-basics"]
    assert [m.row for m in denied.would_change] == ["4-growth", "3-basics"]


def test_only_rows_of_a_higher_level_would_change_it(assessed):
    assessment = assessed("hungry no_heating", how_often="over_6_months")

    assert assessment.level.code == "3"
    assert [m.row for m in assessment.would_change] == ["4-growth"], "3-basics is on the level reached"


def test_nothing_would_change_the_top_level(assessed):
    assert assessed("not_growing hungry").would_change == ()


def test_a_row_with_several_ways_to_hold_is_named_once(national, pack, told):
    growth = replace(pack.rows[-1], needs=(frozenset({"not_growing"}), frozenset({"no_heating"})))
    assessment = assess(told("hungry"), replace(pack, rows=(pack.rows[1], growth)), national, pack.on)

    assert [m.row for m in assessment.would_change] == ["4-growth"]


def test_at_most_four_rows_are_named_and_one_for_each_missing_fact(national, pack, told):
    many = tuple(
        replace(pack.rows[3], id=f"3-{i}", needs=(frozenset({"hungry", other}),))
        for i, other in enumerate(["no_heating", *sorted(national.indicators)])
        if other != "hungry"
    )
    assessment = assess(told("hungry"), replace(pack, rows=(*pack.rows, *many)), national, pack.on)

    missing = [m.held_by[0] for m in assessment.would_change]
    assert len(missing) == 4
    assert len(set(missing)) == 4, "the same question is not put twice"


RUNNERS_UP = {
    "the level above, when one fact is missing": ("late_sometimes", {}, "3"),
    "the level above, though rows speak for a lower one too": ("hungry_often no_heating", {}, "4"),
    "the next level with rows, when no single fact leads higher": ("violence_at_home", {}, "2"),
    "the level of the rows, when raised": ("parents_argue", {"trend": "worse"}, "2"),
    "none": ("not_growing", {}, None),
    "none when there is no level": ("", {}, None),
}


@pytest.mark.parametrize(("read", "answers", "code"), RUNNERS_UP.values(), ids=RUNNERS_UP.keys())
def test_the_runner_up_is_the_next_likeliest_level(assessed, read, answers, code):
    runner_up = assessed(read, **answers).runner_up

    assert (runner_up.code if runner_up else None) == code


def test_the_one_fact_that_tips_it_is_what_the_level_above_lacks(assessed):
    found = assessed("late_sometimes")

    assert (found.level.code, found.runner_up.code) == ("2", "3")
    assert (found.tips.row, found.tips.held_by[0]) == ("3-basics", "no_heating")


def test_the_one_fact_that_tips_it_is_what_alone_holds_the_level_above_a_lower_one(assessed):
    found = assessed("violence_at_home")

    assert (found.runner_up.code, found.tips.row) == ("2", "3-violence")


def test_nothing_tips_it_alone_when_two_rows_hold_the_level(assessed, pack, national, told):
    also = Row("3-hits", pack.levels[2], "child", "words", (frozenset({"violence_at_home"}),), pack.rows[0].citation)
    two = replace(pack, rows=(*pack.rows, also))

    assert assess(told("violence_at_home"), two, national, two.on).tips is None

"""Which early help is offered, in what order, and when none is."""

from dataclasses import replace
from datetime import date

import pytest

from bot.consultation import (
    Assessment,
    Citation,
    Facts,
    HardExit,
    Level,
    MatchedIndicator,
    Neutral,
    Outcome,
    Status,
)
from bot.early_help import match
from bot.knowledge.model import EarlyHelpOption, Indicator, National, Option, Pack, Question, RedFlag

TODAY = date(2026, 11, 21)
CITED = Citation("family-hub-2026", "Family hubs", "what we offer", "2026", date(2026, 11, 2))
ADDITIONAL = Level("2", "Additional", 2, (Neutral.N2,))
INTENSIVE = Level("3", "Intensive", 3, (Neutral.N2, Neutral.N3))
SPECIALIST = Level("4", "Specialist", 4, (Neutral.N4,))


def _option(option_id, categories, levels, now=False):
    return EarlyHelpOption(
        option_id,
        f"name of {option_id}",
        "what it is",
        frozenset(categories.split()),
        frozenset(levels.split()),
        "how to get it",
        now,
        CITED,
    )


LOCAL = (
    _option("family_hub", "neglect attendance", "2 3"),
    _option("attendance_team", "attendance", "2 3"),
    _option("breakfast_club", "neglect", "1 2", now=True),
    _option("family_worker", "neglect", "3"),
    _option("safe_room", "neglect", "4", now=True),
)
NATIONAL_OPTIONS = (
    _option("school_nurse", "neglect", "N2 N3", now=True),
    _option("helpline", "domestic_abuse", "N2 N3 N4"),
)
VOCABULARY = {
    i: Indicator(i, category, i, "child", frozenset())
    for i, category in {
        "hungry": "neglect",
        "late": "attendance",
        "violence": "domestic_abuse",
    }.items()
}
NATIONAL = National(
    "england-1",
    VOCABULARY,
    (RedFlag("throttled", HardExit.FRONT_DOOR_NOW, "w", frozenset({"strangled"}), {}, CITED),),
    (),
    {
        "in_danger": Question("in_danger", "choice", False, True, {}),
        "trend": Question("trend", "choice", False, False, {}),
        "factors": Question("factors", "many", False, False, {"violence": Option("violence", frozenset({"violence"}))}),
    },
    {},
    NATIONAL_OPTIONS,
)
PACK = Pack(
    "ashford",
    "E0",
    "Ashford",
    "ashford-1",
    TODAY,
    (ADDITIONAL, INTENSIVE, SPECIALIST),
    (),
    {},
    LOCAL,
    (),
    {},
    (),
)


def offered(indicators="", level=ADDITIONAL, outcome=Outcome.LEVEL, answers=None, **more):
    facts = Facts(dict.fromkeys(indicators.split(), Status.PRESENT), answers or {})
    assessment = Assessment(outcome, "ashford", TODAY, "1", level=level, **more)
    return [option.id for option in match(assessment, facts, PACK, NATIONAL)]


def test_options_fit_the_concern_and_the_level():
    assert offered("late") == ["family_hub", "attendance_team"]


def test_what_the_school_can_do_now_comes_first():
    assert offered("hungry") == ["breakfast_club", "school_nurse", "family_hub"]


def test_an_option_that_meets_more_of_the_concerns_comes_before_the_others():
    assert offered("late hungry", INTENSIVE) == [
        "school_nurse",
        "family_hub",
        "attendance_team",
        "family_worker",
    ]


def test_a_level_that_spans_two_neutral_levels_takes_national_options_for_either():
    assert "school_nurse" in offered("hungry", INTENSIVE)


def test_a_concern_that_was_only_answered_counts_too():
    assert offered(answers={"factors": ("violence",)}) == ["helpline"]


def test_a_concern_that_held_a_row_counts_too():
    row = MatchedIndicator("2-late", "w", ADDITIONAL, CITED, ("late",))

    assert offered(because=(row,)) == ["family_hub", "attendance_team"]


def test_a_concern_that_was_denied_or_unsure_brings_no_options():
    facts = Facts({"hungry": Status.ABSENT, "late": Status.UNSURE})

    assert match(Assessment(Outcome.LEVEL, "ashford", TODAY, "1", level=ADDITIONAL), facts, PACK, NATIONAL) == ()


def test_no_concern_brings_no_options():
    assert offered() == []


def test_at_the_top_level_only_what_is_published_for_it_is_offered():
    assert offered("hungry", SPECIALIST) == ["safe_room"], "nothing that could stand in for a referral"


@pytest.mark.parametrize("hard_exit", HardExit)
def test_at_a_hard_exit_nothing_is_offered(hard_exit):
    assert offered("hungry late violence", outcome=Outcome.EXIT, hard_exit=hard_exit) == []


def test_while_a_person_decides_only_what_the_school_can_do_now_is_offered_for_any_level():
    without_level = offered("hungry late", level=None, outcome=Outcome.PERSON)

    assert without_level == ["breakfast_club", "safe_room", "school_nurse"]
    assert offered("hungry late", INTENSIVE, Outcome.PERSON) == without_level, "the level is not hinted at"


def test_while_a_red_flag_question_is_open_nothing_is_offered():
    assert offered("hungry", outcome=Outcome.PERSON, unknown=("in_danger",)) == []
    assert offered("hungry", outcome=Outcome.PERSON, unknown=("trend",)) != []


def test_while_a_red_flag_may_hold_nothing_is_offered():
    flag = MatchedIndicator("throttled", "w", ADDITIONAL, CITED, ("strangled",))

    assert offered("hungry", outcome=Outcome.PERSON, not_ruled_out=(flag,)) == []


def test_each_option_keeps_its_source_and_the_day_it_was_checked():
    facts = Facts({"late": Status.PRESENT})
    options = match(Assessment(Outcome.LEVEL, "ashford", TODAY, "1", level=ADDITIONAL), facts, PACK, NATIONAL)

    assert {option.citation.verified for option in options} == {date(2026, 11, 2)}


@pytest.mark.parametrize(
    ("known", "may"),
    [("would_raise_risk", False), ("want_advice", False), ("unknown", False), (None, False), ("agree", True)],
)
def test_nothing_that_tells_the_parents_is_offered_while_that_may_be_unsafe(known, may):
    talk = replace(_option("talk", "neglect", "2 3", now=True), parents_hear=True)
    facts = Facts({"hungry": Status.PRESENT}, {"parents_know": known} if known else {})
    assessment = Assessment(Outcome.LEVEL, "ashford", TODAY, "1", level=INTENSIVE)

    assert (talk in match(assessment, facts, replace(PACK, early_help=(talk,)), NATIONAL)) is may

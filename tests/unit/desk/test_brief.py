"""The brief: twelve points, none left out, none made up."""

from datetime import date
from pathlib import Path

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
from bot.desk.brief import brief
from bot.desk.cards import item, sections
from bot.desk.claim import NoSuchCase
from bot.desk.findings import findings
from bot.desk.ports import Utterance
from bot.knowledge import load_national
from bot.thresholds import to_record
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_dsl, make_case

ON = date(2026, 11, 21)
CITATION = Citation("s", "Kent Support Levels", "page 7", "2023", ON)
LEVEL_3 = Level("3", "Intensive", 3, (Neutral.N2, Neutral.N3))
LEVEL_4 = Level("4", "Specialist", 4, (Neutral.N4,))
NO_ROW_LEVEL = Level("", "", 0, (Neutral.N4,))
FACTS = Facts(
    {"hungry_often": Status.PRESENT},
    {
        "in_danger": "no",
        "goes_home": "today",
        "worry": "always hungry since September",
        "red_flag_list": ("left_alone",),
        "age_band": "5_9",
        "child_said": "I made my own tea",
        "injury": "unknown",
        "safe_scale": "4",
        "tried": ("early_help_plan",),
        "parents_know": "refuse",
        "dsl_view": "refer",
    },
)
POINTS = (
    "caller",
    "why",
    "told",
    "changed",
    "red_flags",
    "scales",
    "tried",
    "level",
    "view",
    "not_known",
    "advice",
    "name",
)


def matched(words: str, level: Level) -> MatchedIndicator:
    return MatchedIndicator("row-1", words, level, CITATION, ("hungry_often",))


def assessment(**values) -> Assessment:
    defaults = {"outcome": Outcome.LEVEL, "area": "kent", "on": ON, "pack_version": "kent/2026-11-02"}
    return Assessment(**defaults | values)


@pytest.fixture(scope="session")
def national():
    return load_national(Path("knowledge_base"), ON)


@pytest.fixture
def worker(records):
    return create_worker(records)


@pytest.fixture
def read(records, worker, national, wording):
    """Hand over a consultation and return the lines of one point of its brief."""
    dsl = create_dsl(records)

    def make(point: str, facts: Facts = FACTS, found: Assessment | None = None, said=(), **case) -> str:
        create_consultation(records, dsl, facts=facts)
        if found:
            records.save_assessment("c1", to_record(found), facts, NOW)
        records.add_outgoing("c1", said, NOW, unless_held=False)
        records.hand_over(make_case(**{"goes_home": "today"} | case))
        whole = brief(records, "case-1", worker, NOW, national=national, wording=wording)
        assert [s.heading for s in whole.sections] == [wording.say(f"utter_desk_brief_{p}") for p in POINTS]
        assert all(section.lines for section in whole.sections), "a point has nothing to say for itself"
        return "\n".join(whole.sections[POINTS.index(point)].lines)

    return make


def test_a_brief_of_nothing_at_all_still_has_every_point(read):
    assert "nothing" in read("level", facts=Facts()).lower()


def test_a_brief_comes_with_the_case_and_every_message(records, worker, national, wording):
    create_consultation(records, create_dsl(records))
    records.add_incoming("c1", "a", from_dsl("hello"), NOW)
    case = records.hand_over(make_case())
    whole = brief(records, case.id, worker, NOW, national=national, wording=wording)
    assert whole.case == case
    assert whole.messages == records.messages("c1")


def test_the_caller_is_named_and_can_be_rung_back(read):
    lines = read("caller")
    for expected in ("amber heron", "REF-c1", "Ann Example", "Oak Tree Primary", "01632 960001", "safe time"):
        assert expected in lines


def test_the_reason_the_urgency_the_deadline_and_going_home_come_next(read):
    lines = read("why", goes_home_time="15:30", urgency="red")
    for expected in ("asked for a person", "Red", "answer due Thu 26 Nov 2026, 10:00", "Today, 15:30"):
        assert expected in lines


def test_what_was_told_is_in_the_dsls_words_with_what_is_unsure_and_denied_apart(read, national):
    present, unsure, absent, *_ = national.indicators.values()
    held = {present.id: Status.PRESENT, unsure.id: Status.UNSURE, absent.id: Status.ABSENT}
    lines = read("told", facts=Facts(held, FACTS.answers)).splitlines()
    assert "Your worry: always hungry since September" in lines
    assert "The child's words: I made my own tea" in lines
    assert f"Told: {present.words}" in lines
    assert f"Not sure: {unsure.words}" in lines
    assert f"Said not to be so: {absent.words}" in lines
    assert "Who is at home: not asked" in lines


def test_every_red_flag_is_asked_and_answered_or_said_not_to_be(read, national, wording):
    lines = read("red_flags").splitlines()
    questions = [q for q in national.questions.values() if q.red_flag]
    flags = [v for v in national.questions["red_flag_list"].options if v not in ("none", "unknown")]
    assert len(lines) == len(questions) - 1 + len(flags)
    assert "In danger now: asked, answered: No" in lines
    assert "Injury or mark: asked, the DSL does not know. Not ruled out." in lines
    assert "Anything sexual: not asked" in lines
    assert f"Yes: {wording.title_of('red_flag_list', 'left_alone')}" in lines
    assert f"Asked, not ticked: {wording.title_of('red_flag_list', 'suicide')}" in lines


@pytest.mark.parametrize(
    ("given", "start"),
    [(("none",), "Asked, not ticked: "), (("unknown",), "Asked, not known: "), (None, "Not asked: ")],
)
def test_danger_signs_that_were_not_asked_about_are_not_shown_as_denied(read, wording, given, start):
    facts = Facts(answers={"red_flag_list": given} if given else {})
    flag = wording.title_of("red_flag_list", "suicide")
    assert f"{start}{flag}" in read("red_flags", facts=facts)


def test_the_scale_is_the_dsls_own_and_scores_nothing(read):
    lines = read("scales")
    assert "4" in lines
    assert "never used to score" in lines


def test_what_was_tried_and_what_the_parents_know_is_there(read, wording):
    lines = read("tried")
    assert wording.title_of("tried", "early_help_plan") in lines
    assert wording.title_of("parents_know", "refuse") in lines


def test_the_level_comes_with_scheme_version_rows_and_what_would_tip_it(read):
    found = assessment(
        level=LEVEL_3,
        because=(matched("basics often missing", LEVEL_3),),
        runner_up=LEVEL_4,
        would_change=(matched("losing weight", LEVEL_4),),
        not_ruled_out=(matched("left alone", NO_ROW_LEVEL),),
    )
    lines = read("level", found=found)
    assert "kent, level 3: Intensive. Thresholds as of kent/2026-11-02, worked out 2026-11-21" in lines
    assert "Because, at level 3: basics often missing (Kent Support Levels, page 7)" in lines
    assert "Next nearest: level 4" in lines
    assert "One fact short of level 4: losing weight" in lines
    assert "Not ruled out, a danger sign: left alone" in lines


def test_a_level_that_was_reached_so_far_is_not_shown_as_given(read):
    lines = read("level", found=assessment(outcome=Outcome.PERSON, level=LEVEL_3))
    assert "No level was given to the DSL. Reached so far: kent, level 3" in lines


@pytest.mark.parametrize("hard_exit", HardExit)
def test_an_exit_says_whom_the_dsl_was_told_to_ring(read, wording, hard_exit):
    told = wording.say(f"utter_desk_line_exit_{hard_exit.value}")
    found = assessment(outcome=Outcome.EXIT, hard_exit=hard_exit)
    assert told in read("level", found=found)


def test_raises_are_given_in_words(read, national):
    adjustment = national.adjustments[0]
    assert adjustment.words in read("level", found=assessment(level=LEVEL_3, reasons=(adjustment.id,)))


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("higher", "thinks it is higher"),
        ("lower", "thinks it is lower"),
        ("agree", "Agrees"),
        ("", "Has not said"),
    ],
)
def test_what_the_dsl_thinks_is_there_and_whether_they_disagree(read, wording, view, expected):
    lines = read("view", dsl_view=view, dsl_reason="I know the family")
    assert expected in lines
    assert wording.title_of("dsl_view", "refer") in lines
    assert "I know the family" in lines


def test_what_is_not_known_and_what_was_not_asked_is_told_apart(read):
    lines = read("not_known")
    assert "no records were checked" in lines
    assert "Asked, not known: Injury or mark" in lines
    assert "Not asked: Who is at home" in lines
    assert "Not asked: In danger now" not in lines


def test_advice_already_given_is_there_once_and_reasons_are_not(read, wording):
    heading, because = wording.say("utter_heading_next"), wording.say("utter_heading_because")
    parts = [(heading, [item("Ring the front door")]), (because, [item("hungry for months")])]
    card = sections("Outcome", None, parts)
    lines = read("advice", said=[Utterance("assistant", "", (), card)] * 2)
    assert lines == "Ring the front door"


def test_an_exit_is_advice_already_given(read):
    found = assessment(outcome=Outcome.EXIT, hard_exit=HardExit.EMERGENCY)
    assert "999" in read("advice", found=found)


def test_no_advice_is_said_to_be_none(read):
    assert "Nothing has been advised" in read("advice")


def test_the_name_is_for_the_telephone(read):
    assert "by phone" in read("name")


def test_a_worker_of_another_area_gets_no_brief(records, national, wording):
    create_consultation(records, create_dsl(records))
    records.hand_over(make_case())
    stranger = create_worker(records, "lee", "Lee", area="buckinghamshire")
    with pytest.raises(NoSuchCase):
        brief(records, "case-1", stranger, NOW, national=national, wording=wording)
    assert "case.read" not in [what for what, *_ in records.audit]


def test_every_reading_is_in_the_audit_chain(records, worker, read):
    read("caller")
    assert records.audit[-1] == ("case.read", worker.id, "case-1", NOW)


def test_the_tipping_fact_strengths_and_the_basis_of_a_row_are_told(national, wording):
    row = {"words": "hungry at school", "level": "2", "title": "t", "section": "s", "basis": "national"}
    found = {"exit": None, "local_code": "2", "local_name": "Additional", "at_least": None, "area": "kent", "on": "now"}
    found |= {"pack_version": "v", "because": [row], "not_ruled_out": [], "would_change": [], "runner_up": "3"}
    found |= {"reasons": [], "tips": {"words": "left alone"}, "protective": [{"words": "has a nan"}]}
    told = findings(found, national, wording)
    assert any("hungry at school" in line and "silent on this" in line for line in told)
    assert any("would tip it: left alone" in line for line in told)
    assert any("lowers nothing: has a nan" in line for line in told)

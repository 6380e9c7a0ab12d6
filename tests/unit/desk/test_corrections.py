"""What was changed is told with both values, and with what had been worked out before."""

from datetime import timedelta

from bot.consultation import Facts, Status
from bot.desk import corrections
from tests.at_the_desk import make_counsel, national, wording
from tests.factories import NOW, create_consultation, create_dsl
from tests.fakes import FakeRecords

LATER = NOW + timedelta(minutes=5)


def test_an_answer_that_was_put_right_is_told_with_both_values() -> None:
    history = [(NOW, Facts(answers={"trend": "same"})), (NOW, Facts()), (LATER, Facts(answers={"trend": "worse"}))]
    assert corrections.changed(history) == (corrections.Changed("trend", "same", "worse", LATER),)


def test_an_answer_that_was_changed_back_is_no_correction() -> None:
    history = [(NOW, Facts(answers={"trend": value})) for value in ("same", "worse", "same")]
    assert corrections.changed(history) == ()


def test_more_ticks_than_before_are_no_correction_and_fewer_are_one() -> None:
    few, many = {"tried": ("school_support",)}, {"tried": ("school_support", "early_help_plan")}
    assert corrections.changed([(NOW, Facts(answers=few)), (LATER, Facts(answers=many))]) == ()
    assert len(corrections.changed([(NOW, Facts(answers=many)), (LATER, Facts(answers=few))])) == 1


def test_a_sign_that_was_taken_back_is_told_until_it_is_said_again() -> None:
    told, doubted = ({"strangled": status} for status in (Status.PRESENT, Status.UNSURE))
    history = [(NOW, Facts(told)), (LATER, Facts(doubted))]
    assert corrections.taken_back(history) == (corrections.TakenBack("strangled", LATER),)
    assert corrections.taken_back([*history, (LATER, Facts(told))]) == ()


def _worked_out_twice() -> FakeRecords:
    records = FakeRecords()
    consultation = create_consultation(records, create_dsl(records))
    counsel = make_counsel(records)
    slots = {
        "child_area": "kent", "worry": "always hungry and hides food", "in_danger": "no", "about_staff": "no",
        "red_flag_list": ["none"], "injury": "none", "sexual": "none", "effect": "some", "how_often": "daily",
        "age_band": "5_9", "baby_at_home": "no", "parent_capacity": "needs_support", "trend": "same",
    }  # fmt: skip
    counsel.assessment(consultation.id, slots)
    counsel.assessment(consultation.id, {**slots, "trend": "worse"})
    return records


def test_the_outcome_says_what_was_changed_and_what_it_was_before() -> None:
    records = _worked_out_twice()
    lines = [line["text"] for line in corrections.told(records, "c1", national(), wording())]
    assert lines[0].startswith("Getting better or worse: you first said “The same”, and then “Worse”.")
    assert lines[1].startswith("I worked it out again.")
    assert len(records.decisions_of("c1")) == 2, "both are kept"


def test_the_duty_worker_sees_both_values() -> None:
    lines = corrections.in_brief(_worked_out_twice(), "c1", national(), wording(), str)
    assert lines[0] == f"Getting better or worse: first “The same”, then “Worse” ({NOW})"
    assert lines[1].startswith("Worked out before")


def test_nothing_changed_says_nothing_on_the_card_and_so_in_the_brief() -> None:
    records = FakeRecords()
    create_consultation(records, create_dsl(records))
    assert corrections.told(records, "c1", national(), wording()) == []
    assert corrections.in_brief(records, "c1", national(), wording(), str) == ["Nothing was changed."]

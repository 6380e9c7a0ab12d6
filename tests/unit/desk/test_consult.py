"""Counsel on the real national knowledge and the real packs of the areas that are served."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.consultation import HardExit, Outcome, Status
from bot.desk import showing
from bot.desk.consult import AREA_NOT_HELD, Counsel
from bot.desk.numbers import whom_to_ring
from bot.desk.outcome import Telling
from bot.desk.ports import NotKept
from bot.knowledge import PackError, areas
from tests.at_the_desk import ROOT, make_counsel, pack_of
from tests.factories import NOW, create_consultation, create_dsl
from tests.fakes import FakeRecords

# England stands in where no council's pack is held; it is none itself.
SERVED = [area.slug for area in areas(ROOT) if area.slug != "england"]
WITH_LEVELS = [area for area in SERVED if pack_of(area, NOW.date()).levels]
STRANGLED = "his stepdad strangled him last night"
HUNGRY = {
    "worry": "always hungry and hides food in his bag, dirty uniform most days",
    "in_danger": "no",
    "goes_home": "this_week",
    "about_staff": "no",
    "red_flag_list": ["none"],
    "open_case": "no",
    "age_band": "5_9",
    "how_known": "i_saw",
    "injury": "none",
    "sexual": "none",
    "how_often": "daily",
    "trend": "same",
    "effect": "some",
    "baby_at_home": "no",
    "parent_capacity": "needs_support",
    "parental_factors": ["none"],
    "tried": ["nothing_yet"],
    "parents_know": "agree",
}


@pytest.fixture
def records() -> FakeRecords:
    return FakeRecords()


@pytest.fixture
def counsel(records: FakeRecords) -> Counsel:
    create_consultation(records, create_dsl(records))
    return make_counsel(records)


def _assess(counsel: Counsel, area: str = "kent", **but: Any) -> Any:
    return counsel.assessment("c1", {**HUNGRY, "child_area": area, **but})


def test_a_consultation_that_is_not_kept_is_said_to_be_so(counsel: Counsel) -> None:
    with pytest.raises(NotKept):
        counsel.consultation("nobody's")


@pytest.mark.parametrize("area", SERVED)
def test_a_served_area_has_a_pack_and_numbers(counsel: Counsel, area: str) -> None:
    pack = counsel.pack({"child_area": area})
    assert pack is not None
    blanks = counsel.numbers({"child_area": area})
    assert pack.contacts["front_door"].value in blanks["front_door"]


@pytest.mark.parametrize("area", ["other", "unknown", None, "", "atlantis", "england"])
def test_an_area_we_do_not_hold_has_no_pack_and_no_other_councils_numbers(counsel: Counsel, area: Any) -> None:
    assert counsel.pack({"child_area": area}) is None
    told = " ".join(counsel.numbers({"child_area": area}).values())
    for served in SERVED:
        assert counsel.pack({"child_area": served}).contacts["front_door"].value not in told


def test_numbers_fill_every_blank_of_the_exits(counsel: Counsel) -> None:
    for area in (*SERVED, "other"):
        blanks = counsel.numbers({"child_area": area})
        for route in HardExit:
            assert "999" in counsel.wording.say(f"utter_exit_{route.value}", **blanks)


def test_today_is_englands_day(records: FakeRecords) -> None:
    late = make_counsel(records, lambda: datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    assert late.today().day == 2, "half past midnight of the next day in summer"


def test_facts_and_area_are_kept(counsel: Counsel, records: FakeRecords) -> None:
    counsel.keep("c1", {"child_area": "buckinghamshire", "trend": "worse"})
    held = records.consultation("c1")
    assert held.area == "buckinghamshire"
    assert held.facts.answers["trend"] == "worse"


def test_the_schools_area_is_not_overwritten_by_nothing(counsel: Counsel, records: FakeRecords) -> None:
    counsel.keep("c1", {"trend": "worse"})
    assert records.consultation("c1").area == "kent"


# red flags


@pytest.mark.parametrize("area", [*SERVED, "other", "unknown"])
def test_a_red_flag_ends_it_in_every_area_held_or_not(counsel: Counsel, area: str) -> None:
    found = _assess(counsel, area, additions=[STRANGLED])
    assert found.outcome is Outcome.EXIT
    assert found.hard_exit is HardExit.FRONT_DOOR_NOW


def test_the_most_urgent_route_comes_first(counsel: Counsel) -> None:
    facts = counsel.gathering.facts({"about_staff": "yes", "in_danger": "yes", "worry": STRANGLED})
    routes = [flag.exit for flag in counsel.flags(facts)]
    assert routes[0].value == "999"
    assert HardExit.LADO in routes


@pytest.mark.parametrize(
    ("question", "value", "route"),
    [
        ("in_danger", "yes", "999"),
        ("about_staff", "yes", "lado"),
        ("injury", "no_explanation", "front_door_now"),
        ("injury", "does_not_fit", "front_door_now"),
        ("injury", "non_mobile", "front_door_now"),
        ("sexual", "disclosure", "front_door_now"),
        ("sexual", "offender_contact", "front_door_now"),
        ("effect", "frightened_to_go_home", "front_door_now"),
        ("open_case", "cp", "allocated_worker"),
    ],
)
def test_a_ticked_danger_ends_it(counsel: Counsel, question: str, value: str, route: str) -> None:
    (first, *_) = counsel.flags(counsel.gathering.facts({question: value}))
    assert first.exit.value == route


def test_every_danger_of_the_list_ends_it(counsel: Counsel) -> None:
    for value in counsel.national.questions["red_flag_list"].options:
        flags = counsel.flags(counsel.gathering.facts({"red_flag_list": [value]}))
        assert bool(flags) is (value not in ("none", "unknown")), value


def test_a_none_ticked_beside_a_danger_does_not_take_it_away(counsel: Counsel) -> None:
    assert counsel.flags(counsel.gathering.facts({"red_flag_list": ["none", "suicide"]}))
    assert counsel.flags(counsel.gathering.facts({"red_flag_list": ["none"], "worry": STRANGLED}))


def test_a_no_and_a_none_do_not_outweigh_what_was_told(counsel: Counsel) -> None:
    told = {"worry": "he has a bruise on his face that nobody can explain", "injury": "none"}
    assert counsel.flags(counsel.gathering.facts(told))


# disputing an exit


def test_a_disputed_sign_becomes_a_doubt_and_ends_nothing_but_settles_no_level(counsel: Counsel) -> None:
    slots = {**HUNGRY, "child_area": "kent", "additions": [STRANGLED]}
    struck, reopened = counsel.disputed(slots)
    assert "strangled" in struck
    after = {**slots, "struck": struck, **dict.fromkeys(reopened)}
    facts = counsel.gathering.facts(after)
    assert facts.indicators["strangled"] is Status.UNSURE
    assert counsel.flags(facts) == ()
    assert counsel.assessment("c1", after).outcome is Outcome.PERSON


@pytest.mark.parametrize(
    ("ticked", "question"),
    [
        ({"in_danger": "yes"}, "in_danger"),
        ({"about_staff": "yes"}, "about_staff"),
        ({"red_flag_list": ["suicide"]}, "red_flag_list"),
        ({"injury": "no_explanation"}, "injury"),
        ({"effect": "frightened_to_go_home"}, "effect"),
        ({"open_case": "cp"}, "open_case"),
        ({"parental_factors": ["domestic_abuse"], "baby_at_home": "yes"}, "parental_factors"),
    ],
)
def test_what_was_ticked_is_asked_again_when_it_is_disputed(
    counsel: Counsel, ticked: dict[str, Any], question: str
) -> None:
    _, reopened = counsel.disputed({**HUNGRY, **ticked})
    assert question in reopened
    after = {**HUNGRY, **ticked, **dict.fromkeys(reopened)}
    assert counsel.flags(counsel.gathering.facts(after)) == ()


def test_an_age_is_not_taken_back_with_the_conclusion_from_it(counsel: Counsel) -> None:
    _, reopened = counsel.disputed({"age_band": "under_1", "injury": "explained"})
    assert "age_band" not in reopened
    assert "injury" in reopened


def test_every_flag_can_be_disputed_without_a_loop(counsel: Counsel) -> None:
    """However a flag came to hold, after a dispute it holds no longer: the form would leave at once again."""
    for flag in counsel.national.red_flags:
        slots: dict[str, Any] = {question: min(values) for question, values in flag.answers.items()}
        ticks = {
            indicator: (question.id, option.value)
            for question in counsel.national.questions.values()
            for option in question.options.values()
            for indicator in option.present
        }
        if not flag.indicators <= set(ticks):
            continue
        for indicator in flag.indicators:
            question, value = ticks[indicator]
            slots[question] = [value] if counsel.national.questions[question].kind == "many" else value
        if not counsel.flags(counsel.gathering.facts(slots)):
            continue
        struck, reopened = counsel.disputed(slots)
        after = {**slots, "struck": struck, **dict.fromkeys(reopened)}
        assert counsel.flags(counsel.gathering.facts(after)) == (), flag.id


# assessments


@pytest.mark.parametrize("area", WITH_LEVELS)
def test_a_settled_assessment_names_its_pack_and_its_rows(
    counsel: Counsel, records: FakeRecords, area: str
) -> None:
    found = _assess(counsel, area)
    assert found.outcome is Outcome.LEVEL
    assert found.because, "every answer says why"
    assert all(row.citation.title for row in found.because), "and from where"
    stored = records.latest_assessment("c1")
    assert stored["local_code"] == found.level.code
    assert stored["pack_version"] == found.pack_version


def test_without_levels_it_is_a_persons(counsel: Counsel, records: FakeRecords) -> None:
    found = _assess(counsel, "other")
    assert found.outcome is Outcome.PERSON
    assert AREA_NOT_HELD in found.reasons
    assert found.level is not None, "the national floor says how far it reaches, for whoever takes it up"
    assert found.level.code == "N3"
    assert records.latest_assessment("c1")["outcome"] == Outcome.PERSON


@pytest.mark.parametrize("question", ["in_danger", "about_staff", "injury", "sexual", "effect", "red_flag_list"])
@pytest.mark.parametrize("area", SERVED)
def test_an_unknown_danger_never_gives_a_lower_level(counsel: Counsel, area: str, question: str) -> None:
    known = _assess(counsel, area)
    unknown = _assess(counsel, area, **{question: ["unknown"] if question == "red_flag_list" else "unknown"})
    assert unknown.outcome is Outcome.PERSON or unknown.level.rank >= known.level.rank


@pytest.mark.parametrize("area", SERVED)
def test_a_doubt_about_a_danger_never_gives_a_lower_level(counsel: Counsel, area: str) -> None:
    known = _assess(counsel, area)
    doubted = _assess(counsel, area, additions=["we think stepdad may have strangled him"])
    assert doubted.outcome is not Outcome.LEVEL or doubted.level.rank >= known.level.rank


# telling


@pytest.mark.parametrize("area", [*SERVED, "other"])
def test_the_card_of_an_assessment_can_be_told_and_says_what_to_do_next(counsel: Counsel, area: str) -> None:
    slots = {**HUNGRY, "child_area": area}
    card = Telling(counsel, counsel.assessment("c1", slots), slots, "REF-c1").card()
    assert card["kind"] == "sections"
    assert "REF-c1" in card["copy"]
    headings = [section["heading"] for section in card["sections"]]
    assert counsel.wording.say("utter_heading_next") in headings
    assert all(section["items"] for section in card["sections"]), "no heading stands alone"


@pytest.mark.parametrize("area", WITH_LEVELS)
def test_every_published_row_on_the_card_says_where_it_comes_from(counsel: Counsel, area: str) -> None:
    slots = {**HUNGRY, "child_area": area}
    card = Telling(counsel, counsel.assessment("c1", slots), slots, "REF-c1").card()
    because = next(s for s in card["sections"] if s["heading"] == counsel.wording.say("utter_heading_because"))
    assert all(line["source"] for line in because["items"])


# showing


def test_the_answers_card_can_change_every_answer_but_a_time(counsel: Counsel) -> None:
    slots = {**HUNGRY, "child_area": "kent", "child_said": "he is hungry"}
    card = showing.answers_card(counsel, slots, "utter_answers_title")
    rows = {row["label"]: row for row in card["rows"]}
    for question in ("child_area", *HUNGRY):
        label = counsel.wording.say(f"utter_label_{question}")
        assert rows[label]["change"], question
    assert rows[counsel.wording.say("utter_label_injury")]["value"] == counsel.wording.title_of("injury", "none")


def test_what_is_absent_is_not_shown_among_the_answers(counsel: Counsel) -> None:
    card = showing.answers_card(counsel, {"worry": "he has not been strangled"}, "utter_answers_title")
    assert all("/not_so" not in str(row["change"]) for row in card["rows"])


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("I got the age wrong", "age_band"),
        ("change what I said about the injury", "injury"),
        ("about the age and the injury", None),
        ("something else", None),
    ],
)
def test_a_dsl_names_the_question_they_mean(counsel: Counsel, text: str, question: str | None) -> None:
    assert showing.question_meant(HUNGRY, text) == question


def test_a_question_that_was_not_answered_cannot_be_meant(counsel: Counsel) -> None:
    assert showing.question_meant({}, "I got the age wrong") is None


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("7K2M-9QXC-W4TD-XB0N-5H", True),
        ("7k2m 9qxc w4td xb0n 5h", True),
        ("yes it is in our record", False),
        ("7K2M", False),
        ("mum drinks most evenings", False),
        ("what does level 3 mean", False),
    ],
)
def test_a_reference_is_told_from_words(text: str, looks: bool) -> None:
    assert showing.looks_like_reference(text) is looks


def test_only_the_right_reference_is_the_reference(counsel: Counsel, records: FakeRecords) -> None:
    from bot.consultation.reference import make_reference

    drawn = iter(range(1000))
    reference = make_reference(lambda below: next(drawn) % below)
    create_consultation(records, create_dsl(records, code="OTHER"), id="c2", reference=reference)
    assert showing.is_reference(counsel, "c2", reference.lower().replace("-", " "))
    assert not showing.is_reference(counsel, "c2", reference[:-1] + ("A" if reference[-1] != "A" else "B"))


@pytest.mark.parametrize("area", [*SERVED, "other", None])
def test_questions_along_the_way_have_their_blanks_in_every_area(counsel: Counsel, area: str | None) -> None:
    blanks = {**counsel.numbers({"child_area": area}), **showing.about(counsel, {"child_area": area})}
    for name in counsel.wording.names():
        if name.startswith("utter_about_ask_"):
            assert counsel.wording.say(name, **blanks)


def test_a_correction_gives_new_answers_and_what_it_denies(counsel: Counsel) -> None:
    answers, denied = showing.correction(counsel, "sorry she is 14 and she was not strangled")
    assert answers["age_band"] == "13_15"
    assert "strangled" in denied


BROKEN = {"the pack": PackError(Path("area.yml"), 1, "broken"), "the disk": OSError(28, "full")}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_an_area_that_cannot_be_read_is_as_one_that_is_not_held(records: FakeRecords, broken: Exception) -> None:
    def falls(area: str, on: date):
        raise broken

    counsel = replace(make_counsel(records), pack_of=falls)

    assert counsel.pack({"child_area": "kent"}) is None
    assert "999" in whom_to_ring(counsel.pack({"child_area": "kent"}), counsel.national)["in_danger"]
    assert counsel.numbers({"child_area": "kent"})["front_door"]

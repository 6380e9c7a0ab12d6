"""What earlier consultations about the same child come to: what counts, who sees it, and what it never does."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.consultation import Assessment, Facts, Outcome
from bot.desk import repeats
from bot.desk.brief import brief
from bot.desk.outcome import Telling
from bot.desk.ports import Button, Utterance
from bot.desk.reopening import reopened
from bot.thresholds import to_record
from tests.at_the_desk import make_at_hand, make_counsel, national, pack_of, wording
from tests.duty_moves import answer, claim
from tests.factories import NOW, create_consultation, create_dsl, create_worker, make_case
from tests.fakes import FakeRecords

DAY = timedelta(days=1)
ALIAS = "kestrel12"
QUESTION = Utterance("assistant", "alias?", (Button("Not now", '/answer{"school_alias":"none"}'),))
WORRY = {
    "child_area": "kent",
    "worry": "always hungry",
    "age_band": "5_9",
    "in_danger": "no",
    "about_staff": "no",
    "red_flag_list": ["none"],
    "injury": "none",
    "sexual": "none",
    "effect": "some",
    "how_often": "weekly",
    "baby_at_home": "no",
    "parent_capacity": "needs_support",
}


class School:
    """A school that consults about one child."""

    def __init__(self, records: FakeRecords, code: str = "7K2M-9QXC-W4TD-XB0N-5H") -> None:
        self.records, self.dsl = records, create_dsl(records, code)

    def consulted(self, id: str, days_ago: int = 0, *, level: str = "", **answers: Any) -> None:
        """Hold a consultation; with a `level` (its rank in Kent) it was assessed."""
        at = NOW - days_ago * DAY
        facts = Facts({}, answers)
        create_consultation(self.records, self.dsl, id=id, opened_at=at, facts=facts)
        if level:
            held = next(one for one in pack_of("kent", NOW.date()).levels if one.code == level)
            found = Assessment(Outcome.LEVEL, "kent", at.date(), "kent/2026", level=held)
            self.records.save_assessment(id, to_record(found), facts, at)
        self.records.mark_child(id, ALIAS, NOW)


@pytest.fixture
def school(records: FakeRecords) -> School:
    return School(records)


def known(school: School, now: datetime = NOW) -> list[str]:
    return repeats.known_before(repeats.earlier(school.records, "now"), now)


# what counts


def test_a_first_consultation_shows_nothing(school: School) -> None:
    school.consulted("now")
    assert known(school) == []


def test_two_consultations_this_school_year_are_talked_through_twice(school: School) -> None:
    school.consulted("one", 60, level="2")
    school.consulted("two", 30, level="2")
    school.consulted("now")
    assert known(school) == ["consulted_twice"]


def test_one_is_not_twice_and_one_that_was_only_opened_is_none(school: School) -> None:
    school.consulted("one", 60, level="2")
    school.consulted("opened", 30)
    school.consulted("now")
    assert known(school) == []


def test_a_school_year_begins_with_september(school: School) -> None:
    school.consulted("july", 130, level="2")  # 16 July 2026
    school.consulted("october", 30, level="2")
    school.consulted("now")
    before = repeats.earlier(school.records, "now")
    assert [one.reference for one in repeats.in_school_year(before, NOW)] == ["REF-october"]
    in_spring = datetime(2027, 3, 1, tzinfo=UTC)
    assert [one.reference for one in repeats.in_school_year(before, in_spring)] == ["REF-october"]
    assert repeats.in_school_year(before, datetime(2027, 9, 1, 9, tzinfo=UTC)) == ()
    assert known(school) == [], "two, but one of them last school year"


def test_more_than_two_years_ago_is_not_looked_at(school: School) -> None:
    school.consulted("long ago", 740, level="3")
    school.consulted("not so long", 725, level="3")
    school.consulted("now")
    assert [one.reference for one in repeats.earlier(school.records, "now")] == ["REF-not so long"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"tried": ("early_help_plan",)}, ["early_help_plan"]),
        ({"tried": "referred_before"}, ["referred_before"]),
        ({"open_case": "early_help"}, ["early_help_plan"]),
        ({"open_case": "cp"}, ["referred_before"]),
        ({"tried": ("consulted_twice", "school_support")}, []),
        ({"tried": ("nothing_yet",), "open_case": "unknown"}, []),
    ],
)
def test_what_an_earlier_consultation_shows_to_have_been_tried(school: School, said: Any, expected: list) -> None:
    school.consulted("one", 400, **said)
    school.consulted("now")
    assert known(school) == expected


def test_it_is_added_to_what_the_dsl_says_and_takes_nothing_away(records: FakeRecords) -> None:
    facts = make_counsel(records).gathering.facts
    shown = {"known_before": ["consulted_twice"]}
    assert facts(shown).answers["tried"] == ("consulted_twice",)
    assert facts(shown | {"tried": ["school_support"]}).answers["tried"] == ("school_support", "consulted_twice")
    assert facts(shown | {"tried": ["nothing_yet"]}).answers["tried"] == ("consulted_twice",), "that is not so"
    assert facts(shown | {"tried": "unknown"}).answers["tried"] == ("unknown", "consulted_twice")
    assert facts({"tried": ["nothing_yet"], "known_before": None}).answers["tried"] == ("nothing_yet",)


def test_a_third_consultation_about_a_worry_that_goes_on_never_stays_where_it_was(school: School) -> None:
    counsel = make_counsel(school.records)
    school.consulted("now")
    before = counsel.assessment("now", WORRY | {"trend": "same", "tried": ["nothing_yet"]})
    after = counsel.assessment("now", WORRY | {"trend": "same", "known_before": ["consulted_twice"]})
    assert before.level is not None
    assert after.level is not None
    assert (before.level.code, after.level.code) == ("2", "3")
    assert "consulted_again_and_again" in after.reasons


@pytest.mark.parametrize("area", ["kent", "buckinghamshire", "hampshire", "wigan", "medway", "oxfordshire"])
@pytest.mark.parametrize("shown", ["consulted_twice", "referred_before", "early_help_plan"])
@pytest.mark.parametrize("tried", [None, "unknown", ["nothing_yet"], ["school_support"]])
def test_no_history_ever_lowers_a_level(school: School, area: str, shown: str, tried: Any) -> None:
    counsel = make_counsel(school.records)
    school.consulted("now")
    slots = WORRY | {"child_area": area, "trend": "worse", "tried": tried}
    without = counsel.assessment("now", slots).level
    with_it = counsel.assessment("now", slots | {"known_before": [shown]}).level
    assert without is None or (with_it is not None and with_it.rank >= without.rank)


# who is told


def test_the_dsl_is_shown_how_often_what_came_of_it_and_how_to_say_that_it_is_another_child(school: School) -> None:
    school.consulted("one", 250, level="2", open_case="early_help")
    school.consulted("two", 30, level="3")
    school.consulted("now")
    card = repeats.table(repeats.earlier(school.records, "now"), NOW, wording())
    first, *rest = card["rows"]
    assert first["value"] == "2 in the last 24 months, 1 of them this school year."
    assert (first["change"], first["change_label"]) == (
        '/change_answer{"question": "school_alias"}', "Not the same child")  # fmt: skip
    assert [row["label"] for row in rest] == ["24 Oct 2026", "18 Mar 2026"], "the newest first"
    assert "level 3" in rest[0]["value"]
    assert "Early help had been tried." in rest[1]["value"]
    assert "REF-" not in str(card), "a colleague's reference opens nothing for this DSL"


def test_what_a_duty_worker_answered_then_is_told(school: School) -> None:
    school.consulted("one", 30)
    worker = create_worker(school.records)
    handed_over = make_case(consultation_id="one")
    school.records.hand_over(handed_over)
    school.consulted("now")
    assert "has not been answered yet" in repeats.lines(repeats.earlier(school.records, "now"), NOW, wording())[1]
    claim(school.records, "case-1", worker, NOW)
    closing = make_case(
        consultation_id="one", claimed_by=worker.id, outcome_level="3", outcome_reason="r", outcome_advice="a",
        referral_advised=True,
    )  # fmt: skip
    answer(school.records, closing, NOW)
    told = repeats.lines(repeats.earlier(school.records, "now"), NOW, wording())[1]
    assert "A duty social worker answered: level 3. They advised a referral." in told


def test_a_danger_sign_then_is_told(school: School) -> None:
    school.consulted("one", 30)
    found = make_counsel(school.records).assessment("one", WORRY | {"in_danger": "yes"})
    assert found.outcome is Outcome.EXIT
    school.consulted("now")
    assert "999" in repeats.came_to(repeats.earlier(school.records, "now")[0], wording())


def tried_in_brief(school: School, id: str) -> str:
    worker = create_worker(school.records, login=f"sam-{id}")
    school.records.hand_over(make_case(id=f"case-{id}", consultation_id=id))
    whole = brief(school.records, f"case-{id}", worker, NOW, national=national(), wording=wording())
    heading = wording().say("utter_desk_brief_tried")
    return "\n".join(next(section.lines for section in whole.sections if section.heading == heading))


def test_the_duty_worker_reads_the_schools_earlier_consultations_and_no_other_schools(school: School) -> None:
    elsewhere = School(school.records, "ANOTHER-CODE-THAT-IS-LONG")
    elsewhere.consulted("theirs", 20, level="4")
    school.consulted("one", 30, level="2")
    school.consulted("now")
    lines = tried_in_brief(school, "now")
    assert "REF-one" in lines
    assert "level 2" in lines
    assert "1 in the last 24 months" in lines
    assert "REF-theirs" not in lines


def test_a_brief_without_a_link_says_so(school: School) -> None:
    school.consulted("now")
    assert wording().say("utter_repeat_none") in tried_in_brief(school, "now")


def test_the_outcome_and_the_wording_for_the_record_tell_of_them(school: School) -> None:
    counsel = make_counsel(school.records)
    school.consulted("one", 30, level="2")
    school.consulted("now")
    card = Telling(counsel, counsel.assessment("now", WORRY), WORRY, "REF", "now").card()
    heading = wording().say("utter_heading_earlier")
    (section,) = [s for s in card["sections"] if s["heading"] == heading]
    assert any("level 2" in item["text"] for item in section["items"])
    assert "1 in the last 24 months" in card["copy"]


def test_an_outcome_without_a_link_has_no_such_heading(school: School) -> None:
    counsel = make_counsel(school.records)
    school.consulted("now")
    card = Telling(counsel, counsel.assessment("now", WORRY), WORRY, "REF", "now").card()
    assert wording().say("utter_heading_earlier") not in [s["heading"] for s in card["sections"]]


# a talk that was forgotten


def again(school: School) -> dict[str, Any]:
    at_hand = make_at_hand(school.records)
    found = reopened(at_hand.counsel, at_hand.answers, "now")
    assert found is not None
    return dict(found.slots)


def test_a_talk_taken_up_again_is_not_asked_for_the_alias_twice_and_knows_what_it_told(school: School) -> None:
    school.consulted("one", 60, level="2", open_case="early_help")
    school.consulted("now")
    school.records.add_outgoing("now", [QUESTION, Utterance("assistant", "worry?")], NOW, unless_held=True)
    make_counsel(school.records).keep("now", {"known_before": ["early_help_plan"], "in_danger": "no"})
    slots = again(school)
    assert (slots["school_alias"], slots["known_before"]) == ("given", ["early_help_plan"])
    assert "tried" not in slots, "what the record shows is no answer of the DSL's: it is still asked"


def test_a_talk_that_stopped_at_the_alias_is_asked_for_it_again(school: School) -> None:
    create_consultation(school.records, school.dsl, id="now")
    school.records.add_outgoing("now", [QUESTION], NOW, unless_held=True)
    assert "school_alias" not in again(school)


def test_a_talk_without_an_alias_is_not_asked_again(school: School) -> None:
    create_consultation(school.records, school.dsl, id="now")
    school.records.add_outgoing("now", [QUESTION, Utterance("assistant", "worry?")], NOW, unless_held=True)
    slots = again(school)
    assert slots["school_alias"] == "none"
    assert "known_before" not in slots

"""Practice: what is looked back on, and everything that must never come of it."""

import asyncio
from datetime import timedelta

import pytest

from bot.consultation import Facts, Stage, Status
from bot.desk.alias import GIVEN, UNLINKING
from bot.desk.changing import facts_since
from bot.desk.hand_over import OnlyPractice, hand_over, wish_of
from bot.desk.opening import new_consultation
from bot.desk.practice import case_of, known_card, looked_back
from bot.desk.promise import Promise
from bot.desk.repeats import earlier
from bot.desk.showing import reference
from tests.at_the_desk import Desk, asks, make_at_hand, make_counsel, practice, wording
from tests.factories import NOW, create_consultation, create_dsl

HUNGRY = "always-hungry"
CALM = {
    "in_danger": "no",
    "about_staff": "no",
    "red_flag_list": ["none"],
    "open_case": "no",
    "injury": "none",
    "sexual": "none",
}
TOLD = {
    **CALM,
    "child_area": "kent",
    "worry": "always hungry and hides food in his bag",
    "age_band": "5_9",
    "how_often": "weekly",
    "effect": "some",
    "baby_at_home": "no",
    "parent_capacity": "needs_support",
}


@pytest.fixture
def dsl(records):
    return create_dsl(records)


@pytest.fixture
def practised(records, dsl):
    return create_consultation(records, dsl, practice=HUNGRY)


def sections(card) -> dict[str, list[str]]:
    return {part["heading"]: [item["text"] for item in part["items"]] for part in card["sections"]}


def back(records, slots, id="c1") -> dict[str, list[str]]:
    return sections(looked_back(make_counsel(records), id, slots))


# looking back


def test_what_was_told_stands_beside_all_the_facts(records, practised):
    seen = back(records, TOLD)
    assert seen["From what you told"] == ["Most consistent with level 2, Additional Support."]
    whole = seen["From all the facts of the case, in Kent"]
    assert whole[0] == "Most consistent with level 3, Intensive Support."
    assert any("dental" in line or "tooth" in line for line in whole)
    assert any("early help was tried" in line for line in whole), "what holds the level up is a reason too"


def test_every_reason_and_every_point_to_notice_has_its_source(records, practised):
    card = looked_back(make_counsel(records), "c1", TOLD)
    for part in card["sections"]:
        if part["heading"].startswith(("What to notice", "From all")):
            assert all(item["source"] for item in part["items"] if not item["text"].startswith("Most consistent"))


def test_what_was_not_told_is_named_and_what_was_told_is_not(records, practised):
    missed = back(records, TOLD)["In the case, and not told, or not asked about"]
    assert any(line.startswith("Significant tooth decay") and line.endswith("Not told.") for line in missed)
    assert not any("hungry" in line.lower() for line in missed)


def test_an_answer_given_otherwise_is_shown_with_both(records, practised):
    missed = back(records, TOLD)["In the case, and not told, or not asked about"]
    label = wording().say("utter_label_how_often")
    (line,) = [line for line in missed if line.startswith(f"{label}:")]
    shown = [wording().title_of("how_often", value) for value in ("daily", "weekly")]
    assert line == "{}: {}. You answered: {}.".format(label, *shown)


def test_what_was_told_and_is_not_in_the_case_is_shown_apart(records, practised):
    told = {**TOLD, "worry": "always hungry, and often late"}
    assert any("late" in line for line in back(records, told)["Understood from what you told, and not in the case"])


def test_who_told_everything_hears_that_it_comes_to_the_same(records, practised):
    case = practice()[HUNGRY]
    answers = {q: list(v) if isinstance(v, tuple) else v for q, v in case.facts.answers.items()}
    worry = (
        "hungry every day, most days his uniform is dirty, his back teeth are black and untreated, never at a dentist"
    )
    card = looked_back(make_counsel(records), "c1", {**answers, "child_area": "kent", "worry": worry})
    assert card["lead"] == wording().say("utter_practice_lead_same")


def test_after_a_red_flag_what_was_rightly_not_asked_is_not_held_against_anybody(records, dsl):
    create_consultation(records, dsl, practice="choked-and-fine")
    seen = back(records, {"child_area": "kent", "worry": "his stepdad choked him last night"})
    assert seen["From what you told"] == ["A red flag: ring children's social care now, with the name."]
    assert not any("not asked." in line for line in seen.get("In the case, and not told, or not asked about", ()))


def test_other_areas_are_shown_with_the_same_facts(records, dsl):
    create_consultation(records, dsl, practice="scratches-on-her-arm")
    seen = back(records, {"child_area": "kent"})["The same facts in other areas"]
    assert [line.split(":")[0] for line in seen] == ["Harrow", "Buckinghamshire"]
    assert "level 4" in seen[1]


def test_what_was_printed_about_a_case_like_it_is_shown(records, dsl):
    create_consultation(records, dsl, practice="strangers-and-a-baby")
    assert back(records, {"child_area": "harrow"})["What was printed about a case like it"] == [
        "Harrow printed this picture among its examples of level 4."
    ]


@pytest.mark.parametrize("case", practice())
def test_every_case_can_be_opened_and_looked_back_on_in_words(records, dsl, case):
    create_consultation(records, dsl, practice=case)
    for area in ("kent", "medway", "other", ""):
        card = looked_back(make_counsel(records), "c1", {"child_area": area})
        assert "{" not in str([item["text"] for part in card["sections"] for item in part["items"]])
    assert known_card(make_counsel(records), practice()[case])["sections"]


def test_a_case_that_has_gone_meanwhile_still_ends(records, dsl):
    create_consultation(records, dsl, practice="gone-from-the-file")
    assert case_of(make_counsel(records), "c1") is None
    assert looked_back(make_counsel(records), "c1", TOLD) is None


# never


def test_it_is_never_in_the_queue(records, practised):
    desks = make_at_hand(records).hand_over
    promised = desks("c1", {"child_area": "kent"}, NOW)
    assert promised.case is None
    assert promised.blanks["due"], "what would be promised is told"
    assert records.queue("kent") == ()
    assert records.case_of("c1") is None
    assert records.consultation("c1").stage is Stage.WITH_ASSISTANT


def test_no_other_way_puts_it_there(records, practised):
    promised = Promise("red", NOW)
    with pytest.raises(OnlyPractice):
        hand_over(records, practised, "kent", wish_of({}, None), promised, NOW, new_id=lambda: "case-1")
    assert records.queue("kent") == ()


def test_it_is_never_in_a_statistic(records, practised, dsl):
    create_consultation(records, dsl, id="c2")
    counsel = make_counsel(records)
    for id in ("c1", "c2"):
        counsel.assessment(id, TOLD)
    since = NOW - timedelta(days=1)
    assert [decision.consultation_id for decision in records.decisions_since(since)] == ["c2"]
    assert len(facts_since(records, "kent", since)) == 1, "what a draft would change is counted without it"


def test_it_is_never_an_earlier_consultation(records, practised, dsl):
    create_consultation(records, dsl, id="c2", opened_at=NOW + timedelta(hours=1))
    for id in ("c1", "c2"):
        records.mark_child(id, "harbour12", NOW)
    assert earlier(records, "c2") == ()


def test_it_has_no_reference_to_keep(records, practised, dsl):
    create_consultation(records, dsl, id="c2")
    counsel = make_counsel(records)
    assert reference(counsel, "c1") == "practice, no real child"
    assert reference(counsel, "c2") == "REF-c2"


def test_a_real_consultation_opened_after_it_is_real_and_empty(dsl):
    real = new_consultation(dsl, None, NOW, lambda: "c9", lambda top: 0)
    assert real.practice == ""
    assert real.facts == Facts()


def test_nothing_turns_it_into_a_real_one(records, practised):
    records.set_area("c1", "kent", NOW)
    records.save_facts("c1", Facts({"hungry": Status.PRESENT}), NOW)
    assert records.consultation("c1").practice == HUNGRY


# the door


def test_no_alias_is_taken_even_if_it_were_asked_for(records, practised, dsl):
    # That the form does not ask is in tests/unit/actions/test_practising.py.
    desk = Desk(records, dsl, practised)
    desk.dialogue.replies = (asks("Your school's alias?", ("Not now", UNLINKING[0])),)
    asyncio.run(desk.open())
    asyncio.run(desk.say("harbour12"))
    assert GIVEN not in desk.dialogue.heard[-1]
    assert records.of_the_same_child("c1", NOW - timedelta(days=1)) == ()


def test_a_red_flag_is_flagged_there_too(records, practised, dsl):
    desk = Desk(records, dsl, practised)
    asyncio.run(desk.open())
    asyncio.run(desk.say("he has taken an overdose"))
    assert desk.dialogue.heard[-1].startswith("/raise_red_flag")

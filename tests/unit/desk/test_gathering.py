"""From slots to facts, on the real reading and the real vocabulary."""

from typing import Any

import pytest

from bot.consultation import RedactedText, Status
from bot.desk.gathering import READ_TEXTS, Gathering, texts_of
from bot.desk.needed import needed
from tests.at_the_desk import national, reader

HUNGRY = "always hungry and hides food in his bag"
STRANGLED = "his stepdad strangled him last night"
MAYBE_STRANGLED = "we think his stepdad may have strangled him"
NOT_STRANGLED = "he has not been strangled"


@pytest.fixture(scope="module")
def gathering() -> Gathering:
    return Gathering(reader(), national())


def _present(gathering: Gathering, **slots: Any) -> frozenset[str]:
    return gathering.facts(slots).present()


def test_answers_are_the_slots_that_hold_one(gathering: Gathering) -> None:
    facts = gathering.facts({"in_danger": "no", "trend": None, "tried": ["school_support"], "view": "agree"})
    assert dict(facts.answers) == {"in_danger": "no", "tried": ("school_support",)}


def test_a_time_is_kept_with_the_answers(gathering: Gathering) -> None:
    assert gathering.facts({"goes_home": "today", "goes_home_time": "15:30"}).answers["goes_home_time"] == "15:30"


def test_unknown_is_an_answer(gathering: Gathering) -> None:
    assert gathering.facts({"injury": "unknown"}).answers == {"injury": "unknown"}


@pytest.mark.parametrize("slot", READ_TEXTS)
def test_every_free_text_is_read(gathering: Gathering, slot: str) -> None:
    assert "strangled" in _present(gathering, **{slot: STRANGLED})


def test_additions_are_read_each(gathering: Gathering) -> None:
    held = _present(gathering, additions=[HUNGRY, STRANGLED])
    assert {"strangled", "hungry_often"} <= held


def test_what_is_no_free_text_is_not_read(gathering: Gathering) -> None:
    assert "strangled" not in _present(gathering, dsl_view=STRANGLED, reference_kept=STRANGLED)


@pytest.mark.parametrize("first", [STRANGLED, MAYBE_STRANGLED, NOT_STRANGLED])
@pytest.mark.parametrize("second", [STRANGLED, MAYBE_STRANGLED, NOT_STRANGLED])
def test_present_wins_over_unsure_and_unsure_over_absent_in_any_order(
    gathering: Gathering, first: str, second: str
) -> None:
    weight = {STRANGLED: Status.PRESENT, MAYBE_STRANGLED: Status.UNSURE, NOT_STRANGLED: Status.ABSENT}
    order = [Status.ABSENT, Status.UNSURE, Status.PRESENT]
    expected = max(weight[first], weight[second], key=order.index)
    assert gathering.facts({"worry": first, "additions": [second]}).indicators["strangled"] is expected


def test_a_danger_sign_that_is_taken_back_stays_a_doubt(gathering: Gathering) -> None:
    facts = gathering.facts({"worry": STRANGLED, "struck": ["strangled"]})
    assert facts.indicators["strangled"] is Status.UNSURE


def test_another_sign_that_is_taken_back_is_gone(gathering: Gathering) -> None:
    facts = gathering.facts({"worry": HUNGRY, "struck": ["hungry_often"]})
    assert facts.indicators["hungry_often"] is Status.ABSENT


def test_every_indicator_of_a_red_flag_is_flagging(gathering: Gathering) -> None:
    for flag in national().red_flags:
        for indicator in flag.indicators:
            struck = gathering.facts({"struck": [indicator]})
            assert struck.indicators[indicator] is Status.UNSURE, f"{indicator} would be ruled out by a click"


def test_what_implies_a_danger_sign_is_flagging_too(gathering: Gathering) -> None:
    flagged = {indicator for flag in national().red_flags for indicator in flag.indicators}
    implying = [id for id, indicator in national().indicators.items() if indicator.implies & flagged]
    assert "hitting_disclosed" in implying
    for indicator in implying:
        struck = gathering.facts({"struck": [indicator]})
        assert struck.indicators[indicator] is Status.UNSURE, f"{indicator} would be ruled out by a click"


def test_each_concern_is_shown_once_with_the_words_that_said_so(gathering: Gathering) -> None:
    text = f"{HUNGRY}. {HUNGRY}. {STRANGLED}"
    spoken = gathering.spoken({"worry": text})
    indicators = [held.concern.indicator for held in spoken]
    assert len(indicators) == len(set(indicators))
    for held in spoken:
        assert held.words in text
        assert text[held.concern.start : held.concern.end] == held.words


def test_what_was_taken_back_is_no_longer_shown(gathering: Gathering) -> None:
    spoken = gathering.spoken({"worry": STRANGLED, "struck": ["strangled"]})
    assert "strangled" not in [held.concern.indicator for held in spoken]


def test_a_text_that_denies_a_concern_still_speaks_of_it(gathering: Gathering) -> None:
    assert gathering.speaks_of_concern(RedactedText(NOT_STRANGLED))
    assert not gathering.speaks_of_concern(RedactedText("thank you, that is right"))


def test_texts_come_in_the_order_they_were_asked_then_additions() -> None:
    slots = {"additions": ["last"], "household": "third", "worry": "first", "child_said": "second"}
    assert texts_of(slots) == ("first", "second", "third", "last")


def test_the_same_slots_always_make_the_same_facts(gathering: Gathering) -> None:
    slots = {"worry": f"{HUNGRY}. {STRANGLED}", "trend": "worse", "struck": ["hungry_often"]}
    assert gathering.facts(slots) == gathering.facts(dict(reversed(slots.items())))


# which questions are needed

FORM = tuple(national().questions)


def test_every_question_is_needed_of_a_child(gathering: Gathering) -> None:
    assert needed(FORM, {"age_band": "5_9"}, leaves=False) == list(FORM)
    assert needed(FORM, {}, leaves=False) == list(FORM)
    assert needed(FORM, {"age_band": "unknown"}, leaves=False) == list(FORM)


def test_an_unborn_child_is_not_asked_what_it_said() -> None:
    asked = needed(FORM, {"age_band": "unborn"}, leaves=False)
    left_out = set(FORM) - set(asked)
    assert left_out == {"child_said", "injury", "effect", "child_wants", "safe_scale"}
    assert asked == [question for question in FORM if question in asked], "the order stays"


def test_nothing_is_asked_at_a_hard_exit_or_before_a_person() -> None:
    assert needed(FORM, {}, leaves=True) == []
    assert needed(FORM, {"wants_person": True}, leaves=False) == []

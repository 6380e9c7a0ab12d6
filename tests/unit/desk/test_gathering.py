"""From slots to facts, on the real reading and the real vocabulary."""

from typing import Any

import pytest

from bot.consultation import Likely, RedactedText, Status
from bot.desk.danger import flagged
from bot.desk.gathering import READ_TEXTS, Gathering, texts_of
from bot.desk.incoming import Incoming
from bot.desk.needed import needed
from bot.knowledge import reading_patterns
from bot.knowledge.vocabulary import CATEGORIES
from bot.reading import Reader
from tests.at_the_desk import ROOT, make_counsel, national, reader
from tests.factories import create_consultation, create_dsl
from tests.fakes import FakeRecords

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


KILLING = "dad threatened to kill mum and the children"


@pytest.fixture(scope="module")
def hearing() -> Reader:
    """A reader whose second ear hears domestic abuse, and danger, in everything."""
    known = national()
    likely = Likely({category: 0.9 if category == "domestic_abuse" else 0.01 for category in CATEGORIES}, danger=0.9)
    return Reader(known.indicators, reading_patterns(ROOT), known.red_flags, likely=lambda text: likely)


def test_a_danger_that_belongs_to_another_kind_of_worry_is_a_fact_all_the_same(hearing: Reader) -> None:
    facts = Gathering(hearing, national()).facts({"worry": KILLING})
    assert facts.indicators["threat_to_kill"] is Status.PRESENT


def test_and_saying_it_again_takes_back_that_it_was_struck(hearing: Reader) -> None:
    slots = {"worry": KILLING, "struck": ["threat_to_kill"]}
    assert Gathering(hearing, national()).still_struck(slots, KILLING) == []


def test_and_it_ends_in_an_exit_when_it_is_said_in_passing(hearing: Reader) -> None:
    records = FakeRecords()
    create_consultation(records, create_dsl(records))
    said = Incoming(RedactedText(KILLING), KILLING, RedactedText(KILLING))
    assert flagged(records, make_counsel(records), hearing, "c1", said) == ("999",)
    assert records.consultation("c1").facts.indicators["threat_to_kill"] is Status.PRESENT

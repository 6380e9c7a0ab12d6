"""Strengths beside worries: never among them, never a danger sign, and understood to the last word or not at all."""

import pytest

from bot.commands.knowing import told_and_read
from bot.consultation import Concern, Facts, Reading, RedactedText, Status
from bot.desk.gathering import Gathering
from bot.knowledge.model import Indicator
from bot.knowledge.vocabulary import STRENGTHS
from bot.reading import Reader

STRONG = Concern(STRENGTHS, "strong_attendance", Status.PRESENT, 0, 15)

# fmt: off
UNDERSTOOD = [
    "",
    "hello, thank you",
    "yes",
    "no",
    "good morning, I am a DSL in Kent and would like some advice",
    "Year 3 boy aged 7, he lives with mum and dad",
    "[child] has good attendance",
    "he is always hungry and goes on about it to everybody",       # a worry is enough for its clause
    "good attendance and no concerns",
    "no bruises",
]
NOT_UNDERSTOOD = [
    "he has a peculiar walk",
    "good attendance and a peculiar walk",
    "good attendance. He collects conkers.",
    "no peculiar walk",
    "good attendance at the swimming baths",
    "he is always hungry, but his sister collects conkers",        # another clause
    "no bruises but something odd about dad",
    "not a good eater",
    "she lives with a 30 year old",
]
# fmt: on


def read(reader, text: str) -> Reading:
    return reader.read(RedactedText(text))


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_what_says_nothing_else_is_understood(text, reader):
    assert not read(reader, text).unread


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_a_clause_that_told_us_nothing_is_unread(text, reader):
    assert read(reader, text).unread


def test_a_strength_hides_no_worry_of_the_same_words():
    vocabulary = {
        "late": Indicator("late", "attendance", "late", "child", frozenset()),
        "strong": Indicator("strong", STRENGTHS, "on time", "child", frozenset()),
    }
    one = Reader(vocabulary, {"late": ("late ... time",), "strong": ("time",)}, ())
    reading = one.read(RedactedText("late every time"))
    assert [c.indicator for c in reading.concerns] == ["late"]
    assert reading.strengths == ()


def test_what_a_text_says_of_worries_is_the_same_without_strengths(reader, national):
    vocabulary = {id: held for id, held in national.indicators.items() if held.category != STRENGTHS}
    assert len(vocabulary) < len(national.indicators)
    patterns = {"injury": ("bruis*",), "hungry": ("hungry",)}
    with_them = Reader(national.indicators, {**patterns, "strong_diet": ("eats well",)}, national.red_flags)
    without = Reader(vocabulary, patterns, national.red_flags)
    for text in ("no bruises, eats well", "eats well but hungry", "he never eats well or hungry"):
        assert read(with_them, text).concerns == read(without, text).concerns
        assert read(with_them, text).red_flags == read(without, text).red_flags


def test_strengths_read_become_indicators_of_the_facts():
    facts = told_and_read(Facts(), Reading(strengths=(STRONG,)))
    assert facts.indicators == {"strong_attendance": Status.PRESENT}
    assert not facts.unread


@pytest.mark.parametrize(("told", "seen"), [(True, False), (False, True)])
def test_what_was_not_understood_stays_so_in_the_facts(told, seen):
    assert told_and_read(Facts(unread=told), Reading(unread=seen)).unread


def test_a_consultation_holds_strengths_and_whether_all_was_understood(reader, national):
    gathering = Gathering(reader, national)
    facts = gathering.facts({"worry": "good attendance", "household": "lives with mum"})
    assert facts.indicators["strong_attendance"] is Status.PRESENT
    assert not facts.unread
    assert gathering.facts({"worry": "good attendance", "additions": ["a peculiar walk"]}).unread


def test_a_strength_is_not_spoken_of_as_a_worry(reader, national):
    gathering = Gathering(reader, national)
    assert gathering.spoken({"worry": "lots of friends"}) == ()
    assert not gathering.speaks_of_concern(RedactedText("lots of friends"))

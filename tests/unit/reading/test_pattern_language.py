"""The pattern language: what it finds, what it leaves alone and what it refuses."""

import pytest

from bot.consultation import RedactedText, Status
from bot.knowledge.model import Indicator
from bot.reading import PatternError, Reader
from bot.reading.finder import Finder
from bot.reading.pattern import compile_pattern
from bot.reading.words import Speller

# fmt: off
FOUND = [
    ("hungry|starving", "he is starving"),
    ("always ... hungry", "always and i mean always hungry"),
    ("bruis* on? his? face", "bruising face"),
    ("bruis* on? his? face", "bruises on his face"),
    ("@parent hits @him", "stepdad hits her"),
    ("mum ... ... home", "mum was never really there when he came home"),
    ("knife & kitchen", "the knife came from the kitchen"),
    ("knife & kitchen", "in the kitchen he had a knife"),
]
LEFT_ALONE = [
    ("always ... hungry", "always one two three four five hungry"),  # a gap holds four words
    ("always ... hungry", "always late. hungry today"),              # and ends with the sentence
    ("hungry", "hungrily"),
    ("knife & kitchen", "a knife. the kitchen"),
    ("bruis* on? his? face", "bruises his on face"),
]
REFUSED = ["", "...", "... hungry", "hungry ...", "hungry?", "home? alone", "@nobody hits", "a,b", "it's"]
# fmt: on


def _finds(pattern: str, text: str) -> bool:
    return bool(Finder(compile_pattern("x", pattern)).find(Speller({}).read(text)))


@pytest.mark.parametrize(("pattern", "text"), FOUND)
def test_a_pattern_finds(pattern, text):
    assert _finds(pattern, text)


@pytest.mark.parametrize(("pattern", "text"), LEFT_ALONE)
def test_a_pattern_leaves_alone(pattern, text):
    assert not _finds(pattern, text)


@pytest.mark.parametrize("pattern", REFUSED)
def test_a_pattern_that_can_mean_nothing_is_refused(pattern):
    with pytest.raises(PatternError):
        compile_pattern("x", pattern)


def test_patterns_of_an_unknown_indicator_are_refused():
    known = {"hungry": Indicator("hungry", "neglect", "hungry", "parenting", frozenset())}
    with pytest.raises(PatternError):
        Reader(known, {"thirsty": ("thirsty",)}, ())


def _read(patterns: tuple[str, ...], text: str):
    known = {"criminal": Indicator("criminal", "exploitation_missing", "used for crime", "child", frozenset())}
    return Reader(known, {"criminal": patterns}, ()).read(RedactedText(text)).concerns


def test_words_that_mean_something_else_pass_over_what_lies_within_them():
    patterns = ("criminal", "~ criminal justice")
    assert _read(patterns, "a criminal justice worker") == ()
    assert _read(patterns, "criminal justice, and criminal exploitation")[0].status is Status.PRESENT


def test_words_that_mean_something_else_pass_over_nothing_where_they_are_denied():
    assert _read(("criminal", "~ criminal damage"), "it is not criminal damage")[0].status is Status.ABSENT


def test_words_that_say_it_is_not_so_pass_over_what_lies_within_them():
    patterns = ("criminal", "! nothing criminal")
    assert [c.status for c in _read(patterns, "nothing criminal")] == [Status.ABSENT]
    assert [c.status for c in _read(patterns, "nothing criminal. criminal friends")] == [Status.PRESENT]

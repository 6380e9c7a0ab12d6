"""Names that only the words around them give away, detector by detector: what is found, what is left alone."""

import pytest

from bot.anonymiser import Anonymiser
from bot.anonymiser.anonymiser import _lists
from bot.anonymiser.detectors import bare, clause, coordinate, family, hyphenated, modelled
from bot.anonymiser.page import Page, Sight
from bot.consultation import RawText

# By rule alone: the detector, a message, and the words it marks there.
FOUND = [
    (bare, "nan says social care placed star with her", ["star"]),
    (bare, "he was told by bear that it hurts", ["bear"]),
    (bare, "nobody collected tewodros until 5.40", ["tewodros"]),
    (bare, "since half term sky has been wearing a coat", ["sky"]),
    (bare, '"i saw pickle", she said', ["pickle"]),
    (coordinate, "[child] and rose saw it", ["rose"]),
    (coordinate, "[child] & temi were there", ["temi"]),
    (coordinate, "grace and [child] saw it", ["grace"]),
    (clause, "yaw, 6, underweight", ["yaw"]),
    (clause, "she says she is engaged to omid, 31, in Istanbul", ["omid"]),
    (clause, "Budgie (uncle) has moved in", ["Budgie"]),
    (clause, "River hid under my desk", ["River"]),
    (clause, "Bear kicked the TA", ["Bear"]),
    (family, "not the first time with the maguires", ["maguires"]),
    (family, "them Dohertys are back", ["Dohertys"]),
]
LEFT_ALONE = [
    (bare, "he got a star for reading"),
    (bare, "she cannot bear with it"),
    (bare, "under a blue sky"),
    (bare, "he was told by his nan"),
    (bare, "a bear costume and a rose"),
    (coordinate, "[child] and mum saw it"),
    (coordinate, "[child] or school"),
    (clause, "Hungry, tired, cold"),
    (clause, "Year 6, 30 children"),
    (clause, "the rose from the garden"),
    (family, "the neighbours are kind"),
    (family, "those shoes are too small"),
    (family, "the siblings have moved"),
]


def marked(detector, text: str, **sight) -> list[str]:
    page = Page(text, _lists(), Sight(**sight))
    return [page.plain[mark.start : mark.end] for mark in detector.find(page)]


@pytest.mark.parametrize(("detector", "text", "names"), FOUND, ids=[text for _, text, _ in FOUND])
def test_it_is_found(detector, text: str, names: list[str]) -> None:
    assert marked(detector, text) == names


@pytest.mark.parametrize(("detector", "text"), LEFT_ALONE, ids=[text for _, text in LEFT_ALONE])
def test_it_is_left_alone(detector, text: str) -> None:
    assert marked(detector, text) == []


# The odds that a model might give to one word, and whether that is enough.
ODDS = [
    ("squeezed by blorvik yesterday", "blorvik", 0.11, True),
    ("squeezed by blorvik yesterday", "blorvik", 0.09, False),
    ("then sunny was crying", "sunny", 0.06, True),
    ("then hope was crying", "hope", 0.2, False),
    ("then hope was crying", "hope", 0.4, True),
    ("wearing a ruby ring", "ruby", 0.5, False),
    ("and she is hungry", "hungry", 0.99, False),
    ("mum shouts at her", "shouts", 0.99, False),
    ("in kent they say", "kent", 0.9, False),
    ("his nan says", "nan", 0.999, False),
]


@pytest.mark.parametrize(("text", "word", "odds", "enough"), ODDS)
def test_how_much_is_enough_hangs_on_the_word(text: str, word: str, odds: float, enough: bool) -> None:
    start = text.index(word)

    def name_odds(read: str) -> list[float]:
        return [odds if start <= i < start + len(word) else 0.0 for i in range(len(read))]

    assert marked(modelled, text, name_odds=name_odds) == ([word] if enough else [])


def test_a_little_is_enough_for_a_pair_joined_by_a_hyphen() -> None:
    assert marked(hyphenated, "is it fine to walk ka-ho home", name_odds=lambda text: [0.03] * len(text)) == ["ka-ho"]
    assert marked(hyphenated, "a well-known self-harm pattern", name_odds=lambda text: [0.03] * len(text)) == []


def test_without_odds_the_rules_stand_alone(anonymiser: Anonymiser) -> None:
    assert anonymiser.redact(RawText("Kelly told her TA")).text == "[child] told her TA"

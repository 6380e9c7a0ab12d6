"""The canaries: five hundred that can be told apart, and a search that finds them however they are written."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import ROOT
from evaluation.canary import beginnings
from evaluation.canary.planting import PLANTED, canaries, house_words, planted
from evaluation.canary.searching import Content, Needle, folded, found
from evaluation.canary.spelling import SPELLINGS


@pytest.fixture(scope="module")
def drawn():
    return canaries(house_words(ROOT))


def test_five_hundred_are_drawn_of_every_kind_and_the_same_each_time(drawn):
    assert len(drawn) == PLANTED
    counts = Counter(canary.kind for canary in drawn)
    assert min(counts.values()) >= 10, counts
    assert canaries(house_words(ROOT)) == drawn


def test_no_canary_stands_in_another_or_in_our_own_words(drawn):
    wholes = [folded(canary.value) for canary in drawn]
    assert not [one for one in wholes if sum(one in other for other in wholes) > 1]
    ours = "\n".join(map(folded, house_words(ROOT)))
    assert not [part for canary in drawn for part in canary.parts if folded(part) in ours]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_canary_is_found_in_the_sentence_it_stands_in(drawn, spelling):
    for number, canary in enumerate(drawn):
        typed = planted(canary, spelling, number)
        assert typed.value in typed.sentence
        assert all(needle.stands_in(Content.of(typed.sentence)) for needle in typed.needles), typed


@pytest.mark.parametrize(
    "written",
    [
        "zuzanna kowalczyk", "ZUZANNA KOWALCZYK", "Zuzanna%20Kowalczyk", "Zuzanna+Kowalczyk", "ZuzannaKowalczyk",
        r"Zuzanna\u0020Kowalczyk", r"Zuz\u0061nna\nKowalczyk", "Zuz\u200banna Kowalczyk",
        "eFp1emFubmEgS293YWxjenlreA", "Ｚｕｚａｎｎａ Kowalczyk", "ZUZANNA-Kowalczyk", r"b'Zuzanna\x20Kowalczyk'",
    ],
)  # fmt: skip
def test_the_search_finds_a_name_however_it_is_written(written: str) -> None:
    assert Needle(folded("Zuzanna Kowalczyk")).stands_in(Content.of(f"x {written} y"))


def test_a_number_is_found_by_itself_and_not_inside_another() -> None:
    needle = Needle(folded("07700 900142"))
    assert needle.stands_in(Content.of('{"text": "07700-900 142"}'))
    assert not needle.stands_in(Content.of("1.07700900142355"))


@given(st.text(), st.binary())
def test_anything_can_be_searched(text, content):
    assert Content.of(text).folded == Content.of(text).folded.casefold()
    assert isinstance(Content.of(content).plain, str)


def test_what_is_sealed_is_not_read_as_something_else_that_could_spell_a_name_by_chance() -> None:
    spells = "c290a290d290"  # hexadecimal digits, and "sotkotwot" as base64
    assert Needle("sotkotwot").stands_in(Content.of(spells))
    assert not Needle("sotkotwot").stands_in(Content.of(f"a1:{spells * 8}"))


WORDS = st.text("abcéł1", min_size=1, max_size=9)


@given(st.sets(WORDS, max_size=12), st.text("abcéł1", max_size=60), st.integers(6, 40))
def test_many_looked_for_at_once_are_found_as_each_by_itself(words: set[str], text: str, piece: int) -> None:
    whole = beginnings._PIECE
    beginnings._PIECE = piece  # a run may begin in one piece and end in the next
    try:
        begun = set(beginnings.begun(words, text))
    finally:
        beginnings._PIECE = whole
    assert {word for word in words if word in text} <= begun
    starts = {word for word in words if len(word.encode()) < 5 or word.encode()[:5] in text.encode()}
    assert begun == starts


@given(st.sets(st.from_regex(r"[a-e1-3]{5,7}", fullmatch=True), max_size=20), st.text("abcde123 .", max_size=400))
def test_what_is_found_at_once_is_what_stands_there(words: set[str], text: str) -> None:
    needles, content = [Needle(folded(word)) for word in words], Content.of(text)
    assert found(needles, content) == {needle for needle in needles if needle.stands_in(content)}

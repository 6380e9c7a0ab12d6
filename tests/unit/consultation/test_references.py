"""References: every slip of the pen is noticed, every harmless difference is forgiven."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.consultation.reference import (
    ALPHABET,
    BIRDS,
    COLOURS,
    NotAReference,
    make_designation,
    make_reference,
    parse_reference,
)

references = st.randoms(use_true_random=False).map(lambda chance: make_reference(chance.randrange))


def _bare(reference: str) -> str:
    return reference.replace("-", "")


@given(references)
def test_every_single_wrong_character_is_noticed(reference):
    bare = _bare(reference)
    for place, right in enumerate(bare):
        for wrong in ALPHABET.replace(right, ""):
            with pytest.raises(NotAReference):
                parse_reference(bare[:place] + wrong + bare[place + 1 :])


@given(references)
def test_every_swap_of_two_different_characters_is_noticed(reference):
    bare = _bare(reference)
    for left, right in combinations(range(len(bare)), 2):
        if bare[left] != bare[right]:
            swapped = list(bare)
            swapped[left], swapped[right] = swapped[right], swapped[left]
            with pytest.raises(NotAReference):
                parse_reference("".join(swapped))


@given(references, st.integers(0, 17))
def test_a_character_lost_or_doubled_is_noticed(reference, place):
    bare = _bare(reference)
    with pytest.raises(NotAReference):
        parse_reference(bare[:place] + bare[place + 1 :])
    with pytest.raises(NotAReference):
        parse_reference(bare[: place + 1] + bare[place:])


@given(references)
def test_a_made_reference_is_read_back_as_it_was_made(reference):
    assert parse_reference(reference) == reference
    assert [len(group) for group in reference.split("-")] == [4, 4, 4, 4, 2]


HARMLESS = {
    "small letters": str.lower,
    "no hyphens": _bare,
    "spaces for hyphens": lambda r: r.replace("-", " "),
    "blanks around": lambda r: f"  {r}\n",
    "a line break inside": lambda r: r[:10] + "\n" + r[10:],
    "hyphens elsewhere": lambda r: "-".join(_bare(r)),
    "one read as a small L": lambda r: r.replace("1", "l"),
    "one read as a capital I": lambda r: r.replace("1", "I"),
    "nought read as O": lambda r: r.replace("0", "O"),
    "V read as U": lambda r: r.replace("V", "U"),
    "two read as Z": lambda r: r.replace("2", "z"),
}


@pytest.mark.parametrize("typed_as", HARMLESS.values(), ids=HARMLESS.keys())
def test_a_harmless_difference_is_forgiven(typed_as):
    @given(references)
    def check(reference):
        assert parse_reference(typed_as(reference)) == reference

    check()


@pytest.mark.parametrize("typed", ["", "-", "hello", "7K2M", "7K2M-9QXC-W4TD-XB0N-5!", "é" * 18, "１" * 18])
def test_what_cannot_be_a_reference_is_refused(typed):
    with pytest.raises(NotAReference):
        parse_reference(typed)


def test_the_refusal_does_not_repeat_what_was_typed():
    with pytest.raises(NotAReference) as refused:
        parse_reference("Quillon Vantreight")

    assert "Quillon" not in str(refused.value), "somebody may type a name by mistake"


def test_references_do_not_come_twice():
    below = random.Random(20261121).randrange
    made = {make_reference(below) for _ in range(2000)}

    assert len(made) == 2000


def test_no_two_characters_of_a_reference_are_easily_confused():
    assert len(ALPHABET) == len(set(ALPHABET)) == 31, "a prime number, or some slips pass unnoticed"
    assert not set("ILOUZ") & set(ALPHABET)


def test_a_designation_is_a_colour_and_a_bird():
    words = {make_designation(lambda n, k=k: k % n) for k in range(200)}

    assert all(colour in COLOURS and bird in BIRDS for colour, bird in map(str.split, words))
    assert len(words) > 100, "both words vary"


def test_the_words_of_designations_are_one_word_each_and_not_repeated():
    for words in (COLOURS, BIRDS):
        assert len(set(words)) == len(words)
        assert all(word.isalpha() and word.islower() for word in words)

"""The words and pieces of words: where they stand, and what a table makes of them."""

import numpy as np
import pytest

from bot.sentence_model.pieces import OF_LETTERS, PLACES, Pieces, places


def table(**weights):
    """A table of one output in which the words given weigh so much, and nothing else weighs anything."""
    held = np.zeros((PLACES, 1), np.int8)
    for word, weight in weights.items():
        held[[place for place in places(word) if place >= OF_LETTERS]] = weight
    return Pieces(held, np.array([0.1]), np.ones(PLACES, np.float32), np.array([-1.0]))


def test_a_text_has_its_words_pairs_of_words_and_runs_of_letters_each_once():
    of_words = [place for place in places("no no lunch") if place >= OF_LETTERS]

    assert len(of_words) == 4  # no, lunch, "no no", "no lunch"
    assert places("No  LUNCH") == places("no lunch")


def test_a_misspelt_word_shares_most_of_its_pieces_with_the_word():
    meant, typed = (set(places(word)) for word in ("bruises", "brusies"))

    assert len(meant & typed) >= 4
    assert not {place for place in meant & typed if place >= OF_LETTERS}


def test_a_word_weighs_less_among_many_others():
    hit = table(hit=100)

    assert -1 < hit.of("he was hit on the way home")[0] < hit.of("hit him")[0]


@pytest.mark.parametrize("text", ["", "  ", "lunch"])
def test_a_text_without_any_known_word_comes_to_the_start(text):
    assert table(hit=100).of(text)[0] == pytest.approx(-1)


@pytest.mark.parametrize("text", ["\ud800", "\x00", "x" * 5000, "\u0644\u064a\u0633"])
def test_any_text_has_places(text):
    assert all(0 <= place < PLACES for place in places(text))

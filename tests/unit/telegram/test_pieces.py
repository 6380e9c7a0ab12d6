"""Long texts in pieces, cards as lines, and what stands in buttons."""

import random

import pytest

from bot.desk.ports import Button, Message, Utterance
from bot.telegram import keys, plain
from bot.telegram.pieces import LONGEST, Text, in_units, joined, pieces, units
from tests.factories import NOW
from tests.unit.telegram.scene import words


def test_a_text_is_cut_at_a_paragraph_a_sentence_or_a_word_and_nothing_is_lost():
    for between in ("\n\n", "\n", ". ", " "):
        whole = between.join(["word" * 20] * 300)
        cut = pieces(Text(whole))
        assert len(cut) > 5
        assert all(0 < units(piece.text) <= LONGEST for piece in cut)
        assert "".join("".join(piece.text for piece in cut).split()) == "".join(whole.split())
        assert all(piece.text.rstrip(".").endswith("word") for piece in cut)


def test_what_has_no_blank_is_cut_hard_and_no_sign_in_two():
    cut = pieces(Text("🙂" * 5000))
    assert [units(piece.text) for piece in cut] == [4096, 4096, 1808]
    assert "".join(piece.text for piece in cut) == "🙂" * 5000


def test_what_is_bold_stays_bold_where_it_then_stands():
    chance = random.Random(3)
    for _ in range(50):
        parts = [Text("Heading 🙂", ((0, 9),)), Text("".join(chance.choice("ab 🙂.\n") for _ in range(3000)))]
        whole = joined(parts * 3)
        bold = [piece.text[a:b] for piece in pieces(whole) for a, b in piece.bold]
        assert bold == ["Heading 🙂"] * 3
        for piece in pieces(whole):
            encoded = piece.text.encode("utf-16-le")
            shown = [encoded[2 * at : 2 * (at + length)].decode("utf-16-le") for at, length in in_units(piece)]
            assert shown == ["Heading 🙂"] * len(piece.bold)


def test_nothing_but_blanks_is_no_message():
    assert pieces(Text(" \n\n ")) == []
    assert joined([Text(""), Text("a"), Text(" ")]) == Text("a")


def test_sections_become_lines_with_their_source_and_only_our_headings_are_bold():
    items = [{"text": "often **hungry**", "source": "Kent, checked 2 Nov 2026", "url": "https://kent.example"}]
    card = {"kind": "sections", "title": "Level 3", "lead": "It is most like", "copy": "For your record"}
    utterance = Utterance("assistant", "**Look:**", card={**card, "sections": [{"heading": "Why", "items": items}]})
    (body,) = plain.said([Message(4, NOW, utterance)], "talk-1", words)
    assert body["text"] == (
        "Look:\n\nLevel 3\nIt is most like\n\nWhy\n"
        "• often hungry (Kent, checked 2 Nov 2026, https://kent.example)\n\nFor your record"
    )
    assert [body["text"][at : at + length] for at, length in body["bold"]] == ["Level 3", "Why"]


def test_buttons_stand_below_the_last_piece_alone():
    long = Utterance("assistant", "A sentence. " * 800, (Button("Yes", "/yes"),))
    first, *_, last = plain.said([Message(4, NOW, long)], "talk-1", words)
    assert first["buttons"] == []
    assert last["buttons"] == [[["Yes", "c:4.0:talk-1"]]]


def test_buttons_without_words_get_some():
    (body,) = plain.said([Message(4, NOW, Utterance("assistant", "", (Button("Yes", "/yes"),)))], "t", words)
    assert body["text"] == words("utter_telegram_choose")


def test_what_was_chosen_is_shown_only_where_it_fits():
    assert plain.with_choice({"text": "a" * 4090, "bold": []}, "a long title") == {"buttons": []}


SENT = {
    "c:12.3:abcdef01": keys.Pressed(keys.Act.CHOOSE, "12.3", 12, "abcdef01"),
    "c:12.r3:abcdef01": keys.Pressed(keys.Act.CHOOSE, "12.r3", 12, "abcdef01"),
    "t:1.0:a": keys.Pressed(keys.Act.TICK, "1.0", 1, "a"),
    "d:7:abcdef01": keys.Pressed(keys.Act.TICKED_ALL, "", 7, "abcdef01"),
    "m:worry": keys.Pressed(keys.Act.MENU, "worry"),
}


@pytest.mark.parametrize("data", SENT)
def test_what_a_button_sends_is_read_again(data):
    assert keys.pressed(data) == SENT[data]


NOT_SENT = ["", "c:1:a", "d:1.2:a", "c:1.2:", "x:1.2:a", "m:", "m:WORRY", "c:1.2:a\n", "c:-1.2:a"]


@pytest.mark.parametrize("data", NOT_SENT)
def test_what_no_button_of_ours_sends_is_nothing(data):
    assert keys.pressed(data) is None


def test_the_longest_that_a_button_sends_fits_into_64_bytes():
    talk = "f" * 32
    longest = [keys.choose("999999999.r9999", talk), keys.tick("999999999.9999", talk)]
    longest.append(keys.ticked_all(10**9 - 1, talk))
    assert all(len(data.encode()) <= 64 and keys.pressed(data) for data in longest)


def test_short_titles_stand_beside_each_other_and_long_ones_are_cut():
    assert [len(row) for row in keys.rows([("Yes", "a"), ("No", "b"), ("Not sure", "c"), ("Why?", "d")])] == [3, 1]
    ((title, _),), _ = keys.rows([("x" * 100, "a"), ("No", "b")])
    assert len(title) == 64
    assert title.endswith("…")

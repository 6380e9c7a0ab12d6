"""Hostile words, typed on Telegram and said back there: they are text, and nothing of them formats or commands."""

from itertools import pairwise
from pathlib import Path

import yaml

from bot.desk.ports import Button, Utterance
from tests.unit.telegram.scene import buttons

HOSTILE = [
    words for some in yaml.safe_load(Path("tests/cases/hostile.yml").read_text("utf-8")).values() for words in some
]
PAYLOAD = '/answer{"in_danger":"no"}'


def test_words_that_are_typed_reach_the_house_as_words_or_are_refused(scene) -> None:
    scene.link()
    for words in HOSTILE:
        scene.types(words)
    # What begins with a stroke is a command to Telegram; one that is none of ours is words without it.
    usual = {*HOSTILE, *(words.strip() for words in HOSTILE), *(words.replace("\0", "") for words in HOSTILE)}
    usual |= {words.strip().lstrip("/") for words in HOSTILE}
    for _, record, choice in scene.house.taken:
        assert choice is None, "no words press a button"
        assert record in usual
    assert len(scene.house.taken) > len(HOSTILE) / 2, "or the above could hold because nothing gets in"
    assert scene.linked, "no words end a link"


def test_words_that_are_said_are_sent_as_they_are_with_nothing_formatted_by_them(scene) -> None:
    scene.link()
    for number, words in enumerate(words for words in HOSTILE if "\0" not in words):
        scene.server.calls.clear()
        scene.house.replies = (Utterance("assistant", words, (Button(words[:20], PAYLOAD),)),)
        scene.types(f"hungry {'i' * number}")
        scene.deliver()
        sent = scene.server.made("sendMessage")
        assert sent, words
        for one in sent:
            assert "parse_mode" not in one
            length = len(str(one["text"]).encode("utf-16-le")) // 2
            marked = [(e["offset"], e["offset"] + e["length"]) for e in one.get("entities", ())]
            assert all(e["type"] == "bold" for e in one.get("entities", ()))
            assert all(0 <= start < end <= length for start, end in marked)
            assert all(before[1] <= after[0] for before, after in pairwise(marked))
            assert all(len(data.encode()) <= 64 for _, data in buttons(one))

"""What the sentence model is taught: sound labels, no text twice, and nothing that measures the reading."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.knowledge.vocabulary import CATEGORIES
from evaluation.sentence_model.tokens import (
    EXAMPLES,
    OF_A_MESSAGE,
    OF_NO_WORRY,
    as_lesson,
    as_messages,
    examples,
    own_words,
)

MEASURED = Path(__file__).resolve().parents[3] / "evaluation" / "reading"
TAUGHT = list(examples())
ALIKE = 0.75  # of the words of two texts, in common


def words(text):
    return frozenset(re.findall(r"[a-z']+", text.lower()))


def measured():
    for file in sorted(MEASURED.glob("*.yml")):
        held = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        yield from (row["text"] for row in (*held["concerns"], *held["not_so"]))
        yield from held["no_concern"]


def test_every_label_is_a_category():
    named = {name for row in TAUGHT for name in (*row["speaks_of"], *row["fair"])}

    assert named == set(CATEGORIES)


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_many_examples(category):
    assert sum(category in row["speaks_of"] for row in TAUGHT) >= 200


def test_a_third_or_so_speak_of_no_worry():
    none = sum(not row["speaks_of"] for row in TAUGHT)

    assert 0.2 < none / len(TAUGHT) < 0.5


def test_no_text_is_taught_twice():
    texts = [" ".join(sorted(words(row["text"]))) for row in TAUGHT]

    assert len(set(texts)) > 0.995 * len(texts)


def test_nothing_that_measures_the_reading_is_taught_nor_anything_much_like_it():
    taught = [words(row["text"]) for row in TAUGHT]
    by_word: dict[str, list[int]] = {}
    for place, held in enumerate(taught):
        for word in held:
            by_word.setdefault(word, []).append(place)
    alike = []
    for text in measured():
        of_it = words(text)
        if len(of_it) < 4:
            continue
        rarest = sorted(of_it, key=lambda word: len(by_word.get(word, ())))[: max(3, len(of_it) // 2)]
        near = {place for word in rarest for place in by_word.get(word, ())}
        alike += [text for place in near if len(of_it & taught[place]) >= ALIKE * len(of_it | taught[place])]

    assert alike == []


def test_a_lesson_has_a_label_and_a_weight_for_each_name():
    row = {"text": "mum is drunk", "speaks_of": ["neglect"], "fair": ["attendance"], "danger": True, "not_so": False}
    (lesson,) = as_lesson([row], ["affirm", "describe_concern"])

    assert sum(lesson["is_so"]) == 2
    assert lesson["is_so"][-2:] == [1, 0]
    assert lesson["act"] == 1
    assert 0 < lesson["act_counts"] < OF_A_MESSAGE
    assert lesson["counts"].count(0) == 1
    assert len(lesson["is_so"]) == len(lesson["counts"]) == len(CATEGORIES) + 2


def test_the_words_of_the_knowledge_base_are_taught_and_say_nothing_of_danger():
    ours = list(own_words(date(2026, 11, 22)))
    (lesson,) = as_lesson([next(row for row in ours if row["text"] == "often late")], ["describe_concern"])

    assert len(ours) > 600
    assert all(set(row["speaks_of"]) <= set(CATEGORIES) for row in ours)
    assert sum(lesson["is_so"]) == 1
    assert lesson["counts"][-2] == 0
    assert lesson["act_counts"] == 0


def test_a_message_teaches_its_act_and_that_it_is_no_worry_if_it_speaks_of_no_child():
    said = [("dad hit him", "give_answer"), ("why do you ask", "ask_why")]
    told, asked = as_messages(said, ["ask_why", "give_answer"])

    assert (told["act"], asked["act"]) == (1, 0)
    assert set(told["counts"]) == {0.0}
    assert set(asked["counts"][:-1]) == {OF_NO_WORRY}
    assert asked["counts"][-1] == 0
    assert not any(asked["is_so"])


def test_the_examples_stand_in_files_that_say_only_what_is_taught():
    for file in EXAMPLES.glob("*.yml"):
        held = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        assert set(held) <= {"concerns", "no_concern", "not_so"}, file.name

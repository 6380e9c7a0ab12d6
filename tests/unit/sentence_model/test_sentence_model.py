"""The sentence model: opened only if it is the one that was locked, and what it says of plain texts."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from bot.knowledge.vocabulary import CATEGORIES
from bot.sentence_model import SentenceModelUnusable, load, model

PLAIN = (
    ("dad gave him a black eye last night because he broke a cup", "physical_harm"),
    ("she has not had a wash or clean clothes for weeks and is always hungry", "neglect"),
    ("police were called again because dad hit mum while the children were upstairs", "domestic_abuse"),
    ("mum was drunk again at the gate", "parental_substance_misuse"),
    ("he has not been in school since september", "attendance"),
    ("a man she met on snapchat keeps asking her for nude photos", "online_harm"),
)
ORDINARY = (
    "can you tell me how long this takes",
    "we had a lovely sports day and everyone went home happy",
    "year 4",
)


@pytest.fixture(scope="module")
def opened():
    return load()


@pytest.mark.parametrize(("text", "category"), PLAIN)
def test_a_plain_worry_is_likeliest_of_its_kind(opened, text, category):
    likely = opened.likely(text).categories

    assert max(likely, key=likely.__getitem__) == category
    assert likely[category] > 0.5


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_text_is_likely_of_no_kind(opened, text):
    found = opened.likely(text)

    assert max(found.categories.values()) < 0.5
    assert found.danger < 0.3


def test_every_category_has_a_likelihood_and_nothing_else_has(opened):
    assert set(opened.likely("hello").categories) == set(CATEGORIES)


@pytest.mark.parametrize("text", ["", " ", "\ud800", "x" * 5000, "ليس", "\x00"])
def test_any_text_is_answered(opened, text):
    found = opened.likely(text)

    assert all(0 <= odds <= 1 for odds in (*found.categories.values(), found.danger))


def test_it_keeps_no_text_of_what_it_read(opened):
    opened.likely("a sentence about wellingtons that nobody else writes")

    kept = repr(opened._remembered)
    assert "wellingtons" not in kept


def test_it_has_one_thread_so_that_sentences_do_not_wait_for_one_another(opened):
    threads = {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}
    assert threads == {1}


def test_it_works_in_single_precision(opened):
    assert opened._encoder.vector([101, 2000, 102]).dtype == np.float32


@pytest.mark.parametrize(("part", "file"), [("learnt", model.LEARNT), ("pieces", model.PIECES)])
def test_a_model_that_is_not_the_locked_one_is_refused(tmp_path: Path, part, file):
    changed = tmp_path / file.name
    changed.write_bytes(file.read_bytes()[:-1] + b"x")

    with pytest.raises(SentenceModelUnusable, match=rf"{part}\.safetensors .* not the one"):
        load(**{part: changed})


def test_a_model_that_is_not_there_is_refused(tmp_path: Path):
    shutil.copy(model.folder() / "tokenizer.json", tmp_path)

    with pytest.raises(SentenceModelUnusable, match="cannot be read"):
        load(tmp_path)

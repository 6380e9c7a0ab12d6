"""The lists the detectors lean on."""

import time

import pytest

from bot.anonymiser.wordlists import FOLDER, fold, load_word_lists, one_slip

LISTS = load_word_lists()
MADE = ("first_names.txt", "rare_first_names.txt", "surnames.txt", "common_words.txt", "rarer_words.txt")


def test_the_lists_are_read_in_less_than_two_seconds() -> None:
    began = time.process_time()
    load_word_lists()
    assert time.process_time() - began < 2


@pytest.mark.parametrize("name", MADE)
def test_every_made_list_says_where_it_comes_from(name: str) -> None:
    head = (FOLDER / name).read_text(encoding="utf-8").splitlines()[0]
    assert head.startswith("#")
    assert "http" in head
    assert f"`{name}`" in (FOLDER / "SOURCES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MADE)
def test_every_made_list_is_folded_sorted_and_holds_single_words(name: str) -> None:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert words == sorted(set(words))
    assert all(fold(word) == word and " " not in word for word in words)


def test_the_lists_stay_small_enough_to_be_committed() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.txt")) < 1_500_000


def test_first_names_from_many_communities_are_known() -> None:
    names = "amelia jayden aoife siân rhys priya gurpreet muhammad aisha tunde chidinma kwame zofia piotr ioana"
    names += " abdirahman hodan mehmet dilan thi xin tyrell shanice oluwaseun fatima kelly darren lorraine"
    unknown = [n for n in names.split() if fold(n) not in LISTS.first | LISTS.rare_first]
    assert unknown == []


def test_no_word_is_both_kept_and_nearly_always_a_name() -> None:
    assert LISTS.keep & LISTS.likely == set(), "the keep-list would win and the name would leak"


def test_each_phrase_is_kept_by_its_first_word_longest_first() -> None:
    for first, phrases in LISTS.keep_phrases.items():
        assert all(phrase[0] == first for phrase in phrases)
        assert [len(p) for p in phrases] == sorted((len(p) for p in phrases), reverse=True)


def test_folding_takes_off_accents_case_and_apostrophes() -> None:
    assert [fold(w) for w in ("Siân", "O'Brien", "Łukasz", "Zoë", "ŞEYMA")] == [
        "sian",
        "obrien",
        "lukasz",
        "zoe",
        "seyma",
    ]


def test_one_slip_reaches_each_kind_of_typing_slip() -> None:
    near = one_slip("sharon")
    assert {"sharn", "shaorn", "sharom", "shearon"} <= near

"""The lists the detectors lean on."""

import time

import pytest

from bot.anonymiser.page import Page
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
    names += " abdirahman hodan mehmet dilan thi xin tyrell shanice oluwaseun fatima kelly darren lorraine kev vin"
    names += " shaq funmi darek samrawit tewodros anesu rumbidzai costel arjeta zilan eurig jahvon shadrach yusra"
    unknown = [n for n in names.split() if fold(n) not in LISTS.first | LISTS.rare_first]
    assert unknown == []


def test_no_word_is_both_kept_and_nearly_always_a_name() -> None:
    assert LISTS.keep & LISTS.likely == set(), "the keep-list would win and the name would leak"


KEPT = {
    "kin in other languages": "amma abbu baba khala bhabi nani oncle babcia wujek bunica avo abuela nain hooyo abla",
    "acronyms of the work": "mace mase uasc ebsa abe dka nrm sgo ehm yot fsw esol edt nrpf marac taf cetr upn nino bmi",
    "faiths, peoples and languages": "kirpan hijab niqab pentecostal hogmanay yoruba igbo tigrinya pashto wolof langar",
    "countries": "canada korea colombia eritrea albania guyana moldova zambia yemen japan",
    "medicines and drugs": "concerta melatonin elvanse hedrin piriton calpol zopiclone shisha snus pregabalin",
    "shops, food and drink": "smirnoff freddo peperami haribo greggs waitrose shein vimto indomie",
    "phones, games and apps": "yubo wizz bereal facetime nokia samsung robux tellonym facetimed",
    "stories and classes": "rapunzel gruffalo venus saturn jupiter hogwarts nativity panto",
    "slang": "wallahi peng cunch shotting olders bally wagwan bruv fella mandem opps nonce",
    "slips": "wensday febuary mornin arived tempreture techer angrey safegaurding refferal attendence",
}


@pytest.mark.parametrize("words", KEPT.values(), ids=KEPT)
def test_the_words_of_a_school_s_message_are_kept(words: str) -> None:
    assert [word for word in words.split() if word not in LISTS.keep] == []


@pytest.mark.parametrize(
    "phrase",
    [
        "gillick competent",
        "prader willi",
        "martyns law",
        "clares law",
        "cane corso",
        "moses basket",
        "gorilla tag",
        "ash wednesday",
        "hope this helps",
        "no joy",
        "at the mercy",
        "penny dropped",
        "jack russell",
        "winter coat",
        "summer holidays",
    ],
)
def test_a_phrase_with_a_name_in_it_is_kept_where_it_names_nobody(phrase: str) -> None:
    words = tuple(phrase.split())
    assert words in LISTS.keep_phrases[words[0]]


def test_no_phrase_to_keep_could_end_a_sentence_about_a_person() -> None:
    """ "Spoke to amber", "worried for summer": a name after such a word must not be shielded."""
    leading = {"to", "with", "about", "told", "called", "asked", "met", "says", "said"}
    places = {"india", "kenya", "mace", "heaven"}
    phrases = {phrase for phrases in LISTS.keep_phrases.values() for phrase in phrases if len(phrase) == 2}
    names = LISTS.either | LISTS.likely | (LISTS.first - LISTS.ordinary - LISTS.keep)
    assert {p for p in phrases if p[0] in leading and p[1] in names - places} == set()


def test_no_plural_that_is_kept_shields_the_possessive_of_a_name() -> None:
    names = LISTS.likely | LISTS.either | LISTS.first
    plurals = sorted(word for word in LISTS.keep if word.endswith("s") and word[:-1] in names)
    assert "marks" in plurals, "marks on a child must be kept"
    for plural in plurals:
        page = Page(f"{plural[:-1]}'s mum", LISTS)
        assert not page.is_kept(page.words[0]) or plural[:-1] in LISTS.keep

def test_a_seasons_name_is_kept_only_where_it_is_the_season() -> None:
    assert {"summer", "winter"} & LISTS.keep == set()
    assert {"summer", "winter"} <= LISTS.either


PET_NAMES = "squeak pickle boo noodle blade tank moose bear spud fizz peanut sugar stretch marvellous innocent comfort"
PET_NAMES += " patience wisdom favour lovely bright miracle gift rejoice tender button champ nugget ghost shadow slim"


def test_pet_names_and_words_given_as_names_count_where_the_words_around_say_so() -> None:
    assert [word for word in PET_NAMES.split() if word not in LISTS.either] == []


def test_no_word_that_may_be_a_name_stands_for_a_person_or_holds_a_sentence_together() -> None:
    assert LISTS.either & (LISTS.roles.keys() | LISTS.grammar | LISTS.cues["determiners"]) == set()


@pytest.mark.parametrize("word", ["school", "attendance", "promise", "pudding", "staff", "behaviour", "dream"])
def test_things_that_open_a_schools_sentence_are_not_taken_for_names(word: str) -> None:
    assert word not in LISTS.either | LISTS.first


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

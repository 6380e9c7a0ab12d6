"""How hard the sentences are to read, and whether an abbreviation says what it stands for."""

import re
from collections import defaultdict

import pytest
import yaml

from tests.said import KNOWLEDGE, ROOT, everything, of_knowledge, of_pages, plain, responses, sentences

RULES = yaml.load((ROOT / "tests/cases/wording/plain.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
GRADE = RULES["reading_grade"]
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_BLANK = re.compile(r"\{[a-z_]+\}")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]{2,}[a-z]?|[A-Z][a-z]?[A-Z]+[a-z]?)\b")
# In these a first letter stands for a word, or it is nobody's abbreviation.
_NOT_ONE = re.compile(r"\b[A-Z]{1,2}\d|\S*\d[A-Z]\S*|www\.\S+|\bOR\b")


def syllables(word: str) -> int:
    """Count the groups of vowels, but for a silent e at the end."""
    bare = re.sub(r"['’]s?", "", word.lower())
    bare = re.sub(r"(?<![aeiouyldt])ed$|(?<=[aeiouy]l)e[sd]?$|(?<![aeiouyl])es?$", "", bare) if len(bare) > 3 else bare
    return max(1, len(re.findall(r"[aeiouy]+|(?<=[a-z])i(?=[ao])", bare)))


def counted(text: str) -> tuple[int, int, int]:
    """Return sentences, words and syllables of a text. A blank counts as one short word."""
    bare = _BLANK.sub("ten", plain_lines(text))
    words = _WORD.findall(bare)
    return len([s for s in sentences(bare) if _WORD.search(s)]), len(words), sum(map(syllables, words))


def plain_lines(text: str) -> str:
    return text.replace("**", "").replace("’", "'")


def grade(of_sentences: int, words: int, of_syllables: int) -> float:
    """Return the school grade by Flesch and Kincaid (1975)."""
    return 0.39 * words / of_sentences + 11.8 * of_syllables / words - 15.59


def of_responses() -> dict[str, tuple[int, int, int]]:
    counts = {name: counted(texts[0]) for name, texts in responses().items() if texts}
    return {name: count for name, count in counts.items() if count[1] >= GRADE["from_words"]}


@pytest.mark.parametrize(
    ("word", "count"),
    [("child", 1), ("agree", 2), ("made", 1), ("people", 2), ("needed", 2), ("safeguarding", 3), ("hurt", 1),
     ("agreement", 3), ("authority", 4), ("mum", 1), ("the", 1), ("little", 2), ("police", 2), ("times", 1)],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_heard(word: str, count: int) -> None:
    assert abs(syllables(word) - count) <= (1 if count > 2 else 0)


def test_the_measure_tells_plain_words_from_officialese() -> None:
    easy = "Write it down today. Use the child's own words. Then ring this number."
    hard = (
        "Practitioners should ensure that appropriate consideration is given to the proportionality of information "
        "sharing in accordance with statutory safeguarding responsibilities and organisational accountability."
    )
    assert grade(*counted(easy)) < 4
    assert grade(*counted(hard)) > 15


def test_all_together_read_as_twelve_year_olds_read() -> None:
    counts = of_responses().values()
    assert len(counts) > 150
    mean = grade(*(sum(column) for column in zip(*counts, strict=True)))
    assert mean <= GRADE["mean"], f"the mean is grade {mean:.1f}"


def test_no_response_is_hard_to_read_but_for_a_reviewed_few() -> None:
    hard = {name: round(grade(*count), 1) for name, count in of_responses().items() if grade(*count) > GRADE["single"]}
    assert set(hard) == set(GRADE["allowed"]), f"harder than grade {GRADE['single']}: {hard}"


def unexplained(texts: list[str]) -> set[str]:
    """Return the abbreviations that none of the texts gives in full beside them."""
    whole = " ".join(plain(text) for text in texts)
    found = set(_ABBREVIATION.findall(_NOT_ONE.sub(" ", whole)))
    return {short for short in found - set(RULES["abbreviations"]) if not _in_full(short, whole)}


def _in_full(short: str, text: str) -> bool:
    one = re.escape(short)
    return bool(re.search(rf"\w \({one}\b[^)]*\)|\b{one} \([a-zA-Z]|\b{one} ?: \w|\b{one}, the \w", text))


@pytest.mark.parametrize(
    ("text", "short"),
    [("Ring the MASH.", {"MASH"}), ("Ring the MASH (multi-agency safeguarding hub).", set()),
     ("Ask the designated officer (LADO).", set()), ("Your DSL and the GP.", set()),
     ("An EHCP or a CiN plan.", {"EHCP", "CiN"}),
     ("TAF: team around the family.", set())],
)  # fmt: skip
def test_an_abbreviation_is_found_unless_it_is_explained(text: str, short: set[str]) -> None:
    assert unexplained([text]) == short


def test_every_abbreviation_of_a_response_is_explained_in_it() -> None:
    bare = {name: short for name, texts in responses().items() if (short := unexplained(texts))}
    assert not bare


def test_every_abbreviation_of_a_page_is_explained_on_it() -> None:
    told: dict[str, list[str]] = defaultdict(list)
    for page, text in of_pages():
        told[page].append(text)
    assert not {page: short for page, texts in told.items() if (short := unexplained(texts))}


def test_every_abbreviation_of_an_area_is_explained_there_or_when_asked() -> None:
    terms = yaml.load((KNOWLEDGE / "national/england/terms.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)["terms"]
    answered = {short for term in terms.values() for short in _ABBREVIATION.findall(term["words"])}
    national = [text for _, text in of_knowledge(KNOWLEDGE / "national")]
    folders = {folder.name: list(of_knowledge(folder)) for folder in (KNOWLEDGE / "areas").iterdir()}
    assert len(folders) > 15
    for name, texts in {"national": national, **{n: [text for _, text in held] for n, held in folders.items()}}.items():
        assert unexplained(texts) <= answered, f"{name} uses what nothing explains"


def test_every_abbreviation_that_stands_alone_is_still_used() -> None:
    used = {short for _, text in everything() for short in _ABBREVIATION.findall(text)}
    assert set(RULES["abbreviations"]) <= used | {"DSLs"}

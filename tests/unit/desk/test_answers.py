"""Typed answers: what is taken for an answer, and what is asked again. The cases are tables for reviewers."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultation import RedactedText
from bot.desk.answers import AnswerReader
from bot.knowledge import load_national, reading_patterns
from bot.knowledge.answer_words import answers_in_passing, load_answer_words
from bot.knowledge.spelling import reading_spelling
from bot.reading import Reader

ROOT = Path("knowledge_base")
NATIONAL = load_national(ROOT, date(2026, 11, 23))
WORDS = load_answer_words(ROOT)
READER = Reader(
    NATIONAL.indicators, reading_patterns(ROOT), NATIONAL.red_flags, reading_spelling(ROOT), answers_in_passing(ROOT)
)
ANSWERS = AnswerReader(WORDS, NATIONAL.questions)

# The values after which a danger counts as ruled out.
HARMLESS = {
    "in_danger": "no",
    "about_staff": "no",
    "injury": "none",
    "sexual": "none",
    "effect": "none_seen",
    "red_flag_list": "none",
}
ACTS = ("give_answer", "deny", "affirm", "describe_concern", "nlu_fallback", "agree_view")


def _taken(question: str, text: str, act: str = "give_answer") -> Any:
    return ANSWERS.read(question, text, act, READER.read(RedactedText(text)).answers)


def _rows(part: str) -> list[Any]:
    rows = []
    for file in sorted(Path("tests/cases/answers").glob("*.yml")):
        for question, table in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader).items():
            for row in table[part]:
                rows.append(pytest.param(question, *row, id=f"{question}: {row[0]}"))
    return rows


def _is_harmless(question: str, value: Any) -> bool:
    return value == HARMLESS[question] or value == (HARMLESS[question],)


def _with_default(rows: list[Any]) -> list[Any]:
    return [pytest.param(*(*p.values, "give_answer")[:4], id=p.id) for p in rows]


@pytest.mark.parametrize(("question", "text", "value", "act"), _with_default(_rows("found")))
def test_a_typed_answer_is_taken(question: str, text: str, value: Any, act: str) -> None:
    expected = tuple(value) if isinstance(value, list) else value
    assert _taken(question, text, act) == expected


@pytest.mark.parametrize(("question", "text", "value", "act"), _with_default(_rows("left_alone")))
def test_what_is_no_plain_answer_is_asked_again(question: str, text: str, value: Any, act: str) -> None:
    assert _taken(question, text, act) == value


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("question", "text"),
    [pytest.param(p.values[0], p.values[1], id=p.id) for p in _rows("left_alone") if p.values[0] in HARMLESS],
)
def test_whatever_act_the_model_sees_a_danger_is_not_ruled_out(question: str, text: str, act: str) -> None:
    assert not _is_harmless(question, _taken(question, text, act))


@pytest.mark.parametrize("act", ["unsure", "skip_question"])
@pytest.mark.parametrize("question", sorted(HARMLESS))
def test_an_unsure_act_is_unknown(question: str, act: str) -> None:
    assert _taken(question, "could be anything", act) == "unknown"


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("hedge", WORDS.hedges)
@pytest.mark.parametrize("question", ["in_danger", "about_staff", "baby_at_home"])
def test_a_hedge_is_never_a_no_and_a_leading_yes_stands(question: str, hedge: str, act: str) -> None:
    """Yes is the safer of yes and unknown, unknown the safer of unknown and no."""
    for said in ("no", ""):
        assert _taken(question, f"{said} {hedge}".strip(), act) == "unknown"
    assert _taken(question, f"yes {hedge}", act) == "yes"


@pytest.mark.parametrize("question", sorted(HARMLESS))
def test_a_turn_after_a_no_rules_nothing_out(question: str) -> None:
    for turn in ("but", "except", "until", "although", "apart from"):
        assert not _is_harmless(question, _taken(question, f"no {turn} something happened", "deny"))


_DETAILS = st.lists(
    st.sampled_from(
        "he she it was is the a mark bruise bleeding arm dad mum teacher home took gone alone cut hurt crying blood "
        "night door knife pills said saw left with at from out can will would explain until but because".split()
    ),
    min_size=2,
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(details=_DETAILS, first=st.sampled_from(["no", "nothing", "nobody", "no one", "none", "not"]))
def test_a_negative_with_details_behind_it_never_rules_a_danger_out(details: list[str], first: str) -> None:
    text = " ".join([first, *details, "blood"])
    for question in HARMLESS:
        assert not _is_harmless(question, ANSWERS.read(question, text, "deny", {}))


@settings(max_examples=100, deadline=None)
@given(details=_DETAILS, word=st.sampled_from(["no", "none", "nothing", "nobody", "no one"]))
def test_a_negative_inside_a_sentence_is_no_answer(details: list[str], word: str) -> None:
    text = " ".join([*details[:1], word, *details[1:]])
    for question in HARMLESS:
        assert not _is_harmless(question, ANSWERS.read(question, text, "deny", {}))


SEVERAL = yaml.safe_load(Path("tests/cases/answers/passing/several.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", SEVERAL, ids=lambda case: case["text"])
def test_several_answers_in_one_breath_are_read_and_nothing_that_was_not_said(case: dict[str, Any]) -> None:
    read = READER.read(RedactedText(case["text"])).answers
    wanted = {q: tuple(v) if isinstance(v, list) else v for q, v in case["read"].items()}
    assert {question: read.get(question) for question in wanted} == wanted
    assert not set(case["never"]) & set(read)


def test_of_all_typed_answers_none_is_wrongly_taken_for_a_denial_of_danger() -> None:
    """The figure that matters most: how often "no danger" is heard where it was not said. It is none."""
    rows = [(p.values[0], str(p.values[1]), p.values[2]) for p in (*_rows("found"), *_rows("left_alone"))]
    assert len(rows) > 850
    wrong = [
        (question, text)
        for question, text, value in rows
        if question in HARMLESS
        and not _is_harmless(question, tuple(value) if isinstance(value, list) else value)
        and _is_harmless(question, _taken(question, text))
    ]
    assert wrong == []


def test_a_free_text_keeps_the_words_as_they_were_typed() -> None:
    text = "  He said: \u201cnothing\u201d, then that Dad\u2019s belt was out.  "
    assert _taken("child_said", text) == text.strip()


def test_every_value_of_the_word_lists_is_a_value_of_its_question() -> None:
    for question, values in WORDS.questions.items():
        held = NATIONAL.questions.get(question)
        if held is not None and held.kind != "text":
            assert set(values) <= set(held.options), question


def test_every_value_that_is_read_in_passing_is_one_of_its_question() -> None:
    held = answers_in_passing(ROOT)
    assert {"open_case", "how_often", "injury"} <= set(held)
    for question, values in held.items():
        # `seen` only tells whether an injury is spoken of at all.
        assert set(values) - {"seen"} <= set(NATIONAL.questions[question].options), question


def test_the_harmless_values_are_those_that_the_questions_rule_something_out_with() -> None:
    ruling = {
        (question.id, value)
        for question in NATIONAL.questions.values()
        if question.red_flag
        for value, option in question.options.items()
        if option.absent or value == "no"
    }
    assert ruling == set(HARMLESS.items()), "a new red-flag question needs its cases here"


@pytest.mark.parametrize(
    ("question", "value", "text", "passes"),
    [
        ("injury", "none", "always hungry, no bruises or anything. we had a plan", True),
        ("injury", "none", "he is 7. no bruises or marks", True),
        ("injury", "none", "no bruises in september", False),
        ("injury", "none", "no mark on his face", False),
        ("injury", "none", "no bruises that I could see, he kept his jumper on", False),
        ("injury", "none", "not seen any injuries as he wont do PE", False),
        ("baby_at_home", "no", "no other children, mum is due in March", False),
        ("effect", "none_seen", "no impact on his attendance", False),
        ("baby_at_home", "yes", "baby brother at home", True),
        ("age_band", "5_9", "year 4", True),
    ],
)
def test_what_rules_a_danger_out_in_passing_is_said_plainly_or_asked(question, value, text, passes) -> None:
    assert ANSWERS.may_pass(question, value, text) is passes

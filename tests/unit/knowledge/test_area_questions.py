"""An area's own questions as files: read, refused with the line, and checked."""

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import load_area
from bot.knowledge.check import findings
from bot.knowledge.errors import PackError
from tests.own_question import WRITTEN
from tests.testshire import FILES, HERE, SLUG, make_knowledge

ON = date(2026, 11, 22)
ASKED = WRITTEN.replace("kent-guidance", "testshire-doc").replace("kent-lives", "testshire-lives")


def _root(tmp_path: Path, asked: str = ASKED) -> Path:
    root = make_knowledge(tmp_path)
    (root / "areas" / HERE / "area.yml").write_text(FILES["area.yml"] + asked, "utf-8")
    return root


def test_a_question_is_read_with_all_that_is_said_of_it(tmp_path: Path) -> None:
    (one,) = load_area(_root(tmp_path), SLUG, ON).questions
    assert (one.id, one.after, one.question.red_flag) == ("testshire-lives-afloat", "household", True)
    assert dict(one.titles) == {"yes": "Yes", "no": "No", "unknown": "Don't know"}
    assert one.question.options["yes"].present == {"housing_unsettled"}
    assert one.citation.section == "a question for tests"


def test_an_area_without_any_has_none(tmp_path: Path) -> None:
    assert load_area(make_knowledge(tmp_path), SLUG, ON).questions == ()


def test_before_its_first_day_it_is_not_asked(tmp_path: Path) -> None:
    later = ASKED.replace("from: 2018-10-01", "from: 2027-01-01")
    assert load_area(_root(tmp_path, later), SLUG, ON).questions == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (ASKED.replace("testshire-lives", "kent-lives"), "its id begins with 'testshire-'"),
        (ASKED.replace('      unknown: {title: "Don\'t know"}\n', ""), "'unknown' must always be an answer"),
        (ASKED.replace("Does the child", "Does {area}'s child"), "no { or } in words"),
        (ASKED.replace('title: "No"', 'title: "Yes"'), "two answers have the same title"),
        (ASKED.replace("housing_unsettled", "no_such_sign"), "is not an indicator"),
        (ASKED.replace("    verified: 2026-11-02\n", ""), "'verified' is missing"),
        (ASKED.replace("testshire-doc", "no-such-doc"), "no-such-doc"),
        (ASKED.replace("    why:", "    because:"), "is not a known key"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(tmp_path: Path, wrong: str, said: str) -> None:
    assert wrong != ASKED
    with pytest.raises(PackError, match=r"area\.yml, line \d+") as refused:
        load_area(_root(tmp_path, wrong), SLUG, ON)
    assert said in str(refused.value)


def _told(tmp_path: Path, asked: str) -> str:
    return "\n".join(map(str, findings(_root(tmp_path, asked), ON, SLUG)))


def test_the_check_has_nothing_against_a_sound_one(tmp_path: Path) -> None:
    assert "lives-afloat" not in _told(tmp_path, ASKED)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (ASKED.replace("after: household", "after: breakfast"), "is asked after 'breakfast'"),
        (ASKED.replace("or in a caravan?", "or not? Or in a caravan?"), "with one question mark"),
        (ASKED.replace(", present: [housing_unsettled]", ""), "say what is present when it is so"),
    ],
)
def test_the_check_says_what_is_wrong(tmp_path: Path, wrong: str, said: str) -> None:
    assert said in _told(tmp_path, wrong)


def test_a_row_may_rest_on_its_answer(tmp_path: Path) -> None:
    root = _root(tmp_path)
    file = root / "areas" / HERE / "thresholds.yml"
    row = "      shire-hungry-often: {domain: child, words: is often hungry, needs: [[hungry_often]]"
    text = FILES["thresholds.yml"]
    assert row in text
    file.write_text(text.replace(row, row + ", given: {testshire-lives-afloat: [\"yes\"]}"), "utf-8")
    assert "is not a question" not in "\n".join(map(str, findings(root, ON, SLUG)))

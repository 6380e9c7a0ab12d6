"""Worked cases: what comes out otherwise than a case says is found, and what comes out as it says is left alone."""

from pathlib import Path

import pytest

from bot.desk.pack_cases import failures, worked_cases
from bot.knowledge.draft import overlay
from bot.knowledge.errors import PackError
from tests.at_the_editing_desk import TODAY, EditingDesk
from tests.testshire import FILES, SLUG

_FACTS = FILES["cases.yml"].splitlines()[1]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> EditingDesk:
    return EditingDesk(tmp_path_factory.mktemp("desk"))


def come_out(desk: EditingDesk, tmp_path: Path, cases: str) -> list[str]:
    root = overlay(desk.in_force.root, SLUG, FILES | {"cases.yml": cases}, tmp_path)
    return failures(root, SLUG, TODAY, desk.in_force.national_of(TODAY))


def case(expect: str, facts: str = _FACTS.strip().removeprefix("facts: ")) -> str:
    return f"- name: Often hungry in Testshire\n  facts: {facts}\n  expect: {expect}\n"


LEFT_ALONE = {
    "everything as it says": case("{outcome: level, level: '3', because: [shire-hungry-often]}"),
    "only the level": case("{level: '3'}"),
    "no exit, in three spellings": case("{exit: null}") + case("{exit: ''}") + case("{exit: none}"),
    "an exit": case("{outcome: exit, exit: front_door_now}", "{answers: {effect: frightened_to_go_home}}"),
    "no cases at all": "[]\n",
}
FOUND = {
    "another level": (case("{level: '2'}"), "level should be 2 and is 3"),
    "another outcome": (case("{outcome: person}"), "outcome should be person and is level"),
    "an exit that is none": (case("{exit: '999'}"), "exit should be 999 and is none"),
    "a level where there is none": (case("{level: none}"), "level should be none and is 3"),
    "a reason that is none": (
        case("{because: [shire-afraid]}"),
        "shire-afraid should be among the reasons, which are shire-hungry-often",
    ),
    "a fact that is none": (case("{level: '3'}", "{indicators: {hungry_oftne: present}}"), "hungry_oftne: neither"),
    "an answer that is none": (case("{level: '3'}", "{answers: {trend: sideways}}"), "trend: 'sideways' is not one"),
    "a day on which nothing was in force": (case("{level: '3'}") + "  on: 2020-01-01\n", "2020-01-01"),
}


@pytest.mark.parametrize("cases", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_left_alone(desk: EditingDesk, tmp_path: Path, cases: str) -> None:
    assert come_out(desk, tmp_path, cases) == []


@pytest.mark.parametrize(("cases", "why"), FOUND.values(), ids=FOUND)
def test_found(desk: EditingDesk, tmp_path: Path, cases: str, why: str) -> None:
    (found,) = come_out(desk, tmp_path, cases)

    assert found.startswith("Often hungry in Testshire: ")
    assert why in found


@pytest.mark.parametrize(
    "cases",
    [
        case("{}"),
        case("{levle: '3'}"),
        case("{level: '3'}", "{hungry_often: present}"),
        case("{level: '3'}", "{indicators: {hungry_often: present}, answers: {hungry_often: 'yes'}}"),
        "cases: 3\n",
    ],
)
def test_a_case_that_could_not_fail_or_cannot_be_read_is_refused_with_its_line(tmp_path: Path, cases: str) -> None:
    file = tmp_path / "cases.yml"
    file.write_text(cases, "utf-8")
    with pytest.raises(PackError, match="line"):
        list(worked_cases(file))

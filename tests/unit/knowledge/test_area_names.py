"""What an area may be called: nothing that would take the children of another area, or somebody's answer."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.check import known_nationally, of_area
from tests.testshire import FILES, HERE, REAL, make_knowledge

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def nation():
    return known_nationally(REAL, ON)


@pytest.fixture
def said(tmp_path: Path, nation) -> Callable[[str, str], list[str]]:
    """Return a function that gives what is said of Testshire's names with one place of area.yml changed."""
    here = make_knowledge(tmp_path) / "areas" / HERE

    def said(old: str, new: str) -> list[str]:
        before = set(of_area(here, nation))
        assert old in FILES["area.yml"]
        (here / "area.yml").write_text(FILES["area.yml"].replace(old, new), "utf-8")
        return [f"{one.line}: {one.words}" for one in of_area(here, nation) if one not in before]

    return said


REFUSED = {
    "another area": ("Derby", "names derby too"),
    "another area in capitals": ("'DERBY!'", "names derby too"),
    "another area's other name": ("Hants", "names hampshire too"),
    "another area's short name": ("brighton and hove", "names brighton-and-hove too"),
    "words around another area": ("lives in Medway", "names medway too"),
    "a town of another area": ("Maidstone", "how people answer"),
    "what means another area": ("Essex", "how people answer"),
    "a plain no": ("'no'", "how people answer"),
    "an answer": ("not sure", "how people answer"),
    "a word of worries": ("bruise", "common words"),
    "words of worries": ("she lives at home", "common words"),
    "a letter": ("z", "common words"),
    "signs": ("'!?'", "no letters"),
}
LEFT_ALONE = ["Testshire County Council", "Shireland", "TCC", "North Testshire", "the Shire towns"]


@pytest.mark.parametrize(("name", "why"), REFUSED.values(), ids=REFUSED)
def test_found(said, name: str, why: str) -> None:
    (found,) = said("[the Shire]", f"[the Shire, {name}]")

    assert found.startswith("2: ")
    assert why in found


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_left_alone(said, name: str) -> None:
    assert said("[the Shire]", f"[the Shire, {name}]") == []


def test_the_name_itself_is_looked_at_too(said) -> None:
    (found,) = said("name: Testshire\n", "name: Derby\n")

    assert found.startswith("1: ")
    assert "names derby too" in found


def test_two_areas_with_one_name_are_both_told(tmp_path: Path) -> None:
    root = make_knowledge(tmp_path)
    second = root / "areas" / "E06000998-othershire"
    second.mkdir()
    for name, text in FILES.items():
        (second / name).write_text(text.replace("name: Testshire\n", "name: Othershire\n"), "utf-8")
    nation = known_nationally(root, ON)

    for here in (second, root / "areas" / HERE):
        assert [one.words for one in of_area(here, nation) if "'the Shire' names" in one.words]

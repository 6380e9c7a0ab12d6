"""What differs between two packs of one area, and what of it can make answers lower or poorer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import load_area, load_national
from bot.knowledge.differences import Change, Difference, differences, differences_of_cases
from bot.knowledge.errors import PackError
from bot.knowledge.model import National
from bot.knowledge.shared import shared
from tests.testshire import FILES, HERE, SLUG, make_knowledge

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory):
    return shared(make_knowledge(tmp_path_factory.mktemp("shared")))


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory, held) -> National:
    """England's part of the day, in which one sign has words and the others go by their ids."""
    real = load_national(make_knowledge(tmp_path_factory.mktemp("national")), ON, held)
    named = {name: replace(one, words=name) for name, one in real.indicators.items()}
    return replace(real, indicators=named | {"hungry": replace(named["hungry"], words="often comes hungry")})


@pytest.fixture
def changed(tmp_path: Path, held, national) -> Callable[..., list[Difference]]:
    """Return a function that changes one place of Testshire's files and returns what differs."""
    root = make_knowledge(tmp_path)
    before = load_area(root, SLUG, ON, held)

    def change(file: str, old: str, new: str) -> list[Difference]:
        assert old in FILES[file], f"{file} has no {old!r}: the test changes nothing"
        (root / "areas" / HERE / file).write_text(FILES[file].replace(old, new), "utf-8")
        return list(differences(before, load_area(root, SLUG, ON, held), national))

    return change


def test_nothing_differs_from_itself(changed) -> None:
    assert changed("area.yml", "name: Testshire", "name: Testshire") == []


def test_a_comment_is_no_difference(changed) -> None:
    assert changed("area.yml", "name: Testshire", "# a word\nname: Testshire") == []


_ROW = "shire-hungry: {domain: child, words: comes to school hungry, needs: [[hungry]]}"
CASES = {
    "a number": (
        ("area.yml", "01632 960100", "01632 960999"),
        Difference(Change.CHANGED, "contact", "Testshire front door", "value", "01632 960100", "01632 960999"),
    ),
    "words of a row": (
        ("thresholds.yml", "words: is often hungry", "words: goes hungry often"),
        Difference(Change.CHANGED, "row", "shire-hungry-often", "words", "is often hungry", "goes hungry often"),
    ),
    "a row that went": (
        ("thresholds.yml", _ROW, "{}"),
        Difference(
            Change.GONE, "row", "shire-hungry", before="2; comes to school hungry; often comes hungry", lowers=True
        ),
    ),
    "a row that came": (
        ("thresholds.yml", _ROW, f"{_ROW}\n      shire-new: {{domain: child, words: is thin, needs: [[hungry]]}}"),
        Difference(Change.NEW, "row", "shire-new", after="2; is thin; often comes hungry"),
    ),
    "a row that needs more than before": (
        ("thresholds.yml", "needs: [[hungry_often]]", "needs: [[hungry_often, hungry]]"),
        Difference(
            Change.CHANGED,
            "row",
            "shire-hungry-often",
            "needs",
            "hungry_often",
            "hungry_often + often comes hungry",
            lowers=True,
        ),
    ),
    "a row that needs less than before": (
        ("thresholds.yml", "needs: [[hungry_often]]", "needs: [[hungry_often], [hungry]]"),
        Difference(
            Change.CHANGED,
            "row",
            "shire-hungry-often",
            "needs",
            "hungry_often",
            "hungry_often | often comes hungry",
        ),
    ),
    "an answer that a row needs now": (
        ("thresholds.yml", "needs: [[hungry_often]]}", "needs: [[hungry_often]], given: {age_band: [under_1]}}"),
        Difference(Change.CHANGED, "row", "shire-hungry-often", "given", "", "age_band: under_1", lowers=True),
    ),
    "consent at a level": (
        ("area.yml", "consent: Not needed.", "consent: Tell the parents."),
        Difference(Change.CHANGED, "level", "4", "consent", "Not needed.", "Tell the parents."),
    ),
    "the profile in one word": (
        ("area.yml", "is: not_needed", "is: needed"),
        Difference(Change.CHANGED, "profile", "consent_to_consult", "is", "not_needed", "needed"),
    ),
    "a step of the ladder": (
        ("area.yml", "within: two working days", "within: three working days"),
        Difference(Change.CHANGED, "step", "2", "within", "two working days", "three working days"),
    ),
    "what is no longer said to be missing": (
        ("area.yml", "- The pages on staff were not read.", "- The pages on pets were not read."),
        Difference(Change.GONE, "missing", "Testshire", before="The pages on staff were not read.", lowers=True),
    ),
    "another name": (
        ("area.yml", "[the Shire]", "[the Shire, Shireland]"),
        Difference(Change.NEW, "also_called", "Testshire", after="Shireland"),
    ),
    "help": (
        ("early_help.yml", "access: The school office", "access: The head"),
        Difference(Change.CHANGED, "help", "Breakfast club", "access", "The school office", "The head"),
    ),
    "the date of a document": (
        ("sources.yml", "dated: undated", "dated: June 2025"),
        Difference(
            Change.CHANGED,
            "contact",
            "Designated officer",
            "source",
            "Testshire Council: Who to ring, page 9; undated",
            "Testshire Council: Who to ring, page 9; June 2025",
        ),
    ),
}


@pytest.mark.parametrize(("change", "expected"), CASES.values(), ids=CASES)
def test_found(changed, change: tuple[str, str, str], expected: Difference) -> None:
    assert expected in changed(*change)


def test_a_row_at_a_lower_level_lowers_and_one_at_a_higher_does_not(changed) -> None:
    level = '    level: "{}"\n    source: testshire-doc\n    section: page 3'
    lower = changed("thresholds.yml", level.format(3), level.format(2))
    higher = changed("thresholds.yml", level.format(3), level.format(4))

    assert [(one.part, one.before, one.after, one.lowers) for one in lower] == [("level", "3", "2", True)]
    assert [(one.part, one.before, one.after, one.lowers) for one in higher] == [("level", "3", "4", False)]


_NEW = f"{_ROW}\n      shire-new: {{domain: child, words: something new, needs: NEEDS}}"
SILENCE_THAT_ENDS_LOWER = {
    "a national row stood higher": "[[home_dangerous]]",
    "a person weighed it": "[[left_alone]]",
    "one of two ways is alone": "[[hungry, money_worries], [left_alone]]",
}
SILENCE_THAT_ENDS_ALIKE = {
    "the national row is no higher": "[[hygiene_minor]]",
    "a combination that is higher holds everywhere": "[[neglect_emerging]]",
    "the area had its own row": "[[hungry_often]]",
    "it counts with something else alone": "[[left_alone, hungry]]",
}


@pytest.mark.parametrize("needs", SILENCE_THAT_ENDS_LOWER.values(), ids=SILENCE_THAT_ENDS_LOWER)
def test_a_new_row_that_says_less_than_what_stood_in_for_it_lowers(changed, needs: str) -> None:
    (found,) = changed("thresholds.yml", _ROW, _NEW.replace("NEEDS", needs))

    assert (found.change, found.name, found.lowers) == (Change.NEW, "shire-new", True)


@pytest.mark.parametrize("needs", SILENCE_THAT_ENDS_ALIKE.values(), ids=SILENCE_THAT_ENDS_ALIKE)
def test_a_new_row_that_says_no_less_does_not_lower(changed, needs: str) -> None:
    (found,) = changed("thresholds.yml", _ROW, _NEW.replace("NEEDS", needs))

    assert not found.lowers


def test_another_way_into_an_old_row_lowers_too_if_something_stood_in_for_more(changed) -> None:
    (found,) = changed("thresholds.yml", "needs: [[hungry]]}", "needs: [[hungry], [left_alone]]}")

    assert (found.change, found.part, found.lowers) == (Change.CHANGED, "needs", True)


def test_a_raise_that_a_row_has_weighed_by_now_lowers(changed) -> None:
    (found,) = changed(
        "thresholds.yml", "needs: [[hungry_often]]}", "needs: [[hungry_often]], weighed: [baby_or_disabled_child]}"
    )

    assert (found.part, found.lowers) == ("weighed", True)


def test_a_level_that_reaches_elsewhere_lowers(changed) -> None:
    (found,) = changed("area.yml", "name: Early help, neutral: [N2]", "name: Early help, neutral: [N2, N3]")

    assert (found.part, found.lowers) == ("neutral", True)


@pytest.mark.parametrize("text", ["a: b\n", "cases: {a: b}\n", "- a\n", "- {facts: {}}\n", "- [a]\n"])
def test_cases_of_another_shape_are_refused_with_their_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "cases.yml"
    file.write_text(text, "utf-8")
    with pytest.raises(PackError, match=r"cases\.yml, line 1"):
        differences_of_cases(file, file)


def test_a_case_that_was_made_to_fit_is_found(tmp_path: Path) -> None:
    before, after = tmp_path / "before.yml", tmp_path / "after.yml"
    before.write_text(FILES["cases.yml"], "utf-8")
    after.write_text(FILES["cases.yml"].replace('level: "3"', 'level: "2"'), "utf-8")
    (found,) = differences_of_cases(before, after)

    assert (found.kind, found.part, found.lowers) == ("case", "expect", True)
    assert "level: 3" in found.before
    assert "level: 2" in found.after
    assert differences_of_cases(before, before) == ()


def test_a_case_that_went_is_found(tmp_path: Path) -> None:
    before, after = tmp_path / "before.yml", tmp_path / "after.yml"
    before.write_text(FILES["cases.yml"], "utf-8")
    after.write_text("[]\n", "utf-8")
    (found,) = differences_of_cases(before, after)

    assert (found.change, found.lowers) == (Change.GONE, True)

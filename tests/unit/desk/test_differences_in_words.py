"""Every difference that there can be is said in words of the editing pages."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk.draft_look import DraftLook, Told, in_words, look_at
from bot.knowledge import differences as found
from bot.knowledge.differences import Change, Difference
from bot.knowledge.wording import UnknownWording
from tests.at_the_desk import wording
from tests.at_the_editing_desk import TODAY, EditingDesk
from tests.testshire import FILES, SLUG

KINDS = (
    *("row", "level", "contact", "profile", "step", "help", "case"),
    *("area", "missing", "also_called", "roles_not_published"),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> EditingDesk:
    return EditingDesk(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def look(desk: EditingDesk, tmp_path: Path):
    desk.in_force.cache = tmp_path / "laid-out"

    def look(**changed: str) -> DraftLook:
        files = FILES | {f"{name}.yml": text for name, text in changed.items()}
        return look_at(files, desk.in_force.root, SLUG, TODAY, desk.in_force, wording().say)

    return look


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("change", list(Change))
def test_every_kind_of_difference_has_words(kind: str, change: Change) -> None:
    (told,) = in_words(
        [Difference(change, kind, "x", "name" if change is Change.CHANGED else "", "a", "b")], wording().say
    )
    assert told.words[0].isupper()
    assert "{" not in told.words


def test_every_part_of_everything_has_words(desk: EditingDesk) -> None:
    pack = desk.in_force.pack_of(SLUG, TODAY)
    parts = {
        *found._row(pack.rows[0], {}),
        *found._contact(pack.contacts["lado"]),
        *found._profile(pack.profile["form"]),
        *found._help(pack.early_help[0]),
        *pack.escalation[0],
        *("name", "neutral", "consent", "route", "order"),
        *("on", "facts", "expect"),
    }
    for part in parts:
        assert wording().say(f"utter_editing_part_{part}")


def test_a_difference_without_words_is_not_passed_over() -> None:
    with pytest.raises(UnknownWording):
        list(in_words([Difference(Change.NEW, "moon", "x")], wording().say))


SAID = {
    "a level": (
        {"thresholds": FILES["thresholds.yml"].replace('level: "3"', 'level: "4"')},
        Told("Row shire-hungry-often: level 3 → 4", False),
    ),
    "a number": (
        {"area": FILES["area.yml"].replace("01632 960100", "01632 960999")},
        Told("Testshire front door: says 01632 960100 → 01632 960999", False),
    ),
    "a row that is gone": (
        {
            "thresholds": FILES["thresholds.yml"]
            .replace("      shire-afraid:", "      # shire-afraid:")
            .replace("    rows:\n      # shire", "    rows: {}\n      # shire")
        },
        Told("Gone: row shire-afraid. It said: 4; is afraid to go home; frightened to go home", True),
    ),
    "a case that is new": (
        {"cases": FILES["cases.yml"] + "- {name: A new case of no kind, facts: {}, expect: {outcome: person}}\n"},
        Told("New case “A new case of no kind”: outcome: person", False),
    ),
}


@pytest.mark.parametrize(("changed", "told"), SAID.values(), ids=SAID)
def test_said(look, changed: dict[str, str], told: Told) -> None:
    (day, said), *_ = look(**changed).changes

    assert day == TODAY
    assert told in said


def test_what_changed_alike_is_said_once(look) -> None:
    area = FILES["area.yml"].replace("section: page 1, verified: 2026-11-02", "section: page 1, verified: 2026-11-20")
    (_, said), *_ = look(area=area).changes

    numbers = [one.words for one in said if one.words.startswith("Testshire front door")]
    assert (
        "Testshire front door, Testshire out of hours, Early help team: looked at: 2026-11-02 → 2026-11-20" in numbers
    )


def test_a_problem_that_only_moved_down_the_file_is_not_new(look) -> None:
    before = look(area="# one\n# more\n# line\n" + FILES["area.yml"])

    assert before.wrong == (), "Testshire's old contact stands three lines lower, and that is all"


def test_a_problem_that_came_twice_is_new_once(look) -> None:
    second = FILES["area.yml"].replace(
        "  lado: {",
        "  second: {label: Second, value: 01632 960301, hours: 9am to 5pm, from: 2024-01-01, "
        "source: testshire-old, section: page 9, verified: 2025-01-05}\n  lado: {",
    )
    wrong = look(area=second).wrong

    assert len([one for one in wrong if "testshire-old" in one]) == 1


def test_a_look_is_sound_only_without_problems_and_failing_cases(look) -> None:
    sound = look()

    assert sound.is_sound
    assert not sound.changes_anything
    assert not replace(sound, wrong=("x",)).is_sound
    assert not replace(sound, failing=("x",)).is_sound
    assert replace(sound, personal=("x",)).is_sound, "what looks like a person is pointed at, not refused"

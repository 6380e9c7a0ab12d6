"""What keeps a change from undoing another, from falling on a day to come, and from felling its own page."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.desk.draft_look import DraftLook
from bot.desk.editing import CannotDo
from tests.at_the_editing_desk import NEW_NUMBER, NOW, TODAY, EditingDesk
from tests.testshire import FILES, SLUG

LATER = TODAY + timedelta(days=9)
AREA, ROWS, SOURCES = FILES["area.yml"], FILES["thresholds.yml"], FILES["sources.yml"]
DOOR = "front_door: {label: Testshire front door, value: 01632 960100, hours: 9am to 5pm, from: 2024-01-01, "
OTHER_NUMBER = {"area.yml": AREA.replace("01632 960200", "01632 960555")}


@pytest.fixture
def desk(tmp_path: Path) -> EditingDesk:
    return EditingDesk(tmp_path)


def look(desk: EditingDesk, changed: dict[str, str], on: date | None = None) -> DraftLook:
    return desk.editing.open(desk.ada, desk.drafted(changed).id, NOW, on).look


def door_from(days: list[str]) -> str:
    """Return area.yml with a front door that has another number from each of the days on."""
    values = ", ".join(f'{day}: {{value: "01632 96{n:04}"}}' for n, day in enumerate(["2024-01-01", *days]))
    door = f"front_door: {{label: Testshire front door, hours: 9am to 5pm, values: {{{values}}}, "
    assert DOOR in AREA
    return AREA.replace(DOOR, door)


# days to come


def levels_until(day: str) -> str:
    """Return area.yml whose levels are announced anew for a day and not entered."""
    levels = AREA[AREA.index("levels:\n") : AREA.index("contacts:\n")]
    body = "".join(f"    {line}\n" for line in levels.splitlines()[2:])
    return AREA.replace(levels, f"levels:\n  values:\n    2024-01-01:\n{body}    {day}: expected\n")


def test_a_day_on_which_the_area_would_fall_is_in_the_way_however_many_days_are_in_comments(desk: EditingDesk) -> None:
    comments = "".join(f"# looked at again 2026-12-{day:02}\n" for day in range(1, 9))
    found = look(desk, {"area.yml": levels_until("2027-06-01") + comments})

    assert [one for one in found.wrong if "the levels are expected on 2027-06-01" in one]


def test_every_day_to_come_is_shown_not_the_first_few(desk: EditingDesk) -> None:
    days = [f"2027-{month:02}-01" for month in range(1, 13)]
    found = look(desk, {"area.yml": door_from(days)})

    assert [day.isoformat() for day, _ in found.changes] == [TODAY.isoformat(), *days]


def test_more_days_than_anybody_can_look_at_are_refused(desk: EditingDesk) -> None:
    days = [(TODAY + timedelta(days=after)).isoformat() for after in range(1, 62)]

    assert look(desk, {"area.yml": door_from(days[:60])}).is_sound
    (wrong,) = look(desk, {"area.yml": door_from(days)}).wrong
    assert re.match(r"area\.yml, line \d+: more than 60 days to come", wrong)


def test_what_was_announced_and_is_dropped_is_shown_on_its_day(desk: EditingDesk) -> None:
    desk.approved(changed={"area.yml": door_from(["2027-03-01"])})
    found = look(desk, {"area.yml": door_from([])})

    ((_, today), (day, later)) = found.changes
    assert (today, day) == ((), date(2027, 3, 1))
    assert [one.words for one in later] == ["Testshire front door: says 01632 960001 → 01632 960000"]


# two changes, one after the other


def test_a_change_for_an_earlier_day_is_refused_while_a_later_one_would_put_it_back(desk: EditingDesk) -> None:
    other = desk.submitted(NEW_NUMBER)
    desk.approved(LATER, OTHER_NUMBER)

    assert desk.editing.open(desk.ben, other.id, NOW, TODAY).replaced_from == LATER
    with pytest.raises(CannotDo, match="look_again"):
        desk.approve(other, TODAY)
    assert desk.front_door() == "01632 960100"


def test_from_the_later_ones_day_on_it_is_approved_and_what_it_puts_back_is_shown(desk: EditingDesk) -> None:
    other = desk.submitted(NEW_NUMBER)
    desk.approved(LATER, OTHER_NUMBER)
    shown = desk.editing.open(desk.ben, other.id, NOW, LATER)

    assert shown.replaced_from is None
    said = [one.words for _, told in shown.look.changes for one in told]
    assert "Testshire out of hours: says 01632 960555 → 01632 960200" in said
    desk.approve(other, LATER)
    assert desk.front_door(LATER) == "01632 960999"


def test_once_the_later_one_is_withdrawn_nothing_is_in_the_way(desk: EditingDesk) -> None:
    other = desk.submitted(NEW_NUMBER)
    later = desk.approved(LATER, OTHER_NUMBER)
    desk.editing.withdraw(desk.ada, later.id, later.edition, NOW)
    desk.approve(other, TODAY)

    assert [desk.front_door(day) for day in (TODAY, LATER)] == ["01632 960999"] * 2


# withdrawing


def test_what_would_hold_if_it_were_withdrawn_is_told_with_what_it_lowers(desk: EditingDesk) -> None:
    row = "      shire-hungry: {"
    more = ROWS.replace(row, f"      shire-more: {{domain: child, words: is thin, needs: [[money_worries]]}}\n{row}")
    approved = desk.approved(changed={"thresholds.yml": more})
    withdrawn = desk.editing.open(desk.ada, approved.id, NOW).withdrawn

    ((day, told),) = withdrawn.changes
    assert day == TODAY
    assert [(one.words.startswith("Gone: row shire-more"), one.lowers) for one in told] == [(True, True)]


def test_withdrawing_one_that_starts_later_is_seen_from_its_first_day(desk: EditingDesk) -> None:
    approved = desk.approved(LATER)
    withdrawn = desk.editing.open(desk.ada, approved.id, NOW).withdrawn

    assert withdrawn.on == LATER
    ((_, told),) = withdrawn.changes
    assert [one.words for one in told] == ["Testshire front door: says 01632 960999 → 01632 960100"]


def test_withdrawing_one_in_whose_place_another_holds_changes_nothing(desk: EditingDesk) -> None:
    first = desk.approved(TODAY, NEW_NUMBER)
    second = desk.submitted(OTHER_NUMBER)
    against = desk.editing.open(desk.ben, second.id, NOW, TODAY).look.against
    desk.editing.approve(desk.ben, second.id, second.edition, TODAY, against, NOW + timedelta(hours=1))
    withdrawn = desk.editing.open(desk.ada, first.id, NOW).withdrawn

    assert not withdrawn.changes_anything
    assert withdrawn.against == desk.in_force.pack_of(SLUG, TODAY).version


def test_what_is_not_approved_shows_nothing_of_withdrawing(desk: EditingDesk) -> None:
    assert desk.editing.open(desk.ada, desk.submitted().id, NOW).withdrawn is None


# drafts that would fell their own page


_LEVEL_3 = ROWS[ROWS.index("  level-3:\n") : ROWS.index("  level-4:\n")]
_BESIDE = """  level-3:
    values: {2024-01-01: {level: "3"}}
    source: testshire-doc
    section: page 3
    verified: 2026-11-02
    rows:
      shire-hungry-often: {domain: child, words: is often hungry, needs: [[hungry_often]], given: {GIVEN}}
"""
REFUSED = {
    "an area without a name": ({"area.yml": AREA.replace("name: Testshire\n", "")}, "'name' is missing"),
    "an area that is a list": ({"area.yml": "[]\n"}, "expected names with values"),
    "cases that are no list": ({"cases.yml": "a: b\n"}, "expected a list"),
    "a case without a name": ({"cases.yml": "- {facts: {}, expect: {}}\n"}, "'name' is missing"),
    "a check that lasts for ever": (
        {"sources.yml": SOURCES.replace("review_months: 12", "review_months: 999999")},
        "is not a whole number",
    ),
    "a check that lasts too long": (
        {"sources.yml": SOURCES.replace("review_months: 12", "review_months: 121")},
        "121 months is too long",
    ),
    "a number without end": (
        {"sources.yml": SOURCES.replace("review_months: 12", "review_months: " + "9" * 5000)},
        "is not a whole number",
    ),
    "an answer without end": (
        {"thresholds.yml": ROWS.replace(_LEVEL_3, _BESIDE.replace("GIVEN", f"worry_scale: ['{'9' * 5000}']"))},
        "is not",
    ),
    "a day at the end of time": ({"area.yml": AREA.replace("verified: 2026-11-02", "verified: 9999-12-31")}, "no year"),
    "an address that runs": ({"sources.yml": re.sub(r"url: .*", "url: javascript:alert(1)", SOURCES)}, "no address"),
}


@pytest.mark.parametrize(("changed", "words"), REFUSED.values(), ids=REFUSED)
def test_it_is_said_to_be_wrong_with_its_line(desk: EditingDesk, changed: dict[str, str], words: str) -> None:
    assert changed != {name: FILES[name] for name in changed}
    found = look(desk, changed)

    assert not found.is_sound
    assert [one for one in found.wrong if words in one and re.match(r"\w+\.yml, line \d+: ", one)], found.wrong


def test_rows_that_stand_beside_the_values_of_a_section_are_found(desk: EditingDesk) -> None:
    rows = ROWS.replace(_LEVEL_3, _BESIDE.replace(", given: {GIVEN}", ""))

    assert look(desk, {"thresholds.yml": rows}).is_sound

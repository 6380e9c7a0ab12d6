"""Cards in a terminal, and the line on what was taken out."""

import pytest

from bot.consultation import Finding
from bot.web.cards import as_text
from bot.web.removed import removed_line
from tests.fakes_web import say

KINDS = [
    *("NAME", "DATE_OF_BIRTH", "ADDRESS", "POSTCODE", "SCHOOL", "PHONE", "EMAIL", "UPN", "NHS_NUMBER"),
    *("NI_NUMBER", "VEHICLE", "HANDLE", "URL", "CASE_REF", "OTHER"),
]


def test_a_table_in_words() -> None:
    rows = [
        {"label": "Age", "value": "8 or 9", "words": [], "change": "7.r0"},
        {"label": "You told me", "value": "often hungry", "words": ["always starving"], "change": None},
    ]
    assert as_text({"kind": "table", "title": "What I understood", "rows": rows}) == (
        "What I understood\n  Age          8 or 9\n  You told me  often hungry\n               “always starving”"
    )


def test_sections_in_words_with_their_sources() -> None:
    items = [
        {"text": "food not available", "source": "Kent Support Levels", "url": "https://kent.example/levels"},
        {"text": "early help tried", "source": None, "url": None},
    ]
    card = {
        "kind": "sections",
        "title": "Why",
        "lead": "Level 3",
        "sections": [{"heading": "Because", "items": items}],
        "copy": "first line\nsecond line",
    }
    assert as_text(card).splitlines() == [
        "Why",
        "Level 3",
        "",
        "Because",
        "  - food not available (Kent Support Levels, https://kent.example/levels)",
        "  - early help tried",
        "",
        "  | first line",
        "  | second line",
    ]


@pytest.mark.parametrize("card", [None, {"kind": "unheard of"}])
def test_no_card_is_no_text(card: dict | None) -> None:
    assert as_text(card) == ""


def test_ticks_in_words() -> None:
    card = {"kind": "ticks", "question": "Any of these?", "options": [{"id": "7.0", "title": "Left alone"}]}
    assert as_text(card) == "Any of these?\n  [ ] Left alone"


def found(kind: str, shown: str, start: int = 0) -> Finding:
    return Finding(start, start + 3, kind, shown)


REMOVED = [
    ([], None),
    ([found("NAME", "[parent 1]")], "I took out 1 name, shown as [parent 1]"),
    (
        [found("NAME", "[parent 1]"), found("NAME", "[parent 1]", 20)],
        "I took out 1 name, shown as [parent 1]",  # the same person, named twice
    ),
    (
        [found("NAME", "[child]"), found("NAME", "[parent 1]", 9), found("SCHOOL", "[school]", 20)],
        "I took out 2 names and 1 school, shown as [child], [parent 1] and [school]",
    ),
    (
        [found("DATE_OF_BIRTH", "[date]"), found("DATE_OF_BIRTH", "[date]", 30)],
        "I took out 2 dates, shown as [date]",
    ),
    (
        [found("DATE_OF_BIRTH", "[date of birth: aged 5 to 9]")],
        "I took out 1 date of birth, shown as [date of birth: aged 5 to 9]",
    ),
    (
        [found("OTHER", "[word]"), found("OTHER", "[word]", 9), found("OTHER", "[place]", 20)],
        "I took out 2 words that I do not know and 1 place, shown as [word] and [place]",
    ),
]


@pytest.mark.parametrize(("findings", "line"), REMOVED)
def test_what_was_taken_out_is_counted(findings: list[Finding], line: str | None) -> None:
    assert removed_line(findings, say) == line


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_words_for_one_and_for_several(kind: str) -> None:
    one = removed_line([found(kind, "[removed]")], say)
    two = removed_line([found(kind, "[child]"), found(kind, "[child 2]", 9)], say)
    assert one.startswith("I took out 1 ")
    assert two.startswith("I took out 2 ")

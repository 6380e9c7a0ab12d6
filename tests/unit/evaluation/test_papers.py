"""The papers state what is so: facts, hazards with their tests, sources with their days; and they read easily."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.desk.people import Role
from bot.settings import ROOT
from bot.settings_of_others import TelegramSettings
from bot.storage.sealed_columns import SEALED
from bot.web.rights import ANYBODY, RIGHTS
from evaluation.papers import marks, of_people, writing
from evaluation.papers.facts import FACTS, UnknownFact, told
from evaluation.papers.seen import Seen, as_shipped, words

PAPERS = writing.papers()
LONGEST_SENTENCE = 25
HAZARD_LINES = (
    *("Who is hurt", "Cause", "Control", "Shown by", "What is left"),
    *("Severity and likelihood, before and after", "Accepted by"),
)
_HAZARD = re.compile(r"^### (H\d\d)\. (.+)$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
_DATED = r"\b(?:dated|undated|updated|published|version)\b"
_READ = re.compile(rf"{_DATED}.*; (?:its \w+ )?read on \d{{1,2}} [A-Z][a-z]+ 20\d\d\.")


@pytest.fixture(scope="module")
def shipped() -> Seen:
    return as_shipped(date.fromisoformat(marks.as_of(PAPERS[writing.INDEX])))


def with_settings(seen: Seen, **values: Any) -> Seen:
    return replace(seen, settings=replace(seen.settings, **values))


# facts


def test_every_paper_says_what_is_so(shipped: Seen) -> None:
    assert writing.stale(PAPERS, shipped) == [], "run ./noname papers --renew, and read what changed"


@pytest.mark.parametrize(
    ("paper", "fact", "instead"),
    [
        ("retention-schedule.md", "| Practice consultations | one day", "| Practice consultations | 30 days"),
        ("record-of-processing.md", "| `case_notes` | `text` |", "| `case_notes` |  |"),
        ("privacy-notice-dsl.md", "`noname_dsl`", "`session`"),
        ("dpia.md", "| Changing the knowledge of their area | no | no | no |", "| Changing it | no | no | read |"),
        ("transparency-record.md", "| Rampart (National Design Studio) | 1.4.0", "| Rampart | 1.3.0"),
    ],
)
def test_a_paper_that_states_something_else_is_noticed(shipped: Seen, paper: str, fact: str, instead: str) -> None:
    assert fact in PAPERS[paper]
    assert writing.stale({paper: PAPERS[paper].replace(fact, instead, 1)}, shipped) == [paper]


def test_every_fact_stands_in_a_paper_and_no_other_is_told(shipped: Seen) -> None:
    stated = {name for text in PAPERS.values() for name in marks.facts_in(text)}
    assert {name for name in stated if not name.startswith("source-")} == FACTS.keys()
    for unknown in ("weather", "source-that-is-not-there"):
        with pytest.raises(UnknownFact):
            told(unknown, shipped)


def test_a_mark_that_is_not_ended_is_refused() -> None:
    with pytest.raises(marks.BrokenMark):
        marks.filled("<!-- fact roles -->\nnothing ends it\n", str)


def test_what_is_set_is_what_the_papers_say(shipped: Seen) -> None:
    assert "after the last word: for good" in told("retention", shipped)
    other = with_settings(
        shipped, keep_days=90, forget_hours=6, telegram=TelegramSettings("1:a", "a_bot", False, "", 12), oidc_issuer="x"
    )
    assert "after the last word: 90 days" in told("retention", other)
    assert "| 6 hours of silence" in told("retention", other)
    assert "| Our messages in Telegram chats | 12 hours |" in told("retention", other)
    assert told("others", other).count("switched on") == 3
    assert "| `NONAME_TELEGRAM_TOKEN_FILE` | whether a school's staff can write by Telegram | yes |" in told(
        "settings", other
    )


def test_no_secret_and_no_address_is_among_the_settings(shipped: Seen) -> None:
    said = told("settings", with_settings(shipped, database_url="postgresql+psycopg://ann:hidden@db.example/x"))
    assert "| postgresql |" in said
    for hidden in ("hidden", "example", shipped.settings.pepper, shipped.settings.session_key):
        assert hidden not in said


def test_over_https_cookies_have_the_names_that_browsers_enforce(shipped: Seen) -> None:
    said = told("cookies", with_settings(shipped, public_url="https://noname.example"))
    assert "`__Host-noname_dsl`" in said
    assert "`__Secure-noname_duty`" in said


def test_every_cookie_of_the_code_is_told_and_no_other() -> None:
    code = "\n".join(file.read_text("utf-8") for file in (ROOT / "bot" / "web").rglob("*.py"))
    found = set(re.findall(r"\"(?:__Host-)?(noname_[a-z]+)\"", code))
    assert found == {line["name"] for line in words()["cookies"]}


def test_every_role_and_every_part_of_the_service_has_words() -> None:
    assert set(words()["roles"]) == {role.value for role in Role}
    parts = {of_people.part_of(path) for (_, path), who in RIGHTS.items() if who is not ANYBODY}
    assert parts == {line["what"] for line in words()["parts"]}
    with pytest.raises(of_people.UnnamedPart):
        of_people.part_of("/duty/telegraph")


def test_every_sealed_column_and_every_table_is_told(shipped: Seen) -> None:
    rows = [line.split(" | ") for line in told("kept", shipped).splitlines()[2:]]
    held = {row[0].strip("| `"): row[2] for row in rows}
    assert len(held) > 35
    assert all(len(row[1]) > 10 for row in rows)
    assert all(f"`{column}`" in held[table] for table, how in SEALED.items() for column in how.columns)


def test_no_word_of_a_table_was_lost_in_its_file() -> None:
    def empty(held: Any, place: str) -> list[str]:
        if isinstance(held, dict):
            return [lost for key, value in held.items() for lost in empty(value, f"{place}.{key}")]
        if isinstance(held, list):
            return [lost for number, value in enumerate(held) for lost in empty(value, f"{place}.{number}")]
        return [place] if held is None else []

    assert empty(words(), "words") == []


def test_a_running_house_says_what_runs_and_what_was_measured(shipped: Seen) -> None:
    papers = writing.of_house(replace(shipped, is_running=True))
    record = papers["transparency-record.md"]
    assert shipped.packs["kent"].version in record
    assert shipped.national.version in record
    assert re.search(r"\(Measured on 20\d\d-\d\d-\d\d at commit \w+", record)
    assert "accessibility-statement.md" in papers
    assert [name for name, text in papers.items() if re.search(r"\]\((?!https?:)[^)]*/", text)] == []


# the hazard log


def hazards() -> dict[str, str]:
    number, *rest = _HAZARD.split(PAPERS["hazard-log.md"].split("\n## What happens after")[0])[1:]
    parts = [number, *rest]
    return {parts[at]: parts[at + 2] for at in range(0, len(parts), 3)}


def test_every_hazard_says_who_is_hurt_why_what_stands_against_it_and_what_is_left() -> None:
    found = hazards()
    assert len(found) >= 25
    assert list(found) == [f"H{number:02}" for number in range(1, len(found) + 1)]
    for number, text in found.items():
        lines = dict(re.findall(r"^- \*\*(.+?):\*\* (.+)$", text, re.MULTILINE))
        assert tuple(lines) == HAZARD_LINES, number
        assert re.search(r"`(?:bot|nlu_data|knowledge_base)/[\w/.]+`", lines["Control"]), f"{number}: where is it?"
        assert lines["Accepted by"].startswith("[council:"), number


def test_every_test_of_a_hazard_is_there() -> None:
    named = {number: _TEST.findall(text) for number, text in hazards().items()}
    assert [number for number, tests in named.items() if not tests] == []
    for number, tests in named.items():
        for file, name in tests:
            assert f"def {name}(" in (ROOT / file).read_text("utf-8"), f"{number}: {file}::{name}"


def test_every_hazard_that_another_paper_names_is_there() -> None:
    named = {number for text in PAPERS.values() for number in re.findall(r"\bH\d\d\b", text)}
    assert named == hazards().keys()


# how they read


def sentences(text: str) -> list[str]:
    bare = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(r"<!--.*?-->|`[^`]*`", "x", text, flags=re.DOTALL))
    lines = [line for line in bare.split("\n## Sources")[0].splitlines() if not line.startswith(("    ", "#"))]
    prose = "\n".join(line.replace("|", "\n\n") if line.startswith("|") else line for line in lines)
    return re.split(r"(?<=[.!?:;])\s+|\n\n|\n(?:- |\d\. )", prose)


@pytest.mark.parametrize("name", PAPERS)
def test_no_sentence_of_a_paper_is_long(name: str) -> None:
    found = sentences(marks.without_facts(PAPERS[name]))
    assert [one for one in found if len(one.split()) > LONGEST_SENTENCE] == []


@pytest.mark.parametrize("name", PAPERS)
def test_no_paper_says_that_nothing_has_to_be_done(name: str) -> None:
    assert not re.search(r"no need to refer|safe to wait|need not refer|not need to be referred", PAPERS[name], re.I)


@pytest.mark.parametrize("name", [name for name, text in PAPERS.items() if "## Sources" in text])
def test_every_source_has_its_date_and_the_day_it_was_read(name: str) -> None:
    lines = [line for line in PAPERS[name].split("## Sources")[1].splitlines() if line.startswith("- ")]
    assert lines
    assert [line for line in lines if not _READ.search(line)] == []


def test_every_paper_is_in_the_list_of_papers_and_leaves_what_is_the_councils_to_the_council() -> None:
    listed = set(re.findall(r"\]\(([\w-]+\.md)\)", PAPERS[writing.INDEX]))
    assert listed == PAPERS.keys() - {writing.INDEX}
    assert (Path(ROOT) / "docs" / "ACCESSIBILITY.md").exists()
    assert [name for name, left in writing.blanks(PAPERS).items() if not left] == []

"""The documents speak of what is there: files, links, commands, and nothing that has gone."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.cli import COMMANDS

HOUSE = Path(__file__).resolve().parents[2]
LONGEST_README = 150

DOCUMENTS = sorted(
    [*HOUSE.glob("*.md"), *(HOUSE / "docs").rglob("*.md"), HOUSE / "knowledge_base" / "README.md"]
)
# What the house makes while it runs, so that a fresh checkout does not have it.
MADE_LATER = re.compile(r"(var|\.venv)(/.*)?|\.env|evaluation/RESULTS\.md")
# What stands in the folder of the checkout and is not part of it.
_NOT_OURS = {".git", ".venv", "var", "__pycache__", ".rasa", ".ruff_cache", ".pytest_cache", ".hypothesis"}

_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"^ {4}.*$", re.MULTILINE)
_IN_BACKTICKS = re.compile(r"`([^`\n]+)`")
_FILE = re.compile(r"[\w.*-]+(?:/[\w.*-]+)+/?|[\w.-]+/|[\w-]*\.?[\w-]+\.(?:py|yml|md|toml|txt|in|css|js|html)")
_LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)")
_COMMAND = re.compile(r"\./noname +([a-z]+)")
_TEST = re.compile(r"`(test_\w+)`")


@cache
def _everything() -> tuple[str, ...]:
    """Return every file and folder of the checkout, from its root."""
    found = []
    for folder, inside, files in HOUSE.walk():
        inside[:] = [name for name in inside if name not in _NOT_OURS]
        found += [(folder / name).relative_to(HOUSE).as_posix() for name in (*inside, *files)]
    return tuple(found)


def _is_there(named: str) -> bool:
    """Whether a file or folder is in the checkout, named from its root or by its last parts."""
    if MADE_LATER.fullmatch(named):
        return True
    if "*" in named:
        return any(HOUSE.glob(named))
    named = named.removeprefix("./").rstrip("/")
    return any(path == named or path.endswith(f"/{named}") for path in _everything())


def _missing_files(text: str) -> Iterator[str]:
    for named in _IN_BACKTICKS.findall(_INDENTED.sub("", _FENCED.sub("", text))):
        if _FILE.fullmatch(named) and not _is_there(named):
            yield named


def _missing_rooms(text: str) -> Iterator[str]:
    for named in _IN_BACKTICKS.findall(text):
        if re.fullmatch(r"(bot|actions|evaluation)(\.[a-z_]+)+", named) and find_spec(named) is None:
            yield named


def _missing_tests(text: str) -> Iterator[str]:
    written = "\n".join(file.read_text("utf-8") for file in (HOUSE / "tests").rglob("test_*.py"))
    yield from (name for name in _TEST.findall(text) if f"def {name}(" not in written)


def _missing_commands(text: str) -> Iterator[str]:
    yield from (name for name in _COMMAND.findall(text) if name not in COMMANDS)


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _anchors(document: Path) -> set[str]:
    return {_slug(heading) for heading in re.findall(r"^#+ (.*)$", document.read_text("utf-8"), re.MULTILINE)}


def _broken_links(text: str, folder: Path) -> Iterator[str]:
    for named, anchor in _LINK.findall(text):
        target = folder / named
        if not target.exists() or (anchor and named and anchor not in _anchors(target)):
            yield f"{named}#{anchor}" if anchor else named


def _offenders(check) -> list[str]:
    assert len(DOCUMENTS) > 10, "the documents were not found: the check would pass on nothing"
    texts = {path.relative_to(HOUSE): path.read_text("utf-8") for path in DOCUMENTS}
    return [f"{place}: {found}" for place, text in texts.items() for found in check(text)]


def test_the_readme_is_read_in_one_sitting():
    lines = (HOUSE / "README.md").read_text("utf-8").splitlines()

    assert len(lines) <= LONGEST_README


def test_every_file_that_a_document_names_is_there():
    assert _offenders(_missing_files) == []


def test_every_room_that_a_document_names_is_there():
    assert _offenders(_missing_rooms) == []


def test_every_test_that_a_document_names_is_there():
    assert _offenders(_missing_tests) == []


def test_every_command_that_a_document_names_is_there():
    assert _offenders(_missing_commands) == []


def test_the_readme_shows_every_command():
    shown = set(_COMMAND.findall((HOUSE / "README.md").read_text("utf-8")))

    assert set(COMMANDS) - shown == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_every_link_leads_somewhere(document):
    assert list(_broken_links(document.read_text("utf-8"), document.parent)) == []


def test_decisions_are_numbered_without_gaps_and_have_three_parts():
    decisions = sorted((HOUSE / "docs" / "adr").glob("*.md"))
    numbers = [int(file.name[:4]) for file in decisions]

    assert numbers == list(range(1, len(decisions) + 1))
    for file in decisions:
        parts = re.findall(r"^## (\w+)", file.read_text("utf-8"), re.MULTILINE)
        assert {"Context", "Decision", "Consequences"} <= set(parts), f"{file.name} has {parts}"


NOTICED = {
    "a file that has gone": (_missing_files, "see `bot/desk/purge.py`"),
    "a file by its name alone": (_missing_files, "in `nowhere.yml`"),
    "a folder that has gone": (_missing_files, "in `bot/telegraph/`"),
    "a pattern that nothing fits": (_missing_files, "each of `requirements/*.lock`"),
    "a room that has gone": (_missing_rooms, "`bot.telegraph` sends it"),
    "a test that has gone": (_missing_tests, "`test_that_nobody_wrote` proves it"),
    "a command in a sentence": (_missing_commands, "try `./noname dance --now`"),
    "a command in a block": (_missing_commands, "    echo hello | ./noname  dance"),
}

LEFT_ALONE = {
    "a file from the root": (_missing_files, "see `bot/desk/receive.py`"),
    "a file by its name alone": (_missing_files, "in `area.yml` and `.env.example`"),
    "a folder": (_missing_files, "in `bot/desk/` and `reading/`"),
    "a pattern that files fit": (_missing_files, "each of `requirements/*.in`"),
    "what is made later": (_missing_files, "in `var/models/`, `.env` and `evaluation/RESULTS.md`"),
    "an address and a word": (_missing_files, "at `/duty/sign-in` the level is `not published` or `N3`"),
    "a block": (_missing_files, "```\n`bot/nothing.py`\n```\n    `bot/nothing.py`"),
    "a room": (_missing_rooms, "`bot.desk.ports` and `bot.web`"),
    "a test": (_missing_tests, "`test_every_link_leads_somewhere`"),
    "commands": (_missing_commands, "`./noname up`, then\n    ./noname packs check"),
}


@pytest.mark.parametrize(("check", "text"), NOTICED.values(), ids=NOTICED.keys())
def test_the_checks_of_documents_notice(check, text):
    assert list(check(text))


@pytest.mark.parametrize(("check", "text"), LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_the_checks_of_documents_leave_alone(check, text):
    assert not list(check(text))


def test_a_broken_link_or_heading_is_noticed_and_a_whole_one_left_alone():
    broken = _broken_links("[a](nowhere.md) [b](README.md#no-such-heading)", HOUSE)
    whole = _broken_links("[a](README.md) [b](README.md#limits-stated-plainly) [c](https://www.gov.uk)", HOUSE)

    assert list(broken) == ["nowhere.md", "README.md#no-such-heading"]
    assert list(whole) == []

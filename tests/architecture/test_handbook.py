"""Every document has its place in the handbook; what it shows and leads to is there. No site is made for it."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from bot.handbook import gather, navigation
from tests.tutorial import TUTORIAL, blocks, pictures, sections, steps

HOUSE = Path(__file__).resolve().parents[2]
# Written into a folder for a command to fill in, and shown by the service as a page of its own.
NO_PAGES = {"evaluation/accessibility_statement.md"}
_NOT_OURS = {".git", ".venv", "var", ".rasa", ".hypothesis", ".pytest_cache", ".ruff_cache"}
LARGEST_PICTURE = 100_000
LONGEST_SENTENCE = 25


def documents() -> set[str]:
    found = set()
    for folder, inside, files in HOUSE.walk():
        inside[:] = [name for name in inside if name not in _NOT_OURS]
        found |= {(folder / name).relative_to(HOUSE).as_posix() for name in files if name.endswith(".md")}
    return found


def test_every_document_has_its_place_in_the_handbook():
    placed = {page for part in navigation(HOUSE) for page in part.pages}

    assert len(placed) > 20
    assert documents() - placed - NO_PAGES == set()


def test_every_link_and_picture_of_the_handbook_is_there(tmp_path):
    parts = navigation(HOUSE)
    gather(HOUSE, parts, tmp_path)

    for page in (page for part in parts for page in part.pages):
        shown = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", (tmp_path / page).read_text("utf-8"))
        assert all((tmp_path / page).parent.joinpath(picture).is_file() for picture in shown), page


def test_headings_of_the_handbook_go_down_one_step_at_a_time():
    for page in (page for part in navigation(HOUSE) for page in part.pages):
        text = re.sub(r"^```.*?^```", "", (HOUSE / page).read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        depths = [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]
        assert depths[0] == 1, page
        assert all(after <= before + 1 for before, after in pairwise(depths)), page


def test_pictures_of_the_tutorial_are_few_small_told_in_words_and_all_shown():
    shown = pictures(TUTORIAL.read_text("utf-8"))
    kept = {file.name: file.stat().st_size for file in (TUTORIAL.parent / "images" / "tutorial").iterdir()}

    assert 6 <= len(shown) <= 9
    assert {Path(step.where).name for step in shown} == set(kept)
    assert max(kept.values()) < LARGEST_PICTURE
    assert all(len(step.words.split()) > 5 for step in shown)


def test_the_tutorial_quotes_nothing_that_is_not_walked():
    for heading, who, text in sections(TUTORIAL.read_text("utf-8")):
        bold = re.findall(r"\*\*([^*]+)\*\*", text)
        quoted = Counter(bold + re.findall(r"^> (.+)$", text, re.MULTILINE))
        if not who:
            assert not bold, f"{heading}: nobody looks whether these are there"
        walked = Counter(words for step in steps(text) for words in (step.words, step.where))
        assert quoted - walked == Counter(), heading


def test_no_sentence_of_the_tutorial_is_long():
    told = [line for line in TUTORIAL.read_text("utf-8").splitlines() if not line.startswith(("    ", "|", "#", "!"))]
    sentences = re.split(r"(?<=[.!?:;])\s+|\n\n|\n- ", re.sub(r"`[^`]*`", "x", "\n".join(told)))

    assert [one for one in sentences if len(one.split()) > LONGEST_SENTENCE] == []


SCRIPT = """
Open `http://127.0.0.1:8000/duty` now. Type *its password* into **Password**, and press **Sign in**.

> You are in

Type this into **Your message**, and press **Send**:

    one line
    and another

| It asks | You |
|---|---|
| How old? | tick **None**, then press **Send** |

- Choose **Yes** at **Do you advise it?** Type "a word" into **Step 1**.

Press *the name of the case*. **Help** is there.

![A page](images/a.webp)
"""


def test_a_tutorial_is_read_in_the_order_of_its_words():
    assert [(step.kind, step.words, step.where) for step in steps(SCRIPT)] == [
        ("open", "/duty", ""),
        ("own", "its password", "Password"),
        ("press", "Sign in", ""),
        ("read", "You are in", ""),
        ("words", "one line and another", "Your message"),
        ("press", "Send", ""),
        ("asked", "How old?", ""),
        ("tick", "None", ""),
        ("press", "Send", ""),
        ("choose", "Yes", "Do you advise it?"),
        ("words", "a word", "Step 1"),
        ("called", "the name of the case", ""),
        ("there", "Help", ""),
        ("picture", "A page", "images/a.webp"),
    ]


@pytest.mark.parametrize(
    ("heading", "who"),
    [("2. As the DSL: sign in", "dsl"), ("7. As the duty social worker: find it", "worker"), ("1. Start", "")],
)
def test_a_heading_says_who_acts(heading, who):
    assert [named for _, named, _ in sections(f"## {heading}\n\ntext\n")] == [who]


def test_what_the_terminal_is_told_and_answers_stands_in_blocks():
    assert list(blocks("Type:\n\n    ./noname up\n\nand see\n\n      as it says\n")) == ["./noname up", "  as it says"]

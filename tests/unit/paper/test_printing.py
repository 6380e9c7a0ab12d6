"""A record on paper: tagged for a screen reader, with all its words in order, and with nothing read as mark-up."""

import asyncio
import os
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from bot.desk.record import Record
from bot.desk.record.contents import Line, Part
from bot.paper import PaperFailed, Printing, letters
from tests.at_the_record import AtTheRecord

# Whatever Typst would read as code, emphasis, a link, a label, a formula or a comment.
HOSTILE = (
    '#panic("out")',
    "#import sys: *",
    "#read(\"/etc/passwd\")",
    "$x^2$",
    "*bold* _slanted_ `raw` ```code```",
    "\\ back\\u{41}",
    "@reference <label>",
    "[square] (round) {curly}",
    "= Heading",
    "- list + list / term: told",
    "// comment /* comment */",
    '"quotes" \'single\' -- --- ... ~',
    "sys.inputs.record",
    '{"title": "other"}',
)


def record(*texts: str, **given: Any) -> Record:
    lines = tuple(Line(text, (f"under {number}",)) for number, text in enumerate(texts))
    values = {"title": "Record of a consultation", "practice": "", "lead": ("Lead.",), "foot": "In danger: 999."}
    return Record(**values | given, parts=(Part("outcome", "The outcome", lines),))


def printed(made: Record | dict[str, Any]) -> pypdf.PdfReader:
    plain = made.plain() if isinstance(made, Record) else made
    return pypdf.PdfReader(BytesIO(asyncio.run(Printing().pdf(plain))))


def words(paper: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def structure(paper: pypdf.PdfReader) -> list[str]:
    """Return what the tags of a paper are, in the order in which they are read out."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    walk(paper.trailer["/Root"]["/StructTreeRoot"])
    return found


@pytest.fixture(scope="module")
def whole() -> tuple[Record, pypdf.PdfReader]:
    """A record of everything there is, and its paper."""
    at = AtTheRecord()
    at.assessed()
    at.asked()
    at.answered()
    made = at.record()
    return made, printed(made)


def test_it_says_that_it_is_tagged_and_for_universal_access(whole) -> None:
    root = whole[1].trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  pypdf's own kind of truth
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_it_has_a_title_and_names_nobody_as_its_author(whole) -> None:
    made, paper = whole
    assert paper.metadata.title == made.title
    assert paper.metadata.author is None


def test_headings_lists_and_links_are_tagged_as_what_they_are(whole) -> None:
    made, paper = whole
    tags = structure(paper)
    assert tags.count("/H1") == len(made.parts)
    assert "/Title" in tags
    assert tags.count("/LI") >= sum(len(part.lines) for part in made.parts if len(part.lines) > 1)
    assert "/Link" in tags
    outline = [one.title for one in paper.outline if not isinstance(one, list)]
    assert outline == [part.heading for part in made.parts]


def test_every_word_is_there_in_the_order_of_the_record(whole) -> None:
    made, paper = whole
    text, at = "".join(words(paper).split()), 0
    for part in made.parts:
        said = [part.heading, *(one for line in part.lines for one in (line.text, *line.under)), *part.copy.split("\n")]
        for one in said:
            first = "".join(one.split())[:40]
            at = text.find(first, at)
            assert at >= 0, f"{one!r} is not where it should be"


def test_every_page_has_its_number_the_foot_and_999(whole) -> None:
    made, paper = whole
    assert len(paper.pages) > 1
    for number, page in enumerate(paper.pages, start=1):
        text = " ".join(page.extract_text().split())
        assert f"Page {number} of {len(paper.pages)}" in text
        assert made.foot in text


def test_practice_is_said_on_every_page() -> None:
    notice = "Practice. The child is made up."
    paper = printed(record(*["A line that is said again and again."] * 80, practice=notice))
    assert len(paper.pages) > 1
    assert all(notice in page.extract_text() for page in paper.pages)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_markup_is_printed_as_it_was_written(text: str) -> None:
    paper = printed(record("before", text, "after", foot=text, lead=(text,)))
    bare = "".join(words(paper).split())
    assert bare.count("".join(text.split())) == 3
    assert structure(paper).count("/H1") == 1


def test_a_title_is_no_markup_either() -> None:
    assert printed(record("line", title="#eval(\"1\") *x*")).metadata.title == "#eval(\"1\") *x*"


UNHELD = ("漢字", "😀 sad", "bell \x07", "ﷺ", "\u202eturned", "\U0001f1ec\U0001f1e7", "e\u0301", "\ud800")


@pytest.mark.parametrize("text", UNHELD)
def test_a_letter_that_the_typeface_does_not_have_never_stops_the_paper(text: str) -> None:
    assert "before" in words(printed(record(f"before {text}")))


def test_letters_that_can_be_set_stay_as_they_are() -> None:
    assert letters.held("Zoë’s “£5” – ½ café…") == "Zoë’s “£5” – ½ café…"
    assert letters.held({"a": ["e\u0301 漢"], "n": 1}) == {"a": ["é □"], "n": 1}


def test_a_press_that_does_not_come_back_is_stopped_in_time(tmp_path: Path) -> None:
    left = tmp_path / "left"
    slow = (sys.executable, "-c", f"import os,time; open({str(left)!r},'w').write(str(os.getpid())); time.sleep(60)")
    began = time.monotonic()
    with pytest.raises(PaperFailed):
        asyncio.run(Printing(slow, seconds=1.0).pdf(record("line").plain()))
    assert time.monotonic() - began < 10
    with pytest.raises(ProcessLookupError):
        os.kill(int(left.read_text()), 0)


@pytest.mark.parametrize("press", ["import sys; sys.exit(1)", "print('no paper')", "import sys; sys.stdin.close()"])
def test_a_press_that_fails_is_a_paper_that_failed(press: str) -> None:
    with pytest.raises(PaperFailed) as failed:
        asyncio.run(Printing((sys.executable, "-c", press)).pdf(record("canary").plain()))
    assert "canary" not in repr(failed.value)


def test_a_press_that_is_not_there_is_a_paper_that_failed() -> None:
    with pytest.raises(PaperFailed):
        asyncio.run(Printing(("/nowhere/press",)).pdf(record("line").plain()))


def test_a_record_that_is_far_too_long_is_not_begun() -> None:
    never = (sys.executable, "-c", "raise SystemExit('begun')")
    with pytest.raises(PaperFailed):
        asyncio.run(Printing(never).pdf(record("x" * 600_000).plain()))


def test_the_longest_record_there_may_be_is_set_in_time() -> None:
    assert len(printed(record(*["He is often hungry, and nobody knows why. " * 20] * 400)).pages) > 20


def test_papers_are_set_side_by_side_while_other_things_go_on() -> None:
    async def several() -> tuple[int, int]:
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0.005)
                ticks += 1

        ticking = asyncio.create_task(tick())
        printing = Printing()
        papers = await asyncio.gather(*(printing.pdf(record("line").plain()) for _ in range(4)))
        ticking.cancel()
        return len(papers), ticks

    papers, ticks = asyncio.run(several())
    assert papers == 4
    assert ticks > 5


def test_the_press_sees_none_of_our_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NONAME_SECRET", "canary")
    seen = tmp_path / "seen"
    look = f"import os; open({str(seen)!r}, 'w').write(repr(dict(os.environ)))"
    with pytest.raises(PaperFailed):
        asyncio.run(Printing((sys.executable, "-c", look)).pdf(record("line").plain()))
    assert "canary" not in seen.read_text()

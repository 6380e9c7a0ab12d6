"""The tutorial as a reader follows it: who does what, in which order, and what is to be seen.

`docs/TUTORIAL.md` is prose, and a script. What these forms of words say is done or looked for, in their order:

    Open `http://127.0.0.1:8000/...`          goes there
    *what only the reader has* into **X**     writes it into the field X; so do "words" into **X**
    Type this into **X**, and press **Y**:    writes the block below into X, and presses Y
    Press **X**; press *the name of ...*      presses a button or a link
    Tick **X**; choose **X** at **Y**         ticks a box; chooses X from the list or the group Y
    > words                                   are to be read on the page
    | a question | press **X** |              waits for the question, then does what stands beside it
    **X** anywhere else                       stands on the page
    ![what is to be seen](file)               a picture is taken, when pictures are being renewed
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TUTORIAL = Path(__file__).resolve().parents[1] / "docs" / "TUTORIAL.md"
PEOPLE = {"As the DSL": "dsl", "As the duty social worker": "worker"}

_STEP = re.compile(
    r"""
      [Oo]pen\ `http://127\.0\.0\.1:8000(?P<open>/[^`]*)`
    | \*(?P<own>[^*\n]+)\*\s+into\s+\*\*(?P<own_into>[^*]+)\*\*
    | "(?P<words>[^"]+)"\s+into\s+\*\*(?P<words_into>[^*]+)\*\*
    | [Tt]ype\s+this\s+into\s+\*\*(?P<block_into>[^*]+)\*\*,\s+and\s+press\s+\*\*(?P<then>[^*]+)\*\*:
      \n\n(?P<block>(?:[ ]{4}.+\n)+)
    | [Pp]ress\s+\*(?P<called>[^*\n]+)\*(?!\*)
    | [Pp]ress\s+\*\*(?P<press>[^*]+)\*\*
    | [Tt]ick\s+\*\*(?P<tick>[^*]+)\*\*
    | [Cc]hoose\s+\*\*(?P<option>[^*]+)\*\*\s+at\s+\*\*(?P<at>[^*]+)\*\*
    | ^\|\ (?P<asked>[^|]+)\ \|\ (?P<answer>[^|]*\*\*[^|]*)\ \|$
    | ^>\ (?P<read>.+)$
    | !\[(?P<alt>[^\]]+)\]\((?P<picture>[^)]+)\)
    | \*\*(?P<there>[^*]+)\*\*
    """,
    re.VERBOSE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do or to see: its kind, its words, and where they belong (a field, a file)."""

    kind: str
    words: str
    where: str = ""


def sections(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each part of the tutorial: its heading, who acts in it ("" in the terminal), and its text."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    for heading, body in zip(parts[::2], parts[1::2], strict=True):
        yield heading, next((who for words, who in PEOPLE.items() if words in heading), ""), body


def steps(text: str) -> Iterator[Step]:
    """Yield what is to be done and seen, in the order of the text."""
    for found in _STEP.finditer(text):
        said = {name: words for name, words in found.groupdict().items() if words is not None}
        match said:
            case {"asked": asked, "answer": answer}:
                yield Step("asked", asked.strip())
                yield from steps(answer)
            case {"block": block, "block_into": field, "then": button}:
                yield Step("words", " ".join(block.split()), field)
                yield Step("press", button)
            case {"own": words, "own_into": where} | {"words": words, "words_into": where}:
                yield Step("own" if "own" in said else "words", words, where)
            case {"option": words, "at": where} | {"alt": words, "picture": where}:
                yield Step("choose" if "at" in said else "picture", words, where)
            case _:
                [(kind, words)] = said.items()
                yield Step(kind, words)


def blocks(text: str) -> Iterator[str]:
    """Yield each line that stands in a block: what the terminal is told, and what it answers."""
    yield from re.findall(r"^ {4}(.+)$", text, re.MULTILINE)


def pictures(text: str) -> list[Step]:
    """Return the pictures of the tutorial in their order."""
    return [step for step in steps(text) if step.kind == "picture"]

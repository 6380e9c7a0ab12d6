"""All that a person can read: responses, the texts of pages and the words of the knowledge base."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
RESPONSES = ROOT / "nlu_data/responses"
PAGES = ROOT / "bot/web/templates"
KNOWLEDGE = ROOT / "knowledge_base"
# Keys of the knowledge base under which words stand that a person reads.
READ = frozenset(
    "words what access label consent route missing role within hours value who must never why vaguer cost name "
    "called meeting first_meeting cluster".split()
)
# Patterns of the reader, a DSL's possible answers, worked cases and citations are not said to anybody.
UNSAID = {"reading", "answers.yml", "cases.yml", "sources.yml"}

# Names that say nothing of where a text stands, and days.
PASSED = frozenset(["values", "scheme", "rows"])
# A macro that gives a tag its attributes stands outside of any tag.
_ATTRIBUTES = re.compile(r"(?:\s*[a-z-]+=\"[^\"<>]*\")+\s*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Said = tuple[str, str]  # where it stands, and what it says


@cache
def responses(file: str = "*") -> dict[str, list[str]]:
    """Return what each response says: its text, and the titles of its buttons."""
    said: dict[str, list[str]] = {}
    for path in sorted(RESPONSES.glob(f"{file}.yml")):
        for name, variations in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)["responses"].items():
            texts = [v["text"] for v in variations if "text" in v]
            said[name] = texts + [b["title"] for v in variations for b in v.get("buttons", ())]
    return said


def of_pages() -> Iterator[Said]:
    """Yield the pieces of text on the pages, without their mark-up."""
    for path in sorted(PAGES.rglob("*.html")):
        bare = re.sub(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", " ", path.read_text("utf-8"), flags=re.S)
        inline = re.sub(r"</?(?:b|i|a|span|strong|small)\b[^>]*>", "", bare)
        for piece in re.split(r"<[^>]*>", inline):
            if piece.strip() and not _ATTRIBUTES.fullmatch(piece):
                yield path.name, " ".join(piece.split())


def of_knowledge(folder: Path = KNOWLEDGE) -> Iterator[Said]:
    """Yield the words of the knowledge base, or of a folder of it, under the nearest name above them."""
    for path in sorted(folder.rglob("*.yml")):
        if not UNSAID & set(path.relative_to(KNOWLEDGE).parts):
            yield from _words(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader), path.name)


def _words(held: Any, under: str) -> Iterator[Said]:
    if not isinstance(held, dict):
        return
    for key, value in held.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from _words(one, under if key in PASSED or _DAY.fullmatch(str(key)) else str(key))
            elif isinstance(one, str) and key in READ:
                yield under, one


@cache
def everything() -> tuple[Said, ...]:
    """Return all that is said, and where."""
    from_responses = [(name, text) for name, texts in responses().items() for text in texts]
    return (*from_responses, *of_pages(), *of_knowledge())


def plain(text: str) -> str:
    """Return the text as it sounds: no emphasis, straight quotes, one blank between words."""
    return " ".join(text.replace("**", "").replace("’", "'").split())


def sentences(text: str) -> list[str]:
    """Return the sentences of a text. A line of its own is one, full stop or not."""
    lines = text.replace("**", "").splitlines()
    return [s for line in lines for s in re.split(r"(?<=[.!?])[\"”)]?\s+", line.strip()) if s]

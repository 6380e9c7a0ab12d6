"""Marks: the places of a paper where a fact stands, and the blanks that a council has to fill."""

import re
from collections.abc import Callable

_FACT = re.compile(r"(<!-- fact (?P<name>[a-z0-9-]+) -->\n)(?P<body>.*?)(<!-- end -->)", re.DOTALL)
_OPENED = re.compile(r"<!-- fact ([a-z0-9-]+) -->")
_BLANK = re.compile(r"\[council: [^\]]+\]")
_AS_OF = re.compile(r"(<!-- as of )(\d{4}-\d\d-\d\d)( -->)")


class BrokenMark(ValueError):
    """Tried to fill a paper in which a mark is opened and not ended."""


def facts_in(paper: str) -> list[str]:
    """Return the names of the facts that a paper states, in their order."""
    return [found["name"] for found in _FACT.finditer(paper)]


def blanks_in(paper: str) -> list[str]:
    """Return what a paper leaves to the council."""
    return _BLANK.findall(paper)


def filled(paper: str, fact: Callable[[str], str]) -> str:
    """Return the paper with every fact told anew. Raises BrokenMark, and what `fact` raises."""
    if len(_OPENED.findall(paper)) != len(_FACT.findall(paper)):
        raise BrokenMark
    return _FACT.sub(lambda found: f"{found[1]}\n{fact(found['name']).strip()}\n\n{found[4]}", paper)


def without_facts(paper: str) -> str:
    """Return what people wrote of a paper, without what is made."""
    return _FACT.sub("", paper)


def as_of(paper: str) -> str:
    """Return the day, as 2026-11-23, on which the facts of a set of papers were told; empty where none is said."""
    found = _AS_OF.search(paper)
    return found[2] if found else ""


def dated(paper: str, day: str) -> str:
    """Return the paper with another day on which its facts were told."""
    return _AS_OF.sub(rf"\g<1>{day}\g<3>", paper)

"""The section of RESULTS.md: what was typed at every door, what was missed, and where it was looked for."""

from collections.abc import Mapping
from typing import Any

from evaluation.results import table

ABOUT = (
    "{planted} invented identifiers were typed at every door of a running house, its logs and Rasa's at their most "
    "talkative. Doors that redact took {typed} sentences in, an identifier in another of seven spellings from door to "
    "door; all others (addresses, headers, cookies, file names, sign-in fields, malformed and over-long bodies, Rasa's "
    "door, lines of a command) were given all of them. Then {places} places were searched, {size:.1f} MB: every file "
    "below the house's folder, every column of both databases, every answer to somebody else. Where something stood "
    "that should not: **{sightings}**. What was missed stood only where the people of its own consultation read it. "
    "The sentences are easy ones and say what is what; how much is missed of harder texts is under redaction. Values "
    "come from the lists of that set, so the same team wrote them."
)


def report(figures: Mapping[str, Any]) -> str:
    """Return the figures of `tests/journeys/test_canary.py` as Markdown."""
    about = ABOUT.format(**figures, size=figures["bytes"] / 1e6)
    return "\n\n".join([about, _missed("identifier", figures["kinds"]), _missed("spelling", figures["spellings"])])


def _missed(what: str, counts: Mapping[str, Mapping[str, int]]) -> str:
    rows = [(name, of["typed"], of["missed"], f"{100 * of['missed'] / of['typed']:.1f}") for name, of in counts.items()]
    return table((what, "typed", "missed, or in part", "%"), rows)

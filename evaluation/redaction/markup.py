"""Marked messages: `{NAME:Keiran|white_british} in {KEEP:Year 5}` as a text and the stretches marked in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

NUMBERED = ("POSTCODE", "PHONE", "EMAIL", "HANDLE", "NHS", "NINO", "UPN", "PLATE", "CASEREF")
IDENTIFIERS = ("NAME", "SCHOOL", "ADDRESS", "DOB", *NUMBERED)
NEUTRAL, KEEP = "NEUTRAL", "KEEP"  # may go or stay; has to stay
GROUPS = (
    *("white_british", "irish_welsh_scots", "east_european", "african", "caribbean", "south_asian", "east_asian"),
    *("arabic_turkish", "latin_iberian", "traveller", "word_name", "nickname"),
)

_MARK = re.compile(r"\{(?P<label>[A-Z]+):(?P<words>[^{}|]+)(?:\|(?P<group>[a-z_]+))?\}")


class BadMarkup(Exception):
    """Tried to read a marked message that is not marked as it should be; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch of a text: `start` and `end` in characters, its label, a name's group."""

    start: int
    end: int
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A text, what is marked in it in order of place, and in which spelling it stands."""

    id: str
    text: str
    spans: tuple[Span, ...]
    variant: str = "normal"

    @property
    def identifiers(self) -> tuple[Span, ...]:
        """What has to go."""
        return tuple(span for span in self.spans if span.label in IDENTIFIERS)

    @property
    def kept(self) -> tuple[Span, ...]:
        """What has to stay."""
        return tuple(span for span in self.spans if span.label == KEEP)


def parse(name: str, marked: str) -> Message:
    """Return the message that a marked text stands for. Raises BadMarkup."""
    text, spans, end = "", [], 0
    for mark in _MARK.finditer(marked):
        text += _unmarked(name, marked[end : mark.start()])
        spans.append(Span(len(text), len(text) + len(mark["words"]), *_label(name, mark)))
        text += mark["words"]
        end = mark.end()
    return Message(name, text + _unmarked(name, marked[end:]), tuple(spans))


def parse_all(rows: Iterator[dict] | list[dict]) -> list[Message]:
    """Return the messages of rows with `id` and `text`. Raises BadMarkup."""
    return [parse(str(row["id"]), row["text"]) for row in rows]


def _label(name: str, mark: re.Match[str]) -> tuple[str, str]:
    label, group = mark["label"], mark["group"] or ""
    if label not in (*IDENTIFIERS, NEUTRAL, KEEP):
        raise BadMarkup(f"Tried to read {name}: there is no label {label}.")
    if group and (group not in GROUPS or label != "NAME"):
        raise BadMarkup(f"Tried to read {name}: {label} cannot be of the group {group}.")
    return label, group


def _unmarked(name: str, text: str) -> str:
    if "{" in text or "}" in text:
        raise BadMarkup(f"Tried to read {name}: a brace is left over in {text!r}.")
    return text

"""A finding: what is wrong or worth knowing at one place of a file, for the person who looks after it."""

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.entry import Entry
from bot.knowledge.errors import PackError


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing about a place of the knowledge base. `line` is counted from 1.

    A problem has to be put right; a note is true and to be known, and needs nothing done.
    """

    file: Path
    line: int
    words: str
    is_note: bool = False

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {'(note) ' if self.is_note else ''}{self.words}"


def problem(entry: Entry, words: str) -> Finding:
    """Return something to be put right at a place."""
    return Finding(entry.file, entry.line, words)


def note(entry: Entry, words: str) -> Finding:
    """Return something to be known about a place."""
    return Finding(entry.file, entry.line, words, is_note=True)


def refused(error: PackError) -> Finding:
    """Return as a problem what a loader refused."""
    return Finding(error.file, error.line, error.wrong)

"""Why the knowledge base was refused."""

from datetime import date
from pathlib import Path


class PackError(Exception):
    """Tried to read a file of the knowledge base that is wrong.

    Says the file, the line (counted from 1) and what is wrong in words an editor can act on.
    """

    def __init__(self, file: Path, line: int, wrong: str) -> None:
        super().__init__(f"{file}, line {line}: {wrong}")
        self.file = file
        self.line = line
        self.wrong = wrong


class NotInForce(Exception):
    """Tried to use a value on a day before its first one starts. There is no nearest value."""

    def __init__(self, what: str, on: date, first: date) -> None:
        super().__init__(f"{what} starts on {first.isoformat()} and was asked for on {on.isoformat()}")
        self.what = what
        self.on = on
        self.first = first


class UnknownArea(Exception):
    """Tried to load an area that has no folder in the knowledge base."""

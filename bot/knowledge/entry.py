"""A place in a YAML file that knows its file and line, and refuses what it does not expect.

Every scalar is text as typed: `no`, `0800 1111` and `4` stay what the editor wrote. What should
be a day, a number or a yes is read as such only where one is expected.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NoReturn

import yaml

from bot.knowledge.errors import PackError

ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
# Our own files are about eight deep. The reader of YAML falls over some thousands, and takes the process with it.
DEEPEST = 24
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
# Nothing here is older, and what is later is a slip: days can be counted on from it.
_YEARS = range(1900, 2200)


class _Loader(yaml.CSafeLoader):
    """Composes without guessing what a word may be: nobody asks, and guessing would take half of the time."""

    def descend_resolver(self, *_: object) -> None: ...

    def ascend_resolver(self) -> None: ...

    def resolve(self, *_: object) -> str:
        return "as written"


class Entry:
    """A scalar, list or mapping of a file, with the means to say what is wrong with it."""

    __slots__ = ("_named_by", "_node", "file")

    def __init__(self, node: yaml.Node, file: Path, named_by: yaml.Node | None = None) -> None:
        self._node = node
        self._named_by = named_by
        self.file = file

    @property
    def line(self) -> int:
        """Return the line in the file, counted from 1: that of its name, if it has one."""
        return (self._named_by or self._node).start_mark.line + 1

    def fail(self, wrong: str) -> NoReturn:
        """Refuse the file at this place."""
        raise PackError(self.file, self.line, wrong)

    def is_mapping(self) -> bool:
        """Whether this place holds names with values."""
        return isinstance(self._node, yaml.MappingNode)

    def members(self) -> dict[str, "Entry"]:
        """Return the names with their values, in the order of the file. Refuses a name given twice."""
        if not isinstance(self._node, yaml.MappingNode):
            self.fail("expected names with values here")
        held: dict[str, Entry] = {}
        for key_node, value_node in self._node.value:
            key = Entry(key_node, self.file)
            name = key.text()
            if name in held:
                key.fail(f"{name!r} is given twice")
            held[name] = Entry(value_node, self.file, key_node)
        return held

    def fields(
        self,
        required: Iterable[str],
        optional: Iterable[str] = (),
        defaults: "Mapping[str, Entry] | None" = None,
    ) -> dict[str, "Entry"]:
        """Return the members, with defaults for those left out.

        Refuses a name that is neither required nor optional, and a required one that is missing.
        """
        held = self.members()
        required = tuple(required)
        known = {*required, *optional}
        for name, value in held.items():
            if name not in known:
                value.fail(f"{name!r} is not a known key here; known are: {', '.join(sorted(known))}")
        for name, value in (defaults or {}).items():
            if name in known:
                held.setdefault(name, value)
        for name in required:
            if name not in held:
                self.fail(f"{name!r} is missing")
        return held

    def items(self) -> list["Entry"]:
        """Return the entries of a list."""
        if not isinstance(self._node, yaml.SequenceNode):
            self.fail("expected a list here")
        return [Entry(node, self.file) for node in self._node.value]

    def text(self) -> str:
        """Return the words as typed, on one line. Refuses an empty place."""
        words = self._scalar()
        if not words:
            self.fail("nothing is written here")
        return words

    def prose(self) -> str:
        """Return the words with their line breaks, without space around them."""
        self.text()
        return self._node.value.strip()

    def texts(self) -> tuple[str, ...]:
        """Return a list of words. Refuses one given twice."""
        found: list[str] = []
        for entry in self.items():
            words = entry.text()
            if words in found:
                entry.fail(f"{words!r} is given twice")
            found.append(words)
        return tuple(found)

    def day(self) -> date:
        """Return the day, written as 2026-11-02."""
        try:
            day = date.fromisoformat(self.text())
        except ValueError:
            self.fail(f"{_short(self.text())!r} is not a day such as 2026-11-02")
        if day.year not in _YEARS:
            self.fail(f"{self.text()!r} is a day of no year that can be meant")
        return day

    def number(self) -> int:
        """Return a whole number above zero, of at most four digits."""
        words = self.text()
        if not _NUMBER.fullmatch(words):
            self.fail(f"{_short(words)!r} is not a whole number from 1 to 9999")
        return int(words)

    def yes_or_no(self) -> bool:
        """Return true or false."""
        return self.one_of(("true", "false")) == "true"

    def one_of(self, allowed: Iterable[str]) -> str:
        """Return the words, which must be among those allowed."""
        words = self.text()
        allowed = tuple(allowed)
        if words not in allowed:
            self.fail(f"{words!r} is not one of: {', '.join(allowed)}")
        return words

    def _scalar(self) -> str:
        if not isinstance(self._node, yaml.ScalarNode):
            self.fail("expected words here")
        is_null = self._node.style is None and self._node.value in ("null", "~")
        return "" if is_null else " ".join(self._node.value.split())


def read(file: Path) -> Entry:
    """Return the whole of a YAML file, or raise PackError if it is missing, empty or broken."""
    try:
        node = _composed(file, file.read_text("utf-8"))
    except FileNotFoundError:
        raise PackError(file, 1, "the file is missing") from None
    except UnicodeDecodeError:
        raise PackError(file, 1, "the file is not UTF-8 text") from None
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        raise PackError(file, mark.line + 1 if mark else 1, f"not valid YAML: {broken.problem}") from None
    except yaml.YAMLError as broken:
        raise PackError(file, 1, f"not valid YAML: {broken}") from None
    if node is None:
        raise PackError(file, 1, "the file is empty")
    return Entry(node, file)


def _composed(file: Path, text: str) -> yaml.Node | None:
    refuse_tangles(file, text, pointing=True)
    return yaml.compose(text, Loader=_Loader)


def refuse_tangles(file: Path, text: str, *, pointing: bool = False) -> None:
    """Raise PackError where a text goes deeper than any of ours, or points to another place of itself.

    With `pointing` it may point to a place that itself points nowhere. It is read event by event: what is refused
    here would take the reader of whole files, and the service, with it. Raises yaml.YAMLError for what is no YAML.
    """
    named: list[bool] = []  # for each thing that is open, whether it has a name that can be pointed to
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.CollectionStartEvent):
            named.append(event.anchor is not None)
        elif isinstance(event, yaml.CollectionEndEvent):
            named.pop()
        elif isinstance(event, yaml.AliasEvent) and (any(named) or not pointing):
            raise PackError(file, line, "a place that points to another (* and &) is not read here")
        if len(named) > DEEPEST:
            raise PackError(file, line, f"more than {DEEPEST} things inside one another")


def checked_id(name: str, entry: Entry) -> str:
    """Return the name if it can be an id: lower-case letters, digits, hyphens and underscores."""
    if not ID.fullmatch(name):
        entry.fail(f"{name!r} cannot be an id: use lower-case letters, digits, - and _")
    return name


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:60]}..."

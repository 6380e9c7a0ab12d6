"""Faults made on purpose in the files of a pack, each at a known place.

A `Page` is a file of the pack with the place of everything in it. A mutation is a function that takes a `Folder`
and yields every `Mutant` it can make there: what becomes of which file, on which line that has to be told, and in
which words. What it leaves out it leaves out because it would be no fault, with the reason beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

# What becomes of a text: from where, to where, and the words in its place.
Edits = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Mutant:
    """A file and the fault made in it. `words` are parts of what has to be said, on `line` if there is one.

    What is wrong in one file may have to be told of another: `told_in`.
    """

    file: Path
    edits: Edits
    line: int | None
    words: tuple[str, ...]
    told_in: Path | None = None

    @property
    def place(self) -> Path:
        return self.told_in or self.file

    def made_in(self, text: str) -> str:
        """Return the text with the fault."""
        for start, end, words in sorted(self.edits, reverse=True):
            text = text[:start] + words + text[end:]
        return text


class Page:
    """A file with the places of everything in it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.text = file.read_text("utf-8")

    @cached_property
    def root(self) -> yaml.Node:
        return yaml.compose(self.text, Loader=yaml.CSafeLoader)

    @cached_property
    def mappings(self) -> list[tuple[tuple[str, ...], yaml.Node | None, yaml.MappingNode]]:
        """Every mapping with the names that lead to it and the node of its own name."""
        return list(_mappings(self.root, (), None))

    def at(self, *path: str) -> yaml.Node:
        """Return the value at a path of names."""
        node = self.root
        for name in path:
            node = pairs(node)[name][1]
        return node

    def line(self, node: yaml.Node) -> int:
        return node.start_mark.line + 1

    def put(self, node: yaml.Node, words: str) -> Edits:
        """Put words in the place of a node."""
        return ((node.start_mark.index, self.end(node), words),)

    def insert_in(self, mapping: yaml.MappingNode, words: str) -> Edits:
        """Make `words` (a name and a flow value) the first member of a mapping."""
        start = mapping.start_mark.index
        if mapping.flow_style:
            return ((start + 1, start + 1, f"{words}, "),)
        return ((start, start, f"{words}\n{' ' * mapping.start_mark.column}"),)

    def add(self, line: int, words: str) -> Edits:
        """Put a line of its own before a line, counted from 1."""
        start = sum(len(one) for one in self.text.splitlines(keepends=True)[: line - 1])
        return ((start, start, f"{words}\n"),)

    def without(self, mapping: yaml.MappingNode, name: str) -> Edits:
        """Take one member out of a mapping."""
        key, value = pairs(mapping)[name]
        start, end = key.start_mark.index, self.end(value)
        if mapping.flow_style:
            if self.text[end : end + 1] == "}":
                return ((len(self.text[:start].rstrip(", ")), end, ""),)
            return ((start, len(self.text) - len(self.text[end:].lstrip(", ")), ""),)
        after = self.text.find("\n", end) + 1 or len(self.text)
        line_start = self.text.rfind("\n", 0, start) + 1
        if self.text[line_start:start].strip():
            # The first member of a mapping in a list shares its line with the dash.
            return ((start, len(self.text) - len(self.text[after:].lstrip(" ")), ""),)
        return ((line_start, after, ""),)

    def text_of(self, node: yaml.Node) -> str:
        return self.text[node.start_mark.index : self.end(node)]

    def end(self, node: yaml.Node) -> int:
        if isinstance(node, yaml.ScalarNode) or node.flow_style:
            return node.end_mark.index
        # A block ends where its last value ends; its end mark lies at the start of what comes next.
        last = node.value[-1]
        return self.end(last[1] if isinstance(last, tuple) else last)


@dataclass(frozen=True)
class Folder:
    """The files of one area, and what the checks know of it before anything is wrong."""

    here: Path
    seen: object
    """A `bot.knowledge.checks.written.Written`, or None where the pack cannot be read."""

    @cached_property
    def area(self) -> Page:
        return Page(self.here / "area.yml")

    @cached_property
    def thresholds(self) -> Page:
        return Page(self.here / "thresholds.yml")

    @cached_property
    def sources(self) -> Page:
        return Page(self.here / "sources.yml")

    @cached_property
    def cases(self) -> Page:
        return Page(self.here / "cases.yml")

    def sections(self) -> Iterator[tuple[yaml.MappingNode, yaml.MappingNode]]:
        """Yield the section with its level and source, and its rows, as they are in force."""
        for _, section in pairs(self.thresholds.at("sections")).values():
            held = pairs(section)
            dated = pairs(held["values"][1]).values() if "values" in held else [(None, section)]
            for _, value in dated:
                if isinstance(value, yaml.MappingNode):
                    yield value, pairs(value)["rows"][1]

    def rows(self) -> Iterator[tuple[yaml.ScalarNode, yaml.MappingNode, yaml.MappingNode, yaml.MappingNode]]:
        """Yield every row: the node of its name, the row, the rows it is among, and its section."""
        for section, rows in self.sections():
            for key, row in pairs(rows).values():
                yield key, row, rows, section


def pairs(node: yaml.Node) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """Return the members of a mapping: the node of the name and that of the value, by name."""
    assert isinstance(node, yaml.MappingNode), node.start_mark
    return {key.value: (key, value) for key, value in node.value}


def _mappings(node, path, key):
    if isinstance(node, yaml.MappingNode):
        yield path, key, node
        for name, value in node.value:
            yield from _mappings(value, (*path, name.value), name)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mappings(value, path, None)

"""A point of the duty worker's brief: its heading, and what is known apart from what nobody asked."""

from typing import NamedTuple


class Section(NamedTuple):
    """A heading with its lines, and those of them that only tell what nobody asked."""

    heading: str
    lines: tuple[str, ...]
    not_asked: frozenset[str] = frozenset()

    @property
    def known(self) -> tuple[str, ...]:
        """The lines that tell more than that nobody asked."""
        return tuple(line for line in self.lines if line not in self.not_asked)

    @property
    def unasked(self) -> tuple[str, ...]:
        """The other lines."""
        return tuple(line for line in self.lines if line in self.not_asked)

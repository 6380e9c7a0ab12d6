"""The frozen objects that the findability rules are read into."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.consultation import Citation

# Stands for any number in a phrase of a findability pattern.
NUMBER = "#"


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a findability pattern: any of some phrases, or any word that begins with a stem.

    `phrases` are rows of plain words, in `numbered` with NUMBER where a number stands. `gap` is the most
    words that may lie between the part before and this one. `firsts` and `lengths` are those of the phrases.
    """

    phrases: frozenset[tuple[str, ...]]
    numbered: frozenset[tuple[str, ...]]
    stems: tuple[str, ...] = ()
    optional: bool = False
    gap: int = 0
    firsts: frozenset[str] = field(init=False)
    lengths: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        rows = self.phrases | self.numbered
        object.__setattr__(self, "firsts", frozenset(row[0] for row in rows))
        object.__setattr__(self, "lengths", tuple(sorted({len(row) for row in rows})))


@dataclass(frozen=True, slots=True)
class Telltale:
    """A way to say what a rule looks for: `parts[first:after]` are the words that point to a child.

    `vaguer` is what can be said instead of those words; empty for a pattern that takes a finding back. `openings`
    are the parts it can begin with: the first that has to be there, and those before it.
    """

    written: str
    parts: tuple[Part, ...]
    first: int
    after: int
    vaguer: str = ""
    openings: tuple[Part, ...] = field(init=False)

    def __post_init__(self) -> None:
        required = next(number for number, part in enumerate(self.parts) if not part.optional)
        object.__setattr__(self, "openings", self.parts[: required + 1])


@dataclass(frozen=True, slots=True)
class FindabilityRule:
    """Something by which a child may be found without a name, and how many points it counts.

    `label` and `why` are read by people. What `unless` matches is left alone. It holds without
    words too when any of `indicators` is present or any of `answers` was given. `may_tell` are indicators that its
    vaguer words may tell of where the DSL's own were not understood.
    """

    id: str
    label: str
    why: str
    points: int
    telltales: tuple[Telltale, ...]
    unless: tuple[Telltale, ...]
    indicators: frozenset[str]
    answers: Mapping[str, frozenset[str]]
    may_tell: frozenset[str]
    citation: Citation


@dataclass(frozen=True, slots=True, eq=False)
class FindabilityRules:
    """The rules, and from how many points on a record counts as findable to some or to a high degree."""

    some: int
    high: int
    rules: tuple[FindabilityRule, ...] = ()

"""The frozen objects that the knowledge base is read into."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.consultation import Citation, HardExit, Level


@dataclass(frozen=True, slots=True)
class Indicator:
    """A national indicator: the shared word for something that may be so of a child.

    `category` is one of the 17 of the vocabulary. `implies` are more general indicators that
    hold whenever this one does, already closed over (their own implications included).
    """

    id: str
    category: str
    words: str
    domain: str
    implies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator as an area publishes it, at the area's level.

    `needs` is a set of alternatives; the row holds when every national indicator of any one
    alternative is present. `published` is the stable number of the published indicator, if any.
    """

    id: str
    level: Level
    domain: str
    words: str
    needs: tuple[frozenset[str], ...]
    citation: Citation
    published: str = ""


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A combination of indicators and answers that ends the no-name consultation.

    Holds when every id of `indicators` is present and every question of `answers` has one of
    the values named.
    """

    id: str
    exit: HardExit
    words: str
    indicators: frozenset[str]
    answers: Mapping[str, frozenset[str]]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A raise by one level, a floor, or a hand-over: national, with its basis named.

    `kind` is `raise`, `floor` (to `floor`) or `person`. Conditions are as in RedFlag; any one of
    `when` suffices. `basis` is `published` or `professional_judgement`. An adjustment with
    `core_unknown` has no `when`: it holds when that many core questions are answered "don't know".
    """

    id: str
    kind: str
    words: str
    when: tuple[tuple[frozenset[str], Mapping[str, frozenset[str]]], ...]
    floor: int | None
    basis: str
    citation: Citation
    core_unknown: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question and what it says about indicators."""

    value: str
    present: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the consultation, in the order of the file.

    `kind` is `choice`, `many`, `text`, `scale` or `confirm`. A `core` question counts towards "too
    many unknowns"; a `red_flag` question must be answered, if only with unknown, before any level.
    """

    id: str
    kind: str
    core: bool
    red_flag: bool
    options: Mapping[str, Option]


@dataclass(frozen=True, slots=True)
class Contact:
    """A number to ring or page to open, with when it was last checked.

    `review_by` is the day after which it is shown as past its check.
    """

    id: str
    label: str
    value: str
    hours: str
    citation: Citation
    review_by: date


@dataclass(frozen=True, slots=True)
class EarlyHelpOption:
    """Something that may help before or beside a referral.

    `parents_hear` is set where it cannot be done without telling the parents of the worry: it is
    not offered while telling them could put the child at more risk.
    """

    id: str
    name: str
    what: str
    categories: frozenset[str]
    levels: frozenset[str]
    access: str
    school_can_do_now: bool
    citation: Citation
    parents_hear: bool = False


@dataclass(frozen=True, slots=True)
class Pack:
    """One area's knowledge as it stands on one day.

    `version` names the content: the same facts with the same version give the same assessment.
    `levels` is lowest first. `missing` says in words what the area has not published.
    """

    area: str
    code: str
    name: str
    version: str
    on: date
    levels: tuple[Level, ...]
    rows: tuple[Row, ...]
    contacts: Mapping[str, Contact]
    early_help: tuple[EarlyHelpOption, ...]
    escalation: tuple[Mapping[str, str], ...]
    profile: Mapping[str, str]
    missing: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class National:
    """What does not vary between areas, as it stands on one day."""

    version: str
    indicators: Mapping[str, Indicator]
    red_flags: tuple[RedFlag, ...]
    adjustments: tuple[Adjustment, ...]
    questions: Mapping[str, Question]
    contacts: Mapping[str, Contact]
    early_help: tuple[EarlyHelpOption, ...]
    findability: FindabilityRules = FindabilityRules(some=3, high=6)

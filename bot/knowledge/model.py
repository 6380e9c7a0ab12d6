"""The frozen objects that the knowledge base is read into."""

from collections.abc import Mapping
from dataclasses import dataclass
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

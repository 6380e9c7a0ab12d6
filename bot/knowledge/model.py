"""The frozen objects that the knowledge base is read into."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.consultation import Citation, Level
from bot.knowledge.findability_model import FindabilityRules
from bot.knowledge.rule_model import Adjustment, AreaQuestion, Option, Question, RedFlag, StatutoryRoute, Transition
from bot.knowledge.terms import Term

__all__ = [
    "Adjustment",
    "AreaQuestion",
    "Contact",
    "EarlyHelpOption",
    "Indicator",
    "National",
    "Option",
    "Pack",
    "ProfileLine",
    "Question",
    "RedFlag",
    "Row",
    "StatutoryRoute",
    "Transition",
]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A national indicator: the shared word for something that may be so of a child.

    `category` is one of the 17 of the vocabulary, or `strengths` for what protects the child. `implies` are
    more general indicators that hold whenever this one does, already closed over (their own
    implications included).
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
    alternative is present and every question of `given` has one of the values named. `published`
    is the stable number of the published indicator, if any. `basis` is `published` or
    `professional_judgement`. `weighed` are adjustments that the row's level has taken into account
    already, so that they do not raise it again. A row that holds `everywhere` is national and counts in every
    area, whatever the area itself publishes.
    """

    id: str
    level: Level
    domain: str
    words: str
    needs: tuple[frozenset[str], ...]
    citation: Citation
    published: str = ""
    given: Mapping[str, frozenset[str]] = field(default_factory=dict)
    basis: str = "published"
    weighed: frozenset[str] = frozenset()
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """A number to ring or page to open, with when it was last checked: a line of the who's who.

    `review_by` is the day after which it is shown as past its check. `role` is one of ROLES. `deputy` and
    `answers_to` are ids of other contacts of the same area: who stands in, and who is above. `cluster`
    names the schools that the contact is for, where it is not for all.
    """

    id: str
    label: str
    value: str
    hours: str
    citation: Citation
    review_by: date
    role: str = "other"
    deputy: str = ""
    answers_to: str = ""
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One thing about how an area works, in words, with its source.

    `is_` is the same in one word for the few keys that rules rest on (`yes`, `no`, `not_published`);
    empty for the others.
    """

    value: str
    citation: Citation
    is_: str = ""


@dataclass(frozen=True, slots=True)
class EarlyHelpOption:
    """Something that may help before or beside a referral.

    `parents_hear` is set where it cannot be done without telling the parents of the worry: it is
    not offered while telling them could put the child at more risk. `ages` are age bands and `phases` school
    phases it is for; none named means all. `hours` and `cost` are in words. After `review_by` it is
    shown as past its check.
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
    ages: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    hours: str = ""
    cost: str = ""
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """One area's knowledge as it stands on one day.

    `version` names the content: the same facts with the same version give the same assessment.
    `levels` is lowest first, and empty where the area's scheme is not known: then no level can be
    given there. `missing` says in words what the area has not published, `roles_not_published` which of
    the roles that every area has are not known. `also_called` are other names that people type. `questions` are
    asked here beside the national ones; `levels_from` is where the levels are published.
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
    profile: Mapping[str, ProfileLine]
    missing: tuple[str, ...]
    also_called: tuple[str, ...] = ()
    roles_not_published: tuple[str, ...] = ()
    questions: tuple[AreaQuestion, ...] = ()
    levels_from: Citation | None = None
    # The rows that name an indicator, the indicators that a row holds by alone, and each row's place: looked up for
    # every assessment.
    rows_naming: Mapping[str, tuple[Row, ...]] = field(init=False, repr=False)
    lists: frozenset[str] = field(init=False, repr=False)
    place: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        naming: dict[str, list[Row]] = {}
        for row in self.rows:
            for indicator in frozenset().union(*row.needs):
                naming.setdefault(indicator, []).append(row)
        object.__setattr__(self, "rows_naming", {name: tuple(rows) for name, rows in naming.items()})
        alone = (needed for row in self.rows for needed in row.needs if len(needed) == 1 and not row.given)
        object.__setattr__(self, "lists", frozenset().union(*alone))
        object.__setattr__(self, "place", {row.id: place for place, row in enumerate(self.rows)})

    def said(self) -> dict[str, str]:
        """Return the profile in words alone."""
        return {name: line.value for name, line in self.profile.items()}


@dataclass(frozen=True, slots=True)
class National:
    """What does not vary between areas, as it stands on one day.

    `floor` is the national floor: England as an area of its own, whose rows stand in where an area is silent.
    """

    version: str
    indicators: Mapping[str, Indicator]
    red_flags: tuple[RedFlag, ...]
    adjustments: tuple[Adjustment, ...]
    questions: Mapping[str, Question]
    contacts: Mapping[str, Contact]
    early_help: tuple[EarlyHelpOption, ...]
    findability: FindabilityRules = field(default_factory=lambda: FindabilityRules(some=3, high=6))
    routes: tuple[StatutoryRoute, ...] = ()
    transitions: tuple[Transition, ...] = ()
    terms: tuple[Term, ...] = ()
    floor: Pack | None = None
    of_category: Mapping[str, tuple[str, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        held: dict[str, list[str]] = {}
        for indicator in self.indicators.values():
            held.setdefault(indicator.category, []).append(indicator.id)
        object.__setattr__(self, "of_category", {name: tuple(ids) for name, ids in held.items()})

    def asked_in(self, pack: Pack | None) -> "National":
        """Return the same with the questions that an area asks of its own: the engine hears them like the others."""
        own = {asked.id: asked.question for asked in pack.questions} if pack else {}
        return replace(self, questions={**self.questions, **own}) if own else self

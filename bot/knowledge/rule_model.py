"""The frozen objects that the national rules are read into: red flags, adjustments, questions, duties in law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.consultation import Citation, HardExit

# Every indicator named is present, and every question named has one of the values named.
type Condition = tuple[frozenset[str], Mapping[str, frozenset[str]]]


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
    One that holds `where_silent` counts only where no row of the area's own lists an indicator of what holds.
    """

    id: str
    kind: str
    words: str
    when: tuple[Condition, ...]
    floor: int | None
    basis: str
    citation: Citation
    core_unknown: int | None = None
    where_silent: bool = False


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
class AreaQuestion:
    """A question of one area's own, as it stands on a day.

    `question` is what the engine hears, always of kind `choice`. `titles` are the buttons by value, in the order
    they are shown, and `said` what people type for each. It is asked once `after`, a national question, has
    been. `in_other_words` is for who asks what is meant, `label` stands before the answer in tables.
    """

    question: Question
    words: str
    in_other_words: str
    why: str
    label: str
    after: str
    titles: Mapping[str, str]
    said: Mapping[str, tuple[str, ...]]
    citation: Citation

    @property
    def id(self) -> str:
        """The id, such as `testshire-lives-afloat`."""
        return self.question.id


@dataclass(frozen=True, slots=True)
class StatutoryRoute:
    """A duty in law that stands beside any level: who does what, by when, under which act.

    `is_on` is the switch on the day: a duty whose start nobody has confirmed is off, and `confirmed` says what
    is known of it. It applies when any line of `when` holds or may hold (as in Adjustment). `never` is
    what must not be said or done. `exit` is the red flag's route that belongs to it, if any.
    """

    id: str
    name: str
    is_on: bool
    confirmed: str
    who: str
    must: str
    within: str
    never: str
    when: tuple[Condition, ...]
    citation: Citation
    exit: HardExit | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """What to see to when something about a child's place changes: school, area, home, age, or consent.

    `what` are the steps, in order; `within` is by when, in words, or nothing. It applies when any line of
    `when` does. `parents_hear` is as in EarlyHelpOption; after `review_by` it is shown as past its check.
    """

    id: str
    name: str
    what: tuple[str, ...]
    within: str
    when: tuple[Condition, ...]
    parents_hear: bool
    citation: Citation
    review_by: date

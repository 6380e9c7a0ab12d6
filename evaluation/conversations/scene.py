"""What passes between the DSL and the house: what is seen, what is done, what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Option:
    """A button or a tick: its title, the id to send, and the value that it gives the open question, if any."""

    title: str
    id: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """What the DSL sees: the open question and what can be pressed for it, the rows of the last table.

    `rows` are labels with the id that changes them. `times_asked` counts how often in a row the question came
    back after an answer. `is_over` says that the last words of the consultation were heard.
    """

    asked: str | None
    options: Sequence[Option] = ()
    ticks: bool = False
    rows: Sequence[tuple[str, str]] = ()
    stage: str = "with_assistant"
    is_over: bool = False
    times_asked: int = 0
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """What the DSL does. `body` goes to the door; `told` are the answers in it, by question.

    `kind` is `answer`, `several`, `aside`, `danger`, `addition`, `correction`, `change`, `stop`, `twice`,
    `silence`, `start_again`, `person` or `leave`; `by` is `button` or `words`; `act` is what an aside is.
    `gone` are invented identifiers in it, which must be found nowhere afterwards.
    """

    kind: str
    body: Mapping[str, Any] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    act: str = ""
    gone: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the door after a turn: the facts kept, the last assessment, whether a desk has it.

    `questions` are those whose answers are facts.
    """

    answers: Mapping[str, Any]
    assessment: Mapping[str, Any] | None
    has_case: bool
    facts: Any = None
    questions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Turn:
    """One move and what came of it. `heard` are the responses of each reply, by name."""

    number: int
    asked: str | None
    move: Move
    replies: Sequence[Mapping[str, Any]]
    heard: Sequence[frozenset[str]]
    asks: str | None
    stage: str
    refusal: str | None
    seconds: float
    behind: Behind

    def names(self) -> frozenset[str]:
        """Return the names of everything heard in this turn."""
        return frozenset().union(*self.heard)


@dataclass(frozen=True, slots=True)
class Walked:
    """A whole consultation: `ended` is `finished`, `person`, `told_to_ring` or `cut_off`.

    `kept` is everything stored of it, Rasa's tracker included, as one text.
    """

    seed: int
    consultation: str
    opening: Sequence[Mapping[str, Any]]
    turns: Sequence[Turn]
    ended: str
    kept: str
    area: str | None = None

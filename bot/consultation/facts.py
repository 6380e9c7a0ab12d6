"""Facts: what is known of a consultation, and what is not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Status(StrEnum):
    """Whether an indicator holds. Unknown is an answer of its own and never means no."""

    PRESENT = "present"
    ABSENT = "absent"
    UNSURE = "unsure"


def _frozen(mapping: Mapping) -> Mapping:
    return MappingProxyType(dict(mapping))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the DSL has told us, ready to be assessed.

    `indicators` maps a national indicator id (`hungry_often`) to its status. `answers` maps a
    question id (`age_band`) to the value answered, with `unknown` where the DSL does not know;
    a question that was never asked is not in it. Answers to questions that take several values
    are tuples. `unread` says that some of the DSL's words were not understood, so that nothing may be
    concluded from strengths alone.
    """

    indicators: Mapping[str, Status] = field(default_factory=dict)
    answers: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    unread: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "indicators", _frozen(self.indicators))
        object.__setattr__(self, "answers", _frozen(self.answers))

    def present(self) -> frozenset[str]:
        """Return the ids of the indicators that are present."""
        return self._with(Status.PRESENT)

    def unsure(self) -> frozenset[str]:
        """Return the ids of the indicators that may be present."""
        return self._with(Status.UNSURE)

    def _with(self, status: Status) -> frozenset[str]:
        return frozenset(i for i, held in self.indicators.items() if held is status)

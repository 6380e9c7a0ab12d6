"""Which red flags a text raises."""

from collections.abc import Iterable, Mapping

from bot.consultation import Concern, Status
from bot.knowledge.model import Indicator, RedFlag


def present_indicators(concerns: Iterable[Concern], indicators: Mapping[str, Indicator]) -> frozenset[str]:
    """Return the ids that are present, with everything they imply."""
    named = {concern.indicator for concern in concerns if concern.status is Status.PRESENT}
    return frozenset(named.union(*(indicators[name].implies for name in named if name in indicators)))


def raised(
    red_flags: Iterable[RedFlag], present: frozenset[str], answers: Mapping[str, str | tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the ids of the red flags that hold, in their own order."""
    return tuple(flag.id for flag in red_flags if _holds(flag, present, answers))


def _holds(flag: RedFlag, present: frozenset[str], answers: Mapping[str, str | tuple[str, ...]]) -> bool:
    if not flag.indicators <= present:
        return False
    return all(_values(answers.get(question)) & wanted for question, wanted in flag.answers.items())


def _values(answer: str | tuple[str, ...] | None) -> frozenset[str]:
    if answer is None:
        return frozenset()
    return frozenset((answer,) if isinstance(answer, str) else answer)

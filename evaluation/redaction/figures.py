"""Shares of outcomes: removed, leaking, changed, lost; each with how sure so few cases let one be."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evaluation.redaction.markup import Span
from evaluation.redaction.scoring import Outcome

_Z = 1.959964  # of the normal distribution, for 95 in 100


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole` cases."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """Return the share in percent, or None of no cases."""
        return 100 * self.part / self.whole if self.whole else None

    def interval(self) -> tuple[float, float]:
        """Return the ends, in percent, of Wilson's interval at 95 %, as if the cases were independent."""
        if not self.whole:
            return 0.0, 100.0
        p, n = self.part / self.whole, self.whole
        middle = p + _Z**2 / (2 * n)
        reach = _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        low, high = ((middle + sign * reach) / (1 + _Z**2 / n) for sign in (-1, 1))
        return max(0.0, 100 * low), min(100.0, 100 * high)


def _any(span: Span) -> bool:
    return True


def recall(outcomes: Iterable[Outcome], counted: Callable[[Span], bool] = _any) -> Share:
    """Return the identifiers that were removed, of those that are counted."""
    spans = [(s, o) for o in outcomes for s in o.message.identifiers if counted(s)]
    return Share(sum(span not in outcome.leaked for span, outcome in spans), len(spans))


def leaking(outcomes: Iterable[Outcome]) -> Share:
    """Return the messages that still hold an identifier, of those that held one."""
    held = [outcome for outcome in outcomes if outcome.message.identifiers]
    return Share(sum(bool(outcome.leaked) for outcome in held), len(held))


def changed(outcomes: Iterable[Outcome]) -> Share:
    """Return the messages that lost a word, of those that had nothing to remove."""
    harmless = [outcome for outcome in outcomes if not outcome.message.identifiers]
    return Share(sum(bool(outcome.over) for outcome in harmless), len(harmless))


def kept_lost(outcomes: Iterable[Outcome]) -> Share:
    """Return the words to keep that were lost."""
    found = list(outcomes)
    return Share(sum(len(o.lost) for o in found), sum(len(o.message.kept) for o in found))


def over_removed(outcomes: Sequence[Outcome]) -> Share:
    """Return the words removed outside every mark."""
    return Share(sum(len(o.over) for o in outcomes), sum(o.outside for o in outcomes))


def of_variant(outcomes: Iterable[Outcome], variant: str) -> list[Outcome]:
    """Return the outcomes in one spelling."""
    return [outcome for outcome in outcomes if outcome.message.variant == variant]

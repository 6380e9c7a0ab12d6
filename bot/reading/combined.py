"""What a general concern becomes with the child's age: a table, and the reading of it."""

from collections.abc import Iterable, Mapping

from bot.consultation import Concern, Status
from bot.knowledge.model import Indicator

_UNDER_13 = frozenset({"under_1", "1_4", "5_9", "10_12"})
_YOUNG = frozenset({"under_1", "1_4", "5_9"})

# A concern, the ages at which it becomes another, and that other.
BECOMES = (
    ("injury", frozenset({"under_1"}), "non_mobile_injury"),
    ("early_sexual_activity", _UNDER_13, "under_13_sexual_activity"),
    ("teenage_parent", _UNDER_13, "under_13_pregnant"),
    ("left_alone", _YOUNG, "left_alone_young"),
)
# Before it can crawl a baby does not bruise itself; one that walks may.
_MOVES = frozenset(["crawls", "crawling", "cruising", "walks", "walking", "toddles", "mobile", "standing", "runs"])


def combine(
    concerns: Iterable[Concern], band: str | None, words: frozenset[str], indicators: Mapping[str, Indicator]
) -> tuple[Concern, ...]:
    """Return the concerns with those that follow from the child's age, at the same place."""
    held = list(concerns)
    named = {concern.indicator for concern in held}
    for general, bands, particular in BECOMES:
        if band not in bands or particular in named or particular not in indicators:
            continue
        if general == "injury" and words & _MOVES and "not" not in words:
            continue
        source = next((c for c in held if _is(c, general, indicators) and c.status is not Status.ABSENT), None)
        if source:
            category = indicators[particular].category
            held.append(Concern(category, particular, source.status, source.start, source.end))
    return tuple(held)


def _is(concern: Concern, general: str, indicators: Mapping[str, Indicator]) -> bool:
    if concern.indicator == general:
        return True
    return concern.indicator in indicators and general in indicators[concern.indicator].implies

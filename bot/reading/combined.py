"""What a concern becomes with the child's age, or with words of another sentence: tables, and the reading of them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

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

_MEET = frozenset(["meet", "meetup"])
_PLANNED = frozenset(
    "coming comes arranged arranging plans planning planned agreed wants wanted asked going tonight tomorrow weekend "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
_FATAL = frozenset(["die", "dies", "fatal", "threatening", "intensive", "ketoacidosis", "dka"])
_DOCTORS = frozenset("doctor doctors consultant nurse paediatrician hospital gp ward specialist care clinic".split())
_TAKEN = frozenset(["took", "taken", "drove", "driven", "collected"])
_JUST_NOW = frozenset(["minutes", "minute", "just"])
_AWAY = frozenset(["away", "off", "with", "out", "home"])
# A concern, what else the text must say somewhere (a word of each set), and what both together are. Patterns
# stay within a sentence; "they met on a game. He is coming to meet her" is told in two.
BESIDE = (
    ("online_stranger_contact", (_MEET, _PLANNED), "online_meeting_planned"),
    ("medical_needs_unmet", (_FATAL, _DOCTORS), "medical_care_refused_danger"),
    ("parent_mental_illness_serious", (_TAKEN, _AWAY, _JUST_NOW), "taken_by_unwell_parent"),
    ("child_in_parents_beliefs", (_TAKEN, _AWAY, _JUST_NOW), "taken_by_unwell_parent"),
)
_BABIES = frozenset(["baby", "newborn", "infant"])
# Words that name another child: then the injury may well be that child's, and the baby is only there.
_OTHERS = frozenset("boy girl pupil student son daughter lad brother sister sibling twin twins year".split())


def combine(
    concerns: Iterable[Concern],
    band: str | None,
    words: frozenset[str],
    indicators: Mapping[str, Indicator],
    *,
    baby: bool = False,
) -> tuple[Concern, ...]:
    """Return the concerns with those that follow from age or from another sentence, at the same place.

    `baby` says that a baby of the family is spoken of: an injury that may be another child's may be the baby's.
    """
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
    held += _beside(held, words, indicators)
    if baby and not any(concern.indicator == "non_mobile_injury" for concern in held):
        doubted = (c for c in held if c.indicator == "injury" and c.status is Status.UNSURE)
        held += [replace(c, category="physical_harm", indicator="non_mobile_injury") for c in doubted]
    return tuple(held)


def _beside(held: list[Concern], words: frozenset[str], indicators: Mapping[str, Indicator]) -> list[Concern]:
    """Return what the concerns are together with words that may stand in another sentence."""
    rows = [(general, more, None) for general, needs, more in BESIDE if all(words & need for need in needs)]
    if words & _BABIES and not words & (_OTHERS | _MOVES):
        # Whose bruise it was, of the two that were there, has to be asked.
        rows.append(("injury", "non_mobile_injury", Status.UNSURE))
    found: dict[str, Concern] = {}
    for general, more, status in rows:
        sources = [c for c in held if _is(c, general, indicators) and c.status is not Status.ABSENT]
        if not sources or more not in indicators or any(c.indicator == more for c in held):
            continue
        if more in found and found[more].status is Status.PRESENT:
            continue
        source = next((c for c in sources if c.status is Status.PRESENT), sources[0])
        found[more] = Concern(indicators[more].category, more, status or source.status, source.start, source.end)
    return list(found.values())


def _is(concern: Concern, general: str, indicators: Mapping[str, Indicator]) -> bool:
    if concern.indicator == general:
        return True
    return concern.indicator in indicators and general in indicators[concern.indicator].implies

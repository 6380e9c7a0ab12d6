"""The weighing: which rules a record meets, and what that comes to.

Each rule counts its points once, however often it is met, in words or by an answer. What is said within
words that weigh more is not counted again. The grade is read off the sum.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.consultation import Facts
from bot.findability.matching import Text
from bot.knowledge.findability_model import FindabilityRule, FindabilityRules
from bot.reading.words import Speller

_SPELLER = Speller({})


class Grade(StrEnum):
    """How findable. LOW says no more than that nothing stood out."""

    LOW = "low"
    SOME = "some"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Place:
    """Words that point to somebody: in which text, from which character to which, and what to say instead."""

    text: int
    start: int
    end: int
    words: str
    vaguer: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that is met. Without places it was told by an answer and no words of the DSL's."""

    rule: FindabilityRule
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Findability:
    """The grade with its reasons, weightiest first; of a low grade there are none."""

    grade: Grade
    points: int
    reasons: tuple[Reason, ...]


def places_of(rule: FindabilityRule, text: str) -> tuple[Place, ...]:
    """Return the words of one text that one rule finds, whatever they come to."""
    return _places(rule, [Text(_SPELLER.read(text))])


def weigh(texts: Sequence[str], facts: Facts, rules: FindabilityRules) -> Findability:
    """Return how findable a record is that consists of these redacted texts and facts."""
    read = [Text(_SPELLER.read(text)) for text in texts]
    found = [(rule, place) for rule in rules.rules for place in _places(rule, read)]
    kept: dict[str, list[Place]] = {}
    for rule, place in sorted(found, key=lambda one: (-one[0].points, one[1].start - one[1].end)):
        if not _shares(place, [other for places in kept.values() for other in places]):
            kept.setdefault(rule.id, []).append(place)
    reasons = [
        Reason(rule, tuple(sorted(kept.get(rule.id, ()), key=lambda place: (place.text, place.start))))
        for rule in sorted(rules.rules, key=lambda rule: -rule.points)
        if rule.id in kept or _is_told(rule, facts)
    ]
    points = sum(reason.rule.points for reason in reasons)
    grade = Grade.HIGH if points >= rules.high else Grade.SOME if points >= rules.some else Grade.LOW
    return Findability(grade, points, tuple(reasons) if grade is not Grade.LOW else ())


def _places(rule: FindabilityRule, texts: Sequence[Text]) -> tuple[Place, ...]:
    found = []
    for number, text in enumerate(texts):
        matches = [(match, telltale.vaguer) for telltale in rule.telltales for match in text.find(telltale)]
        if not matches:
            continue
        spared = [whole for telltale in rule.unless for whole, _ in text.find(telltale)]
        taken: list[tuple[int, int]] = []
        for (whole, pointing), vaguer in sorted(matches, key=lambda match: -_length(match[0][1])):
            if not (_overlaps(whole, spared) or _overlaps(pointing, taken)):
                taken.append(pointing)
                start, end = text.characters(pointing)
                found.append(Place(number, start, end, text.words.text[start:end], vaguer))
    return tuple(sorted(found, key=lambda place: (place.text, place.start)))


def _shares(place: Place, others: Iterable[Place]) -> bool:
    """Whether a place shares words with another: what is told about already is not told again."""
    return any(o.text == place.text and o.start < place.end and place.start < o.end for o in others)


def _is_told(rule: FindabilityRule, facts: Facts) -> bool:
    if rule.indicators & facts.present():
        return True
    for question, values in rule.answers.items():
        given = facts.answers.get(question, ())
        if values & frozenset((given,) if isinstance(given, str) else given):
            return True
    return False


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(first < span[1] and span[0] < after for first, after in others)

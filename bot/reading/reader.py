"""From a redacted text to its reading."""

from collections.abc import Iterable, Iterator, Mapping

from bot.consultation import Concern, Reading, RedactedText, Status
from bot.knowledge.model import Indicator, RedFlag
from bot.reading.about import SHADING, is_about_another, shadows
from bot.reading.age import read_age
from bot.reading.answers import Said, answer_patterns, read_answers
from bot.reading.combined import combine
from bot.reading.finder import Finder, Found
from bot.reading.grammar import PASSES_WITH_TIME
from bot.reading.pattern import PatternError, compile_pattern
from bot.reading.red_flags import present_indicators, raised
from bot.reading.scope import Scope
from bot.reading.words import Speller, Words

_WEIGHT = {Status.ABSENT: 0, Status.UNSURE: 1, Status.PRESENT: 2}


class Reader:
    """Reads texts with one vocabulary. Built once, used from any thread.

    `patterns` holds the patterns of each indicator id; one for an unknown indicator is refused with
    PatternError. `spelling` maps what people write to what patterns say.
    """

    def __init__(
        self,
        indicators: Mapping[str, Indicator],
        patterns: Mapping[str, tuple[str, ...]],
        red_flags: tuple[RedFlag, ...],
        spelling: Mapping[str, str] | None = None,
    ) -> None:
        unknown = sorted(set(patterns) - set(indicators))
        if unknown:
            raise PatternError(f"patterns for indicators that are not in the vocabulary: {', '.join(unknown)}")
        self._indicators = indicators
        self._red_flags = red_flags
        self._speller = Speller(spelling or {})
        compiled = [
            pattern for id, rows in patterns.items() for written in rows for pattern in compile_pattern(id, written)
        ]
        self._finder = Finder([*compiled, *answer_patterns()])

    def read(self, text: RedactedText) -> Reading:
        """Return what the text describes; an empty reading where it describes no concern."""
        words = self._speller.read(text)
        found = self._finder.find(words)
        named = [match for match in found if match.pattern.indicator in self._indicators]
        named = self._about_the_child(named, words)
        scope = Scope(words, (place for match in named for place in match.own))
        concerns = self._concerns(words.starts, words.ends, named, scope)
        band, _ = read_age(words)
        concerns = combine(concerns, band, frozenset(words.words), self._indicators)
        present = present_indicators(concerns, self._indicators)
        said = Said(self._judged(found, Scope(words, ())))
        answers = read_answers(words, said, concerns, present, "?" in words.words)
        return Reading(concerns, raised(self._red_flags, present, answers), answers)

    def _judged(self, found: Iterable[Found], scope: Scope) -> Iterator[tuple[Found, Status, bool]]:
        """Yield the answers that were found, with their status and whether they are of the past."""
        for match in found:
            if match.pattern.indicator in self._indicators:
                continue
            status = scope.status(match)
            if status is not None:
                yield match, status, scope.is_past(match)

    def _about_the_child(self, found: list[Found], words: Words) -> list[Found]:
        """Leave out what only seems to be said of the child, or of a member of staff."""
        category = {match.pattern.indicator: self._indicators[match.pattern.indicator].category for match in found}
        kept = [match for match in found if not is_about_another(match, category[match.pattern.indicator], words)]
        parents = [match for match in kept if category[match.pattern.indicator] in SHADING]
        return [
            match
            for match in kept
            if not any(
                shadows(other, category[other.pattern.indicator], match, category[match.pattern.indicator])
                for other in parents
            )
        ]

    def _concerns(
        self, starts: tuple[int, ...], ends: tuple[int, ...], found: Iterable[Found], scope: Scope
    ) -> tuple[Concern, ...]:
        """Return one concern for each indicator: the surest, and of those the first said."""
        surest: dict[str, Concern] = {}
        for match in found:
            indicator = self._indicators[match.pattern.indicator]
            status = scope.status(match)
            if status is None:
                continue
            if status is Status.PRESENT and indicator.category in PASSES_WITH_TIME and scope.is_past(match):
                status = Status.UNSURE
            concern = Concern(indicator.category, indicator.id, status, starts[match.first], ends[match.after - 1])
            held = surest.get(indicator.id)
            if held is None or _WEIGHT[status] > _WEIGHT[held.status]:
                surest[indicator.id] = concern
        return tuple(sorted(surest.values(), key=lambda concern: (concern.start, concern.end)))

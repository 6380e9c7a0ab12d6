"""From a redacted text to its reading."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from bot.consultation import Concern, Likely, Reading, RedactedText, Status
from bot.knowledge import vocabulary
from bot.knowledge.model import Indicator, RedFlag
from bot.knowledge.vocabulary import CATEGORIES, STRENGTHS
from bot.reading.about import SHADING, is_about_another, shadows
from bot.reading.age import read_age
from bot.reading.answers import Said, answer_patterns, read_answers
from bot.reading.combined import combine
from bot.reading.finder import Finder, Found
from bot.reading.grammar import PASSES_WITH_TIME
from bot.reading.pattern import PatternError, compile_pattern
from bot.reading.red_flags import present_indicators, raised
from bot.reading.scope import Scope
from bot.reading.second_opinion import Opinion, SecondOpinion
from bot.reading.strengths import Judged, Strengths
from bot.reading.unread import is_unread
from bot.reading.weakening import Weakening
from bot.reading.words import Speller, Words

_WEIGHT = {Status.ABSENT: 0, Status.UNSURE: 1, Status.PRESENT: 2}


class Reader:
    """Reads texts with one vocabulary. Built once, used from any thread.

    `patterns` holds the patterns of each indicator id; one for an unknown indicator is refused with
    PatternError. `spelling` maps what people write to what patterns say; `said` are the patterns that
    answer a question, by question and value. `likely`, where there is one, gives a second opinion on each text.
    """

    def __init__(
        self,
        indicators: Mapping[str, Indicator],
        patterns: Mapping[str, tuple[str, ...]],
        red_flags: tuple[RedFlag, ...],
        spelling: Mapping[str, str] | None = None,
        said: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
        likely: Callable[[str], Likely] | None = None,
    ) -> None:
        unknown = sorted(set(patterns) - set(indicators))
        if unknown:
            raise PatternError(f"patterns for indicators that are not in the vocabulary: {', '.join(unknown)}")
        self._indicators = indicators
        self._strengths = frozenset(id for id, held in indicators.items() if held.category == STRENGTHS)
        self._worries = frozenset(indicators) - self._strengths
        self._of_child = frozenset(id for id in self._strengths if indicators[id].domain == "child")
        self._red_flags = red_flags
        self._second = self._second_opinion(likely) if likely else None
        self._speller = Speller(spelling or {})
        compiled = [
            pattern for id, rows in patterns.items() for written in rows for pattern in compile_pattern(id, written)
        ]
        self._finder = Finder([*compiled, *answer_patterns(said or {})])

    def read(self, text: RedactedText, *, as_a_whole: bool = True) -> Reading:
        """Return what the text describes; an empty reading where it describes no concern.

        Not `as_a_whole`, only the patterns are asked: enough for signs of danger, which are never let go.
        """
        words = self._speller.read(text)
        found = self._finder.find(words)
        named = [match for match in found if match.pattern.indicator in self._worries]
        aside = [match for match in named if match.pattern.spares or match.pattern.doubts]
        named = self._about_the_child([match for match in named if match not in aside], words)
        scope = Scope(words, (place for match in named for place in match.own))
        worries = self._with_status(named, aside, scope, words)
        strong = self._strong(found, words, worries)
        concerns = self._surest(worries, words)
        band, baby = read_age(words)
        concerns = combine(concerns, band, frozenset(words.words), self._indicators, baby=baby)
        whole = self._second.on(text, concerns) if self._second and as_a_whole else Opinion(concerns, False, False)
        concerns = whole.concerns
        present = present_indicators(concerns, self._indicators)
        answering = list(self._judged(found, Scope(words, ())))
        answers = read_answers(words, Said(answering), concerns, present, "?" in words.words)
        return Reading(
            concerns,
            raised(self._red_flags, present | self._with_implied(whole.dangers), answers),
            answers,
            strengths=self._surest(strong, words),
            unread=whole.let_go or _is_unread(words, worries, strong, [match for match, *_ in answering]),
            sounds_grave=whole.sounds_grave,
            dangers=tuple(sorted(whole.dangers)),
        )

    def _with_implied(self, signs: Iterable[str]) -> frozenset[str]:
        """Return signs with what they imply: a danger is asked about whatever kind of worry it belongs to."""
        return frozenset(one for sign in signs for one in (sign, *self._indicators[sign].implies))

    def _second_opinion(self, likely: Callable[[str], Likely]) -> SecondOpinion:
        flagged = frozenset(indicator for flag in self._red_flags for indicator in flag.indicators)
        implying = (id for id, indicator in self._indicators.items() if indicator.implies & flagged)
        whole = {category: vocabulary.as_a_whole(category) for category in CATEGORIES}
        held = {category: id for category, id in whole.items() if id in self._indicators}
        return SecondOpinion(likely, held, flagged.union(implying))

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

    def _with_status(self, named: Iterable[Found], aside: list[Found], scope: Scope, words: Words) -> list[Judged]:
        """Return the concerns that the text speaks of, each with its status."""
        judged: list[Judged] = []
        for match in named:
            status = scope.status(match)
            if status is Status.PRESENT and self._category(match) in PASSES_WITH_TIME and scope.is_past(match):
                status = Status.UNSURE
            if status is not None:
                judged.append((match, status))
        weakening = Weakening(words, (match for match, status in judged if status is Status.ABSENT))
        judged = [(match, _in_doubt(match, status, weakening)) for match, status in judged]
        wider = [match for match, status in judged if match.pattern.denies and status is Status.ABSENT]
        aside = [match for match in aside if match.pattern.doubts or scope.status(match) is not Status.ABSENT]
        doubtful = [match for match in aside if match.pattern.doubts or weakening.takes_back(match)]
        wider += [match for match in aside if match not in doubtful]
        return [
            (match, Status.UNSURE if status is Status.PRESENT and _is_within(match, doubtful, weakening) else status)
            for match, status in judged
            if not _is_within(match, wider, weakening)
        ]

    def _strong(self, found: Iterable[Found], words: Words, worries: list[Judged]) -> list[Judged]:
        """Return the strengths that hold. What tells of a worry is none of them."""
        named = [match for match in found if match.pattern.indicator in self._strengths]
        spared = [match for match in named if match.pattern.spares]
        within = Weakening(words, ())
        favourable = [match for match in named if not match.pattern.spares and not _is_within(match, spared, within)]
        if not favourable:
            return []
        scope = Scope(words, (place for match in favourable for place in match.own))
        held = Strengths(words, scope, worries).held(favourable, self._of_child)
        return [(match, Status.PRESENT) for match in held]

    def _surest(self, judged: Iterable[Judged], words: Words) -> tuple[Concern, ...]:
        """Return one concern for each indicator: the surest, and of those the first said."""
        surest: dict[str, Concern] = {}
        for match, status in judged:
            id, first, last = match.pattern.indicator, match.first, match.after - 1
            held = surest.get(id)
            if held is None or _WEIGHT[status] > _WEIGHT[held.status]:
                surest[id] = Concern(self._category(match), id, status, words.starts[first], words.ends[last])
        return tuple(sorted(surest.values(), key=lambda concern: (concern.start, concern.end)))

    def _category(self, match: Found) -> str:
        return self._indicators[match.pattern.indicator].category


def _in_doubt(match: Found, status: Status, weakening: Weakening) -> Status:
    """Return the status, where a denial that is taken back, or is only a parent's word, denies nothing."""
    if not match.pattern.denies or status is not Status.ABSENT:
        return status
    return Status.UNSURE if weakening.takes_back(match) or weakening.is_a_parents_word(match) else status


def _is_within(match: Found, wider: Iterable[Found], weakening: Weakening) -> bool:
    """Return whether words that mean something else take in all that was found: "good attendance at school"."""
    if match.pattern.denies:
        return False
    return any(match.pattern.indicator == other.pattern.indicator and weakening.covers(other, match) for other in wider)


def _is_unread(words: Words, worries: list[Judged], strong: list[Judged], answering: list[Found]) -> bool:
    """Return whether a clause told us nothing: no worry, no strength and no answer."""
    told = [range(match.first, match.after) for match in (*answering, *(m for m, _ in worries))]
    told += [range(place, place + 1) for match, _ in strong for place in match.own]
    return is_unread(words, told, (match.first for match, status in worries if status is not Status.ABSENT))

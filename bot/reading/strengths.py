"""Which words in the child's favour hold: those said outright, of the child's own life, and now.

The doubt goes the other way than with a worry. What is denied, hedged, asked, wished for, said of
earlier times, or only a parent's word is no strength, and neither is what overlaps a worry.
"""

from collections.abc import Iterable, Iterator, Sequence

from bot.consultation import Status
from bot.reading import grammar
from bot.reading.finder import Found
from bot.reading.scope import Scope
from bot.reading.weakening import Weakening
from bot.reading.words import Words

Judged = tuple[Found, Status]

_PEOPLE = grammar.ADULTS | grammar.CHILDREN | grammar.KIN
_OTHERS = grammar.HOME | grammar.KIN
# A parent who says that they want help has said what counts; of anything else it is only their word.
_SAID_IS_SO = frozenset({"strong_parents_accept_help"})


class Strengths:
    """Judges the strengths of one text. `worries` are the matches of concerns, with their status."""

    def __init__(self, words: Words, scope: Scope, worries: Sequence[Judged]) -> None:
        self._words = words.words
        self._scope = scope
        self._weakening = Weakening(words, (match for match, status in worries if status is Status.ABSENT))
        self._worries = [match for match, status in worries if status is not Status.ABSENT]

    def held(self, found: Iterable[Found], of_child: frozenset[str]) -> Iterator[Found]:
        """Yield those that hold; `of_child` are the ids that must be said of the child."""
        for match in found:
            if any(other.first < match.after and match.first < other.after for other in self._worries):
                continue
            if self._scope.status(match) is not Status.PRESENT or self._scope.is_past(match):
                continue
            if self._weakening.takes_back(match) or self._is_of_another(match, of_child):
                continue
            yield match

    def _is_of_another(self, match: Found, of_child: frozenset[str]) -> bool:
        """Whether it is said of a parent or a sister, or is only what a parent says."""
        first, _ = self._weakening.clause(match)
        people = [i for i in range(first, match.first) if self._words[i] in _PEOPLE]
        if not people or match.pattern.indicator in _SAID_IS_SO:
            return False
        if self._weakening.is_a_parents_word(match):
            return True
        last = people[-1]
        return (
            match.pattern.indicator in of_child
            and self._words[last] in _OTHERS
            and grammar.NOMINATIVE.isdisjoint(self._words[last + 1 : match.first])
        )

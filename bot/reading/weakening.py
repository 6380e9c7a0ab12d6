"""Whether the words around a favourable statement take it back: "rarely", "lacks a", "has dropped".

One measure for all that speaks against a worry: a strength that is taken back is none, and a denial
or another meaning that is taken back leaves the worry in doubt, never absent.
"""

from collections.abc import Iterable

from bot.reading import grammar
from bot.reading.clauses import Clauses
from bot.reading.finder import Found
from bot.reading.words import Words

_SPEAKER_REACH = 3
_BYGONE_REACH = 3
_DENIAL_REACH = 4


class Weakening:
    """Judges favourable statements of one text by their own clause. `denied` are the worries that it denies."""

    def __init__(self, words: Words, denied: Iterable[Found]) -> None:
        self._words = words.words
        self._clauses = Clauses(words)
        self._denied = tuple(denied)

    def takes_back(self, match: Found) -> bool:
        """Whether a word of the clause takes it back: "rarely", "wants him to", "has dropped"."""
        first, after = self.clause(match)
        before = [i for i in range(first, match.first) if not self._is_spent(i, match)]
        within = [i for i in range(match.first, match.after) if i not in match.own]
        if any(self._words[i] in grammar.WEAKENING or self._words[i] in grammar.NEGATORS for i in (*before, *within)):
            return True
        past = frozenset[str]() if self._says_no(match) else grammar.BYGONE
        if not past.isdisjoint(self._words[max(first, match.first - _BYGONE_REACH) : match.first]):
            return True
        turning = grammar.TURNING - (grammar.BYGONE - past)
        if not grammar.EXCEPTING.isdisjoint(self._words[after : after + 1]) or self._is_answered_no(match):
            return True
        return any(self._turns(i, turning) for i in range(match.after, after))

    def is_a_parents_word(self, match: Found) -> bool:
        """Whether it is only what somebody of the home says: "mum says he eats well"."""
        first, _ = self.clause(match)
        told = (i for i in range(first, match.first) if self._words[i] in grammar.HOME)
        return any(not grammar.SAYING.isdisjoint(self._words[i + 1 : i + 1 + _SPEAKER_REACH]) for i in told)

    def covers(self, wider: Found, match: Found) -> bool:
        """Whether the wider words take in all that was found, within the clause in which it begins."""
        here = self._clauses.clause[match.first]
        return all(place in wider.own and self._clauses.clause[place] == here for place in match.own)

    def clause(self, match: Found) -> tuple[int, int]:
        """Return the first place of the clause in which it begins, and the place after the one in which it ends."""
        starts = self._clauses.clause
        last = starts[match.after - 1]
        end = next((i for i in range(match.after, len(starts)) if starts[i] != last), len(starts))
        return starts[match.first], end

    def _turns(self, place: int, turning: frozenset[str]) -> bool:
        """Whether a word after it takes it back; "with no concerns" and "no bruises" do not."""
        if self._words[place] in grammar.NEGATORS:
            here = self._clauses.clause[place]
            elsewhere = any(
                place < other.first <= place + _DENIAL_REACH and self._clauses.clause[other.first] == here
                for other in self._denied
            )
            return not elsewhere and grammar.WORRYING.isdisjoint(self._words[place + 1 : place + _DENIAL_REACH])
        if self._words[place] == "far":
            return self._words[place + 1 : place + 2] == ("from",)
        return self._words[place] in turning

    def _is_answered_no(self, match: Found) -> bool:
        """Whether it was asked and answered: "clear boundaries at home? no"."""
        _, end = self._clauses.sentence_of(match.after - 1)
        asked = self._words[end : end + 1] == ("?",)
        return asked and not grammar.BARE_NO.isdisjoint(self._words[end + 1 : end + 2])

    def _says_no(self, match: Found) -> bool:
        """Whether it is itself a "no": "nothing physical was seen" is said of the past and stays said."""
        return any(self._words[i] in grammar.NEGATORS for i in match.own)

    def _is_spent(self, place: int, match: Found) -> bool:
        """Whether the word belongs to something else: a worry that it denied, before this was said."""
        reach = range(place, place + 1 + _DENIAL_REACH)
        return any(other.first in reach and other.after <= match.first for other in self._denied)

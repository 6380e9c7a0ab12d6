"""The clauses and sentences of a text, and where set phrases stand in it."""

from collections.abc import Callable, Iterable

from bot.reading import grammar
from bot.reading.words import STOPS, Words


class Clauses:
    """Where the clauses and sentences of one text begin.

    A clause ends at "but", at a comma before a new subject and at "and he": what "no" or "might"
    says does not reach over such an end.
    """

    def __init__(self, words: Words) -> None:
        self._words = words.words
        self._paused = words.paused
        self._found_phrases: dict[int, list[tuple[int, int]]] = {}
        self.clause = self._starts(self._begins_clause)
        self.sentence = self._starts(lambda i: self._words[i - 1] in STOPS)

    def _starts(self, begins: Callable[[int], bool]) -> list[int]:
        starts: list[int] = []
        for place in range(len(self._words)):
            starts.append(place if place == 0 or begins(place) else starts[-1])
        return starts

    def _begins_clause(self, i: int) -> bool:
        word, before = self._words[i], self._words[i - 1]
        after = self._words[i + 1] if i + 1 < len(self._words) else ""
        if before in STOPS or word in grammar.BREAKS:
            return True
        if self._paused[i] and (word in grammar.SUBJECTS or word in grammar.ASKING or word in grammar.BREAKS):
            return True
        if word in grammar.JOINERS and (after in grammar.SUBJECTS or after in grammar.TELLERS):
            return not (word == "and" and before in grammar.ADULTS | grammar.CHILDREN)
        return word == "and" and after in grammar.AUXILIARIES

    def sentence_of(self, place: int) -> tuple[int, int]:
        """Return the first place of the sentence, and the place of its end mark."""
        first = self.sentence[place]
        after = next((i for i in range(place, len(self._words)) if self._words[i] in STOPS), len(self._words))
        return first, after

    def has_phrase(self, phrases: tuple[str, ...], first: int, after: int) -> bool:
        """Return whether one of the phrases stands between two places."""
        return any(first <= start and end <= after for start, end in self.phrases(phrases))

    def phrases(self, phrases: tuple[str, ...]) -> list[tuple[int, int]]:
        """Return where in the text any of the phrases stands; each table is looked for once."""
        held = self._found_phrases.get(id(phrases))
        if held is None:
            said = f" {' '.join(self._words)} "
            held = [span for phrase in phrases if f" {phrase} " in said for span in self._spans(phrase.split())]
            self._found_phrases[id(phrases)] = held
        return held

    def _spans(self, phrase: list[str]) -> Iterable[tuple[int, int]]:
        size = len(phrase)
        for start in range(len(self._words) - size + 1):
            if self._words[start] == phrase[0] and list(self._words[start : start + size]) == phrase:
                yield start, start + size

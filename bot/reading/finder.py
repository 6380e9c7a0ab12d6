"""Where in a text the patterns hold.

Thousands of patterns are too many to try on every message, so an index of their words picks the few
whose every required word is there; only those are given to spaCy's Matcher.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc

from bot.reading.pattern import Element, Pattern
from bot.reading.words import Words


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern that holds: its first word, the word after its last, and the words it named itself.

    `own` are the places that a word of the pattern stands for; the others lie in its gaps.
    """

    pattern: Pattern
    first: int
    after: int
    own: frozenset[int]


class Finder:
    """Finds patterns in words. Built once; holds no state of a text."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns = tuple(patterns)
        self._vocab = spacy.blank("en").vocab
        self._matchers: dict[int, Matcher] = {}
        self._elements: dict[Element, int] = {}
        self._by_word: dict[str, set[int]] = defaultdict(set)
        self._by_stem: dict[str, set[int]] = defaultdict(set)
        # Of each pattern, its required elements in order, each with how far it may lie from the one before.
        self._steps = [tuple((self._number(e), reach) for e, reach in pattern.steps) for pattern in self._patterns]
        self._required = [frozenset(number for number, _ in steps) for steps in self._steps]
        self._stem_lengths = sorted({len(stem) for stem in self._by_stem})
        self._anchored = self._anchors()

    def _number(self, element: Element) -> int:
        number = self._elements.setdefault(element, len(self._elements))
        for word in element.words:
            self._by_word[word].add(number)
        for stem in element.stems:
            self._by_stem[stem].add(number)
        return number

    def _anchors(self) -> dict[int, list[int]]:
        """Hang each pattern on the required element that fewest patterns share."""
        shared: dict[int, int] = defaultdict(int)
        for required in self._required:
            for number in required:
                shared[number] += 1
        anchored: dict[int, list[int]] = defaultdict(list)
        for place, required in enumerate(self._required):
            anchored[min(required, key=lambda number: (shared[number], number))].append(place)
        return anchored

    def find(self, words: Words) -> tuple[Found, ...]:
        """Return every place where a pattern holds, shortest readings first, in order of place."""
        places = self._places(words)
        there = places.keys()
        likely = [
            (place, within)
            for number in there
            for place in self._anchored.get(number, ())
            if self._required[place] <= there and (within := self._in_order(place, places))
        ]
        if not likely:
            return ()
        doc = Doc(self._vocab, words=list(words.words))
        found = [match for place, within in likely for match in self._matches(place, doc, within)]
        return tuple(sorted(found, key=lambda match: (match.first, match.after)))

    def _places(self, words: Words) -> dict[int, list[int]]:
        """Return where in the text each element holds."""
        places: dict[int, list[int]] = defaultdict(list)
        for place, word in enumerate(words.words):
            for number in self._by_word.get(word, ()):
                places[number].append(place)
            for length in self._stem_lengths:
                if length > len(word):
                    break
                for number in self._by_stem.get(word[:length], ()):
                    places[number].append(place)
        return dict(places)

    def _in_order(self, pattern: int, places: dict[int, list[int]]) -> tuple[int, int] | None:
        """Return between which words the required elements follow each other closely enough, if they do."""
        reached: list[int] = []
        span = 0
        for step, (number, reach) in enumerate(self._steps[pattern]):
            here = places[number]
            if step:
                here = [place for place in here if any(0 < place - before <= reach for before in reached)]
                span += reach
            if not here:
                return None
            reached = here
        return min(reached) - span, max(reached) + 1

    def _matches(self, place: int, doc: Doc, within: tuple[int, int]) -> Iterator[Found]:
        pattern = self._patterns[place]
        matcher = self._matchers.get(place)
        if matcher is None:
            matcher = self._matchers[place] = Matcher(self._vocab, validate=False)
            matcher.add("", [list(pattern.tokens)])
        # Words that may be missing can lie outside the required ones.
        room = len(pattern.elements) - len(pattern.steps)
        first = max(0, within[0] - room)
        found = matcher(doc[first : within[1] + room], with_alignments=True)
        spans = sorted(
            ((first + start, first + end, aligned) for _, start, end, aligned in found if _is_tight(aligned, pattern)),
            key=lambda span: (span[1] - span[0], span[0]),
        )
        kept: list[tuple[int, int]] = []
        for start, end, aligned in spans:
            if any(start <= low and high <= end for low, high in kept):
                continue
            kept.append((start, end))
            own = frozenset(start + n for n, token in enumerate(aligned) if token not in pattern.loose)
            yield Found(pattern, start, end, own)


def _is_tight(aligned: list[int], pattern: Pattern) -> bool:
    return all(aligned.count(token) <= most for token, most in pattern.loose.items())

"""Where in the words of a text a telltale holds.

Patterns are short and texts too, so they are tried one by one, after a look at whether every word that has to
be there is there at all.
"""

from collections import defaultdict
from collections.abc import Iterator

from bot.knowledge.findability_model import NUMBER, Part, Telltale
from bot.reading.words import STOPS, Words

_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred".split()
)

type Span = tuple[int, int]


class Text:
    """The words of one text, plain and with its numbers smoothed to NUMBER."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._plain = words.words
        self._numbered = tuple(NUMBER if _is_number(word) else word for word in words.words)
        self._places: dict[str, set[int]] = defaultdict(set)
        for row in (self._plain, self._numbered):
            for place, word in enumerate(row):
                self._places[word].add(place)
        self._present = self._places.keys()

    def find(self, telltale: Telltale) -> Iterator[tuple[Span, Span]]:
        """Yield the span of each match in words, and of the words in it that point to somebody.

        From each first word the longest match; none that lies in the one before.
        """
        if not all(self._may_hold(part) for part in telltale.parts if not part.optional):
            return
        reached = 0
        for first in sorted(set().union(*map(self._beginnings, telltale.openings))):
            best = max(self._matches(telltale, 0, first, 0, ()), key=_end, default=None)
            if best and best[-1][1] > reached:
                reached = best[-1][1]
                pointing = [span for span in best[telltale.first : telltale.after] if span[1] > span[0]]
                yield (best[0][0], reached), (pointing[0][0], pointing[-1][1])

    def characters(self, span: Span) -> Span:
        """Return where a span of words stands in the text. Of "he's" the second word begins at the apostrophe."""
        first = span[0]
        start = self.words.starts[first]
        if first and self.words.starts[first - 1] == start:
            start += len(self._plain[first - 1])
        return start, self.words.ends[span[1] - 1]

    def _beginnings(self, part: Part) -> set[int]:
        """Return where a part can begin."""
        places = [self._places[word] for word in part.firsts & self._present]
        places += [self._places[word] for word in self._present if part.stems and word.startswith(part.stems)]
        return set().union(*places)

    def _may_hold(self, part: Part) -> bool:
        if not part.firsts.isdisjoint(self._present):
            return True
        return bool(part.stems) and any(word.startswith(part.stems) for word in self._present)

    def _matches(
        self, telltale: Telltale, number: int, place: int, gap: int, spans: tuple[Span, ...]
    ) -> Iterator[tuple[Span, ...]]:
        """Yield the spans of the parts from `number` on, an empty one for a part that is missing."""
        if number == len(telltale.parts):
            yield spans
            return
        part = telltale.parts[number]
        gap += part.gap
        for start in range(place, min(place + gap, len(self._plain) - 1) + 1):
            for after in self._ends(part, start):
                yield from self._matches(telltale, number + 1, after, 0, (*spans, (start, after)))
            if self._plain[start] in STOPS:
                break
        if part.optional:
            yield from self._matches(telltale, number + 1, place, gap, (*spans, (place, place)))

    def _ends(self, part: Part, start: int) -> Iterator[int]:
        """Yield after which word each of a part's phrases that begins here ends."""
        word = self._plain[start]
        if part.stems and word.startswith(part.stems):
            yield start + 1
        if word not in part.firsts and self._numbered[start] not in part.firsts:
            return
        for length in part.lengths:
            after = start + length
            if after > len(self._plain):
                return
            if self._plain[start:after] in part.phrases or self._numbered[start:after] in part.numbered:
                yield after


def _end(spans: tuple[Span, ...]) -> int:
    return spans[-1][1]


def _is_number(word: str) -> bool:
    return word.isdigit() or word in _NUMBER_WORDS

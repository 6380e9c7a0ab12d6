"""A page: one message laid out for the detectors, as searchable text and as words."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.anonymiser.cleaning import searchable
from bot.anonymiser.placeholders import spans_hidden
from bot.anonymiser.public_numbers import public_spans
from bot.anonymiser.wordlists import WordLists, one_slip
from bot.anonymiser.words import NOTHING_KNOWN, Evidence, Mark, Word, words_of

_LONGEST_NAME = 24  # letters of one word: what is longer is no name
_SHORTEST_SHOUT = 7  # letters: a shorter word in capitals, in a cased text, is a service more often than a name


@dataclass(frozen=True, slots=True)
class Sight:
    """What a text is looked at with, besides the lists.

    `name_odds` is the name model's (see bot.name_model): for each character of a text the probability that
    it is part of a name. `on` is the day from which dates are told. `not_names` are folded words that the
    person who typed says are no names. `public_numbers` are telephone numbers as digits that may stay.
    `vocabulary` and `stems` are words, and beginnings of words, by which concerns are recognised.
    """

    name_odds: Callable[[str], Sequence[float]] | None = None
    on: date | None = None
    not_names: frozenset[str] = frozenset()
    public_numbers: frozenset[str] = frozenset()
    vocabulary: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    _near: dict[str, set[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def near(self, folded: str) -> set[str]:
        """Return every string one typing slip away from a word, worked out once for all rounds of a text."""
        if folded not in self._near:
            self._near[folded] = one_slip(folded)
        return self._near[folded]


@dataclass(slots=True)
class Page:
    """The searchable text of one message and its words. Made anew for each round of searching."""

    shown: str
    lists: WordLists
    seen: Sight = field(default_factory=lambda: Sight())
    plain: str = field(init=False)
    words: tuple[Word, ...] = field(init=False)
    cased: bool = field(init=False)
    _keys: tuple[str, ...] = field(init=False)
    _starts: object = field(init=False)
    _ends: object = field(init=False)
    _evidence: dict[str, Evidence] = field(init=False, default_factory=dict)
    _odds: Sequence[float] | None = field(init=False, default=None)
    _public: tuple[tuple[int, int], ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        traced = searchable(self.shown)
        self.plain, self._starts, self._ends = traced.text, traced.starts, traced.ends
        self.words = tuple(words_of(self.plain))
        self._keys = tuple(w.folded + "s" if w.possessive else w.folded for w in self.words)
        for phrase in self.phrases(self.lists.keep_phrases):
            for word in phrase:
                word.kept = True
        self._public = tuple(public_spans(self.plain, self.seen.public_numbers))
        for word in self.words:
            word.kept = word.kept or self.is_public(word)
        self.cased = self._is_cased()

    def source(self, mark: Mark) -> tuple[int, int]:
        """Return where a mark stands in the shown text."""
        return self._starts[mark.start], self._ends[mark.end - 1]

    def is_public(self, stretch: Word | Mark) -> bool:
        """Say whether a stretch lies within a telephone number that may stay."""
        return any(start <= stretch.start and stretch.end <= end for start, end in self._public)

    def odds(self, word: Word) -> float:
        """Return how likely (0 to 1) the name model holds a word to be part of a name; 0 without a model."""
        if self.seen.name_odds is None or not word.is_letters:
            return 0.0
        if self._odds is None:
            self._odds = self.seen.name_odds(spans_hidden(self.plain))
        return max(self._odds[word.start : word.end], default=0.0)

    def _is_cased(self) -> bool:
        """Whether capitals mean something here: most words are small, and some are not."""
        letters = [w for w in self.words if w.is_letters and w.text.lower() != "i"]
        small = sum(w.text[0].islower() for w in letters)
        return small > 0 and len(letters) <= 3 * small and any(w.capital for w in letters)

    def phrases(self, by_first: dict[str, tuple[tuple[str, ...], ...]]) -> Iterator[tuple[Word, ...]]:
        """Yield the words of each listed phrase on the page, the longest at each place."""
        keys = self._keys
        for i, key in enumerate(keys):
            for phrase in by_first.get(key, ()):
                if keys[i : i + len(phrase)] == phrase:
                    yield self.words[i : i + len(phrase)]
                    break

    def at(self, index: int) -> Word | None:
        """Return the word at an index, or None beyond either end."""
        return self.words[index] if 0 <= index < len(self.words) else None

    def folded_at(self, index: int) -> str:
        """Return the folded word at an index, or an empty string beyond either end."""
        return self.words[index].folded if 0 <= index < len(self.words) else ""

    def has_cue(self, heading: str, index: int) -> bool:
        """Say whether the word at an index is in a section of the cues."""
        return self.folded_at(index) in self.lists.cues[heading]

    def kin_role(self, index: int) -> str:
        """Return what the person a word stands for is: a section of the kin cues, or nothing."""
        word = self.at(index)
        if word is None or word.possessive or not word.is_letters:
            return ""
        return self.lists.roles.get(word.folded, "")

    def after_phrase(self, heading: str) -> Iterator[Word]:
        """Yield the word that follows each cue phrase (or single cue) of a section, in the same sentence."""
        for phrase in self.phrases(self.lists.cue_phrases[heading]):
            following = self.at(phrase[-1].index + 1)
            if following and following.is_letters and not re.search(r"[.!?\n]", following.gap):
                yield following

    def evidence(self, word: Word) -> Evidence:
        """Return what the lists say of a word."""
        if not word.is_letters:
            return NOTHING_KNOWN
        known = self._evidence.get(word.folded)
        if known is None:
            lists, f = self.lists, word.folded
            first = f in lists.first or f in lists.either
            known = Evidence(first, f in lists.rare_first, f in lists.last, f in lists.ordinary, f in lists.keep)
            self._evidence[f] = known
        return known

    def is_kept(self, word: Word) -> bool:
        """Say whether a word is on the keep-list, alone or as part of a phrase."""
        lists = self.lists.keep
        if word.kept or word.folded in lists:
            return True
        # "Barnardo's" is kept; that "marks" are kept does not shield "Mark's mum".
        return word.possessive and word.folded + "s" in lists and not self.evidence(word).first

    def is_plainly_a_name(self, word: Word) -> bool:
        """Say whether a word is a first name wherever it stands: listed, and hardly ever anything else."""
        known = self.evidence(word)
        if len(word.folded) < 3 or self.is_kept(word):
            return False
        if known.first:
            return not known.ordinary or word.folded in self.lists.likely
        return known.rare_first and not known.ordinary and (self.is_name_cased(word) or not self.is_slip(word))

    def is_name_cased(self, word: Word) -> bool:
        """Say whether a word has a capital that only a name would have: inside a cased sentence."""
        return self.cased and word.capital and not word.opens and word.folded not in self.lists.grammar

    def is_slip(self, word: Word) -> bool:
        """Say whether a word looks like a typing slip for an everyday word."""
        return self.lists.is_one_slip_from_common(word.folded, self.seen.near)

    def is_made_of_words(self, word: Word) -> bool:
        """Say whether an unlisted word is an ordinary one with an ending, or two run together."""
        return self.lists.is_made_of_words(word.folded)

    def has_an_accent(self, word: Word) -> bool:
        """Say whether a word that is not English is written with a letter that English does not have."""
        foreign = not word.text.isascii() and any(c.isalpha() and not c.isascii() for c in word.text)
        return foreign and not self.evidence(word).ordinary and not self.is_kept(word)

    def is_unknown(self, word: Word) -> bool:
        """Say whether a word is no English word, not kept, and no slip for an everyday one."""
        known = self.evidence(word)
        if not word.is_letters or known.ordinary or not 3 <= len(word.folded) <= _LONGEST_NAME:
            return False
        if self.is_kept(word) or self.is_of_the_field(word):
            return False
        if self.has_an_accent(word):
            return True
        if self.cased and len(word.text) < _SHORTEST_SHOUT and word.text.isupper():
            return False
        return not self.is_slip(word) and not self.lists.is_made_of_words(word.folded)

    def is_of_the_field(self, word: Word) -> bool:
        """Say whether concerns are recognised by a word: burns, marks, bash. Such a word is no name by itself."""
        known, seen = self.evidence(word), self.seen
        if word.folded in self.lists.either or self.is_name_cased(word):
            return False
        if known.ordinary:
            return word.folded in seen.vocabulary or word.folded.startswith(seen.stems)
        if known.first or known.rare_first or known.last:
            return False
        return word.folded in seen.vocabulary or word.folded.startswith(tuple(s for s in seen.stems if len(s) > 4))

    def may_be_a_name(self, word: Word) -> bool:
        """Say whether a word would be taken for a name if the words around it call for one."""
        known = self.evidence(word)
        if len(word.text) < 2 or not word.is_letters or word.kept or word.folded in self.lists.grammar:
            return False
        if self.is_of_the_field(word):
            return False
        if self.is_kept(word):
            return word.folded in self.lists.either or (known.first and self.is_name_cased(word))
        if known.first or known.rare_first:
            return not known.ordinary or word.folded in self.lists.either or self.is_name_cased(word)
        return (known.last and not known.ordinary) or self.is_name_cased(word) or self.is_unknown(word)

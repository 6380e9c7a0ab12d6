"""The anonymiser itself: searches, replaces, searches again until nothing more is found."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from functools import cache

from bot.anonymiser.cleaning import is_mostly_unreadable
from bot.anonymiser.closed_vocabulary import unknown_words
from bot.anonymiser.detectors import MODELLED, NAMES, STRUCTURED
from bot.anonymiser.draft import Draft, Stretch
from bot.anonymiser.errors import AnonymiserFailed, TextTooLong, UnreadableScript
from bot.anonymiser.growth import runs
from bot.anonymiser.memory import Memory
from bot.anonymiser.page import Page, Sight
from bot.anonymiser.placeholders import counted_in
from bot.anonymiser.public_numbers import digits_of
from bot.anonymiser.remembered import remembered
from bot.anonymiser.roles import placeholder
from bot.anonymiser.settling import settle
from bot.anonymiser.wordlists import WordLists, fold, load_word_lists
from bot.anonymiser.words import Mark
from bot.consultation import Finding, RawText, RedactedText, Redaction

LONGEST = 10_000  # characters of one text
_MOST_ROUNDS = 40
_SHORTEST_STEM = 4

type NameOdds = Callable[[str], Sequence[float]]
type Listen = Callable[[str], Collection[tuple[str, int, int]]]  # a text to the ids of what it tells of, and where
type Detector = Callable[[Page], Iterator[Mark]]
type Look = Callable[[Page], list[Stretch]]


class Anonymiser:
    """Takes what identifies a child out of a text. Built once by `load`; keeps nothing of any text."""

    def __init__(
        self,
        lists: WordLists,
        name_odds: NameOdds | None = None,
        vocabulary: frozenset[str] = frozenset(),
        public_numbers: frozenset[str] = frozenset(),
        listen: Listen | None = None,
    ) -> None:
        self._lists = lists
        self._name_odds = name_odds
        self._vocabulary = frozenset(word for word in vocabulary if not word.endswith("*"))
        # Of a stem of three letters too much begins with it.
        self._stems = tuple(sorted(w[:-1] for w in vocabulary if w.endswith("*") and len(w) > _SHORTEST_STEM))
        self._public_numbers = public_numbers
        self._listen = listen

    def redact(
        self,
        raw: RawText,
        memory: Memory | None = None,
        *,
        on: date | None = None,
        not_names: Collection[str] = (),
    ) -> Redaction:
        """Return the text with a placeholder for each identifier, what was found where, and its record.

        `memory` is the consultation's: names it holds are taken out again, and persons keep their
        placeholder. `on` is the day from which dates are told ("last Tuesday"); without it they are only
        taken out. `not_names` are words that whoever typed says are no names; numbers are taken out all
        the same. Raises TextTooLong, UnreadableScript, or AnonymiserFailed for whatever else goes wrong;
        none of them holds or leads to any of the text.
        """
        if len(raw) > LONGEST:
            raise TextTooLong
        # Raised outside the handler: an exception keeps the one it was raised under, and its text with it.
        refusal: type[AnonymiserFailed] = AnonymiserFailed
        try:
            # The model reads each state of the text once, however often its odds are asked for.
            odds = self._name_odds and cache(self._name_odds)
            sight = Sight(
                odds, on, frozenset(map(fold, not_names)), self._public_numbers, self._vocabulary, self._stems
            )
            return self._redact(raw.reveal(), Memory(b"one text only") if memory is None else memory, sight)
        except UnreadableScript:
            refusal = UnreadableScript
        except Exception:
            refusal = AnonymiserFailed
        raise refusal from None

    def second_scan(self, text: str, not_names: Collection[str] = ()) -> tuple[Finding, ...]:
        """Return what is found in a text that should be clean: the storage door's own look.

        Names are looked for as at the first door. Raises AnonymiserFailed.
        """
        return self.redact(RawText(text), not_names=not_names).findings

    def record_of(self, text: str, not_names: Collection[str] = ()) -> RedactedText:
        """Return what may be written down of a text; a record is its own. Raises AnonymiserFailed."""
        return self.redact(RawText(text), not_names=not_names).record

    def _redact(self, raw: str, memory: Memory, sight: Sight) -> Redaction:
        draft = Draft(raw)
        if is_mostly_unreadable(draft.text):
            raise UnreadableScript
        for what, number in counted_in(draft.text):
            memory.heed(what, number)
        # Names are looked for once the numbers are gone, so that a postcode cannot pass for a surname; and the
        # model, which is slow, reads what the rules have left.
        looks: tuple[Look, ...] = (
            lambda page: list(_numbers(page, memory)),
            lambda page: _names(page, memory, (*NAMES, remembered(memory))),
            lambda page: _names(page, memory, MODELLED),
        )
        page = self._until_nothing_is_found(draft, sight, looks)
        text, found = RedactedText(draft.text), draft.found()
        draft.findings.clear()
        if draft.replace(_unknown(page)):
            self._until_nothing_is_found(draft, sight, (*looks, _unknown))
        record = RedactedText(draft.text)
        return Redaction(text, found, record, draft.found(), self._unheard(raw, found, record))

    def _unheard(self, raw: str, found: Sequence[Finding], record: str) -> frozenset[str]:
        """Return the ids of what the raw text tells of and the record does not. Only ids leave this room.

        What is told by a number or an address alone ("DA" in a postcode) was never told.
        """
        if self._listen is None or raw == record:
            return frozenset()
        codes = [(f.start, f.end) for f in found if f.kind not in ("NAME", "OTHER")]
        told = {
            sign
            for sign, start, end in self._listen(raw)
            if not any(first <= start and end <= last for first, last in codes)
        }
        return frozenset(told) - {sign for sign, _, _ in self._listen(record)}

    def _until_nothing_is_found(self, draft: Draft, sight: Sight, looks: Sequence[Look]) -> Page:
        """Change the draft until no look finds anything, and return its page as it then is."""
        for _ in range(_MOST_ROUNDS):
            page = Page(draft.text, self._lists, sight)
            if not any(draft.replace(look(page)) for look in looks):
                return page
        raise AnonymiserFailed


def _unknown(page: Page) -> list[Stretch]:
    return [(*page.source(m), m.kind, m.shown) for m in unknown_words(page)]


def _numbers(page: Page, memory: Memory) -> Iterator[Stretch]:
    for mark in structured_marks(page):
        yield (*page.source(mark), mark.kind, mark.shown or _school(page, mark, memory))


def _names(page: Page, memory: Memory, detectors: Sequence[Detector]) -> list[Stretch]:
    marks = [mark for find in detectors for mark in find(page)]
    places = [mark for mark in marks if mark.kind != "NAME"]
    persons: list[Stretch] = []
    role = ""
    for first, last in runs(page, (mark for mark in marks if mark.kind == "NAME")):
        shown, role = placeholder(page, (first, last), memory, role)
        whole = Mark(page.words[first].start, page.words[last].end, "NAME", shown)
        persons.append((*page.source(whole), "NAME", shown))
    places = [mark for mark in places if fold(page.plain[mark.start : mark.end]) not in page.seen.not_names]
    apart = [m for m in settle(page.plain, places) if not any(_overlap(page.source(m), p) for p in persons)]
    return [*persons, *((*page.source(m), m.kind, m.shown) for m in apart)]


def _overlap(stretch: tuple[int, int], other: Stretch) -> bool:
    return stretch[0] < other[1] and other[0] < stretch[1]


def _school(page: Page, mark: Mark, memory: Memory) -> str:
    """Return the placeholder of a school, the same whenever its first words are the same."""
    name = " ".join(fold(page.plain[mark.start : mark.end]).split()[:2])
    shown = memory.recall(f"school {name}") or memory.allot("school")
    memory.keep(f"school {name}", shown)
    return shown


def structured_marks(page: Page) -> list[Mark]:
    """Return what the structured detectors find, overlaps joined, placeholders and public numbers left alone."""
    found = [mark for find in STRUCTURED for mark in find(page) if not page.is_public(mark)]
    return settle(page.plain, found)


@cache
def _lists() -> WordLists:
    return load_word_lists()


def load(
    name_odds: NameOdds | None = None,
    vocabulary: Collection[str] = (),
    public_numbers: Collection[str] = (),
    listen: Listen | None = None,
) -> Anonymiser:
    """Return an anonymiser over the committed word lists, read at the first call.

    `name_odds` is the name model's. Without it there are rules and lists alone, which is not enough for the
    service. `vocabulary` holds words, beside the dictionary's, that may be written down; `public_numbers`
    telephone numbers that point to nobody. `listen` returns the ids of the danger signs that a text tells
    of: those that go with the words taken out are told in `Redaction.unheard`.
    """
    numbers = frozenset(map(digits_of, public_numbers))
    return Anonymiser(_lists(), name_odds, frozenset(map(fold, vocabulary)), numbers, listen)

"""The anonymiser itself: searches, replaces, searches again until nothing more is found."""

from collections.abc import Iterable
from functools import cache

from bot.anonymiser.cleaning import is_mostly_unreadable, visible
from bot.anonymiser.detectors import NAMES, STRUCTURED
from bot.anonymiser.errors import AnonymiserFailed, TextTooLong, UnreadableScript
from bot.anonymiser.growth import runs
from bot.anonymiser.memory import Memory
from bot.anonymiser.page import Page
from bot.anonymiser.remembered import remembered
from bot.anonymiser.roles import placeholder
from bot.anonymiser.settling import settle
from bot.anonymiser.wordlists import WordLists, fold, load_word_lists
from bot.anonymiser.words import Mark
from bot.consultation import Finding, RawText, RedactedText, Redaction

LONGEST = 10_000  # characters of one text
_MOST_ROUNDS = 40


type Stretch = tuple[int, int, str, str]  # start, end, kind, what is shown instead


def _apart(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches in order of place, those joined that share a character.

    Marks that do not touch may still share one: a single typed "½" is searched as "1", "/" and "2".
    """
    apart: list[Stretch] = []
    for start, end, kind, shown in sorted(stretches):
        if apart and start < apart[-1][1]:
            first = apart.pop()
            apart.append((first[0], max(first[1], end), *first[2:]))
        else:
            apart.append((start, end, kind, shown))
    return apart


class Draft:
    """A text on its way from raw to redacted, with the raw stretch behind each of its characters."""

    def __init__(self, raw: str) -> None:
        traced = visible(raw)
        self.text = traced.text
        self.starts = list(traced.starts)
        self.ends = list(traced.ends)
        self.findings: list[Finding] = []

    def replace(self, replacements: Iterable[Stretch]) -> None:
        """Put placeholders in place of stretches of the text."""
        for start, end, kind, shown in reversed(_apart(replacements)):
            raw_start, raw_end = self.starts[start], self.ends[end - 1]
            self.findings.append(Finding(raw_start, raw_end, kind, shown))
            self.text = self.text[:start] + shown + self.text[end:]
            self.starts[start:end] = [raw_start] * len(shown)
            self.ends[start:end] = [raw_end] * len(shown)


class Anonymiser:
    """Takes what identifies a child out of a text. Built once by `load`; keeps nothing of any text."""

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists

    def redact(self, raw: RawText, memory: Memory | None = None) -> Redaction:
        """Return the text with a placeholder for each identifier, and what was found where.

        `memory` is the consultation's: names it holds are taken out again, and persons keep their
        placeholder. Raises TextTooLong, UnreadableScript, or AnonymiserFailed for whatever else goes
        wrong; none of them holds or leads to any of the text.
        """
        if len(raw) > LONGEST:
            raise TextTooLong
        # Raised outside the handler: an exception keeps the one it was raised under, and its text with it.
        refusal: type[AnonymiserFailed] = AnonymiserFailed
        try:
            return self._redact(raw.reveal(), Memory(b"one text only") if memory is None else memory)
        except UnreadableScript:
            refusal = UnreadableScript
        except Exception:
            refusal = AnonymiserFailed
        raise refusal from None

    def _redact(self, text: str, memory: Memory) -> Redaction:
        draft = Draft(text)
        if is_mostly_unreadable(draft.text):
            raise UnreadableScript
        for _ in range(_MOST_ROUNDS):
            page = Page(draft.text, self._lists)
            # Names are looked for once the numbers are gone, so that a postcode cannot pass for a surname.
            if not (_take_out_numbers(draft, page, memory) or _take_out_names(draft, page, memory)):
                ordered = sorted(draft.findings, key=lambda f: (f.start, f.end))
                return Redaction(RedactedText(draft.text), tuple(ordered))
        raise AnonymiserFailed


def _take_out_numbers(draft: Draft, page: Page, memory: Memory) -> bool:
    marks = structured_marks(page)
    draft.replace((*page.source(m), m.kind, m.shown or _school(page, m, memory)) for m in marks)
    return bool(marks)


def _take_out_names(draft: Draft, page: Page, memory: Memory) -> bool:
    marks = [mark for find in (*NAMES, remembered(memory)) for mark in find(page)]
    places = [mark for mark in marks if mark.kind != "NAME"]
    persons: list[Stretch] = []
    role = ""
    for first, last in runs(page, (mark for mark in marks if mark.kind == "NAME")):
        shown, role = placeholder(page, (first, last), memory, role)
        whole = Mark(page.words[first].start, page.words[last].end, "NAME", shown)
        persons.append((*page.source(whole), "NAME", shown))
    apart = [m for m in settle(page.plain, places) if not any(_overlap(page.source(m), p) for p in persons)]
    draft.replace([*persons, *((*page.source(m), m.kind, m.shown) for m in apart)])
    return bool(persons or apart)


def _overlap(stretch: tuple[int, int], other: Stretch) -> bool:
    return stretch[0] < other[1] and other[0] < stretch[1]


def _school(page: Page, mark: Mark, memory: Memory) -> str:
    """Return the placeholder of a school, the same whenever its first words are the same."""
    name = " ".join(fold(page.plain[mark.start : mark.end]).split()[:2])
    shown = memory.recall(f"school {name}") or memory.allot("school")
    memory.keep(f"school {name}", shown)
    return shown


def structured_marks(page: Page) -> list[Mark]:
    """Return what the structured detectors find on a page, overlaps joined, placeholders left alone."""
    return settle(page.plain, [mark for find in STRUCTURED for mark in find(page)])


@cache
def _lists() -> WordLists:
    return load_word_lists()


def load() -> Anonymiser:
    """Return an anonymiser over the committed word lists, read at the first call."""
    return Anonymiser(_lists())


def second_scan(text: str) -> tuple[Finding, ...]:
    """Return the structured identifiers in a text that should have none: the storage door's own look.

    Names are not looked for again. Offsets lead into `text`. Raises AnonymiserFailed.
    """
    try:
        page = Page(text, _lists())
        found = [(*page.source(mark), mark) for mark in structured_marks(page)]
        return tuple(Finding(start, end, mark.kind, mark.shown or "[school]") for start, end, mark in found)
    except Exception:
        pass
    raise AnonymiserFailed

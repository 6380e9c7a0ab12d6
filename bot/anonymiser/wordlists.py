"""The word lists: read once from `lists/`, asked a word at a time."""

import string
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "lists"
_LONGEST_WORD = 24  # letters: what is longer is no slip for an everyday word
_ENDINGS = (
    "s",
    "es",
    "ed",
    "ing",
    "er",
    "ers",
    "ly",
    "ish",
    "ness",
    "less",
    "able",
    "ings",
    "ised",
    "ising",
    "isation",
)
_GRAMMAR = (
    "said verbs",
    "third person verbs",
    "titles",
    "not a name after called",
    "prepositions before people",
)
_LETTERS = str.maketrans("øłđıəħœæðþ", "oldiahoadt")


@dataclass(frozen=True, slots=True)
class WordLists:
    """All lists, folded (lower case, no accents, no apostrophes).

    `first` and `rare_first` are given names, `last` surnames; `common` and `ordinary` English words
    (`ordinary` holds `common`). Of names that are words too, `likely` are nearly always names, `either`
    (which holds them) are names where the words around say so; `word_surnames` and, before a pause,
    `paused_surnames` may follow a first name. `keep` words identify nobody, `areas` among them are those of
    councils and towns; `keep_phrases` the same for
    phrases, by their first word; `cues` and `cue_phrases` the sections of cues.txt, of which
    `roles` are the kin sections by word and `grammar` the words that stand around names and are none.
    """

    first: frozenset[str]
    rare_first: frozenset[str]
    last: frozenset[str]
    common: frozenset[str]
    ordinary: frozenset[str]
    likely: frozenset[str]
    either: frozenset[str]
    word_surnames: frozenset[str]
    paused_surnames: frozenset[str]
    keep: frozenset[str]
    areas: frozenset[str]
    keep_phrases: dict[str, tuple[tuple[str, ...], ...]]
    cues: dict[str, frozenset[str]]
    cue_phrases: dict[str, dict[str, tuple[tuple[str, ...], ...]]]
    roles: dict[str, str]
    grammar: frozenset[str]

    def is_cue(self, heading: str, folded: str) -> bool:
        """Say whether a word is in a section of the cues."""
        return folded in self.cues[heading]

    def is_made_of_words(self, folded: str) -> bool:
        """Say whether an unlisted word is an ordinary one with an ending, or two common ones run together."""
        if len(folded) > _LONGEST_WORD:
            return False
        for ending in _ENDINGS:
            stem = folded.removesuffix(ending)
            if len(stem) > 2 and stem != folded and (stem in self.ordinary or stem + "e" in self.ordinary):
                return True
        cuts = range(3, len(folded) - 2)
        return len(folded) > 6 and any(folded[:i] in self.common and folded[i:] in self.common for i in cuts)

    def is_one_slip_from_common(self, folded: str, near_to: Callable[[str], set[str]]) -> bool:
        """Say whether a word looks like a mistyped everyday word; `near_to` gives the strings a slip away."""
        return any(
            (near in self.common and len(near) > 2) or (near in self.keep and len(near) > 4) for near in near_to(folded)
        )


def fold(word: str) -> str:
    """Return a word in the form in which the lists hold it."""
    if word.isascii():
        return word.lower().replace("'", "")
    plain = word.casefold().translate(_LETTERS).replace("'", "")
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def one_slip(word: str) -> set[str]:
    """Return every string one typing slip away: a letter lost, doubled, swapped, wrong or added.

    What is longer than any word has none.
    """
    if len(word) > _LONGEST_WORD:
        return set()
    halves = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    near = {a + b[1:] for a, b in halves if b}
    near.update(a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1)
    near.update(a + c + b[1:] for a, b in halves if b for c in string.ascii_lowercase)
    near.update(a + c + b for a, b in halves for c in string.ascii_lowercase)
    return near


def _lines(name: str) -> list[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _made(name: str) -> frozenset[str]:
    return frozenset(_lines(name))


def _sections(name: str) -> dict[str, list[str]]:
    """Read a hand-written list: `[heading]` lines, then words set apart by blanks."""
    sections: dict[str, list[str]] = {"": []}
    heading = ""
    for line in _lines(name):
        if line.startswith("["):
            heading = line.strip("[]")
            sections.setdefault(heading, [])
        else:
            sections[heading].extend(line.split())
    return sections


def _phrases(entries: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(fold(part) for part in entry.split("_")) for entry in entries)


def _by_first(phrases: tuple[tuple[str, ...], ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found[phrase[0]] = (*found.get(phrase[0], ()), phrase)
    return found


def load_word_lists() -> WordLists:
    """Read every list from the disk (about a tenth of a second)."""
    sections = _sections("keep.txt")
    kept = _phrases([entry for entries in sections.values() for entry in entries])
    cues = {heading: _phrases(entries) for heading, entries in _sections("cues.txt").items()}
    hard = _sections("likely_names.txt")
    common = _made("common_words.txt")
    nicknames = frozenset(fold(p) for w in _sections("nicknames.txt")[""] for p in w.split("-"))
    return WordLists(
        first=_made("first_names.txt") | nicknames,
        rare_first=_made("rare_first_names.txt"),
        last=_made("surnames.txt"),
        common=common,
        ordinary=common | _made("rarer_words.txt"),
        likely=frozenset(hard[""]),
        either=frozenset(hard[""]) | frozenset(hard["either"]),
        word_surnames=frozenset(hard["surnames that are also words"]),
        paused_surnames=frozenset(hard["surnames only before a pause"]),
        keep=frozenset(phrase[0] for phrase in kept if len(phrase) == 1),
        areas=frozenset(phrase[0] for phrase in _phrases(sections["areas"]) if len(phrase) == 1),
        keep_phrases=_by_first(tuple(phrase for phrase in kept if len(phrase) > 1)),
        cues={heading: frozenset(p[0] for p in phrases if len(p) == 1) for heading, phrases in cues.items()},
        roles={p[0]: h.removeprefix("kin: ") for h in reversed(cues) if h.startswith("kin: ") for p in cues[h]},
        grammar=frozenset(p[0] for heading in _GRAMMAR for p in cues[heading] if len(p) == 1),
        cue_phrases={heading: _by_first(phrases) for heading, phrases in cues.items()},
    )

"""A text as a row of plain words, each with its place in the text.

Case, apostrophes, hyphens and known misspellings are smoothed away, so that patterns need to say a
thing once; the places always point at what was written.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# How a day is told once it was taken out. Nothing else between the brackets is passed over: it may be a worry.
_DAY_TOLD = (
    r"today|yesterday|tomorrow|(?:last|this|next) (?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|\d weeks? ago|in \d weeks?|\d+ years ago|in \d+ years"
    r"|in (?:(?:janu|febru)ary|march|april|may|june|july|august|(?:septem|octo|novem|decem)ber)"
    r"(?: (?:last|this|next) year| two years ago)?"
)
_TOKEN = re.compile(
    r"\[(?P<shown>[a-z ]+?)(?: \d+)?\]"
    rf"|\[date: (?P<day>{_DAY_TOLD})\]"
    r"|\[date of birth: (?P<band>aged (?:under 1|\d+ to \d+|18 or over))\]"
    r"|(?P<time>\d{1,2}[:.]\d{2}(?!\d))"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d+)"
    r"|(?P<initials>(?:[a-z]\.){2,}[a-z]?)"
    r"|(?P<word>[^\W\d_]+(?:['’`][^\W\d_]+)*)"
    r"|(?P<stop>\n+|[.?!;]+|…)"
    r"|(?P<pause>[,:()–—&+]|(?<=\s)-+(?=\s))",
    re.IGNORECASE,
)
_NEGATED = ("is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "would", "could", "should", "need")
_CONTRACTIONS = {f"{verb}nt": f"{verb} not" for verb in _NEGATED} | {
    "cant": "can not", "cannot": "can not", "wont": "will not", "aint": "is not", "dunno": "do not know",
    "hes": "he is", "shes": "she is", "thats": "that is", "theres": "there is", "whats": "what is",
    "theyre": "they are", "youre": "you are", "im": "i am", "ive": "i have", "weve": "we have",
    "theyve": "they have", "theyll": "they will", "hed": "he had", "theyd": "they had", "id": "i would",
    "whos": "who is", "gonna": "going to", "wanna": "want to", "gotta": "got to", "dont": "do not",
    "mustnt": "must not", "mightnt": "might not", "wasnt": "was not", "itll": "it will", "wouldve": "would have",
}  # fmt: skip
_WITH_APOSTROPHE = {
    "it's": "it is", "we're": "we are", "we'll": "we will", "i'll": "i will", "she'll": "she will", "she'd": "she had",
    "he'll": "he will", "i'd": "i would", "we'd": "we had", "let's": "let us",
}  # fmt: skip
_POSSESSED = {f"{who}s": who for who in ("mum", "dad", "stepdad", "stepmum", "nan", "mother", "father")}
STOPS = frozenset(".?!")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order; `starts` and `ends` are their places in it.

    A sentence end is a word of its own: `.`, `?` or `!`. `paused` says whether a comma, a dash or
    a bracket stands before the word.
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    paused: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.words)


def _plain(match: re.Match[str]) -> str:
    """Return the plain form of one token, possibly several words, or nothing for a pause."""
    kind, written = match.lastgroup, match.group().lower()
    if kind == "shown":
        return match["shown"].lower().replace(" ", "_")
    if kind == "day":
        return "date"  # when something happened is not read from a date
    if kind == "band":
        return match["band"].lower().replace(" to ", " ").replace(" ", "_")
    if kind == "stop":
        return "?" if "?" in written else "!" if "!" in written else "."
    if kind == "initials":
        return written.replace(".", "")
    if kind != "word":
        return "" if kind == "pause" else written
    written = written.replace("’", "'").replace("`", "'")
    if written in _WITH_APOSTROPHE:
        return _WITH_APOSTROPHE[written]
    bare = written.replace("'", "")
    if bare in _CONTRACTIONS:
        return _CONTRACTIONS[bare]
    if written.endswith("'s") and len(written) > 2:
        return written[:-2]
    return _POSSESSED.get(bare, bare)


def _tokens(text: str) -> Iterator[tuple[str, int, int, bool]]:
    paused = False
    for match in _TOKEN.finditer(text):
        plain = _plain(match)
        if not plain:
            paused = True
            continue
        for word in plain.split():
            yield word, match.start(), match.end(), paused
            paused = False


class Speller:
    """Puts words right that are often written in other ways.

    `spelling` maps what is written to what is meant; either side may be two words
    (`step dad` to `stepdad`, `selfharm` to `self harm`).
    """

    def __init__(self, spelling: Mapping[str, str]) -> None:
        self._single = {wrong: right.split() for wrong, right in spelling.items() if " " not in wrong}
        self._pairs = {tuple(wrong.split()): right.split() for wrong, right in spelling.items() if " " in wrong}

    def read(self, text: str) -> Words:
        """Return the words of a text, put right."""
        rows = [
            (right, start, end, paused and not n)
            for word, start, end, paused in _tokens(text)
            for n, right in enumerate(self._single.get(word, (word,)))
        ]
        joined: list[tuple[str, int, int, bool]] = []
        place = 0
        while place < len(rows):
            here = rows[place]
            pair = self._pairs.get((here[0], rows[place + 1][0])) if place + 1 < len(rows) else None
            if pair:
                joined += [(word, here[1], rows[place + 1][2], here[3] and not n) for n, word in enumerate(pair)]
                place += 2
            else:
                joined.append(here)
                place += 1
        if not joined:
            return Words(text, (), (), (), ())
        return Words(text, *(tuple(column) for column in zip(*joined, strict=True)))

    def right(self, word: str) -> str:
        """Return how one word comes out, which is how a pattern must write it."""
        return " ".join(self.read(word).words)

"""Words: what a page is made of, and what a detector marks on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.anonymiser import placeholders
from bot.anonymiser.wordlists import fold

_TOKEN = re.compile(placeholders.PATTERN + r"|[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
_NEW_SENTENCE = re.compile(r"[.!?:;\n\"•*]|(?:^|\s)'")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something a detector found: a stretch of the page's searchable text, its kind and its placeholder.

    `shown` is empty for people and schools: they are counted, so their placeholder is allotted later.
    """

    start: int
    end: int
    kind: str
    shown: str = ""


@dataclass(slots=True)
class Word:
    """One word, number or placeholder of a page.

    `end` leaves out a possessive `'s`; `gap` is what stands between the previous word and this one.
    """

    index: int
    text: str
    start: int
    end: int
    gap: str
    folded: str
    possessive: bool
    opens: bool  # begins a sentence, a line or a quotation
    is_letters: bool
    is_placeholder: bool
    kept: bool = False

    @property
    def capital(self) -> bool:
        """Whether it is written like a name: a capital, then small letters."""
        return self.text[0].isupper() and not (len(self.text) > 1 and self.text.isupper())


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the lists say of one word."""

    first: bool
    rare_first: bool
    last: bool
    ordinary: bool
    keep: bool


NOTHING_KNOWN = Evidence(False, False, False, False, True)


def words_of(plain: str) -> Iterator[Word]:
    """Yield the words, numbers and placeholders of a searchable text, in order."""
    last = 0
    for i, match in enumerate(_TOKEN.finditer(plain)):
        text, start, end = match[0], match.start(), match.end()
        gap = plain[last:start]
        last = end
        is_placeholder = text[0] == "["
        possessive = len(text) > 2 and text[-2] == "'" and text[-1] in "sS"
        if possessive:
            text, end = text[:-2], end - 2
        opens = i == 0 or _NEW_SENTENCE.search(gap) is not None
        letters = not is_placeholder and not text[0].isdigit()
        yield Word(i, text, start, end, gap, fold(text), possessive, opens, letters, is_placeholder)

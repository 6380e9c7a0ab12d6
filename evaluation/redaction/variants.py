"""The same message as people type it: in normal spelling, in lower case, in CAPITALS, with slips.

A message with slips has one or two of them, in words of four letters or more, and every second one has
no capitals either. A slip may fall into a name; never into a number, an e-mail address or a user name.
"""

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import accumulate

from evaluation.redaction.markup import KEEP, NUMBERED, Message, Span

VARIANTS = ("normal", "lower", "upper", "typo")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{4,}(?![^\W_])")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def in_every_spelling(messages: Iterable[Message], chance: random.Random) -> list[Message]:
    """Return every message four times, once in each spelling."""
    return [spelt for message in messages for spelt in _spellings(message, chance)]


def lower(message: Message) -> Message:
    """Return the message without capitals."""
    return replace(_rebuilt(message, [letter.lower() for letter in message.text]), variant="lower")


def upper(message: Message) -> Message:
    """Return the message in capitals."""
    return replace(_rebuilt(message, [letter.upper() for letter in message.text]), variant="upper")


def typo(message: Message, chance: random.Random) -> Message:
    """Return the message with one or two slips; as it was where it has no word of four letters."""
    if chance.random() < 0.5:
        message = lower(message)
    closed = [span for span in message.spans if span.label in NUMBERED]
    words = [m.span() for m in _WORD.finditer(message.text) if not any(_touch(m.span(), span) for span in closed)]
    hit = chance.sample(words, min(len(words), chance.choice((1, 2))))
    letters = list(message.text)
    for start, end in hit:
        _slip(letters, chance.randrange(start + 1, end - 1), chance)
    # A harmless word that is no longer spelt as it was need not be known any more.
    spans = [s for s in message.spans if s.label != KEEP or not any(_touch(word, s) for word in hit)]
    return replace(_rebuilt(replace(message, spans=tuple(spans)), letters), variant="typo")


def _spellings(message: Message, chance: random.Random) -> tuple[Message, ...]:
    return message, lower(message), upper(message), typo(message, chance)


def _slip(letters: list[str], place: int, chance: random.Random) -> None:
    """Spoil one letter: left out, doubled, changed places with the next, or the key beside it."""
    letter, after = letters[place], letters[place + 1]
    slips: list[Callable[[], tuple[str, str]]] = [
        lambda: ("", after),
        lambda: (letter * 2, after),
        lambda: (after, letter) if after != letter else (letter, ""),
        lambda: (_key_beside(letter, chance), after),
    ]
    letters[place], letters[place + 1] = chance.choice(slips)()


def _key_beside(letter: str, chance: random.Random) -> str:
    row = next((row for row in _ROWS if letter.lower() in row), None)
    if row is None:  # a letter with an accent has no key of its own
        return ""
    place = row.index(letter.lower())
    beside = chance.choice([row[i] for i in (place - 1, place + 1) if 0 <= i < len(row)])
    return beside.upper() if letter.isupper() else beside


def _rebuilt(message: Message, letters: list[str]) -> Message:
    """Return the message of new letters, one entry for each old one, its spans moved along."""
    places = [0, *accumulate(len(letter) for letter in letters)]
    spans = tuple(replace(span, start=places[span.start], end=places[span.end]) for span in message.spans)
    return replace(message, text="".join(letters), spans=spans)


def _touch(word: tuple[int, int], span: Span) -> bool:
    return word[0] < span.end and span.start < word[1]

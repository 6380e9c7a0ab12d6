"""What the plain page shows of a conversation: its turns, what can be chosen now, and what was taken out of a text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.consultation import Finding
from bot.desk.ports import Message
from bot.web.outward import MessageOut, message_out
from bot.web.removed import is_restorable
from bot.web.words import MOST_WORDS

_APOSTROPHES = re.compile("[‘’ʼ´`′]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_LONGEST_WORD = 40  # letters


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn. Its answers can be chosen now where `is_open`; `is_newest` is where to read on from."""

    message: Message
    out: MessageOut
    is_open: bool
    is_newest: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A place in what was typed: what stood there, what stands there now, and the words that may be no names."""

    typed: str
    shown: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class TakenOut:
    """What was taken out of a message that has just been sent. What was typed is for this one answer and never kept.

    `said` are the words that the DSL has said are no names, and `line` tells in words what was taken out.
    """

    number: int
    typed: str
    places: tuple[Place, ...]
    said: tuple[str, ...]
    line: str


def turns(messages: Sequence[Message], *, over: bool) -> list[Turn]:
    """Return the turns in order. What can be chosen is what has been asked since the DSL last spoke."""
    spoken = max((m.number for m in messages if m.utterance.speaker == "dsl"), default=0)
    newest = spoken or (messages[0].number if messages else 0)
    tables = {_title(m): m.number for m in messages if _has_table(m)}
    return [
        Turn(m, _served(m, is_open=not over, tables=tables), not over and m.number > spoken, m.number == newest)
        for m in messages
    ]


def _served(message: Message, *, is_open: bool, tables: dict[str, int]) -> MessageOut:
    """Return the message as a browser may have it. Only the newest table of a kind can be changed."""
    out = message_out(message)
    if _has_table(message) and not (is_open and tables[_title(message)] == message.number):
        out.card["rows"] = [row | {"change": None} for row in out.card["rows"]]
    return out


def _has_table(message: Message) -> bool:
    return (message.utterance.card or {}).get("kind") == "table"


def _title(message: Message) -> str:
    return (message.utterance.card or {}).get("title", "")


def places(typed: str, removed: Sequence[Finding], said: Sequence[str]) -> tuple[Place, ...]:
    """Return what was taken out of a text, place by place, with the words that may be put back."""
    return tuple(
        Place(typed[f.start : f.end], f.shown, _words(typed[f.start : f.end], said) if is_restorable(f) else ())
        for f in removed
    )


def _words(stretch: str, said: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a stretch that may be no name after all, while there is room for more of them."""
    plain = _APOSTROPHES.sub("'", unicodedata.normalize("NFC", stretch))
    found = dict.fromkeys(word for word in _WORD.findall(plain) if len(word) <= _LONGEST_WORD and word not in said)
    return tuple(found) if len(said) + len(found) <= MOST_WORDS else ()

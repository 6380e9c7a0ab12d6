"""How a question is answered in words: the file answers.yml, read into frozen tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.knowledge.entry import Entry, read
from bot.knowledge.shared import folder

_LISTS = ("yes", "no", "unknown", "hedges", "turns", "beside", "fillers")
_TABLES = ("beside_a_no", "questions", "elsewhere", "in_passing")

Phrases = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """Phrases by question and value, with the words for yes, no, unknown and for a hedge.

    `beside` and, by question, `beside_a_no` are what may stand in a plain denial besides the denial
    itself; `turns` are words after which a yes or a no is not the whole answer. Beside words of
    `elsewhere`, by question and value, its phrases mean something else. `fillers` say nothing at the start of
    an answer.
    """

    yes: Phrases
    no: Phrases
    unknown: Phrases
    hedges: Phrases
    questions: Mapping[str, Mapping[str, Phrases]]
    turns: Phrases = ()
    beside: Phrases = ()
    fillers: Phrases = ()
    beside_a_no: Mapping[str, Phrases] = field(default_factory=dict)
    elsewhere: Mapping[str, Mapping[str, Phrases]] = field(default_factory=dict)


def load_answer_words(root: Path) -> AnswerWords:
    """Read `national/england/answers.yml` below the knowledge base's root. Raises PackError."""
    return AnswerWords(**_read(_fields(root)))


def optional_words(file: Path) -> dict[str, Any]:
    """Read a file of the same kind in which anything may be left out. Raises PackError."""
    tables = ("beside_a_no", "questions", "elsewhere")
    empty = {**dict.fromkeys(_LISTS, ()), **{name: {} for name in tables}}
    return {**empty, **_read(read(file).fields((), (*_LISTS, *tables)))}


def answers_in_passing(root: Path) -> Mapping[str, Mapping[str, Phrases]]:
    """Return the patterns by which any text answers a question, by question and value. Raises PackError."""
    return _by_value(_fields(root)["in_passing"])


def _fields(root: Path) -> dict[str, Entry]:
    return read(folder(root) / "answers.yml").fields((*_LISTS, *_TABLES))


def _read(held: Mapping[str, Entry]) -> dict[str, Any]:
    found: dict[str, Any] = {name: held[name].texts() for name in _LISTS if name in held}
    if "beside_a_no" in held:
        found["beside_a_no"] = {name: entry.texts() for name, entry in held["beside_a_no"].members().items()}
    found |= {name: _by_value(held[name]) for name in ("questions", "elsewhere") if name in held}
    return found


def _by_value(held: Entry) -> dict[str, dict[str, Phrases]]:
    return {
        question: {value: phrases.texts() for value, phrases in values.members().items()}
        for question, values in held.members().items()
    }

"""How a question is answered in words: the file answers.yml, read into frozen tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """Phrases by question and value, with the words for yes, no, unknown and for a hedge.

    `beside` and, by question, `beside_a_no` are what may stand in a plain denial besides the denial
    itself; `turns` are words after which a yes or a no is not the whole answer.
    """

    yes: tuple[str, ...]
    no: tuple[str, ...]
    unknown: tuple[str, ...]
    hedges: tuple[str, ...]
    questions: Mapping[str, Mapping[str, tuple[str, ...]]]
    turns: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    beside_a_no: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load_answer_words(root: Path) -> AnswerWords:
    """Read `national/england/answers.yml` below the knowledge base's root."""
    with (root / "national" / "england" / "answers.yml").open(encoding="utf-8") as file:
        held = yaml.load(file, Loader=yaml.CSafeLoader)
    return AnswerWords(
        yes=_phrases(held["yes"]),
        no=_phrases(held["no"]),
        unknown=_phrases(held["unknown"]),
        hedges=_phrases(held["hedges"]),
        questions={
            question: {str(value): _phrases(phrases) for value, phrases in values.items()}
            for question, values in held["questions"].items()
        },
        turns=_phrases(held["turns"]),
        beside=_phrases(held["beside"]),
        beside_a_no={question: _phrases(phrases) for question, phrases in held["beside_a_no"].items()},
    )


def _phrases(held: Any) -> tuple[str, ...]:
    # YAML reads bare yes and no as true and false; the file quotes them, and this makes sure.
    return tuple(str(phrase) for phrase in held)

"""How a question is answered in words: the file answers.yml, read into frozen tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """Phrases by question and value, with the words for yes, no, unknown and for a hedge."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    unknown: tuple[str, ...]
    hedges: tuple[str, ...]
    questions: Mapping[str, Mapping[str, tuple[str, ...]]]


def load_answer_words(root: Path) -> AnswerWords:
    """Read `national/england/answers.yml` below the knowledge base's root."""
    with (root / "national" / "england" / "answers.yml").open(encoding="utf-8") as file:
        held = yaml.load(file, Loader=yaml.CSafeLoader)
    questions = {
        question: {str(value): tuple(str(p) for p in phrases) for value, phrases in values.items()}
        for question, values in held["questions"].items()
    }
    # YAML reads bare yes and no as true and false; the file quotes them, and this makes sure.
    def phrases(key: str) -> tuple[str, ...]:
        return tuple(str(p) for p in held[key])

    return AnswerWords(phrases("yes"), phrases("no"), phrases("unknown"), phrases("hedges"), questions)

"""The tables of `phrases.yml`, and drawing from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

FILE = Path(__file__).resolve().parent / "phrases.yml"


@dataclass(frozen=True, slots=True)
class Phrases:
    """What can be said: `answers` by question and option, `asides` by act, and the draws of a case."""

    answers: Mapping[str, Mapping[str, Sequence[str]]]
    asides: Mapping[str, Sequence[str]]
    worries: Sequence[str]
    dangers: Sequence[str]
    additions: Sequence[str]
    corrections: Sequence[str]
    planted: Sequence[Mapping[str, Any]]
    calm: Mapping[str, Sequence[str]]
    urgent: Mapping[str, Sequence[str]]
    beside: Mapping[str, Sequence[str]]
    weights: Mapping[str, float]

    def of(self, question: str, value: str, draw: Random) -> str | None:
        """Return a way to say this answer in words, or None if the table has none."""
        ways = self.answers.get(question, {}).get(value)
        return draw.choice(ways) if ways else None


def load(file: Path = FILE) -> Phrases:
    """Return the tables. A missing or unknown one raises TypeError."""
    held = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # "16" and "no" are words here
    weights = {kind: float(often) for kind, often in held.pop("weights").items()}
    return Phrases(**held, weights=weights)

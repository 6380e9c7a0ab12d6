"""What the judges go by: the patterns and names of `judges.yml`, and what the knowledge base says of red flags."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evaluation.conversations.scene import Turn

FILE = Path(__file__).resolve().parent / "judges.yml"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the judges know: patterns, names, and of every red-flag question the values that rule it out."""

    forbidden: Sequence[re.Pattern[str]]
    ending: frozenset[str]
    not_of_unborn: frozenset[str]
    beside: frozenset[str]
    ruled_out: Mapping[str, frozenset[str]]
    assess_again: Callable[[Turn], Mapping[str, Any] | None]


def load(
    ruled_out: Mapping[str, frozenset[str]],
    assess_again: Callable[[Turn], Mapping[str, Any] | None] = lambda turn: None,
    file: Path = FILE,
) -> Rules:
    """Return the rules of the file with what the knowledge base says of red-flag questions."""
    held = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    forbidden = [re.compile(pattern, re.IGNORECASE) for pattern in held["forbidden"]]
    names = (frozenset(held[name]) for name in ("ending", "not_of_unborn", "beside"))
    return Rules(forbidden, *names, ruled_out, assess_again)

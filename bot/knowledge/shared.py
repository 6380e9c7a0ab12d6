"""What the national part shares with every area: its vocabulary and its sources, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.model import Indicator
from bot.knowledge.sources import Source, load_sources
from bot.knowledge.vocabulary import load_indicators


@dataclass(frozen=True, slots=True)
class Shared:
    """The vocabulary and the national sources, which areas may use too."""

    indicators: Mapping[str, Indicator]
    sources: Mapping[str, Source]


def folder(root: Path) -> Path:
    """Return the folder of the national part."""
    return root / "national" / "england"


def shared(root: Path) -> Shared:
    """Read what areas share. Raises PackError."""
    return Shared(national_indicators(root), national_sources(root))


def national_sources(root: Path) -> dict[str, Source]:
    """Return the sources of the national part, which areas may cite too."""
    return load_sources(folder(root) / "sources.yml")


def national_indicators(root: Path) -> dict[str, Indicator]:
    """Return the shared vocabulary."""
    return load_indicators(folder(root) / "indicators")

"""How far the words of each sign can be trusted by themselves: `reading/words/trust.yml`."""

from collections.abc import Mapping
from pathlib import Path

from bot.knowledge.entry import read

TRUST = Path("national", "england", "reading", "words", "trust.yml")


def reading_trust(root: Path) -> Mapping[str, float]:
    """Return how often (0 to 1) an indicator's words mean its kind of worry, by indicator. Raises PackError."""
    held: dict[str, float] = {}
    for indicator, entry in read(root / TRUST).fields(("trust",))["trust"].members().items():
        percent = entry.number()
        if not 0 < percent < 100:
            entry.fail(f"{percent} is no share, in per cent, of what may or may not be")
        held[indicator] = percent / 100
    return held

"""Slips: which strings are one typing slip away from a few words that are looked for."""

from functools import lru_cache

from bot.anonymiser.wordlists import one_slip


@lru_cache(maxsize=64)
def slips_of(words: frozenset[str], shortest: int = 3) -> frozenset[str]:
    """Return every string one slip away from one of the words that has so many letters. Kept for the next page."""
    return frozenset(slip for word in words if len(word) >= shortest for slip in one_slip(word))

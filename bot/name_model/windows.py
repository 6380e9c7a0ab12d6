"""Windows: a long text cut into overlapping stretches, so that nothing is cut off at the model's limit."""

from collections.abc import Iterator

WIDTH = 480  # characters: the context in which the model was found to do best
OVERLAP = 64  # characters: longer than any name


def windows(length: int) -> Iterator[tuple[int, int]]:
    """Yield half-open stretches that cover `length` characters, each sharing OVERLAP with the one before."""
    start = 0
    while start < length:
        end = min(start + WIDTH, length)
        yield start, end
        if end == length:
            return
        start = end - OVERLAP


def runs(count: int, most: int, shared: int) -> Iterator[tuple[int, int]]:
    """Yield half-open runs of at most `most` of `count` tokens, each sharing `shared` with the one before.

    A stretch of characters may hold more tokens than the model reads at once: an emoji or an accent is several.
    """
    start = 0
    while start < count:
        end = min(start + most, count)
        yield start, end
        if end == count:
            return
        start = end - shared

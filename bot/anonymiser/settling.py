"""Where detectors overlap: one stretch, the kind of whoever comes first, and never across a placeholder."""

from collections.abc import Iterable

from bot.anonymiser.placeholders import spans
from bot.anonymiser.words import Mark


def settle(text: str, marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks without overlaps, in order of place. Earlier marks take precedence in kind."""
    standing = spans(text)
    ranked = [(part, rank) for rank, mark in enumerate(marks) for part in _outside(mark, standing)]
    ranked.sort(key=lambda pair: (pair[0].start, pair[1]))
    settled: list[tuple[Mark, int]] = []
    for mark, rank in ranked:
        if settled and mark.start < settled[-1][0].end:
            kept, kept_rank = settled[-1]
            kind = kept if kept_rank <= rank else mark
            joined = Mark(kept.start, max(kept.end, mark.end), kind.kind, kind.shown)
            settled[-1] = (joined, min(rank, kept_rank))
        else:
            settled.append((mark, rank))
    return [mark for mark, _ in settled]


def _outside(mark: Mark, standing: list[tuple[int, int]]) -> Iterable[Mark]:
    """Yield the parts of a mark that no placeholder covers."""
    start = mark.start
    for left, right in standing:
        if right <= start or left >= mark.end:
            continue
        if left > start:
            yield Mark(start, left, mark.kind, mark.shown)
        start = right
    if start < mark.end:
        yield Mark(start, mark.end, mark.kind, mark.shown)

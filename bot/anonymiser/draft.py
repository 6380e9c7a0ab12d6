"""The draft: a text on its way from raw to redacted, with the raw stretch behind each of its characters."""

from collections.abc import Iterable

from bot.anonymiser.cleaning import visible
from bot.consultation import Finding

type Stretch = tuple[int, int, str, str]  # start, end, kind, what is shown instead


def _apart(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches in order of place, those joined that share a character.

    Marks that do not touch may still share one: a single typed "½" is searched as "1", "/" and "2".
    """
    apart: list[Stretch] = []
    for start, end, kind, shown in sorted(stretches):
        if apart and start < apart[-1][1]:
            first = apart.pop()
            apart.append((first[0], max(first[1], end), *first[2:]))
        else:
            apart.append((start, end, kind, shown))
    return apart


class Draft:
    """One text being redacted. `findings` grow with every replacement, in no order."""

    def __init__(self, raw: str) -> None:
        traced = visible(raw)
        self.text = traced.text
        self.starts = list(traced.starts)
        self.ends = list(traced.ends)
        self.findings: list[Finding] = []

    def replace(self, replacements: Iterable[Stretch]) -> bool:
        """Put placeholders in place of stretches of the text. Say whether there were any."""
        apart = _apart(replacements)
        for start, end, kind, shown in reversed(apart):
            raw_start, raw_end = self.starts[start], self.ends[end - 1]
            self.findings.append(Finding(raw_start, raw_end, kind, shown))
            self.text = self.text[:start] + shown + self.text[end:]
            self.starts[start:end] = [raw_start] * len(shown)
            self.ends[start:end] = [raw_end] * len(shown)
        return bool(apart)

    def found(self) -> tuple[Finding, ...]:
        """Return what was found so far, in order of place in the raw text."""
        return tuple(sorted(self.findings, key=lambda f: (f.start, f.end)))

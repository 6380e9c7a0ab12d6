"""A second opinion on a whole text, beside the patterns: what they miss, and what they see where nothing is.

Patterns show the words and know "no", "if" and "dad says"; a model that has learnt from examples sees what a text
comes to. Where they differ: a worry that only the model sees is named by its kind and left for a person to
weigh; words that only the patterns see are let go, and the text counts as not wholly understood. A sign of
danger is let go only where the model is all but certain, and then the dangers are asked about outright, as they are
where the whole sounds grave.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.consultation import Concern, Likely, Status

# Set on development texts (docs/adr/0013): below them the model is as good as certain that there is nothing,
# from them on it is more often right than wrong; danger is worth asking about long before it is likely.
NOTHING_OF_IT = 0.2
NOTHING_AT_ALL = 0.02  # for signs of danger: neither of their kind nor of danger
SOMETHING_OF_IT = 0.5
SOUNDS_GRAVE = 0.2
_LONGEST = 90  # words that the model reads at once

# `[child]` and `[parent 1]` stand where names stood; the model knows them as "the child" and "the parent".
_ROLE = re.compile(r"\[([a-z][a-z ]*?)(?: \d+)?\]")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


@dataclass(frozen=True, slots=True)
class Opinion:
    """The concerns as both see them, whether some were let go, and whether the whole sounds grave."""

    concerns: tuple[Concern, ...]
    let_go: bool
    sounds_grave: bool


class SecondOpinion:
    """Weighs what patterns found against what a model thinks likely.

    `likely` gives the likelihoods of a text; `whole` the indicator by category for what has no sign of its own;
    `signs` are the indicators that tell of danger.
    """

    def __init__(
        self, likely: Callable[[str], Likely], whole: Mapping[str, str], signs: frozenset[str] = frozenset()
    ) -> None:
        self._likely = likely
        self._whole = whole
        self._signs = signs

    def on(self, text: str, found: Iterable[Concern]) -> Opinion:
        """Return what a text's concerns are when the whole of it is looked at too."""
        sentences = list(_sentences(text))
        if not sentences:
            return Opinion(tuple(found), False, False)
        seen = [(start, end, self._of(text[start:end])) for start, end in sentences]
        at_once = [self._of(text)] if len(seen) > 1 and len(text.split()) <= _LONGEST else []
        all_seen = [*(likely for *_, likely in seen), *at_once]
        danger = max(likely.danger for likely in all_seen)
        found = list(found)
        kept = [concern for concern in found if self._stands(concern, danger, all_seen)]
        gone = {concern.indicator for concern in found if concern not in kept}
        more = self._more(kept, at_once or all_seen, seen)
        ordered = sorted((*kept, *more), key=lambda concern: (concern.start, concern.end))
        return Opinion(tuple(ordered), bool(gone), danger >= SOUNDS_GRAVE or bool(gone & self._signs))

    def _of(self, text: str) -> Likely:
        return self._likely(_ROLE.sub(r"the \1", text))

    def _stands(self, concern: Concern, danger: float, seen: list[Likely]) -> bool:
        """Whether a concern stays: a denial does, and what the model does not think as good as nothing."""
        likeliest = max(likely.categories[concern.category] for likely in seen)
        if concern.indicator in self._signs:
            return likeliest >= NOTHING_AT_ALL or danger >= NOTHING_AT_ALL or concern.status is Status.ABSENT
        return likeliest >= NOTHING_OF_IT or concern.status is Status.ABSENT

    def _more(
        self, kept: list[Concern], at_once: list[Likely], seen: list[tuple[int, int, Likely]]
    ) -> Iterator[Concern]:
        """Yield a concern for each kind of worry that the whole speaks of and of which there is none yet."""
        told = {concern.category for concern in kept if concern.status is not Status.ABSENT}
        for category, indicator in self._whole.items():
            if category in told or max(likely.categories[category] for likely in at_once) < SOMETHING_OF_IT:
                continue
            start, end, _ = max(seen, key=lambda part, c=category: part[2].categories[c])
            yield Concern(category, indicator, Status.PRESENT, start, end)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence to be looked at starts and ends, without the blanks around it."""
    for match in _SENTENCE.finditer(text):
        said = match.group()
        start = match.start() + len(said) - len(said.lstrip())
        end = match.end() - (len(said) - len(said.rstrip()))
        if any(letter.isalnum() for letter in text[start:end]):
            yield start, end

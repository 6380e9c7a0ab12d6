"""A second opinion on a whole text, beside the patterns: what they miss, and what they see where nothing is.

Patterns show the words and know "no", "if" and "dad says"; a model that has learnt from examples sees what a text
comes to. Where they differ: a worry that only the model sees is named by its kind and left for a person to
weigh; words that only the patterns see stand by how far they can be trusted, else they are let go, and the text
counts as not wholly understood. A sign of danger that does not stand is in doubt, or let go where the model is all
but certain; either way the dangers are asked about outright, as they are where the whole sounds grave.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.consultation import Concern, Likely, Status

# Set on texts by another hand (docs/adr/0013). A sign stands where the logit of the model's likelihood of its kind and
# that of its trust, each times its weight, come to more than nothing with what is added.
OF_THE_MODEL, OF_THE_TRUST, ADDED = 0.67, 0.41, 0.6
IN_DOUBT = -0.4  # down to here a sign is in doubt; further down it is let go
UNKNOWN_TRUST = 0.5
NOTHING_OF_IT = 0.02  # of a kind of worry: below it no clause is looked at by itself
SOMETHING_OF_IT = 0.6  # a kind of worry that no pattern shows
SOMETHING_IN_FEW_WORDS = 0.9
DANGER_STANDS = 0.1  # both see danger, if not of the same kind
NOTHING_AT_ALL = 0.02  # of danger: below it a sign of it that is not agreed to is let go
SOUNDS_GRAVE = 0.1  # worth asking about long before it is likely
_FEWEST = 7  # words: fewer may be an answer about which the model has learnt nothing
_LONGEST = 90  # words that the model reads at once

# `[child]` and `[parent 1]` stand where names stood; the model knows them as "the child" and "the parent".
_ROLE = re.compile(r"\[([a-z][a-z ]*?)(?: \d+)?\]")
_CUT = re.compile(r"[,;.!?\n]|\bbut\b")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


@dataclass(frozen=True, slots=True)
class Opinion:
    """The concerns as both see them, whether some were let go or put in doubt, and whether the whole sounds grave."""

    concerns: tuple[Concern, ...]
    let_go: bool
    sounds_grave: bool


class SecondOpinion:
    """Weighs what patterns found against what a model thinks likely.

    `likely` gives the likelihoods of a text; `whole` the indicator by category for what has no sign of its own;
    `signs` are the indicators that tell of danger; `trust` says of an indicator how often its words mean its kind of
    worry (0 to 1, bot.knowledge.trust).
    """

    def __init__(
        self,
        likely: Callable[[str], Likely],
        whole: Mapping[str, str],
        signs: frozenset[str] = frozenset(),
        trust: Mapping[str, float] | None = None,
    ) -> None:
        self._likely = likely
        self._whole = whole
        self._signs = signs
        self._trust = trust or {}

    def on(self, text: str, found: Iterable[Concern]) -> Opinion:
        """Return what a text's concerns are when the whole of it is looked at too."""
        sentences = list(_sentences(text))
        if not sentences:
            return Opinion(tuple(found), False, False)
        seen = [(start, end, self._of(text[start:end])) for start, end in sentences]
        at_once = [self._of(text)] if len(seen) > 1 and len(text.split()) <= _LONGEST else []
        all_seen = [*(likely for *_, likely in seen), *at_once]
        danger = max(likely.danger for likely in all_seen)
        weighed = [(concern, self._weighed(concern, danger, all_seen, text)) for concern in found]
        kept = [after for _, after in weighed if after]
        shaken = {before.indicator for before, after in weighed if after != before}
        enough = SOMETHING_OF_IT if len(text.split()) >= _FEWEST else SOMETHING_IN_FEW_WORDS
        more = self._more(kept, at_once or all_seen, seen, enough)
        ordered = sorted((*kept, *more), key=lambda concern: (concern.start, concern.end))
        return Opinion(tuple(ordered), bool(shaken), danger >= SOUNDS_GRAVE or bool(shaken & self._signs))

    def _of(self, text: str) -> Likely:
        return self._likely(_ROLE.sub(r"the \1", text))

    def _weighed(self, concern: Concern, danger: float, seen: list[Likely], text: str) -> Concern | None:
        """Return a concern as it stands, in doubt, or None where it is let go. A denial always stands."""
        if concern.status is Status.ABSENT:
            return concern
        tells_of_danger = concern.indicator in self._signs
        likeliest = max(likely.categories[concern.category] for likely in seen)
        agreed = self._agreed(likeliest, concern.indicator)
        if agreed < 0 and likeliest >= NOTHING_OF_IT:
            # Beside other things a worry can look small: what matters is the clause in which its words stand.
            clause = self._of(_clause(text, concern)).categories[concern.category]
            agreed = max(agreed, self._agreed(clause, concern.indicator))
        if agreed >= (IN_DOUBT if tells_of_danger else 0) or (tells_of_danger and danger >= DANGER_STANDS):
            return concern
        if agreed >= IN_DOUBT or (tells_of_danger and danger >= NOTHING_AT_ALL):
            return replace(concern, status=Status.UNSURE)
        return None

    def _agreed(self, likeliest: float, indicator: str) -> float:
        trust = self._trust.get(indicator, UNKNOWN_TRUST)
        return OF_THE_MODEL * _logit(likeliest) + OF_THE_TRUST * _logit(trust) + ADDED

    def _more(
        self, kept: list[Concern], at_once: list[Likely], seen: list[tuple[int, int, Likely]], enough: float
    ) -> Iterator[Concern]:
        """Yield a concern for each kind of worry that the whole speaks of and of which there is none yet."""
        told = {concern.category for concern in kept if concern.status is not Status.ABSENT}
        for category, indicator in self._whole.items():
            if category in told or max(likely.categories[category] for likely in at_once) < enough:
                continue
            start, end, _ = max(seen, key=lambda part, c=category: part[2].categories[c])
            yield Concern(category, indicator, Status.PRESENT, start, end)


def _clause(text: str, concern: Concern) -> str:
    """Return the words around a concern's own, as far as the nearest comma, stop or "but" on either side."""
    before = max((cut.end() for cut in _CUT.finditer(text, 0, concern.start)), default=0)
    after = _CUT.search(text, concern.end)
    return text[before : after.start() if after else len(text)].strip()


def _logit(likelihood: float) -> float:
    held = min(max(likelihood, 0.003), 0.997)  # nothing is certain enough to outweigh everything else
    return math.log(held / (1 - held))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence to be looked at starts and ends, without the blanks around it."""
    for match in _SENTENCE.finditer(text):
        said = match.group()
        start = match.start() + len(said) - len(said.lstrip())
        end = match.end() - (len(said) - len(said.rstrip()))
        if any(letter.isalnum() for letter in text[start:end]):
            yield start, end

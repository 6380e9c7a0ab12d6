"""A second opinion on a whole text, beside the patterns: what they miss, and what they see where nothing is.

Patterns show the words and know "no", "if" and "dad says"; a model that has learnt from examples sees what a text
comes to. Where they differ: a worry that only the model sees is named by its kind and left for a person to
weigh; words that only the patterns see are let go, and the text counts as not wholly understood. What stands in
a sentence that sounds denied or supposed is in doubt. Where a sign of danger is let go or in doubt, or the whole sounds
grave, the dangers are asked about outright.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.consultation import Concern, Likely, Status

# Set on texts by another hand (docs/adr/0013): how likely a kind of worry must be.
SIGN_STANDS = 0.3  # for words that patterns found
DANGER_STANDS = 0.15  # for words of danger
DANGER_OF_ANY_KIND = 0.5  # of danger: the model sees it too, if not of the same kind
SOMETHING_OF_IT = 0.5  # where no pattern found a word
SOMETHING_IN_FEW_WORDS = 0.9
WORTH_A_CLOSER_LOOK = 0.05  # below it no clause is looked at by itself
SOUNDS_GRAVE = 0.1  # of danger: worth asking about long before it is likely
SOUNDS_NOT_SO = 0.35  # of a sentence: what it speaks of is in doubt
DANGER_SOUNDS_NOT_SO = 0.6  # the same of a sign of danger, which is asked about then
_FEWEST = 7  # words: fewer may be an answer about which the model has learnt nothing
_BARE = 5  # words: fewer are a heading or a term of the trade ("young carer", "strangled"), taken at their word
_LONGEST = 90  # words that the model reads at once

# `[child]` and `[parent 1]` stand where names stood; the model knows them as "the child" and "the parent".
_ROLE = re.compile(r"\[([a-z][a-z ]*?)(?: \d+)?\]")
_CUT = re.compile(r"[,;.!?\n]|\bbut\b")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


@dataclass(frozen=True, slots=True)
class Opinion:
    """The concerns as both see them, whether some were let go, and whether the whole sounds grave.

    `dangers` are signs of danger that were let go as concerns of their kind, while the model sees danger of another.
    """

    concerns: tuple[Concern, ...]
    let_go: bool
    sounds_grave: bool
    dangers: frozenset[str] = frozenset()


class SecondOpinion:
    """Weighs what patterns found against what a model thinks likely.

    `likely` gives the likelihoods of a text; `whole` the indicator by category for what has no sign of its own;
    `signs` are the indicators that tell of danger.
    """

    def __init__(
        self,
        likely: Callable[[str], Likely],
        whole: Mapping[str, str],
        signs: frozenset[str] = frozenset(),
    ) -> None:
        self._likely = likely
        self._whole = whole
        self._signs = signs

    def on(self, text: str, found: Collection[Concern]) -> Opinion:
        """Return what a text's concerns are when the whole of it is looked at too."""
        sentences = list(_sentences(text))
        if not sentences:
            return Opinion(tuple(found), False, False)
        seen = [(start, end, self._of(text[start:end])) for start, end in sentences]
        at_once = [self._of(text)] if len(seen) > 1 and len(text.split()) <= _LONGEST else []
        all_seen = [*(likely for *_, likely in seen), *at_once]
        concerns = [self._in_doubt(concern, seen) for concern in found]
        kept = [concern for concern in concerns if self._stands(concern, all_seen, text)]
        let_go = {concern.indicator: concern.status for concern in concerns if concern not in kept}
        enough = SOMETHING_OF_IT if len(text.split()) >= _FEWEST else SOMETHING_IN_FEW_WORDS
        more = self._more(kept, at_once or all_seen, seen, enough)
        ordered = sorted((*kept, *more), key=lambda concern: (concern.start, concern.end))
        danger = max(likely.danger for likely in all_seen)
        in_doubt = {now.indicator for was, now in zip(found, concerns, strict=True) if was is not now}
        shaken = self._signs & (let_go.keys() | in_doubt)
        told = danger >= DANGER_OF_ANY_KIND
        dangers = frozenset(sign for sign in shaken if told and let_go.get(sign) is Status.PRESENT)
        return Opinion(tuple(ordered), bool(let_go), danger >= SOUNDS_GRAVE or bool(shaken), dangers)

    def _of(self, text: str) -> Likely:
        return self._likely(_ROLE.sub(r"the \1", text))

    def _in_doubt(self, concern: Concern, seen: list[tuple[int, int, Likely]]) -> Concern:
        """Return a concern, in doubt where the sentence in which it stands sounds denied or supposed."""
        enough = DANGER_SOUNDS_NOT_SO if concern.indicator in self._signs else SOUNDS_NOT_SO
        said = max((likely.not_so for start, end, likely in seen if start <= concern.start < end), default=0.0)
        is_in_doubt = concern.status is Status.PRESENT and said >= enough
        return replace(concern, status=Status.UNSURE) if is_in_doubt else concern

    def _stands(self, concern: Concern, seen: list[Likely], text: str) -> bool:
        """Return whether the model bears out what patterns found. A denial always stands, and so do bare words."""
        if concern.status is Status.ABSENT or len(text.split()) < _BARE:
            return True
        enough = DANGER_STANDS if concern.indicator in self._signs else SIGN_STANDS
        likeliest = max(likely.categories[concern.category] for likely in seen)
        if enough > likeliest >= WORTH_A_CLOSER_LOOK:
            # Beside other things a worry can look small: what matters is the clause in which its words stand.
            likeliest = self._of(_clause(text, concern)).categories[concern.category]
        return likeliest >= enough

    def _more(
        self, kept: list[Concern], at_once: list[Likely], seen: list[tuple[int, int, Likely]], enough: float
    ) -> Iterator[Concern]:
        """Yield a concern for each kind of worry that the whole speaks of and of which there is none yet."""
        denied = {concern.category for concern in kept if concern.status is Status.ABSENT}
        told = {concern.category for concern in kept if concern.status is not Status.ABSENT}
        for category, indicator in self._whole.items():
            if category in told or max(likely.categories[category] for likely in at_once) < enough:
                continue
            start, end, likely = max(seen, key=lambda part, c=category: part[2].categories[c])
            status = Status.UNSURE if category in denied or likely.not_so >= SOUNDS_NOT_SO else Status.PRESENT
            yield Concern(category, indicator, status, start, end)


def _clause(text: str, concern: Concern) -> str:
    """Return the words around a concern's own, as far as the nearest comma, stop or "but" on either side."""
    before = max((cut.end() for cut in _CUT.finditer(text, 0, concern.start)), default=0)
    after = _CUT.search(text, concern.end)
    return text[before : after.start() if after else len(text)].strip()


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence to be looked at starts and ends, without the blanks around it."""
    for match in _SENTENCE.finditer(text):
        said = match.group()
        start = match.start() + len(said) - len(said.lstrip())
        end = match.end() - (len(said) - len(said.rstrip()))
        if any(letter.isalnum() for letter in text[start:end]):
            yield start, end

"""The pattern language, and its meaning in spaCy's Matcher.

always|constantly ... hungry|starving      either word, a gap of up to four words, either word
bruis* on? his? face                       a beginning; words that may be missing
@parent hits|hit @him                      a class of words, of `bot.knowledge.word_classes` or `everyday`
@home & @neck                              both, in either order, with up to ten words between
! good attendance                          words that say it is not so; others within them are passed over
~ criminal justice                         words that mean something else; others within them are passed over
? vulnerable to sexual abuse               words that leave it open; others within them are unsure
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations

from bot.knowledge.word_classes import CLASSES
from bot.reading.everyday import EVERYDAY

GAP = 4
WIDE_GAP = 10
_CLASSES = {**EVERYDAY, **CLASSES}
_WIDE = "&"
_MARKS = ("!", "~", "?")


class PatternError(ValueError):
    """A pattern was compiled and cannot mean anything, or can never match."""


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a pattern: any of `words`, or any word that begins with one of `stems`."""

    words: frozenset[str]
    stems: tuple[str, ...]
    optional: bool = False

    def token(self) -> dict:
        """Return the element as a Matcher token."""
        if self.stems:
            choices = [*sorted(self.words), *(f"{stem}.*" for stem in self.stems)]
            form: object = {"REGEX": f"^(?:{'|'.join(choices)})$"}
        elif len(self.words) == 1:
            form = next(iter(self.words))
        else:
            form = {"IN": sorted(self.words)}
        return {"LOWER": form, "OP": "?"} if self.optional else {"LOWER": form}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern of one indicator.

    `tokens` is what the Matcher takes; `loose` has the places in it that stand for a gap, with the most
    words that may lie there; `steps` are
    the elements that must be there, each with the most words it may lie from the one before; `denies`
    is true of words that say the thing is not so, `spares` of words that mean something else, and
    `doubts` of words that leave it open.
    """

    indicator: str
    written: str
    elements: tuple[Element, ...]
    tokens: tuple[dict, ...]
    loose: Mapping[int, int]
    steps: tuple[tuple[Element, int], ...]
    denies: bool
    spares: bool = False
    doubts: bool = False


def _element(part: str, written: str) -> Element:
    words: set[str] = set()
    stems: list[str] = []
    optional = part.endswith("?")
    for choice in part.removesuffix("?").split("|"):
        if choice.startswith("@"):
            if choice[1:] not in _CLASSES:
                raise PatternError(f"no word class {choice} in: {written}")
            words |= _CLASSES[choice[1:]]
        elif choice.endswith("*"):
            stems.append(choice[:-1])
        else:
            words.add(choice)
    if not all(word.replace("_", "").isalnum() for word in (*words, *stems)):
        raise PatternError(f"{part} is not made of plain words in: {written}")
    return Element(frozenset(words), tuple(stems), optional)


def compile_pattern(indicator: str, written: str) -> tuple[Pattern, ...]:
    """Compile one pattern: into one, or with `&` into one for each order.

    Refuses one that does not begin and end with a word that must be there.
    """
    mark = next((mark for mark in _MARKS if written.startswith(f"{mark} ")), "")
    pieces = written[len(mark) :].split(f" {_WIDE} ")
    orders = (f" {_WIDE} ".join(order).split() for order in permutations(pieces))
    return tuple(_compile(indicator, written, mark, parts) for parts in orders)


def _compile(indicator: str, written: str, mark: str, parts: list[str]) -> Pattern:
    if not parts or {parts[0], parts[-1]} & {"...", _WIDE}:
        raise PatternError(f"{indicator}: a pattern needs a word at each end: {written!r}")
    elements: list[Element] = []
    tokens: list[dict] = []
    loose: dict[int, int] = {}
    steps: list[tuple[Element, int]] = []
    reach = 1
    for part in parts:
        if part in ("...", _WIDE):
            gap = GAP if part == "..." else WIDE_GAP
            # One open-ended token instead of four that may be missing: the Matcher would try every way
            # of missing them. The finder refuses gaps that are too long. Gaps in a row add up.
            if len(tokens) - 1 not in loose:
                tokens.append({"IS_PUNCT": False, "OP": "*"})
            loose[len(tokens) - 1] = loose.get(len(tokens) - 1, 0) + gap
            reach += gap
            continue
        elements.append(_element(part, written))
        tokens.append(elements[-1].token())
        if elements[-1].optional:
            reach += 1
        else:
            steps.append((elements[-1], reach))
            reach = 1
    if elements[0].optional or elements[-1].optional:
        raise PatternError(f"{indicator}: a pattern begins and ends with words that must be there: {written!r}")
    return Pattern(
        indicator, written, tuple(elements), tuple(tokens), loose, tuple(steps), mark == "!", mark == "~", mark == "?"
    )

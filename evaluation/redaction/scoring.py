"""What became of a message: which identifiers are still in it, and which harmless words are gone.

Every system is judged alike, by its redacted text laid beside the original word by word. A word is a run
of letters or of digits; a placeholder is none, and a word of which a part is gone counts as gone. An
identifier is removed when no identifying word of it is left: "Road" or "Primary" alone identify nobody,
nor does a single letter or a house number without its street.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from evaluation.redaction.markup import NUMBERED, Message, Span

_WORD = re.compile(r"[^\W\d_]+|\d+")
_PLACEHOLDER = re.compile(r"\[[A-Za-z][\w #:/'’-]{0,40}\]|<[A-Za-z][\w #:/'-]{0,40}>")
_IN_ITS_PLACE = "\N{SYMBOL FOR UNIT SEPARATOR}"

_TITLES = frozenset("mr mrs miss ms dr sir mx".split())
_SAYS_NOTHING = {
    "NAME": _TITLES | set("al el ap ni big".split()),
    "SCHOOL": set(
        "school primary junior infants infant nursery academy high college grammar girls boys community sixth form of "
        "c e ce rc st special pre pru federation the church england secondary catholic christian ysgol".split()
    ),
    "ADDRESS": set(
        "flat road rd lane avenue ave close terrace gardens drive way st street crescent hill court walk grove place "
        "the old mill house row park green".split()
    ),
    "DOB": set("st nd rd th of".split()),
}
_DATE_PARTS_TOGETHER = 2  # two of day, month and year
_NUMBER_LEFT = 3  # characters in a row that are left of a number


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the original and whether it was removed."""

    start: int
    end: int
    text: str
    removed: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A message, what a system made of it, and what is wrong with that.

    `over` are the words removed outside every mark, of `outside` words that could have been.
    """

    message: Message
    redacted: str
    leaked: tuple[Span, ...]
    lost: tuple[Span, ...]
    over: tuple[str, ...]
    outside: int


def judge(message: Message, redacted: str) -> Outcome:
    """Return what became of a message."""
    words = laid_beside(message.text, redacted)
    leaked = tuple(span for span in message.identifiers if is_leaked(span, _inside(span, words)))
    lost = tuple(span for span in message.kept if any(word.removed for word in _inside(span, words)))
    marked = [span for span in message.spans if span not in message.kept]
    outside = [word for word in words if _counts(word) and not any(_is_in(word, span) for span in marked)]
    over = tuple(word.text for word in outside if word.removed)
    return Outcome(message, redacted, leaked, lost, over, len(outside))


def laid_beside(text: str, redacted: str) -> list[Word]:
    """Return the words of a text, each with whether it is missing from the redacted one."""
    words = list(_WORD.finditer(text))
    left = re.findall(f"{_WORD.pattern}|{_IN_ITS_PLACE}", _PLACEHOLDER.sub(f" {_IN_ITS_PLACE} ", redacted))
    pairs = SequenceMatcher(None, [word[0] for word in words], left, autojunk=False).get_matching_blocks()
    stayed = {pair.a + step for pair in pairs for step in range(pair.size)}
    return [Word(*word.span(), word[0], place not in stayed) for place, word in enumerate(words)]


def is_leaked(span: Span, words: list[Word]) -> bool:
    """Whether what is left of an identifier's words still identifies."""
    if span.label in NUMBERED:
        return _longest_run_left(words) >= _NUMBER_LEFT
    left = [word for word in _identifying(span.label, words) if not word.removed]
    return len(left) >= (_DATE_PARTS_TOGETHER if span.label == "DOB" else 1)


def _identifying(label: str, words: list[Word]) -> list[Word]:
    telling = [word for word in words if word.text.lower() not in _SAYS_NOTHING[label]]
    if label == "DOB":
        return telling
    whole = [word for word in words if len(word.text) > 1 and not word.text.isdigit()]
    # Where every word is an ordinary one ("The Old Mill House"), together they identify after all.
    return [word for word in telling if word in whole] or whole or words


def _longest_run_left(words: list[Word]) -> int:
    longest = run = 0
    for word in words:
        run = 0 if word.removed else run + len(word.text)
        longest = max(longest, run)
    return longest


def _inside(span: Span, words: list[Word]) -> list[Word]:
    return [word for word in words if _is_in(word, span)]


def _is_in(word: Word, span: Span) -> bool:
    return span.start <= word.start and word.end <= span.end


def _counts(word: Word) -> bool:
    return (len(word.text) > 1 or word.text.isdigit()) and word.text.lower() not in _TITLES

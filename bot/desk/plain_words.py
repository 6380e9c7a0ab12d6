"""Whether a text is one plain statement and nothing besides, and which phrases it holds un-negated.

A value that rules something out may only come from a plain denial: "no marks on him" is one, "no mark I
can explain" is none, and what is none is asked again.
"""

import re
from collections.abc import Iterable, Mapping

from bot.anonymiser.placeholders import spans

# The sense of these hangs on what follows: "no one" may be an answer or the start of any sentence.
PRONOUNS = ("no one", "noone", "nobody", "nothing", "none")
_NOT = frozenset(
    "no not never nor without dont doesnt didnt isnt arent wasnt werent wont wouldnt cant couldnt cannot havent "
    "hasnt hadnt hardly barely".split()
)
_NOT_LETTERS = re.compile(r"[^a-z0-9 ]+")


def plainly(text: str) -> str:
    """Return the text in lower case without apostrophes or punctuation, single-spaced."""
    lowered = _bare(text).lower().replace("'", "").replace("\u2019", "")
    return " ".join(_NOT_LETTERS.sub(" ", lowered).split())


def _bare(text: str) -> str:
    """Return the text with "date" for "[date: 2 weeks ago]" and "parent" for "[parent 1]": no such number answers.

    The age of "[date of birth: aged 5 to 9]" does, and stays.
    """
    for start, end in reversed(spans(text)):
        shown = text[start + 1 : end - 1]
        if not shown.lower().startswith("date of birth"):
            text = text[:start] + re.split(r":|\s\d", shown)[0] + text[end:]
    return text


def holds(plain: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in the text."""
    return any(f" {phrase} " in f" {plain} " for phrase in phrases)


def starts(plain: str, phrases: Iterable[str]) -> bool:
    """Whether the text starts with one of the phrases."""
    return any(f"{plain} ".startswith(f"{phrase} ") for phrase in phrases)


def is_only(plain: str, statements: Iterable[str], beside: Iterable[str], here: Iterable[str] = ()) -> bool:
    """Whether the text is made of the statements, at least one, and of what may stand `beside` them.

    `here` may follow them, but not beside a pronoun: "no, with us" and never "no one with us".
    """
    wanted = frozenset(statements)
    if wanted & frozenset(PRONOUNS) and holds(plain, PRONOUNS):
        here = ()
    before = sorted({*wanted, *beside}, key=len, reverse=True)
    after = sorted({*before, *here}, key=len, reverse=True)
    rest, is_said = f"{plain} ", False
    while rest:
        phrase = next((phrase for phrase in (after if is_said else before) if rest.startswith(f"{phrase} ")), None)
        if phrase is None:
            return False
        is_said = is_said or phrase in wanted
        rest = rest[len(phrase) + 1 :]
    return is_said


def denies_anything(plain: str) -> bool:
    """Whether any word of the text says "not"."""
    return not _NOT.isdisjoint(plain.split())


def speaks_for(plain: str, phrase: str, reach: int = 1) -> bool:
    """Whether the phrase stands in the text with no "not" among the `reach` words before it.

    A plain "no" only reaches the next word: "no luck with early help" speaks of early help.
    """
    for match in re.finditer(rf"(?<!\S){re.escape(phrase)}(?!\S)", plain):
        before = plain[: match.start()].split()
        near = [word for word in before[-reach:] if word != "no"] + before[-1:]
        if not _NOT.intersection(near):
            return True
    return False


def longest(plain: str, words: Mapping[str, Iterable[str]], reach: int = 1) -> str | None:
    """Return the value whose longest phrase speaks in the text; longer phrases say more."""
    found = [
        (len(phrase), value)
        for value, phrases in words.items()
        for phrase in phrases
        if speaks_for(plain, phrase, reach)
    ]
    return max(found)[1] if found else None

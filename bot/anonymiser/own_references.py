"""The references of our own consultations in what was typed: handed on by themselves, as no text keeps them."""

import re

from bot.consultation import RawText
from bot.consultation.reference import NotAReference, parse_reference

_GROUPED = re.compile(r"(?<![\w-])[0-9A-Za-z]{4}([- ])[0-9A-Za-z]{4}(?:\1[0-9A-Za-z]{4}){2}\1[0-9A-Za-z]{2}(?![\w-])")
_TOGETHER = re.compile(r"(?<![\w-])(?=(?:[A-Za-z]*\d){2})[0-9A-Za-z]{18}(?![\w-])")


def references_in(typed: RawText) -> tuple[str, ...]:
    """Return the references that stand in a text, grouped as they are kept.

    What looks like one and cannot be (a slip of the pen) stands among them as an empty string.
    """
    text = typed.reveal()
    matches = [*_GROUPED.finditer(text), *_TOGETHER.finditer(text)]
    read = (_read(match) for match in sorted(matches, key=lambda match: match.start()))
    return tuple(reference for reference in read if reference is not None)


def _read(match: re.Match[str]) -> str | None:
    try:
        return parse_reference(match[0])
    except NotAReference:
        is_spaced = match.re is _GROUPED and match[1] == " "  # words that happen to be as long
        return None if is_spaced or not any(character.isdigit() for character in match[0]) else ""

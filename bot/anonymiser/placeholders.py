"""The placeholders: the only words that stand where an identifier stood."""

import re

from bot.anonymiser.days import BANDS, PHRASE

POSTCODE = "[postcode]"
PHONE = "[phone]"
EMAIL = "[email]"
DATE = "[date]"
ADDRESS = "[address]"
CASE_NUMBER = "[case number]"
PUPIL_NUMBER = "[pupil number]"
NHS_NUMBER = "[NHS number]"
NI_NUMBER = "[NI number]"
VEHICLE = "[vehicle]"
USERNAME = "[username]"
LINK = "[link]"
PLACE = "[place]"
REMOVED = "[removed]"
WORD = "[word]"

# Those that are counted, so that the reader can tell one person or school from another.
COUNTED = ("child", "sibling", "parent", "adult", "school")
_FIRST_UNNUMBERED = ("child", "school")

_WORDS = "|".join(
    [*COUNTED]
    + [p.strip("[]") for p in (POSTCODE, PHONE, EMAIL, DATE, ADDRESS, CASE_NUMBER, PUPIL_NUMBER, NHS_NUMBER)]
    + [p.strip("[]") for p in (NI_NUMBER, VEHICLE, USERNAME, LINK, PLACE, REMOVED, WORD)]
)
_BANDS = "|".join(map(re.escape, BANDS))
# At most two digits: a longer number between the brackets is not one of ours and is searched. What is told of
# a date or a birth is one of a few wordings; whatever else stands after the colon was typed by somebody.
PATTERN = (
    rf"\[(?i:(?:{_WORDS})(?:\ \d{{1,2}})?"
    rf"|date:\ {PHRASE}|date\ of\ birth:\ aged\ (?:{_BANDS}))\]"
)
_PLACEHOLDER = re.compile(PATTERN)
_COUNTED = re.compile(rf"\[({'|'.join(COUNTED)})(?: (\d{{1,2}}))?\]", re.IGNORECASE)
_PERSON = re.compile(r"\[(?i:child|sibling|parent|adult)(?: \d{1,2})?\]")


def counted(what: str, number: int) -> str:
    """Return the placeholder for the `number`th (from 1) child, sibling, parent, adult or school."""
    return f"[{what}]" if number == 1 and what in _FIRST_UNNUMBERED else f"[{what} {number}]"


def dated(phrase: str | None) -> str:
    """Return the placeholder for a day that is told in a phrase of `days`, or that cannot be told."""
    return f"[date: {phrase}]" if phrase else DATE


def born(band: str | None) -> str:
    """Return the placeholder for a date of birth that is told as an age band, or that cannot be told."""
    return f"[date of birth: aged {band}]" if band else DATE


def spans(text: str) -> list[tuple[int, int]]:
    """Return where placeholders stand in a text."""
    return [match.span() for match in _PLACEHOLDER.finditer(text)] if "[" in text else []


def spans_hidden(text: str) -> str:
    """Return a text of the same length whose placeholders have lost their brackets, and read as words."""
    return _PLACEHOLDER.sub(lambda found: f" {found[0][1:-1]} ", text) if "[" in text else text


def words_left(text: str) -> tuple[int, int]:
    """Return how many words of a text still say something, and how many were persons' or unknown ones."""
    nobodies = re.compile(rf"{re.escape(WORD)}|{_PERSON.pattern}")
    return len(re.findall(r"\w+", nobodies.sub(" ", text))), len(nobodies.findall(text))


def counted_in(text: str) -> list[tuple[str, int]]:
    """Return the counted placeholders in a text, each as what it stands for and its number."""
    found = _COUNTED.findall(text) if "[" in text else []
    return [(what.lower(), int(number or 1)) for what, number in found]


def is_person(text: str) -> bool:
    """Say whether a text is a placeholder that stands for a person."""
    return _PERSON.fullmatch(text) is not None

"""The placeholders: the only words that stand where an identifier stood."""

import re

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

# Those that are counted, so that the reader can tell one person or school from another.
COUNTED = ("child", "sibling", "parent", "adult", "school")
_FIRST_UNNUMBERED = ("child", "school")

_WORDS = "|".join(
    [*COUNTED]
    + [p.strip("[]") for p in (POSTCODE, PHONE, EMAIL, DATE, ADDRESS, CASE_NUMBER, PUPIL_NUMBER, NHS_NUMBER)]
    + [p.strip("[]") for p in (NI_NUMBER, VEHICLE, USERNAME, LINK, PLACE, REMOVED)]
)
# At most two digits: a longer number between the brackets is not one of ours and is searched.
PATTERN = rf"\[(?i:{_WORDS})(?:\ \d{{1,2}})?\]"
_PLACEHOLDER = re.compile(PATTERN)
_PERSON = re.compile(r"\[(?i:child|sibling|parent|adult)(?: \d{1,2})?\]")


def counted(what: str, number: int) -> str:
    """Return the placeholder for the `number`th (from 1) child, sibling, parent, adult or school."""
    return f"[{what}]" if number == 1 and what in _FIRST_UNNUMBERED else f"[{what} {number}]"


def spans(text: str) -> list[tuple[int, int]]:
    """Return where placeholders stand in a text."""
    return [match.span() for match in _PLACEHOLDER.finditer(text)] if "[" in text else []


def is_person(text: str) -> bool:
    """Say whether a text is a placeholder that stands for a person."""
    return _PERSON.fullmatch(text) is not None

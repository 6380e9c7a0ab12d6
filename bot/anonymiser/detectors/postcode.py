"""Postcodes, in any case, and the first half where it is said to be one."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import POSTCODE
from bot.anonymiser.words import Mark

_INWARD = r"[0-9O][ABD-HJLNP-UW-Z]{2}"
_FULL = re.compile(rf"(?<![^\W_])([A-Z]{{1,2}})[0-9O][0-9OA-Z]?[ \n-]{{0,3}}{_INWARD}(?![^\W_])", re.IGNORECASE)
# An area nobody knows, in capitals: more likely mistyped than anything else.
_MISTYPED = re.compile(rf"(?<![^\W_])(?!YR|KS|Y\d)[A-Z]{{1,2}}[0-9][0-9A-Z]? ?{_INWARD}(?![^\W_])")
# With a blank too many: "TN 48 7 WB".
_SPACED = re.compile(
    r"(?<![^\W_])([A-Z]{1,2}) ?[0-9O][0-9OA-Z]? {0,3}[0-9O] ?([ABD-HJLNP-UW-Z]{2})(?![^\W_])", re.IGNORECASE
)
# With a stop or the like between its halves: "LS9 . 6XZ"; and with each character apart, or the last: "LS9 6X Z".
_SET_APART = re.compile(
    r"(?<![^\W_])([A-Z]{1,2})[0-9][0-9A-Z]? {0,2}[.,/_:*|(-] {0,2}[0-9O] ?([ABD-HJLNP-UW-Z]{2})(?![^\W_])\)?"
    r"|(?<![^\W_])([A-Z] ?[A-Z]) ?[0-9](?: ?[0-9A-Z])? {0,2}[0-9] ?([ABD-HJLNP-UW-Z] [ABD-HJLNP-UW-Z])(?![^\W_])",
    re.IGNORECASE,
)
_ORDINALS = ("st", "nd", "rd", "th")
# The first half, where somebody lives: "lives in ME7", "the ME7 area".
_OUTWARD = re.compile(
    r"\b(?:liv(?:es?|ed|ing)|mov(?:ed|ing)|stay(?:s|ed|ing)|address|based|house|home|flat)"
    r"(?: (?:is|in|at|to|on|over|out|now|somewhere|mostly))+ ([a-z]{2}\d{1,2}|[a-z]\d\d)(?![^\W_])"
    r"|\b([a-z]{1,2}\d{1,2}) (?:area|postcode|end of town)\b"
    r"|\b([a-z]{2}\d{1,2}) (?:side(?! effect)|way|end|flats|estate|address|lot)\b"
    r"|\b(?:in|from|near|nr|around|outside|over) (?:the )?((?!pe|ch|co2|ct\d|tv|st\d)[a-z]{2}\d{1,2})(?![^\W_])",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\bp(?:ost)?[ /-]?code\b[\s:=-]*(?:is |was |starts |begins |with |in )*"
    r"([a-z]{1,2}\d[\da-z]?(?:[ ./,_-]{1,3}\d ?[a-z]{2}|[ -]?\d[a-z\d]{0,2})?)(?![^\W_])",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


def find(page: Page) -> Iterator[Mark]:
    """Yield each postcode. Only in a known area: else "y4 1st" and "at 5 2nd" would pass for postcodes."""
    if not _DIGIT.search(page.plain):
        return
    for match in _FULL.finditer(page.plain):
        if page.lists.is_cue("postcode areas", match[1].lower()) and any(c.isdigit() for c in match[0]):
            yield Mark(*match.span(), "POSTCODE", POSTCODE)
    for match in _MISTYPED.finditer(page.plain):
        yield Mark(*match.span(), "POSTCODE", POSTCODE)
    for match in _SPACED.finditer(page.plain):
        known, ending = page.lists.is_cue("postcode areas", match[1].lower()), match[2].lower()
        wordlike = ending in page.lists.ordinary or ending in page.lists.keep
        if known and not wordlike and sum(c.isdigit() for c in match[0]) > 1:
            yield Mark(*match.span(), "POSTCODE", POSTCODE)
    for match in _SET_APART.finditer(page.plain):
        area, ending = (match[1] or match[3]).lower(), (match[2] or match[4]).lower()
        wordlike = ending in _ORDINALS or ending in page.lists.ordinary
        if page.lists.is_cue("postcode areas", area.replace(" ", "")) and not wordlike:
            yield Mark(*match.span(), "POSTCODE", POSTCODE)
    for match in _OUTWARD.finditer(page.plain):
        half = match.lastindex or 1
        if page.lists.is_cue("postcode areas", match[half].lower().rstrip("0123456789")):
            yield Mark(*match.span(half), "POSTCODE", POSTCODE)
    for match in _SAID.finditer(page.plain):
        yield Mark(*match.span(1), "POSTCODE", POSTCODE)

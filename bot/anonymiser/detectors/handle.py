"""Names on screens: @handles, user names beside a platform, words with an underscore or a number stuck on."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import USERNAME
from bot.anonymiser.words import Mark

_AT = re.compile(r"(?<![\w.])@[\w](?:[\w.-]*\w)?")
_TOKEN = re.compile(r"[\w](?:[\w.#-]*[\w])?")
_UNDERSCORED = re.compile(r"(?=.*[^\W\d_])(?=.*_)\w[\w.-]+")
_NUMBERED = re.compile(
    r"[^\W\d_]{4,}[._-]?\d{2,}[\w.-]*|[^\W\d_]{2,}[._]\d{2,}\w*|[^\W\d_]+\d+[^\W\d_]+\d+\w*|x+[._]?[^\W\d_]{3,}[._]?x+\d*"
)
_CODED = re.compile(r"[^\W\d_]+[#._]?\d+\w*|[^\W\d_]+[#._]\w+")
_SURE = ("username", "gamertag", "handle")
_LEVELS = re.compile(
    r"(?:year|level|step|tier|stage|class|room|group|unit|aged?|code|part|week|section|covid|catch|page|key|under|over|pre|post|top|age)[._-]?\d+",
    re.I,
)


def _is_made_up(text: str) -> bool:
    """Whether a token could only be a user name."""
    return bool(_UNDERSCORED.fullmatch(text) or _NUMBERED.fullmatch(text.lower())) and not _LEVELS.fullmatch(text)


def _announced(page: Page) -> Iterator[tuple[int, int]]:
    """Yield the token after "username is", "on snap as", "his insta:" where it is no ordinary word."""
    cues = page.lists.cues
    for word in page.words:
        if word.folded not in cues["account words"] and word.folded not in cues["platforms"]:
            continue
        index = word.index + 1
        fillers = 0
        while page.folded_at(index) in cues["account fillers"] and fillers < 4:
            index, fillers = index + 1, fillers + 1
        named = page.at(index)
        if named is None or named.is_placeholder or re.search(r"[.!?,\n]", named.gap):
            continue
        match = _TOKEN.match(page.plain, named.start)
        led_to = fillers or ":" in named.gap or "=" in named.gap or word.folded in _SURE
        if match and (led_to or _CODED.fullmatch(match[0])) and _is_unusual(page, match[0], word.folded):
            yield match.span()


def _is_unusual(page: Page, text: str, cue: str) -> bool:
    bare = text.lower()
    if bare in page.lists.keep or bare in page.lists.cues["account fillers"]:
        return False
    if bare in page.lists.ordinary or bare.isdigit():
        return cue in _SURE and bare not in page.lists.cues["third person verbs"] and len(bare) > 3
    return not bare.isalpha() or not page.lists.is_one_slip_from_common(bare)


def find(page: Page) -> Iterator[Mark]:
    """Yield each user name."""
    for match in _AT.finditer(page.plain):
        yield Mark(*match.span(), "HANDLE", USERNAME)
    for match in _TOKEN.finditer(page.plain):
        if _is_made_up(match[0]):
            yield Mark(*match.span(), "HANDLE", USERNAME)
    for start, end in _announced(page):
        yield Mark(start, end, "HANDLE", USERNAME)

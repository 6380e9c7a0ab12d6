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
_TAGGED = re.compile(r"([^\W_][\w.]{1,30})#\d{3,5}")
_DOTTED = re.compile(r"\w+(?:[.-]\w+)+")
_HUMPED = re.compile(r"(?=\w{10})[A-Z]?[a-z]{2,}(?:[A-Z][a-z]+){2,}\d*")
_HUMP = re.compile(r"[A-Z]?[a-z]+")
_LEET = re.compile(r"[^\W\d_]+(?:[013457][^\W\d_]{2,}|[013457]\d?[^\W\d_]+[013457]\w*|\d+[^\W\d_]+)")
_UNLEET = str.maketrans("013457", "oieast")
_SHORTEST_LEET = 5  # characters
_SURE = ("username", "gamertag", "handle")
_LEVELS = re.compile(
    r"(?:year|level|step|tier|stage|class|room|group|unit|aged?|code|part|week|section|covid|catch|page|key|under|over|pre|post|top|age)[._-]?\d+",
    re.I,
)


def _is_made_up(text: str) -> bool:
    """Whether a token could only be a user name."""
    return bool(_UNDERSCORED.fullmatch(text) or _NUMBERED.fullmatch(text.lower())) and not _LEVELS.fullmatch(text)


def _is_leet(page: Page, text: str) -> bool:
    """Whether digits stand for letters in it, as in "m4rley" and "princessp0ppy"; "sch0ol" is a slip."""
    bare = text.lower()
    if len(bare) < _SHORTEST_LEET or not _LEET.fullmatch(bare) or re.fullmatch(r".*\d(?:st|nd|rd|th|yrs?|yo)", bare):
        return False
    if any(bare.startswith(known) for known in page.lists.cues["letters with a number that are no user name"]):
        return False
    read = {bare.translate(_UNLEET), bare.replace("1", "l").translate(_UNLEET), re.sub(r"\d", "", bare)}
    return not any(word in page.lists.ordinary or word in page.lists.keep for word in read)


def _is_a_word(page: Page, word: str) -> bool:
    lists = page.lists
    return word in lists.ordinary or word in lists.keep or lists.is_made_of_words(word) or word in lists.grammar


def _is_dotted(page: Page, text: str) -> bool:
    """Whether a token with stops or hyphens in it is a user name, and not two sentences with no blank between."""
    if not _DOTTED.fullmatch(text):
        return False
    parts = re.split(r"[.-]", text.lower())
    tags = page.lists.cues["parts of a user name"]
    if any(len(part) == 1 for part in parts) and not any(len(part) > 2 for part in parts):
        return False  # "d.o.b", "a.m"
    if parts[0].isdigit() or not any(len(part) > 2 and not part.isdigit() for part in parts):
        return False
    numbered = parts[-1].isdigit() and len(parts[-1]) > 1 and re.search(r"[^\W\d_]\d+[^\W\d_]", parts[0])
    if "." in text and (numbered or any(_is_leet(page, part) for part in parts)):
        return True
    tagged = (parts[0] in tags or parts[-1] in tags) and len(parts[0] + parts[-1]) > 2
    strange = any(part not in tags and not part.isdigit() and not _is_a_word(page, part) for part in parts)
    made_up = any(len(part) > 8 and part not in page.lists.ordinary and part.isalpha() for part in parts)
    if len(parts) > 2 and "." in text:
        return tagged or strange or parts[-1].isdigit()
    return tagged and (strange or (made_up and "." in text))


def _is_humped(page: Page, text: str) -> bool:
    """Whether it is words run together with a capital each, of which one is none: "ItsYaBoiDre"."""
    return bool(_HUMPED.fullmatch(text)) and not all(_is_a_word(page, word.lower()) for word in _HUMP.findall(text))


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
    return not bare.isalpha() or not page.lists.is_one_slip_from_common(bare, page.seen.near)


def find(page: Page) -> Iterator[Mark]:
    """Yield each user name."""
    for match in _AT.finditer(page.plain):
        yield Mark(*match.span(), "HANDLE", USERNAME)
    for match in _TOKEN.finditer(page.plain):
        text = match[0]
        if text.lower() in page.lists.keep:
            continue
        if _is_made_up(text) or _is_leet(page, text) or _is_dotted(page, text) or _is_humped(page, text):
            yield Mark(*match.span(), "HANDLE", USERNAME)
    for match in _TAGGED.finditer(page.plain):
        if not _is_a_word(page, match[1].lower()) and match[1].lower() not in page.lists.cues["reference words"]:
            yield Mark(*match.span(), "HANDLE", USERNAME)
    for start, end in _announced(page):
        yield Mark(start, end, "HANDLE", USERNAME)

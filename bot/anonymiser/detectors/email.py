"""E-mail addresses, also those spelt out with `at` and `dot`, and those with blanks in them."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import EMAIL
from bot.anonymiser.words import Mark

_ADDRESS = re.compile(r"[\w.+'%-]{1,64}(?:@| @ )[\w-]{1,63}(?:\.[\w-]{1,63})+")
# "name@gmail" without its end, and with blanks or a comma where the stop should be.
_BROKEN = re.compile(
    r"[\w.+'%-]*[^\W\d]['\w.+%-]* ?@ ?([\w-]{2,63})"
    r"(?:(?: ?[.,] ?| (?=(?:com|co|net|org|ac)\b))([\w-]{2,63})\b)?(?:(?: ?[.,] ?| (?=uk\b))(\w{2,3})\b)?"
)
_AT = r"(?: ?[(\[{<] ?(?:at|@) ?[)\]}>] ?| at | @ ?)"
_DOT = r"(?: ?[(\[{<] ?(?:dot|\.) ?[)\]}>] ?| dot | ?\. ?)"
_SAID = re.compile(rf"([\w.+'-]{{1,64}})({_AT})([\w-]{{1,63}})((?:{_DOT}[\w-]{{1,63}}){{1,4}})", re.IGNORECASE)
_HOST_ALONE = re.compile(r"([\w.+'-]{1,64}) (?:at|@) ([\w-]{2,63})\b(?:[ .]com?\b(?:[ .]uk\b)?)?", re.IGNORECASE)
_SHORT = re.compile(r"(?!dot)[a-z]{2,3}", re.IGNORECASE)
_SIGN_APART = re.compile(r" [._] ?|_ |,")  # "k . jones @"
_MOST_WORDS = 7  # of a name read out before the "at"


def find(page: Page) -> Iterator[Mark]:
    """Yield each e-mail address."""
    if "@" in page.plain:
        for match in _ADDRESS.finditer(page.plain):
            yield Mark(_name_start(page, match.start()), match.end(), "EMAIL", EMAIL)
        yield from _broken(page)
    if re.search(r"\bat\b|@", page.plain, re.IGNORECASE):
        yield from _said(page)


def _broken(page: Page) -> Iterator[Mark]:
    hosts, endings = page.lists.cues["mail hosts"], page.lists.cues["mail endings"]
    for match in _BROKEN.finditer(page.plain):
        host, ending, last = (part.lower() if part else "" for part in match.groups())
        if ending in endings:
            yield Mark(
                _name_start(page, match.start()), match.end() if last in endings else match.end(2), "EMAIL", EMAIL
            )
        elif host in hosts or " " not in page.plain[match.start() : match.end(1)]:
            yield Mark(match.start(), match.end(1), "EMAIL", EMAIL)


def _said(page: Page) -> Iterator[Mark]:
    """Yield "jo dot smith at hotmail dot com", "jo.smith (at) post.example", "smithy81 at gmail"."""
    hosts, endings = page.lists.cues["mail hosts"], page.lists.cues["mail endings"]
    for match in _SAID.finditer(page.plain):
        parts = re.split(_DOT, match[4], flags=re.IGNORECASE)[1:]
        ends = next((i for i in range(len(parts), 0, -1) if parts[i - 1].lower() in endings), 0)
        bracketed, read_out = not match[2].strip().isalpha(), " dot " in match[4].lower()
        if not ends and read_out and _is_no_word(page, match[1]) and _SHORT.fullmatch(parts[-1]):
            ends = len(parts)  # "dot it" is a country when it is read out
        if not ends or not (bracketed or read_out or match[3].lower() in hosts or _is_no_word(page, match[1])):
            continue
        if not (bracketed or read_out) and " ." in match[4] + " " and not _is_no_word(page, match[1]):
            continue
        after = re.match(rf"(?:{_DOT}[\w-]+){{{ends}}}", match[4], re.IGNORECASE)
        yield Mark(_name_start(page, match.start()), match.start(4) + (after.end() if after else 0), "EMAIL", EMAIL)
    for match in _HOST_ALONE.finditer(page.plain):
        if match[2].lower() in hosts - {"me", "mac", "live", "sky", "mail", "email"} and _is_no_word(page, match[1]):
            yield Mark(_name_start(page, match.start()), match.end(), "EMAIL", EMAIL)


def _is_no_word(page: Page, text: str) -> bool:
    return not text.isalpha() or (text.lower() not in page.lists.ordinary and text.lower() not in page.lists.keep)


def _name_start(page: Page, start: int) -> int:
    """Return where the name before the "at" begins: with what is read out, or behind a colon close by."""
    last = next((w.index for w in page.words if w.end > start), 0)
    first = last
    for index in range(last, max(last - _MOST_WORDS, -1), -1):
        gap = page.words[index].gap
        if _SIGN_APART.fullmatch(gap) and index == first and "@" in page.plain[start:]:
            first = index - 1
            continue
        initial = page.words[index - 1].text
        if gap == " " and index == first and "@" in page.plain[start:] and len(initial) == 1 and initial not in "aAI&":
            first = index - 1
            break
        if index == 0 or re.search(r"[:;,\n!?\"(]|\. ", gap):
            first = index if ":" in gap or '"' in gap else first
            break
        if index == first and _is_numbered(page, index):
            first = next((i for i in range(index - 3, index) if _belongs(page, i, index)), first)
            break
        read_out = page.has_cue("said in an e-mail address", index) and index == first
        if read_out or page.has_cue("said in an e-mail address", index - 1):
            first = index - 1
    return min(page.words[first].start, start)


def _is_numbered(page: Page, index: int) -> bool:
    """Whether a number stands alone, as the end of a name with blanks in it: "big dave 74 at hotmail"."""
    return page.words[index].text.isdigit() and page.words[index].gap == " "


def _belongs(page: Page, first: int, last: int) -> bool:
    """Whether all words up to the number may be the name: none of them leads up to an e-mail address."""
    words = [page.at(i) for i in range(first, last)]
    return all(
        w is not None
        and w.is_letters
        and not page.has_cue("before the name of an e-mail", w.index)
        and (w.index == first or w.gap == " ")
        for w in words
    )

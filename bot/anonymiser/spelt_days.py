"""Days as people spell them: where one stands on a page, and which day, month and year were written."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from bot.anonymiser import days
from bot.anonymiser.day_cues import BIRTH, BIRTHDAY, GAP, TURNS, WEEKDAY
from bot.anonymiser.days import Spelt
from bot.anonymiser.page import Page

_ROMAN, _SAID_YEAR = days.ROMAN_MONTH, days.SAID_YEAR
_IN_YEAR = r"(?:0?[1-9]|1[0-2])"  # a month in digits
_NTH = rf"(?:[0-3]?\d(?:st|nd|rd|th)|{days.NTH})"
_APART, _ENDS = r"[ /.\\-]{1,3}", r"(?![\w:]|[./-]\d)"
_FULL_YEAR = rf"(?:(?:19|20)\d\d|{_SAID_YEAR})"
_NUMBERS = re.compile(
    r"(?<![\w/.-])(?:(?:[0-2]?\d|3[01])(?P<a>[ ]?[/.\-\\][ ]?)(?:0?\d|1[0-2]|[0-3]\d)(?P=a)(?:\d{4}|\d{2})"
    rf"|(?:19|20)\d\d(?P<b>[/.-])[01]?\d(?P=b)[0-3]?\d|[0-3]?\d(?:(?P<c>[/.]){_ROMAN}(?P=c)|-{_ROMAN}-(?=\d{{4}}))"
    r"(?:\d{4}|\d{2})|[0-3ol][\dol]?(?P<d>[/.-])[01ol][\dol]?(?P=d)[12l][\dol]{3})(?![\w/]|[.-]\d)",
    re.IGNORECASE,
)
# The year in full, whatever stands between: "08 11 twenty-ten", "14 03 2011"; "3rd of the 5th 2014".
_IN_FULL = re.compile(
    r"(?=[\dtfsen])(?<![\w/.:£-])(?<!\d\s)"
    rf"(?:[0-3]?\d{_APART}(?:[0-3]?\d|{_ROMAN}){_APART}{_FULL_YEAR}"
    rf"|(?:the )?{_NTH} of (?:the )?(?:(?:{_NTH}|[01]?\d)[\s,/-]{{1,3}}(?:(?:of|in)\s)?{_FULL_YEAR}"
    r"|[01]?\d(?:st|nd|rd|th)[\s,/-]{1,3}'?\d\d(?!\s[^\W\d])))(?![\w:/]|[ .-]?\d)",
    re.IGNORECASE,
)
_BORN = re.compile(rf"\b(?=[dbytwgl])(?:(?:{BIRTH}|(?P<birthday>{BIRTHDAY})){GAP}|(?P<turns>{TURNS})\s)", re.IGNORECASE)
_CALLED = re.compile(
    r"(?:(?:is|was|on|the|in|as|around|about|approx)[\s:]{1,2})*"
    rf"([0-3]?\d{_APART}(?:[01]?\d|{_ROMAN}){_APART}(?:(?:19|20)?\d\d|{_SAID_YEAR})|[0-3]?\d{_APART}{_IN_YEAR}"
    rf"|(?:19|20)\d\d[ ][01]?\d[ ][0-3]?\d|{_IN_YEAR}[/.-](?:19|20)\d\d|\d{{6}}|\d{{8}}"
    r"|[0-3ol][\dol]?(?P<e>[/.-])[\dol]{1,2}(?P=e)(?:[\dol]{4}|[\dol]{2})"
    rf"|{_NTH} of (?:the )?(?:{_NTH}|{_IN_YEAR}))"
    r"(?!\w|:\d|\s?(?:weeks?|wks?|months?|days?|years?|yrs?|lbs?|kg|am|pm)\b)",
    re.IGNORECASE,
)
# A day and a month that are told from a score or a share by what stands before them.
_DATED = re.compile(
    r"\b(?=[odsutbaf])(?:(?P<sure>on the|dated|dated?:)|on|since|until|till|by|before|after|from)\s{1,2}"
    rf"(?P<written>(?!24/7)(?=(?P<zero>0|\d+/0)?)[0-3]?\d/{_IN_YEAR})(?![\w/%]|[.:-]\d|\s(?:of|out|terms?|days?|hours?|length|price"
    r"|occasions|times|marks?)\b)",
    re.IGNORECASE,
)
_DAY = rf"(?:(?P<day>[0-3]?\d)(?:\s?(?P<ordinal>st|nd|rd|th))?|(?P<nth>{days.NTH})|(?P<count>{days.COUNT}))"
_MONTH = r"(?P<month>[jfmasond][^\W\d_]{2,9}+)"
_MONTH_THEN = rf"\b{_MONTH}\.?[\s,-]{{1,2}}(?=[\dtfsen])"
_YEAR = (
    r"(?:(?:[\s,]{0,3}|[/-])(?P<year>'?\d{2}|(?:19|20)\d{2})"
    rf"{_ENDS}|\s(?:of|in)\s(?P<year_of>(?:19|20)\d{{2}}){_ENDS}"
    rf"|[\s,-]{{1,3}}(?:(?:of|in)\s)?(?P<said>{_SAID_YEAR}){_ENDS})?"
)
_DAY_FIRST = re.compile(
    rf"(?=[\dtfsen])(?<![\w/:.£])(?:the )?(?P<earlier>[0-3]?\d/(?=[0-3]?\d(?:st|nd|rd|th)?\s(?!of\b)))?{_DAY}"
    rf"(?:[\s,-]{{1,3}}|(?<=\d)|\s?/\s?)(?:day )?(?P<of>of\s(?:the\s)?)?{_MONTH}(?![^\W\d])\.?{_YEAR}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"{_MONTH_THEN}(?P<the>the )?{_DAY}(?![\w/]|[:.]\d){_YEAR}", re.IGNORECASE)
_DAY_LAST = re.compile(
    rf"{_MONTH_THEN}(?P<year>{_FULL_YEAR})[\s,]{{1,2}}(?:the )?(?P<nth>{_NTH})(?!\w)",
    re.IGNORECASE,
)
_YEAR_OF_BIRTH = re.compile(
    r"(?:(?:in|on|at|the|is|was|as|of|about|around|approx|circa|early|late|mid|sometime|back|school|year|end|start)\s){0,4}"
    r"(?:(?P<month>[^\W\d_]{3,20})\.?(?:,?\s|[/-])(?:(?:of|in)\s)?|\[?[^\]\n]{1,20}\]\s(?:in\s)?)?"
    rf"(?P<year>(?:19|20)\d\d(?:[/-]\d\d)?|'\d\d|{_SAID_YEAR}){_ENDS}",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    rf"(?=[12tn])(?<![\w/.:£-])(?P<year>{_FULL_YEAR})[\s-](?:births?|born|bab(?:y|ies))\b"
    r"(?!\s(?:mother|mum|mom|father|dad|parent|famil))",
    re.IGNORECASE,
)
# The first day of "3rd to 7th March" and the last of "March 3-7, 2026": beside a month that is told, they
# would spell out the day.
_EARLIER = re.compile(
    r"(?:(?<![\w/:.£])(?:the )?(?:[0-3]?\d(?:\s?[-/&]\s?|\s(?:to|until|till)\s)"
    r"|[0-3]?\d(?:st|nd|rd|th)(?:\s?[-/,&]\s?|\s(?:to|and|or|until|till)\s)|(?<=between )[0-3]?\d and ))+$",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?:\s?[-/&]\s?(?:the )?|\s(?:to|until|till)\s(?:the )?|\sand\s(?=[0-3]?\d(?:st|nd|rd|th)))"
    r"[0-3]?\d(?:st|nd|rd|th)?(?![\w/]|[:.]\d)(?:,?\s(?P<year>(?:19|20)\d\d)(?![\w:]))?",
    re.IGNORECASE,
)
_WORDS_TOO = ("may", "march", "mar", "jan", "dec")  # or names
_BEFORE_A_DAY = ("on", "born", "dob", "birth", "birthday", "bday", "dated")
_GOES_ON = tuple("he she they it we i at and when mum dad but with after before in by".split())
# Not another date: of a row of them each would else be found only once the next is gone.
_NOUN = re.compile(rf"\s*(?!(?:the )?(?:{days.NTH}|{days.COUNT}|{WEEKDAY})\b)(?P<noun>[^\W\d_]+)", re.IGNORECASE)
_FAR = 30  # characters that the earlier days of a span may take


def spelt_days(page: Page) -> Iterator[Spelt]:
    """Yield each day that is written out on a page, in order of place, those that overlap joined."""
    joined: list[Spelt] = []
    for found in sorted(_found(page), key=lambda spelt: (spelt.start, -spelt.end)):
        if joined and found.start < joined[-1].end:
            joined[-1] = _fuller(joined[-1], found)
        else:
            joined.append(found)
    yield from joined


def _fuller(one: Spelt, other: Spelt) -> Spelt:
    """Return the two as one stretch, read as the one that says more."""
    read = max(one, other, key=lambda spelt: (len(spelt.year), spelt.day > 0, spelt.end - spelt.start))
    start, end = min(one.start, other.start), max(one.end, other.end)
    return read if (read.start, read.end) == (start, end) else replace(read, start=start, end=end)


def _found(page: Page) -> Iterator[Spelt]:
    yield from _in_numbers(page)
    yield from _of_birth(page)
    for match in _DAY_FIRST.finditer(page.plain):
        if _is_day_first(page, match):
            yield _from_its_first_day(page, match)
    for match in _MONTH_FIRST.finditer(page.plain):
        if _is_month_first(page, match):
            yield _to_its_last_day(page, match)
    for match in _DAY_LAST.finditer(page.plain):
        if _month(page, match["month"]) and (_before(page, match.start()) in _BEFORE_A_DAY or _ends(page, match)):
            written = f"{match['nth']} {_month(page, match['month'])} {match['year']}"
            yield _of_numbers(*match.span(), written)
    for match in _YEAR_BEFORE.finditer(page.plain):
        yield Spelt(*match.span("year"), 0, 0, days.in_digits(match["year"]))


def _of_birth(page: Page) -> Iterator[Spelt]:
    """Yield what only a birth or a birthday before it tells from other numbers."""
    for cue in _BORN.finditer(page.plain):
        if match := _CALLED.match(page.plain, cue.end()):
            yield _of_numbers(*match.span(1), match[1])
        match = None if cue["turns"] else _YEAR_OF_BIRTH.match(page.plain, cue.end())
        month = _month(page, match["month"] or "") if match else 0
        if match and (month or not cue["birthday"]):
            year = days.in_digits(match["year"]).lstrip("'")[:4]
            yield Spelt(match.start("month" if month else "year"), match.end(), 0, month, year)


def _in_numbers(page: Page) -> Iterator[Spelt]:
    for match in _NUMBERS.finditer(page.plain):
        yield _of_numbers(*match.span(), match[0])
    for match in _IN_FULL.finditer(page.plain):
        spelt = _of_numbers(*match.span(), match[0])
        low, high = sorted((spelt.day, spelt.month))
        if 1 <= low <= 12 and high <= 31 and not _is_an_age(page, spelt.start):
            yield spelt
    for match in _DATED.finditer(page.plain) if "/" in page.plain else ():
        spelt = _of_numbers(*match.span("written"), match["written"])
        if 1 <= spelt.day <= 31 and (match["sure"] or spelt.day > spelt.month or match["zero"]):
            yield spelt


def _of_numbers(start: int, end: int, written: str) -> Spelt:
    """Return the day of "12/3/14", "2014-03-12", "120314": the day first, unless the year plainly is."""
    parts = re.findall(r"\d+", days.in_digits(written))
    if len(parts) == 1:
        cuts = (4, 6) if len(written) == 8 and written[4:6] not in ("19", "20") else (2, 4)
        parts = [parts[0][: cuts[0]], parts[0][cuts[0] : cuts[1]], parts[0][cuts[1] :]]
    if len(parts) == 2 and len(parts[1]) == 4:
        parts.insert(0, "0")
    if len(parts[0]) == 4:
        parts.reverse()
    return Spelt(start, end, int(parts[0]), int(parts[1]), parts[2] if len(parts) > 2 else "")


def _day(match: re.Match[str]) -> int:
    return int(match["day"] or days.in_digits(match["nth"] or match["count"]))


def _of_words(page: Page, match: re.Match[str]) -> Spelt:
    year = (match["year"] or match["year_of"] or days.in_digits(match["said"] or "")).lstrip("'")
    return Spelt(*match.span(), _day(match), _month(page, match["month"]), year)


def _from_its_first_day(page: Page, match: re.Match[str]) -> Spelt:
    spelt = _of_words(page, match)
    earlier = _EARLIER.search(page.plain, max(0, spelt.start - _FAR), spelt.start)
    if earlier is None or _is_an_age(page, earlier.start()):
        return spelt
    return replace(spelt, start=earlier.start())


def _to_its_last_day(page: Page, match: re.Match[str]) -> Spelt:
    spelt = _of_words(page, match)
    later = None if spelt.year else _LATER.match(page.plain, spelt.end)
    return replace(spelt, end=later.end(), year=later["year"] or "") if later else spelt


def _month(page: Page, word: str) -> int:
    """Return the number of a month by its name, short form or a slip for it that is no word itself; or 0."""
    folded = word.lower()
    known = days.month_named(folded)
    if known or folded in page.lists.ordinary or folded in page.lists.first or folded in page.lists.rare_first:
        return known
    return days.month_misspelt(folded)


def _is_an_age(page: Page, start: int) -> bool:
    return _before(page, start) in page.lists.cues["before an age, not a day"]


def _before(page: Page, start: int) -> str:
    return page.folded_at(bisect_right(page.words, start, key=lambda word: word.end) - 1)


def _after(page: Page, end: int) -> str:
    return page.folded_at(bisect_left(page.words, end, key=lambda word: word.start))


def _ends(page: Page, match: re.Match[str]) -> bool:
    """Whether no noun follows that would be counted: "the third time"."""
    noun = _NOUN.match(page.plain, match.end())
    goes_on = noun is not None and match["nth"] is not None and noun["noun"].lower() in _GOES_ON
    return noun is None or goes_on or _month(page, noun["noun"]) > 0


def _is_day_first(page: Page, match: re.Match[str]) -> bool:
    if not _month(page, match["month"]) or not 1 <= _day(match) <= 31:
        return False
    if _is_plain(match):
        return True
    before, ambiguous = _before(page, match.start()), match["month"].lower() in _WORDS_TOO
    if match["of"] and not match["day"]:  # "a third of March", "three of June's friends"
        return before not in ("a", "one", "two", "every") if match["nth"] else before in _BEFORE_A_DAY
    is_weak = match["nth"] or ((match["count"] or match["earlier"]) and not _ends(page, match))
    if is_weak and before not in _BEFORE_A_DAY and (ambiguous or match["of"]):
        return False
    is_verb = ambiguous and _after(page, match.end()) in page.lists.cues["after may, the verb"]
    return not is_verb and not _is_an_age(page, match.start())


def _is_plain(match: re.Match[str]) -> bool:
    return any(match[part] for part in ("ordinal", "year", "year_of", "said"))


def _is_month_first(page: Page, match: re.Match[str]) -> bool:
    if not _month(page, match["month"]) or not 1 <= _day(match) <= 31:
        return False
    before = _before(page, match.start())
    if _is_plain(match) or before in _BEFORE_A_DAY:
        return True
    if match["count"] or (match["nth"] and not match["the"] and match["month"].lower() in _WORDS_TOO):
        return False
    return before in ("is", "was") or _ends(page, match)

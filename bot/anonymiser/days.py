"""Days, told by how long ago they are and ages by their band: arithmetic and its closed set of wordings.

`PHRASE` and `BANDS` are the only words in which a day or an age is ever told, so that whoever meets them
again knows them for ours. Nothing here reads a text; but the numbers of a day may be said in words or
written in letters, and `in_digits` gives their digits.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# The age in full years that each band stays below. The youngest and the oldest have words of their own.
_BELOW = ((1, "under 1"), (5, "1 to 4"), (10, "5 to 9"), (13, "10 to 12"), (16, "13 to 15"), (18, "16 to 17"))
BANDS = (*(band for _, band in _BELOW), "18 or over")

_SHORT = {m[:3].lower() for m in MONTHS} | {"sept", "janu", "febr", "novem", "decem", "febuary"}

_WEEK = 7  # days: within it a weekday is told, and nothing is ever told more exactly
_WEEKS = 35  # days: within them the number of weeks
_ELEVEN_MONTHS = 335  # days: within them a month's name can be of one year only
_OLDEST = 95  # years: an older date of birth is more often a slip of the century
_MOST_YEARS = 99

_A_MONTH = f"(?:{'|'.join(MONTHS)})"
_A_WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
PHRASE = (
    rf"(?:today|yesterday|tomorrow|(?:last|this|next)\ {_A_WEEKDAY}"
    r"|1\ week\ ago|[2-5]\ weeks\ ago|in\ (?:1\ week|[2-5]\ weeks)"
    rf"|in\ {_A_MONTH}(?:\ (?:last|this|next)\ year|\ two\ years\ ago)?"
    r"|(?:[3-9]|[1-9][0-9])\ years\ ago|in\ (?:[2-9]|[1-9][0-9])\ years)"
)

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NTH = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth".split()
_NTH += "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
_VALUES = {word: i for i, word in enumerate([*_ONES, *_TEENS], 1)} | {word: i for i, word in enumerate(_NTH, 1)}
_VALUES |= {word: 10 * i for i, word in enumerate(_TENS, 2)} | {"thirtieth": 30, "twelth": 12, "nineth": 9, "eigth": 8}


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


# Numbers in words, without regard to case: "twenty-ninth", "third"; "four"; "twenty-ten", "two thousand and nine".
NTH = rf"(?:(?:twenty|thirty)[\s-]?{_one_of(_NTH[:9])}|{_one_of([*_NTH, 'thirtieth', 'twelth', 'nineth', 'eigth'])})"
COUNT = rf"(?:(?:twenty|thirty)[\s-]?{_one_of(_ONES)}|{_one_of([*_ONES[1:], *_TEENS, *_TENS[:2]])})"
_UP_TO_99 = rf"(?:{_one_of(_TENS)}(?:[\s-]?{_one_of(_ONES)})?|{_one_of(_TEENS)})"
SAID_YEAR = (
    rf"(?:two\s?thousand(?:[\s-](?:and[\s-])?(?:{_UP_TO_99}|{_one_of(_ONES)}))?"
    rf"|(?:twenty|nineteen)[\s-](?:{_UP_TO_99}|oh?[\s-]{_one_of(_ONES)}))"
)
ROMAN_MONTH = "(?:x(?:ii?)?|i[xv]|vi{0,3}|i{1,3})"
_ROMAN = dict(zip("i ii iii iv v vi vii viii ix x xi xii".split(), range(1, 13), strict=True))
_VALUE = re.compile(_one_of(_VALUES))
_SAID_YEAR = re.compile(SAID_YEAR)
_SAID_DAY = re.compile(rf"\b(?:{NTH}|{COUNT})\b")
_ROMAN_MONTH = re.compile(rf"(?<![^\W\d_]){ROMAN_MONTH}(?![^\W\d_])")
_TYPED_AS_LETTERS = re.compile(r"(?<![^\W_])[ol\d]+(?![^\W_])")


def in_digits(written: str) -> str:
    """Return a day with its numbers in digits, whichever were words, Roman, or the letters O and L.

    "third of the fifth twenty-ten" is "3 of the 5 2010", "5/xi/15" is "5/11/15", "o3/o4/2o12" is "03/04/2012".
    """
    if written.replace("/", "").isdigit():
        return written
    digits = _SAID_YEAR.sub(lambda said: str(_year(said[0])), written.lower())
    digits = _SAID_DAY.sub(lambda said: str(_number(said[0])), digits)
    digits = _ROMAN_MONTH.sub(lambda roman: str(_ROMAN[roman[0]]), digits)
    return _TYPED_AS_LETTERS.sub(lambda typed: typed[0].replace("o", "0").replace("l", "1"), digits)


def _number(said: str) -> int:
    return sum(_VALUES[word] for word in _VALUE.findall(said))


def _year(said: str) -> int:
    if "thousand" in said:
        return 2000 + _number(said.partition("thousand")[2])
    hundreds, *rest = _VALUE.findall(said)
    return 100 * _VALUES[hundreds] + sum(_VALUES[word] for word in rest)


def month_named(word: str) -> int:
    """Return the number of a month by its name or short form in small letters; or 0."""
    short = word if word in _SHORT or word.capitalize() in MONTHS else ""
    return next((number for number, month in enumerate(MONTHS, 1) if short and month[:3].lower() == short[:3]), 0)


def month_misspelt(word: str) -> int:
    """Return the number of the month that a word in small letters looks like a slip for; or 0."""
    if len(word) < 4:
        return 0
    months = ((number, month.lower()) for number, month in enumerate(MONTHS, 1) if month[0].lower() == word[0])
    return next((number for number, month in months if len(month) > 3 and _differ_little(word, month)), 0)


def _differ_little(typed: str, month: str) -> bool:
    """Whether two words hold nearly the same letters, in whatever order."""
    spare = list(month)
    missed = 0
    for letter in typed:
        if letter in spare:
            spare.remove(letter)
        else:
            missed += 1
    return missed + len(spare) <= (2 if len(month) > 5 and typed[1] in month[1:3] else 1)


def made(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def age_on(born: date, on: date) -> int:
    """Return the full years of age on a day; negative before the birth."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def band(born: date, on: date) -> str | None:
    """Return the age band on a day, or None for who is not born yet or would be older than people get."""
    age = age_on(born, on)
    if born > on or age > _OLDEST:
        return None
    return next((band for below, band in _BELOW if age < below), BANDS[-1])


def youngest_born_in(year: int, month: int, on: date) -> date | None:
    """Return the latest day of a month that is not after `on`: in doubt a child is told as the younger one.

    Month 0 is the whole year.
    """
    if month == 0 and 1 <= year <= 9999:
        return min(date(year, 12, 31), max(on, date(year, 1, 1)))
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        return None
    return min(date(year, month, monthrange(year, month)[1]), max(on, date(year, month, 1)))


def nearest(month: int, day: int, on: date, coming: bool) -> date | None:
    """Return which day is meant by one without a year: the last past one, or if `coming` the next.

    Where that would be more than eleven months off it is the other one; None where there is neither.
    """
    days = [found for year in range(on.year - 1, on.year + 2) if (found := made(year, month, day))]
    near = [found for found in days if abs((found - on).days) <= _ELEVEN_MONTHS]
    past, ahead = [d for d in near if d <= on], [d for d in near if d >= on]
    first, second = (ahead[:1], past[-1:]) if coming else (past[-1:], ahead[:1])
    return next(iter((*first, *second)), None)


def of_short_year(short: int, month: int, day: int, on: date, latest: date) -> date | None:
    """Return the day of a year written with two digits: the last one that is not after `latest`."""
    found = [made(year, month, day) for year in _centuries(short, on)]
    return next((day for day in found if day and day <= latest), None)


def _centuries(short: int, on: date) -> Iterator[int]:
    century = on.year // 100 * 100
    yield from (century + 100 + short, century + short, century - 100 + short)


def told(day: date, on: date) -> str | None:
    """Return how a day is told on another: "last Tuesday", "2 weeks ago", "in March". None if too far off."""
    ago = (on - day).days
    if abs(ago) <= 1:
        return ("today", "yesterday", "tomorrow")[ago]
    weekday = WEEKDAYS[day.weekday()]
    if 0 < ago <= _WEEK:
        return f"last {weekday}"
    if 0 < -ago <= _WEEK:
        return f"{'this' if on.weekday() - ago < _WEEK else 'next'} {weekday}"
    if abs(ago) <= _WEEKS:
        number = round(abs(ago) / _WEEK)
        weeks = "1 week" if number == 1 else f"{number} weeks"
        return f"{weeks} ago" if ago > 0 else f"in {weeks}"
    return told_by_month(day, on)


def told_by_month(day: date, on: date) -> str | None:
    """Return how a day is told when not even its week may be: "in March", "4 years ago". None if too far off."""
    ago = (on - day).days
    month = f"in {MONTHS[day.month - 1]}"
    if abs(ago) <= _ELEVEN_MONTHS:
        return month
    which = {0: "this year", 1: "next year", -1: "last year", -2: "two years ago"}.get(day.year - on.year)
    if which:
        return f"{month} {which}"
    years = abs(on.year - day.year)
    if years > _MOST_YEARS:
        return None
    return f"{years} years ago" if ago > 0 else f"in {years} years"


@dataclass(frozen=True, slots=True)
class Spelt:
    """A day as it was written: `day` is 0 for a month or year of birth; `year` is in digits, or empty."""

    start: int
    end: int
    day: int
    month: int
    year: str = ""

    def born(self, on: date) -> date | None:
        """Return the day as a day of birth: not after `on` where the century is open. None without a year."""
        if len(self.year) == 2 and not self.day:
            begun = of_short_year(int(self.year), self.month or 1, 1, on, on)
            return begun and youngest_born_in(begun.year, self.month, on)
        if len(self.year) == 2:
            return of_short_year(int(self.year), self.month, self.day, on, on)
        if not self.year:
            return None
        if not self.day:
            return youngest_born_in(int(self.year), self.month, on)
        return made(int(self.year), self.month, self.day)

    def meant(self, on: date, coming: bool) -> date | None:
        """Return the day as that of something else, past or `coming`; None where there is no such day."""
        if not self.year:
            return nearest(self.month, self.day, on, coming)
        if len(self.year) == 4:
            return made(int(self.year), self.month, self.day)
        soon = date(min(on.year + 2, date.max.year), 12, 31)
        return of_short_year(int(self.year), self.month, self.day, on, soon)

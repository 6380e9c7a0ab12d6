"""What the words beside a day say of it: a birth, a birth that is expected, or something still to come."""

import re
from datetime import date

from bot.anonymiser.days import COUNT, age_on

WEEKDAY = r"(?:mon|tues?|wed(?:nes|s)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_REACH = 70  # characters looked at before and after a day
_IS = (
    r"(?:\b(?:is|was|were|are|on|the|of|in|about|around|approx|as|given|recorded|believed|thought|to be|he|she|they)"
    r"\b[\s:=,(-]*){0,5}"
)
_WHOSE = r"\b(?:of|for|to|at)\s[\w' ]{1,40}?(?:\s(?:on|is|was)\b|\s?[:=,-])[\s:=-]*"
_NAME = r"(?-i:(?:[A-Z][\w'-]+\s){1,2})"
# With their usual slips, and with nothing between them and the number: "bron 12/3/14", "DOB12/3/14".
BIRTH = (
    r"(?:\b(?=[dby])(?:d[./]?\s?o[./]?\s?b\.?s?|dbo|yob|(?:dates?|day) of (?:births?|brith|brth|bith|birht)"
    r"|years? of birth|birth\s?(?:dates?|years?)|born(?:on|in|e)?|bron|borm|bonr|brn|boorn)(?![^\W\d]))"
)
BIRTHDAY = r"(?:\bb(?:['-]?day|irth\sday|[irthue]{3,6}d(?:ay|ya|y))(?![^\W\d]))"
TURNS = (
    r"(?:\b(?=[twgl])(?:turn(?:s|ed|ing)?|(?:will|gonna|going to) be|(?<=')ll be)"
    rf"\s(?:\d{{1,2}}|{COUNT})\s(?:years old\s)?on\b)"
)
GAP = r"(?:'s)?\s?(?:\(?d{1,2}[\s/.-]m{1,2}[\s/.-](?:yy){1,2}\)?)?[\s:=,;|([-]*"
_BORN_BEFORE = re.compile(rf"{BIRTH}{GAP}(?:{_WHOSE}|{_NAME})?{_IS}$", re.IGNORECASE)
_BIRTHDAY_BEFORE = re.compile(rf"(?:{BIRTHDAY}{GAP}(?:{_WHOSE})?|{TURNS}\s){_IS}$", re.IGNORECASE)
_ONE_BIRTHDAY = re.compile(rf"(?:\d(?:st|nd|rd|th)|\b(?:last|next|this|th))\s{BIRTHDAY}|{TURNS}", re.IGNORECASE)
_CALLED = r"(?:(?:his|her|their|the|our|[\w']+s)\s)?"
_BORN_AFTER = re.compile(
    rf"\s*(?:\(\s*{BIRTH}\s*\)|(?:is|was|as|=)\s{_CALLED}(?:{BIRTH}|{BIRTHDAY})(?![\s:=]*\d))", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:and|&|/)\s*(?:the other\s)?", re.IGNORECASE)

# An age said beside a day: it is a date of birth if it gives that age.
_SAYS_AGE = r"(?:\bis|\baged?|\bturned|\bnow|'s|\bhes|\bshes|\bwas)\s\d{1,2}\s?(?:yo|y/o|(?:yrs?|years?)(?:\sold)?)?"
_AGE_BRACKET = re.compile(rf"{_SAYS_AGE}\s?\(\s?$|\bage[d:]*\s$", re.IGNORECASE)
_EVENT_BEFORE = re.compile(r"\b(?:on|since|from|after|until|till|by|before|at|last|in)\s(?:the\s)?$", re.IGNORECASE)
_AGES = re.compile(
    r"(?:\baged?|\bis|\bturned|\bnow|'s|\bhes|\bshes)\s(?P<age>\d{1,2})\b(?![\s-]?(?:weeks?|wks?|months?|mths?|days?|/))"
    r"|\b(?P<years>\d{1,2})[\s-]?(?:yo\b|y/o|yrs?\b|years?\b)"
    r"|\b(?:year|yr|y)\s?(?P<group>\d{1,2})\b"
    r"|\b(?P<small>\d{1,2})[\s-]?(?P<unit>week|wk|month|mth|day)s?\b"
    r"|\b(?P<bare>\d{1,2})\s?[,(]\s?$",
    re.IGNORECASE,
)
_UNIT = {"week": 7, "wk": 7, "month": 30, "mth": 30, "day": 1}
_OLDEST_BY_AGE = 25  # years

_DUE = re.compile(
    r"\b(?:due|edd|expecting|expected|induced|to be born|unborn)\b[\s:=-]*(?:[\w']+\s){0,4}$", re.IGNORECASE
)
_NO_BIRTH = re.compile(
    r"\b(?:review|meeting|conference|icpc|rcpc|hearing|court|appointment|appt|visit|report|assessment|results?|back"
    r"|deadline|payment|rent|essay|homework|exams?|home|release[d]?|trial|return|call|renewal|out|in school)\b",
    re.IGNORECASE,
)
_COMING = re.compile(
    r"\b(?:due|next|will|going to|gonna|appointment|appt|hearing|upcoming|coming|booked|planned|scheduled|starts"
    r"|until|till|by|expected)\b|'ll\b",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:was|were|had|did|missed|attended|went|came|happened|since|last|ago|cancelled|told|said|saw|disclosed"
    r"|reported|rang)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[!?;\n]|\.\s")


class Beside:
    """The words on either side of a day, in its own sentence."""

    __slots__ = ("_after", "_before")

    def __init__(self, text: str, start: int, end: int) -> None:
        self._before = _STOP.split(text[max(0, start - _REACH) : start])[-1]
        self._after = _STOP.split(text[end : end + _REACH])[0]

    def is_birth(self) -> bool:
        """Say whether the day is called a date of birth, or stands in brackets after an age."""
        return bool(
            _BORN_BEFORE.search(self._before) or _BORN_AFTER.match(self._after) or _AGE_BRACKET.search(self._before)
        )

    def is_birthday(self) -> bool:
        """Say whether the day is called a birthday: one of them, or that of the birth."""
        return _BIRTHDAY_BEFORE.search(self._before) is not None

    def is_one_birthday(self) -> bool:
        """Say whether the birthday spoken of is one of several: the ninth, the last."""
        return _ONE_BIRTHDAY.search(self._before) is not None

    def is_expected_birth(self) -> bool:
        """Say whether a baby is due on the day. "Due" without a word for what else is due is taken for one."""
        return _DUE.search(self._before) is not None and _NO_BIRTH.search(self._before) is None

    def is_coming(self) -> bool:
        """Say whether the words speak of what is still to come, and none of what has been."""
        said = f"{self._before} {self._after}"
        return _COMING.search(said) is not None and _GONE.search(said) is None

    def age_fits(self, born: date, on: date) -> bool:
        """Say whether an age or a year group is said beside the day that whoever was born on it has."""
        if not 0 <= age_on(born, on) <= _OLDEST_BY_AGE or _EVENT_BEFORE.search(self._before):
            return False
        near = (*_AGES.finditer(self._before[-30:]), *_AGES.finditer(self._after[:20]))
        return any(_fits(said, born, on) for said in near)


def are_joined(text: str, earlier_end: int, start: int) -> bool:
    """Say whether nothing but "and" stands between an earlier day and one that starts here."""
    return _AND.fullmatch(text, earlier_end, start) is not None


def _fits(said: re.Match[str], born: date, on: date) -> bool:
    if said["small"]:
        unit = _UNIT[said["unit"].lower()]
        return abs(int(said["small"]) * unit - (on - born).days) <= 2 * unit
    age = age_on(born, on)
    if said["group"]:
        return 3 <= age - int(said["group"]) <= 6
    return abs(int(said["age"] or said["years"] or said["bare"]) - age) <= 1

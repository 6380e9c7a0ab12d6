"""The age band of a child, from a short answer to "How old is the child?".

There a bare "7" or "8 months" is an age. Elsewhere it is not, and `bot.reading.age` reads only what says so.
"""

import re

from bot.reading.age import band_of_year_group, band_of_years, number

_UNIT_YEARS = {"month": 1 / 12, "mth": 1 / 12, "mo": 1 / 12, "week": 1 / 52, "wk": 1 / 52, "day": 1 / 365}
# Of a stage that lies across two bands, such as KS2, nothing is taken.
_STAGES = {
    "yr": "1_4", "f1": "1_4", "f2": "1_4", "eyfs": "1_4", "foundation": "1_4",
    "ks1": "5_9", "ks4": "13_15", "ks5": "16_17",
}  # fmt: skip
_OF_OTHERS = frozenset(
    "brother brothers sister sisters sibling siblings cousin cousins mum dad children kids boyfriend girlfriend "
    "partner friend twin others".split()
)
_COUNTED = frozenset("times of siblings children kids pm am hours hour minutes mins oclock out schools".split())
_TURNING = frozenset("nearly almost turning approaching rising".split())
_BIRTHDAY = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sept sep oct nov dec monday tuesday wednesday thursday friday summer spring autumn".split()
)
_JOINED = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
_NO_WHOLE_NUMBER = frozenset("quarter quarters st nd rd th".split())
_WORDS = 9


def asked_age(plain: str) -> str | None:
    """Return the band that a short plain answer gives, or None where it gives none, or an adult's age."""
    plain = re.sub(r"\b(?:year|yr) r\b", "yr", plain)
    if len(plain.split()) > _WORDS or _OF_OTHERS & set(plain.split()):
        return None
    stage = next((_STAGES[word] for word in plain.split() if word in _STAGES), None)
    if stage and not re.search(r"\byr \w*\d|\byr (?:one|two|three|four|five|six|seven|eight|nine|ten)", plain):
        return stage
    if re.match(r"due (?:in|next|on|any|soon)\b", plain):
        return "unborn"
    row = [word for part in plain.split() for word in (_JOINED.sub(" ", part).split())]
    for place, word in enumerate(row):
        amount = number(word)
        if amount is not None and not _is_fraction(row, place):
            return _band(row, place, amount)
    return None


def _band(row: list[str], place: int, amount: int) -> str | None:
    before = row[place - 1] if place else ""
    after = [*row[place + 1 : place + 3], "", ""]
    if before in {"year", "years", "yr", "yrs", "y", "class"}:
        return band_of_year_group(amount) if after[0] not in {"old", "olds"} else None
    if before in {"ks", "p", "s", "form"} or after[0] in _COUNTED:
        return None
    unit = next((years for name, years in _UNIT_YEARS.items() if after[0] in {name, f"{name}s"}), None)
    if unit is not None:
        is_ago = "ago" in row[place + 1 :] and "born" not in row[:place]
        return None if is_ago else band_of_years(amount * unit)
    birthday_to_come = after[0] in {"in", "on", "next"} and after[1] in _BIRTHDAY | {"week", "month", "a"}
    is_turning = before in _TURNING or (birthday_to_come and "turned" not in row[:place])
    return band_of_years(max(amount - 1, 0) if is_turning else amount)


def _is_fraction(row: list[str], place: int) -> bool:
    """Whether it is the "three" of "three quarters", or the 4 of "his 4th school"."""
    return place + 1 < len(row) and row[place + 1] in _NO_WHOLE_NUMBER

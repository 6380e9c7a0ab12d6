"""The child's age band, from a year group, an age or a stage of life.

England: Reception is 4 to 5, Year 1 is 5 to 6, Year 10 is 14 to 15. A year group that lies across two
bands takes the younger one, in which the safeguards are tighter: Reception is 1_4, Year 5 is 5_9,
Year 8 is 10_12 and Year 11 is 13_15.
"""

import re

from bot.reading.words import STOPS, Words

BANDS = ("unborn", "under_1", "1_4", "5_9", "10_12", "13_15", "16_17")
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
_STAGES = {
    "unborn": "unborn", "foetus": "unborn", "fetus": "unborn", "newborn": "under_1",
    "nursery": "1_4", "preschool": "1_4", "preschooler": "1_4", "toddler": "1_4", "reception": "1_4",
}  # fmt: skip
_STAGES |= {f"aged_{band}": band for band in BANDS}  # a date of birth, as it is shown once it was taken out
_NOT_A_STAGE_AFTER = frozenset("area desk team staff teacher ta entrance room office phase place places called".split())
_NO_AGE_BEFORE = frozenset("pregnant gone into behind late clean sober ago since away off overdue in".split())
_OF_THE_SCHOOL = frozenset("teacher teachers ta tas lead team trip parents staff tutor head assembly".split())
_YEARS = frozenset(["year", "years", "yr", "yrs", "yo"])
_MONTHS = frozenset(["month", "months", "mth", "mths", "mo"])
_WEEKS = frozenset(["week", "weeks", "wk", "wks", "day", "days"])
_OTHERS = frozenset(
    "brother sister sibling siblings brothers sisters cousin boyfriend girlfriend partner friend mum dad man "
    "stepbrother stepsister halfbrother halfsister nephew niece nan uncle baby twin twins woman guy".split()
)
_OF_OTHERS = frozenset("his her their has have with another younger older little big and the mums dads mum dad".split())
_HE = frozenset("he she they child boy girl pupil student lad son daughter i_am who is aged".split())
_BEFORE_A_SPAN = frozenset("for last past over about nearly within every in after around ago under since next".split())


def band_of_years(years: float) -> str | None:
    """Return the band of an age in years, or None for an adult."""
    for top, band in ((1, "under_1"), (5, "1_4"), (10, "5_9"), (13, "10_12"), (16, "13_15"), (18, "16_17")):
        if years < top:
            return band
    return None


def band_of_year_group(group: int) -> str | None:
    """Return the band of a school year: of the age at which most children begin it."""
    return band_of_years(group + 4) if 0 <= group <= 13 else None


def number(word: str) -> int | None:
    """Return the number a word stands for, if it stands for one."""
    if word.isdecimal() and len(word) <= 2:
        return int(word)
    return _NUMBERS.get(word)


def read_age(words: Words) -> tuple[str | None, bool]:
    """Return the child's age band, if it is said, and whether a baby of the family is spoken of."""
    bands: list[str] = []
    baby_besides = False
    for place in range(len(words)):
        read = _band_at(words, place)
        if read is None:
            continue
        band, after = read
        if not _is_of_another(words, place, after):
            bands.append(band)
        elif band == "under_1":
            baby_besides = True
    return (bands[0] if bands else None), baby_besides or _baby_besides(words)


def _band_at(words: Words, place: int) -> tuple[str, int] | None:
    """Return the band named at this place and the place after it."""
    row = words.words
    word, after = row[place], (*row[place + 1 : place + 4], "", "", "")
    if word in {"year", "yr", "yrs", "y", "ks"} and word != "ks":
        return _year_group(row, place)
    if word in _STAGES and after[0] not in _NOT_A_STAGE_AFTER:
        return _STAGES[word], place + 1
    amount = number(word)
    if amount is None:
        return _baby(row, place)
    before = row[place - 1] if place else ""
    if after[0] in _MONTHS | _WEEKS and (_says_old(after[1], before) or _is_so_old(row[:place], after[1])):
        years = amount / 12 if after[0] in _MONTHS else amount / 52
        return _banded(band_of_years(years), place + 2)
    if after[0] in _YEARS and before not in _BEFORE_A_SPAN and (_says_old(after[1], before) or after[0] == "yo"):
        return _banded(band_of_years(amount), place + 2)
    return _bare_age(row, place, amount)


_AGED = {"aged", "age", "baby", "brother", "sister", "newborn", "infant"}


def _says_old(after: str, before: str) -> bool:
    return after in {"old", "olds", "boy", "girl", "child", "baby", "pupil", "infant"} or before in _AGED


def _is_so_old(before: tuple[str, ...], after: str) -> bool:
    """Read "he is 4 months", "her brother is only 5 weeks" and "a baby of 4 months", which say no "old"."""
    core = before[:-1] if before and before[-1] in {"only", "just", "about", "nearly", "almost"} else before
    if core[-2:] in (("baby", "of"), ("infant", "of")):
        return True
    if len(core) < len("is") or core[-1] not in {"is", "was"} or core[-2] not in _HE | _OTHERS:
        return False
    return after not in _NO_AGE_BEFORE


def _banded(band: str | None, after: int) -> tuple[str, int] | None:
    return (band, after) if band else None


def _year_group(row: tuple[str, ...], place: int) -> tuple[str, int] | None:
    group = number(row[place + 1]) if place + 1 < len(row) else None
    before = row[place - 1] if place else ""
    if group is None or before in {"last", "a", "per"} or number(before) is not None:
        return None
    after = row[place + 2] if place + 2 < len(row) else ""
    if after in {"ago", "year", "years", "old", "olds"} | _OF_THE_SCHOOL:
        return None
    return _banded(band_of_year_group(group), place + 2)


def _bare_age(row: tuple[str, ...], place: int, amount: int) -> tuple[str, int] | None:
    """Read "he is 7", "aged 14", "a girl of 12", "a 12 and a half", "nearly 18", "turned 13"."""
    before = row[max(0, place - 3) : place]
    after = row[place + 1] if place + 1 < len(row) else ""
    if not before or after in _YEARS | _MONTHS | _WEEKS | {"times", "of", "pm", "am", "hours", "days", "minutes"}:
        return None
    almost = before[-1] in {"nearly", "almost", "only", "just", "about"}
    core = before[:-1] if almost else before
    if not core:
        return _banded(band_of_years(amount - 1), place + 1) if almost and before[-1] in {"nearly", "almost"} else None
    if core[-1] in {"aged", "age", "turned", "turns", "turning"} or (core[-1] in {"is", "am"} and _person(core)):
        if amount < 1 or amount > 18:
            return None
        years = amount - 1 if before[-1] in {"nearly", "almost"} or core[-1] == "turning" else amount
        return _banded(band_of_years(years), place + 1)
    if core[-1] == "of" and core[-2:-1] and core[-2] in _HE | {"pupils", "children"} and amount <= 18:
        return _banded(band_of_years(amount), place + 1)
    if before[-1] in {"nearly", "almost"} and 1 < amount <= 18:
        return _banded(band_of_years(amount - 1), place + 1)
    return None


def _person(core: tuple[str, ...]) -> bool:
    return len(core) > 1 and core[-2] in _HE


def _baby(row: tuple[str, ...], place: int) -> tuple[str, int] | None:
    """Read a text that begins with "baby": the consultation is about it."""
    after = row[place + 1] if place + 1 < len(row) else ""
    if row[place] != "baby" or after in {"brother", "sister", "sibling", "bump", "cousin"}:
        return None
    return ("under_1", place + 1) if not place or row[place - 1] in {"mobile", "immobile"} else None


def _is_of_another(words: Words, place: int, after: int) -> bool:
    """Return whether the age is that of a sister, a boyfriend or another, not of the child."""
    row = words.words
    near = range(max(0, place - 3), place)
    ends = [i for i in near if row[i] in STOPS]
    before = row[ends[-1] + 1 if ends else near.start : place]
    for follower, is_paused in zip(row[after : after + 4], words.paused[after : after + 4], strict=True):
        # "He is 7, mum knows": after a comma somebody else is spoken of.
        if is_paused or follower in STOPS or follower in {"with", "who", "has", "and", "is"}:
            break
        if follower in _OTHERS:
            return not (follower == "baby" and not _OF_OTHERS & set(before[-2:]))
    reach = [i for i, word in enumerate(before) if word in _OTHERS]
    if not reach:
        return False
    return before[-1] not in {"a", "the"} or "is" in before[reach[-1] :]


_BESIDES = re.compile(
    r"\bbaby (?:brother|sister|sibling|cousin)|\bbaby (?:at home|in the (?:house|home))|\bnewborn\b"
    r"|\b(?:mum|they|she|family|dad) (?:also )?(?:has|have|just had) (?:a|the) (?:new |young )?baby"
)
_NO_BABY = re.compile(r"\b(?:no|not a|not any) (?:other )?bab(?:y|ies)")


def _baby_besides(words: Words) -> bool:
    said = " ".join(words.words)
    return bool(_BESIDES.search(said)) and not _NO_BABY.search(said)

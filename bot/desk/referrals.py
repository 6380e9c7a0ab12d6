"""Referrals that a DSL speaks of in passing: how many, for whoever reads the record."""

import re
from collections.abc import Mapping
from typing import Any

from bot.consultation import Reading
from bot.desk.plain_words import plainly

SLOT = "referrals"
SEVERAL = "several"
BEFORE = "referred_before"

_NUMBERS = {word: str(at) for at, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_NUMBERS |= {"once": "1", "twice": "2", "thrice": "3"}
_ORDINALS = {word: str(at) for at, word in enumerate("first second third fourth fifth sixth seventh eighth".split(), 1)}
_ORDINALS |= {f"{at}{ending}": str(at) for at, ending in enumerate(("st", "nd", "rd", *["th"] * 6), 1)}
_ANY = "|".join((*_NUMBERS, r"\d{1,2}"))
_TIMES = re.compile(rf"\b(?:({_ANY})\s?(?:times|x)\b|\b(once|twice|thrice)\b)")
_MADE = re.compile(rf"\b({_ANY}) (?:\w+ )?(?:referrals?|refferals?|marfs?|requests?|nfas?)\b")
_NTH = re.compile(rf"\b({'|'.join(_ORDINALS)}) (?:\w+ )?(?:referral|marf|request|nfa|time)\b")
_MANY = re.compile(r"\b(?:times|referrals|refferals|marfs|nfas|every time|each time|again|keep|kept|repeatedly|over)\b")


def told_in(reading: Reading, text: str) -> str | None:
    """Return how many referrals a text tells of (`3`, or `several`), None if it tells of none.

    Whether it tells of any is for the reading to say; here they are only counted.
    """
    if BEFORE not in reading.answers.get("tried", ()):
        return None
    plain = plainly(text)
    counted = _MADE.search(plain) or _TIMES.search(plain)
    if counted:
        number = next(found for found in counted.groups() if found)
        return _NUMBERS.get(number, number)
    nth = _NTH.search(plain)
    if nth:
        return _ORDINALS[nth[1]]
    return SEVERAL if _MANY.search(plain) else "1"


def most(before: object, told: str | None) -> str | None:
    """Return the larger of what was told before and now: several is more than one, and no more than a number."""
    if told is None or before is None:
        return told or (str(before) if before else None)
    return max(str(before), told, key=lambda said: int(said) if said.isdigit() else 1.5)


def heard(answers: Mapping[str, Any], slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers with the referrals that were told of beside the questions: they count as tried before."""
    told = slots.get(SLOT)
    if not told:
        return dict(answers)
    given = answers.get("tried", ())
    tried = [value for value in ((given,) if isinstance(given, str) else given) if value != "nothing_yet"]
    return {**answers, SLOT: str(told), "tried": tuple(dict.fromkeys((*tried, BEFORE)))}

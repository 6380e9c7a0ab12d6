"""What one level means in the child's area, for who asks about it by its code or its name."""

import re

from bot.consultation import Level
from bot.desk.cards import source_of
from bot.desk.consult import Counsel
from bot.desk.plain_words import plainly
from bot.knowledge.model import Pack

_NUMBERS = {word: str(at) for at, word in enumerate("one two three four five six".split(), 1)}
_CALLED = re.compile(r"\b(?:level|levels|lvl|tier|step|stage|l|t)\s?([a-z]?\d[a-z]?|one|two|three|four|five|six)\b")


def one(counsel: Counsel, pack: Pack | None, text: str) -> dict[str, str]:
    """Return the blanks that tell of the level a text names, or none where it names no level of the area."""
    level = _named(pack, text) if pack else None
    if pack is None or level is None or pack.levels_from is None:
        return {}
    say = counsel.wording.say
    floor = counsel.national.floor
    neutral = [held.name for held in floor.levels if set(held.neutral) & set(level.neutral)] if floor else []
    return {
        "area": pack.name,
        "code": level.code,
        "name": level.name,
        "neutral": say("utter_about_level_neutral", names=", ".join(neutral)) if neutral else "",
        "consent": level.consent,
        "route": level.route,
        "source": source_of(pack.levels_from, say),
    }


def _named(pack: Pack, text: str) -> Level | None:
    plain = plainly(text)
    codes = {level.code.casefold(): level for level in pack.levels}
    called = [_NUMBERS.get(found, found) for found in _CALLED.findall(plain)]
    named = [codes[code] for code in called if code in codes]
    named += [level for level in pack.levels if plainly(level.name) and plainly(level.name) in plain]
    first = dict.fromkeys(level.code for level in named)
    return codes[next(iter(first)).casefold()] if len(first) == 1 else None

"""An area's profile: how a no-name consultation works there, beside its thresholds."""

import re
from collections.abc import Mapping
from datetime import date

from bot.knowledge.dated import Shape, held_on
from bot.knowledge.entry import Entry
from bot.knowledge.model import ProfileLine
from bot.knowledge.sources import CITED, Source, cite

# What every profile says, and the one word that some of it comes down to.
KEYS: Mapping[str, tuple[str, ...]] = {
    "no_name_allowed": ("yes", "if_appropriate", "no", "not_published"),
    "recorded": ("yes", "no", "if_named", "not_published"),
    "consent_to_consult": ("needed", "not_needed", "usual", "not_published"),
    "name_needed_when": (),
    "order_to_ring": (),
    "response_time": (),
    "second_consultation": (),
    "open_cases": (),
    "becomes_referral_when": (),
    "form": (),
    "before_you_refer": (),
    "retention": (),
    "calendar": (),
}
# What the clocks of the duty desk are set by, where an area publishes it.
_WHOLE_NUMBER, _TIME = re.compile(r"[1-9][0-9]{0,2}"), re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
CLOCKS = {
    "answer_red_hours": _WHOLE_NUMBER,
    "answer_amber_days": _WHOLE_NUMBER,
    "answer_green_days": _WHOLE_NUMBER,
    "opens": _TIME,
    "closes": _TIME,
}
NOT_PUBLISHED = "not published"


def load_profile(entry: Entry, sources: Mapping[str, Source], on: date) -> dict[str, ProfileLine]:
    """Return the profile as it stands on the day. Refuses one that leaves something unsaid."""
    fields = entry.fields(KEYS, CLOCKS)
    held = {name: held_on(_shape(name, sources).changes(at), on) for name, at in fields.items()}
    return {name: line for name, line in held.items() if line is not None}


def _shape(name: str, sources: Mapping[str, Source]) -> Shape[ProfileLine]:
    def make(fields: dict[str, Entry], entry: Entry) -> ProfileLine:
        value = fields["value"].text()
        if name in CLOCKS and not CLOCKS[name].fullmatch(value):
            fields["value"].fail(f"{value!r} cannot set a clock: a whole number, or a time such as 08:30")
        return ProfileLine(value, cite(fields, sources), _one_word(name, value, fields, entry))

    return Shape(("value", *CITED), ("is",), make)


def _one_word(name: str, value: str, fields: Mapping[str, Entry], entry: Entry) -> str:
    allowed = KEYS.get(name, ())
    if "is" in fields:
        if not allowed:
            fields["is"].fail(f"{name!r} has no one word for what it says")
        return fields["is"].one_of(allowed)
    if allowed and value != NOT_PUBLISHED:
        entry.fail(f"say in one word what it comes down to, under 'is': {', '.join(allowed)}")
    return "not_published" if allowed else ""

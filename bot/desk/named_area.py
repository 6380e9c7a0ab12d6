"""A council's bare name, typed where councils were offered, is that answer: as if its button had been pressed.

Councils come with the knowledge base, and the dialogue was not trained on their names.
"""

from collections.abc import Callable, Iterable

from bot.desk.payloads import payload
from bot.desk.places import Places
from bot.desk.ports import Button

# A name, with "its" before it and "council" after it.
_LONGEST = 6


def as_pressed(text: str, offered: Callable[[], Iterable[Button]], places: Callable[[], Places]) -> str | None:
    """Return what pressing the council that a text names would send, or None where none was asked for or is named."""
    if len(text.split()) > _LONGEST or "?" in text:
        return None
    if not any('"child_area"' in button.payload for button in offered()):
        return None
    area = places().only_one_in(text)
    return payload("answer", {"child_area": area}) if area else None

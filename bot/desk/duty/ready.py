"""Ready replies: what the desk has approved to be said, with its blanks filled in, to be changed before it is sent.

A reply goes the way of every worker's message, in which dates and references are taken out. So no blank is filled with
one: an answer is due on a day of the week, and the reference is the one on the DSL's own page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.desk.numbers import Say
from bot.desk.working_time import ENGLAND
from bot.knowledge.replies import PLACEHOLDERS, Reply


@dataclass(frozen=True, slots=True)
class ReadyReply:
    """An approved reply as it would be said of one case."""

    id: str
    text: str


# From then on a day of the week is another one.
_A_WEEK = 7


def blanks(due_at: datetime, now: datetime, area: str, to_ring: Mapping[str, Any], say: Say) -> dict[str, str]:
    """Return what fills the blanks; one is empty where it cannot be said, such as a promise that is over.

    `area` is its name, `to_ring` are its contacts as `bot.desk.numbers.whom_to_ring` tells them.
    """
    numbers = {name: to_ring[name]["value"] if to_ring[name] else "" for name in ("front_door", "out_of_hours")}
    return {"area": area, "due": _due(due_at, now, say), "reference": say("utter_ready_reference"), **numbers}


def _due(due_at: datetime, now: datetime, say: Say) -> str:
    due, here = due_at.astimezone(ENGLAND), now.astimezone(ENGLAND)
    days = (due.date() - here.date()).days
    if due_at <= now or days >= _A_WEEK:
        return ""
    day = {0: "today", 1: "tomorrow"}.get(days, "day")
    return say(f"utter_ready_due_{day}", time=f"{due:%H:%M}", day=f"{due:%A}")


def ready(replies: Iterable[Reply], values: Mapping[str, str]) -> tuple[ReadyReply, ...]:
    """Return the replies with blanks of PLACEHOLDERS filled in. One with a blank that has no value is left out."""
    known = {name: value for name, value in values.items() if name in PLACEHOLDERS and value}
    filled = ((reply, _filled(reply.text, known)) for reply in replies)
    return tuple(ReadyReply(reply.id, text) for reply, text in filled if text is not None)


def _filled(text: str, known: Mapping[str, str]) -> str | None:
    try:
        return text.format_map(known)
    except KeyError:
        return None

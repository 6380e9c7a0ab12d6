"""Keys: the buttons below a message and what they send back, in at most 64 bytes.

A choice is the id under which the web knows it too, with the beginning of the talk's id, so that a button of an earlier
talk is known for one. No payload is ever in a button.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LONGEST_TITLE = 64  # characters: more does not fit on a phone
_SHORT = 14  # so many fit beside each other
_A_ROW = 3
_PRESSED = re.compile(r"([ctd]):(\d{1,9})(?:\.(r?\d{1,4}))?:([0-9a-zA-Z-]{1,8})|m:([a-z]{1,20})")
TICKED, NOT_TICKED = "☑ ", "☐ "

Keyboard = list[list[list[str]]]  # rows of pairs of a title and what it sends


class Act(StrEnum):
    """What a button does."""

    CHOOSE = "c"
    TICK = "t"
    TICKED_ALL = "d"
    MENU = "m"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that was pressed: `choice` is the id of what it chooses, in message `number` of the talk `talk`."""

    act: Act
    choice: str = ""
    number: int = 0
    talk: str = ""


def short(talk: str) -> str:
    """Return the part of a talk's id that a button carries."""
    return talk[:8]


def choose(choice: str, talk: str) -> str:
    """Return what a button sends that chooses."""
    return f"{Act.CHOOSE}:{choice}:{short(talk)}"


def tick(choice: str, talk: str) -> str:
    """Return what a button sends that ticks an option, or takes the tick away."""
    return f"{Act.TICK}:{choice}:{short(talk)}"


def ticked_all(number: int, talk: str) -> str:
    """Return what the button sends that ends ticking."""
    return f"{Act.TICKED_ALL}:{number}:{short(talk)}"


def menu(name: str) -> str:
    """Return what a button sends that stands for a command."""
    return f"{Act.MENU}:{name}"


def pressed(data: str) -> Pressed | None:
    """Return what was pressed, or None for what no button of ours sends."""
    found = _PRESSED.fullmatch(data)
    if found is None:
        return None
    act, number, place, talk, name = found.groups()
    if name:
        return Pressed(Act.MENU, name)
    if (place is None) != (act == Act.TICKED_ALL):
        return None
    return Pressed(Act(act), f"{number}.{place}" if place else "", int(number), talk)


def rows(keys: Sequence[tuple[str, str]]) -> Keyboard:
    """Return buttons in rows: short ones beside each other, others below each other."""
    shown = [[_cut(title), data] for title, data in keys]
    if all(len(title) <= _SHORT for title, _ in shown):
        return [shown[at : at + _A_ROW] for at in range(0, len(shown), _A_ROW)]
    return [[one] for one in shown]


def tick_rows(ticks: dict[str, Any], done: str) -> Keyboard:
    """Return the buttons of a question with several answers. `ticks` has number, talk, options and what is ticked."""
    chosen = set(ticks["ticked"])
    options = [
        [_cut((TICKED if one["id"] in chosen else NOT_TICKED) + one["title"]), tick(one["id"], ticks["talk"])]
        for one in ticks["options"]
    ]
    return [*([one] for one in options), [[done, ticked_all(ticks["number"], ticks["talk"])]]]


def with_tick(ticks: dict[str, Any], choice: str) -> dict[str, Any]:
    """Return the ticks with one more or one less. An option that stands alone takes the others away."""
    alone = {one["id"] for one in ticks["options"] if one["alone"]}
    held = list(ticks["ticked"])
    if choice in held:
        held.remove(choice)
    elif choice in alone:
        held = [choice]
    elif any(one["id"] == choice for one in ticks["options"]):
        held = [one for one in held if one not in alone] + [choice]
    return {**ticks, "ticked": held}


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"

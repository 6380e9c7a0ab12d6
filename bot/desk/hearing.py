"""Hearing: what a message is to the dialogue, an act by name with what it carries.

Rasa asks for it at its door, in place of its own classifier (docs/adr/0014-acts-by-the-sentence-model.md). A
payload of our own door or of a button says its act itself; typed words are heard by the sentence model.
What is heard uncertainly is `nlu_fallback`, which asks again and in the end fetches a person.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

UNSURE = "nlu_fallback"
# The likeliest act must be this likely, and so much likelier than the next. Set on the development set, not on
# those that are sealed (`./noname evaluate acts`).
SURE = 0.4
AHEAD = 0.05
# Where two acts are near, the one by which less is lost: what is told of another child must not be put with the first,
# and whoever is taken to tell of another is asked.
GIVES_WAY = {"describe_concern": ("another_child", 0.25)}
_PAYLOAD = re.compile(r"/(?P<act>[a-z_]+)(?P<carries>\{.*\})?", re.DOTALL)
# What a person copied from a machine, without the slash that our door takes away: no words, whatever it looks like.
_OF_A_MACHINE = re.compile(r"[a-z]+(_[a-z]+)+|[a-z_]+\s*\{.*\}", re.DOTALL)



@dataclass(frozen=True, slots=True)
class Heard:
    """An act, how likely it is (0 to 1), its rivals by likelihood, and what it carries by name."""

    act: str
    sure: float
    rivals: tuple[tuple[str, float], ...] = ()
    carries: tuple[tuple[str, Any], ...] = ()


Acts = Callable[[str], Mapping[str, float]]
Hear = Callable[[str], Awaitable[Heard]]


def hearing(acts: Acts) -> Hear:
    """Return what hears messages beside everything else that goes on."""

    async def hear(message: str) -> Heard:
        return await asyncio.to_thread(heard, message, acts)

    return hear


def heard(message: str, acts: Acts) -> Heard:
    """Return what a message is: a payload as it says, words as the model hears them."""
    told = _PAYLOAD.fullmatch(message.strip())
    if told:
        return Heard(told["act"], 1.0, ((told["act"], 1.0),), tuple(_carried(told["carries"])))
    if not message.strip() or _OF_A_MACHINE.fullmatch(message.strip()):
        return Heard(UNSURE, 1.0)
    likely = acts(message)
    ranked = sorted(likely.items(), key=lambda one: -one[1])
    (best, sure), (_, next_best) = ranked[:2]
    before, enough = GIVES_WAY.get(best, ("", 1.0))
    if likely.get(before, 0.0) >= enough:
        return Heard(before, likely[before], tuple(ranked[:10]))
    if sure < SURE or sure - next_best < AHEAD:
        return Heard(UNSURE, 1 - sure, ((UNSURE, 1 - sure), *ranked[:9]))
    return Heard(best, sure, tuple(ranked[:10]))


def _carried(entities: str | None) -> list[tuple[str, Any]]:
    try:
        held = json.loads(entities or "{}")
    except ValueError:
        return []
    return [(name, one) for name, value in held.items() for one in (value if isinstance(value, list) else [value])]

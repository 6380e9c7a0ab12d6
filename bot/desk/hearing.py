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
SURE = 0.3
AHEAD = 0.05
_PAYLOAD = re.compile(r"/(?P<act>[a-z_]+)(?P<carries>\{.*\})?", re.DOTALL)



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
    if not message.strip():
        return Heard(UNSURE, 1.0)
    ranked = sorted(acts(message).items(), key=lambda one: -one[1])
    (best, sure), (_, next_best) = ranked[:2]
    if sure < SURE or sure - next_best < AHEAD:
        return Heard(UNSURE, 1 - sure, ((UNSURE, 1 - sure), *ranked[:9]))
    return Heard(best, sure, tuple(ranked[:10]))


def _carried(entities: str | None) -> list[tuple[str, Any]]:
    try:
        held = json.loads(entities or "{}")
    except ValueError:
        return []
    return [(name, one) for name, value in held.items() for one in (value if isinstance(value, list) else [value])]

"""A crowd: many people at once, in a process of its own, so that what they compute is not counted as the house's.

    python -m evaluation.speed.crowd < what.json > came.json

It is told an address, how many at once and how many turns, and says what each turn took, what went wrong and what it
computed itself.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.settings import ROOT
from evaluation.speed.talks import OurTalk, StarterTalk, Talk, Wrong, client

LONGEST_SECONDS = 3600.0


@dataclass(slots=True)
class Came:
    """What came of it: the seconds of each turn, what went wrong by kind, and how long all took."""

    seconds: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    wall: float = 0.0


class CrowdFailed(Exception):
    """Tried to have a crowd talk, and its process ended without saying what came."""


def asked(what: Mapping[str, Any]) -> dict[str, Any]:
    """Have a crowd in a process of its own do something and return what came. Raises CrowdFailed."""
    command = [sys.executable, "-m", str(what.get("who", "evaluation.speed.crowd"))]
    done = subprocess.run(
        command, cwd=ROOT, input=json.dumps(dict(what)), stdout=subprocess.PIPE, text=True, timeout=LONGEST_SECONDS
    )
    if done.returncode:
        raise CrowdFailed
    return json.loads(done.stdout)


async def talk_at_once(talks: list[Talk], turns: int) -> Came:
    """Let every talk go on, the next as soon as the last is answered, until so many turns are done in all."""
    came, left, begun = Came(), [turns], time.perf_counter()

    async def go_on(talk: Talk) -> None:
        is_open = False
        while left[0] > 0:
            try:
                if not is_open or talk.is_over:
                    await talk.begin()
                    is_open = True
                left[0] -= 1
                came.seconds.append(await talk.turn())
            except Wrong as wrong:
                came.wrong[str(wrong)] += 1
                is_open = False

    await asyncio.gather(*(go_on(talk) for talk in talks))
    came.wall = time.perf_counter() - begun
    return came


async def _measured(what: Mapping[str, Any]) -> dict[str, Any]:
    at_once, tokens = what["at_once"], what.get("tokens") or ()
    async with client(what["url"], at_once * 2) as by:
        talks: list[Talk] = [OurTalk(by, token) for token in tokens[:at_once]]
        talks = talks or [StarterTalk(by) for _ in range(at_once)]
        warm = await talk_at_once(talks, what["warm"])
        came = await talk_at_once(talks, what["turns"])
    computed = os.times()
    return {
        "warm": warm.seconds,
        "seconds": came.seconds,
        "wrong": came.wrong + warm.wrong,
        "wall": came.wall,
        "computed": computed.user + computed.system,
    }


if __name__ == "__main__":
    json.dump(asyncio.run(_measured(json.load(sys.stdin))), sys.stdout)

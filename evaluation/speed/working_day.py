"""A working day: schools that type as people do and desks that answer them, in a process of its own.

    python -m evaluation.speed.working_day < what.json > came.json

A DSL thinks between two turns for a time drawn from an exponential distribution with a mean of 12 seconds, never less
than 2. Every fifth asks for a person. Every page holds its stream open, as browsers do, and a desk's asks for the rows
of the queue whenever that has changed. A desk looks at its queue every 15 seconds on average, claims what waits, reads
the brief and answers.
"""

import asyncio
import json
import math
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx

from evaluation.speed.talks import PATIENCE, WANTS_A_PERSON, OurTalk, Wrong, client, heard, lines

THINKS_SECONDS, THINKS_AT_LEAST, LOOKS_SECONDS = 12.0, 2.0, 15.0
# At most, before a page asks for the rows of a queue that has changed; longer by so much where nothing red is new.
PAGE_WAITS_SECONDS, NOTHING_RED_SECONDS = 1.0, 2.0
MOST_NAMED = 450  # rows that a page says it has
ONE_IN_ASKS = 5
LATE_SECONDS = 0.1  # by which the client's own clock may be late before its figures are in doubt
_MARK = re.compile(r'data-as="([^"]+)"')
_WAITING = re.compile(r'data-case="([^"]+)"[^>]*data-stage="waiting"')


class Day:
    """What happened, by minute: turns with their seconds, what desks did with theirs, and what went wrong."""

    def __init__(self, lasts: float, chance: random.Random) -> None:
        self.begun = time.perf_counter()
        self.lasts, self.chance = lasts, chance
        self.turns: list[tuple[float, float]] = []
        self.desks: list[tuple[float, str, float]] = []
        self.wrong: list[tuple[float, str]] = []
        self.taken_by_another = 0
        self.late = 0.0

    @property
    def at(self) -> float:
        """Seconds since the day began."""
        return time.perf_counter() - self.begun

    @property
    def is_over(self) -> bool:
        """Whether it has lasted."""
        return self.at >= self.lasts

    async def pause(self, mean: float, least: float = 0.0) -> None:
        """Wait as long as somebody thinks."""
        await asyncio.sleep(min(max(least, self.chance.expovariate(1 / mean)), max(0.0, self.lasts - self.at)))


async def school(day: Day, by: httpx.AsyncClient, token: str, number: int) -> None:
    """Hold one consultation after another."""
    talk = OurTalk(by, token, WANTS_A_PERSON if number % ONE_IN_ASKS == 0 else "")
    await asyncio.sleep(day.chance.uniform(0, min(THINKS_SECONDS, day.lasts / 4)))  # nobody begins with everybody
    while not day.is_over:
        page: asyncio.Task[None] | None = None
        try:
            await talk.begin()
            page = asyncio.create_task(_page(day, by, talk.consultation, token))
            while not talk.is_over and not day.is_over:
                await day.pause(THINKS_SECONDS, THINKS_AT_LEAST)
                if not day.is_over:  # else all who think would speak in the moment in which it ends
                    day.turns.append((day.at, await talk.turn()))
        except Wrong as wrong:
            day.wrong.append((day.at, f"DSL, {wrong}"))
        finally:
            if page:
                page.cancel()
        await day.pause(THINKS_SECONDS, THINKS_AT_LEAST)


async def _page(day: Day, by: httpx.AsyncClient, consultation: str, token: str) -> None:
    """Hold the stream of a consultation open."""
    try:
        async for _ in heard(by, consultation, token):
            pass
    except Wrong as wrong:
        day.wrong.append((day.at, f"DSL's stream, {wrong}"))


async def desk(day: Day, by: httpx.AsyncClient, token: str) -> None:
    """Look at the queue, claim what waits, answer."""
    says = lines()
    headers = {"Cookie": f"noname_duty={token}"}
    stream = asyncio.create_task(_bell(day, by, headers))
    try:
        await asyncio.sleep(day.chance.uniform(0, min(LOOKS_SECONDS, day.lasts / 4)))
        while not day.is_over:
            try:
                await _look(day, by, headers, next(says))
            except (httpx.HTTPError, Wrong) as wrong:
                day.wrong.append((day.at, f"desk, {_kind(wrong)}"))
            await day.pause(LOOKS_SECONDS)
    finally:
        stream.cancel()


def _kind(wrong: Exception) -> str:
    return str(wrong) if isinstance(wrong, Wrong) else type(wrong).__name__


async def _look(day: Day, by: httpx.AsyncClient, headers: Mapping[str, str], says: str) -> None:
    queue = await _timed(day, "queue", lambda: by.get("/duty/queue", headers=headers))
    cases = _WAITING.findall(queue.text)
    if not cases:
        return
    case = f"/duty/cases/{day.chance.choice(cases)}"
    claimed = await _timed(day, "claim", lambda: by.post(f"{case}/claim", headers=headers), (409,))
    if claimed.status_code == 409:
        day.taken_by_another += 1
        return
    await _timed(day, "brief", lambda: by.get(case, headers=headers))
    said = {"client_id": f"m{day.chance.getrandbits(60):x}xxxxxxxx", "text": says}
    await _timed(day, "reply", lambda: by.post(f"{case}/reply", data=said, headers=headers))


async def _timed(
    day: Day, what: str, ask: Callable[[], Awaitable[httpx.Response]], allowed: tuple[int, ...] = ()
) -> httpx.Response:
    begun = time.perf_counter()
    answer = await ask()
    day.desks.append((day.at, what, time.perf_counter() - begun))
    if answer.status_code >= 400 and answer.status_code not in allowed:
        raise Wrong(f"{what}: HTTP {answer.status_code}")
    return answer


async def _bell(day: Day, by: httpx.AsyncClient, headers: Mapping[str, str]) -> None:
    """Hold the stream of the queue open, and ask for its rows anew soon after it told of a change, as the page does."""
    page, told = QueuePage(day, by, headers), ""
    try:
        async with by.stream("GET", "/duty/events", headers=headers, timeout=None) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("event: "):
                    told = line.removeprefix("event: ")
                elif line.startswith("data: ") and told == "queue":
                    page.hears(line.removeprefix("data: "))
        if not day.is_over:
            day.wrong.append((day.at, "desk's stream, ended"))
    except httpx.HTTPError as failed:
        day.wrong.append((day.at, f"desk's stream, {type(failed).__name__}"))
    finally:
        page.leaves()


class QueuePage:
    """The page of a queue: which rows it has, and when it asks for those that it has not."""

    def __init__(self, day: Day, by: httpx.AsyncClient, headers: Mapping[str, str]) -> None:
        self._day, self._by, self._headers = day, by, headers
        self._has: list[str] = []
        self._due = math.inf
        self._soon: asyncio.TimerHandle | None = None
        self._asking = asyncio.Lock()
        self._asked: set[asyncio.Task[None]] = set()

    def hears(self, what: str) -> None:
        """Ask soon, and sooner if something red is new."""
        loop = asyncio.get_running_loop()
        at = loop.time() + self._day.chance.uniform(0, PAGE_WAITS_SECONDS) + (what != "red") * NOTHING_RED_SECONDS
        if self._due < math.inf and (what != "red" or at >= self._due):
            return
        self._cancel()
        self._due, self._soon = at, loop.call_at(at, self._ask)

    def leaves(self) -> None:
        """Ask no more."""
        self._cancel()
        for asked in self._asked:
            asked.cancel()

    def _cancel(self) -> None:
        if self._soon:
            self._soon.cancel()

    def _ask(self) -> None:
        self._due = math.inf
        asked = asyncio.ensure_future(self._rows())
        self._asked.add(asked)
        asked.add_done_callback(self._asked.discard)

    async def _rows(self) -> None:
        async with self._asking:
            asked = f"/duty/queue?have={'.'.join(self._has[:MOST_NAMED])}"
            try:
                rows = await _timed(self._day, "rows", lambda: self._by.get(asked, headers=self._headers))
                self._has = _MARK.findall(rows.text)
            except (httpx.HTTPError, Wrong) as wrong:
                self._day.wrong.append((self._day.at, f"desk's rows, {_kind(wrong)}"))


async def _own_lateness(day: Day) -> None:
    """Notice when this process is itself too busy to measure."""
    while not day.is_over:
        before = time.perf_counter()
        await asyncio.sleep(0.25)
        day.late = max(day.late, time.perf_counter() - before - 0.25)


async def _lived(what: Mapping[str, Any]) -> dict[str, Any]:
    schools, desks = what["schools"], what["desks"]
    async with client(what["url"], 3 * (len(schools) + len(desks))) as by:
        day = Day(what["seconds"], random.Random(what["seed"]))
        work = [school(day, by, token, number) for number, token in enumerate(schools)]
        work += [desk(day, by, token) for token in desks]
        try:
            await asyncio.wait_for(asyncio.gather(*work, _own_lateness(day)), day.lasts + 2 * PATIENCE)
        except TimeoutError:
            day.wrong.append((day.at, "did not come to its end"))
    computed = os.times()
    return {
        "turns": day.turns, "desks": day.desks, "wrong": day.wrong, "late": day.late,
        "taken_by_another": day.taken_by_another, "computed": computed.user + computed.system,
        "kinds": Counter(kind for _, kind in day.wrong),
    }  # fmt: skip


if __name__ == "__main__":
    json.dump(asyncio.run(_lived(json.load(sys.stdin))), sys.stdout)

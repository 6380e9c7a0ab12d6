"""Two people talk while the service between them is killed again and again; then every page is compared."""

import asyncio
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

from evaluation.chaos import Found, Run, Said, compare
from tests.chaos_house import Seeded, opened, seed
from tests.chaos_pages import DslPage, Page, Plan, WorkerPage
from tests.chaos_server import HOST

PATIENCE = 60.0
HOW = ("at rest", "in a request", "in a request", "while starting")


class Service:
    """The service, which can be killed and is started again on the same file and port."""

    def __init__(self, module: str = "tests.chaos_server", port: int = 0) -> None:
        with socket.socket() as found:
            found.bind((HOST, 0))
            self.port = port or found.getsockname()[1]
        command = [sys.executable, "-m", module, str(self.port)]
        self._forks = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.folder = Path()
        self.pid = self.kills = 0
        assert self._forks.stdout
        assert self._forks.stdout.readline() == "ready\n", "the service could not be made"

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Start it; it answers a moment later."""
        assert self._forks.stdin
        assert self._forks.stdout
        self._forks.stdin.write(f"{self.folder}\n")
        self._forks.stdin.flush()
        self.pid = int(self._forks.stdout.readline())

    def kill(self) -> None:
        """Kill it, whatever it is doing."""
        os.kill(self.pid, signal.SIGKILL)
        self.kills += 1

    def close(self) -> None:
        """End it for good."""
        assert self._forks.stdin
        assert self._forks.stdout
        self._forks.stdin.close()
        self._forks.wait(20)
        self._forks.stdout.close()


@contextmanager
def service(module: str = "tests.chaos_server", port: int = 0) -> Iterator[Service]:
    """Have a service at hand for as long as the block lasts; its `folder` is set before it is started."""
    running = Service(module, port)
    try:
        yield running
    finally:
        running.close()


class Chaos:
    """One run of two pages and a killer."""

    def __init__(self, plan: Plan, running: Service, people: Seeded) -> None:
        self.plan, self.service, self.people = plan, running, people
        self.chance = random.Random(plan.seed)
        self.answered, self._moved, self._begun = 0, asyncio.Event(), asyncio.Event()
        self.dsl, self.worker = self._page(DslPage), self._page(WorkerPage)
        half = plan.messages // 2
        self.sent = {
            "dsl": [f"hungry {plan.seed}.{n}" for n in range(plan.messages - half)],
            "duty_worker": [f"reply {plan.seed}.{n}" for n in range(half)],
        }
        self.heard = plan.messages // 10  # said to the assistant, before a person is asked for

    def _page(self, kind: type[Any]) -> Any:
        headers = {"Origin": self.service.url}
        http = httpx.AsyncClient(base_url=self.service.url, headers=headers, timeout=httpx.Timeout(30, read=PATIENCE))
        return kind(http, self.plan, random.Random(self.chance.getrandbits(64)), self._begun.set)

    def _told(self) -> None:
        self.answered += 1
        self._moved.set()

    async def run(self) -> None:
        """Let them talk until all is said and both have read it."""
        self.service.start()
        await self._is_up()
        await self.dsl.open(self.people.code)
        await self.worker.sign_in(self.people.workers[0].form())
        following: list[asyncio.Task[None]] = []
        both = [asyncio.create_task(self._kills()), asyncio.create_task(self._talk(following))]
        try:
            await asyncio.gather(*both)
            await self._until_read()
        finally:
            for task in (*both, *following):
                task.cancel()
            await asyncio.gather(*both, *following, return_exceptions=True)

    async def _talk(self, following: list[asyncio.Task[None]]) -> None:
        following.append(asyncio.create_task(self.dsl.follow(f"{self.dsl.api}/events", 0)))
        texts = self.sent["dsl"]
        await self.dsl.says(texts[: self.heard], self.dsl.send, self._told)
        await self.dsl.wants_a_person()
        assert await self.worker.take(), "the worker's page begins with what was said before"
        # What the page showed at first comes again with the events, so that all that is drawn is compared.
        following.append(asyncio.create_task(self.worker.follow(f"{self.worker.case}/events", 0)))
        await asyncio.gather(
            self.dsl.says(texts[self.heard :], self.dsl.send, self._told),
            self.worker.says(self.sent["duty_worker"], self.worker.send, self._told),
        )

    async def fresh(self) -> list[Said]:
        """Return what somebody sees who opens the consultation only now."""
        reader = self._page(Page)
        reader.http.cookies = self.dsl.http.cookies
        task = asyncio.create_task(reader.follow(f"{self.dsl.api}/events", 0))
        await _until(lambda: bool(reader.stage))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await reader.http.aclose()
        return reader.drawn

    async def close(self) -> None:
        """Close the pages."""
        await self.dsl.http.aclose()
        await self.worker.http.aclose()

    async def _until_read(self) -> None:
        last = {self.sent["dsl"][-1], self.sent["duty_worker"][-1]}
        await _until(lambda: last <= self.dsl.came.keys() and last <= self.worker.came.keys())

    async def _is_up(self) -> None:
        async with httpx.AsyncClient(base_url=self.service.url) as http:
            for _ in range(1000):
                try:
                    assert (await http.get("/livez")).status_code == 200
                    return
                except httpx.TransportError:
                    await asyncio.sleep(0.02)
        raise RuntimeError("the service did not start")

    async def _kills(self) -> None:
        chance = random.Random(self.chance.getrandbits(64))
        for moment in sorted(chance.sample(range(1, self.plan.messages - 1), self.plan.kills)):
            while self.answered < moment:
                self._moved.clear()
                await self._moved.wait()
            await self._kill(chance, chance.choice(HOW))

    async def _kill(self, chance: random.Random, how: str) -> None:
        if how == "in a request":
            self._begun.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._begun.wait(), 2)
            await asyncio.sleep(chance.uniform(0, 0.05))
        else:
            await asyncio.sleep(chance.uniform(0, 0.1))
        self.service.kill()
        if how == "while starting":
            self.service.start()
            await asyncio.sleep(chance.uniform(0, 0.3))
            self.service.kill()
        await asyncio.sleep(chance.uniform(0, 0.2))
        self.service.start()
        # Else it would be killed before anybody came back, and a run would take for ever.
        await self._is_up()


async def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < until:
        await asyncio.sleep(0.02)


def hold(plan: Plan, running: Service, folder: Path) -> Run:
    """Hold one run below a folder and return what came of it."""
    begun, before, people = time.monotonic(), running.kills, seed(folder, workers=1)
    running.folder = folder

    async def held() -> tuple[Chaos, list[Said]]:
        chaos = Chaos(plan, running, people)
        try:
            await chaos.run()
            return chaos, await chaos.fresh()
        finally:
            await chaos.close()

    chaos, fresh = asyncio.run(held())
    with opened(folder) as records:
        kept = records.messages(chaos.dsl.consultation)
        stored = [Said(one.number, one.utterance.speaker, str(one.utterance.text)) for one in kept]
        broken = records.verify_audit() is not None
    pages = {"records": stored, "fresh": fresh, "dsl": chaos.dsl.drawn, "worker": chaos.worker.drawn}
    # What follows the last of them is no answer alone: the desk says that it has the case.
    found = compare(chaos.sent, pages, chaos.heard - 1, broken)
    return _counted(plan, chaos, running.kills - before, time.monotonic() - begun, found)


def _counted(plan: Plan, chaos: Chaos, kills: int, seconds: float, found: Found) -> Run:
    sides = ((chaos.dsl, chaos.worker), (chaos.worker, chaos.dsl))
    # What was said to the assistant was not for the worker, who had not come yet.
    waited = [
        there.came[text] - pressed
        for here, there in sides
        for text, pressed in here.pressed.items()
        if text in there.came and text not in chaos.sent["dsl"][: chaos.heard]
    ]
    cut = [one for here, _ in sides for one in here.cut]
    kept_at = chaos.dsl.kept_at
    return Run(
        seed=plan.seed,
        messages=plan.messages,
        kills=kills,
        pace=plan.pace,
        cut=len(cut),
        cut_when_kept=sum(text in kept_at and kept_at[text] < lost_at for text, lost_at in cut),
        refused=chaos.dsl.refused + chaos.worker.refused,
        longest=max(waited, default=0.0),
        median=statistics.median(waited) if waited else 0.0,
        seconds=seconds,
        found=found,
    )

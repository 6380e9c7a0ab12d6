"""People talk in a whole house while its processes are killed one by one; then every talk is judged by what is kept."""

import asyncio
import json
import random
import re
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import httpx
import pyotp

from evaluation.faults.judging import Found, Run, Talk, judged
from tests.chaos_house import AREA
from tests.chaos_pages import DslPage, Plan, WorkerPage, events
from tests.faults_house import PRESS, RASA, SERVICE, Supervised
from tests.faults_seen import identifiers, kept, records_of

# How often which process is killed. The press lives for a second, so it is waited for.
WEIGHTS = {SERVICE: 5, RASA: 5, PRESS: 1}
# Each holds something that must not be kept (tests/faults_seen.py).
WORRIES = (
    "Ada Tamblyn, 943 476 5919, is always hungry and hides food",
    "mum rang from 07700 900417 and sounded very low",
    "they live at 12 Oak Lane, ME14 9QX and there is no heating",
    "dirty uniform most days, mum writes from ada.tamblyn@example.org",
    "no",
    "later this week",
)
REPLIES = ("Since when has it been like this?", "Please ring me when you can.")
PACE = 0.3
THINKS_SECONDS = 2.0
SETTLE_SECONDS = 12.0


@dataclass
class Dsl(DslPage):
    """A DSL who holds one talk after another, as a page does."""

    talk: Talk = field(default_factory=lambda: Talk(""))
    held: list[str] = field(default_factory=list)

    async def begin(self) -> Talk:
        """Open a consultation, again where the answer was lost."""
        while True:
            opened = await self.asks("", "POST", "/api/consultations", json={"area": AREA})
            if opened is not None and opened.status_code == 201:
                self.consultation = opened.json()["id"]
                self.talk = Talk(self.consultation)
                self.held.append(self.consultation)
                return self.talk
            await self.rests(1)

    async def worries(self) -> None:
        """Think for a moment, and say something."""
        await asyncio.sleep(self.chance.uniform(0, THINKS_SECONDS))
        await self.says([self.chance.choice(WORRIES)], self.send, lambda: None)

    async def send(self, said: str, client_id: str) -> bool:
        """Post a message once, and say whether it was acknowledged."""
        if client_id not in self.talk.sent:
            self.talk.sent.append(client_id)
        body = {"client_message_id": client_id, "text": said, "not_names": []}
        answer = await self.asks(said, "POST", f"{self.api}/messages", json=body)
        if answer is None or answer.status_code != 200 or answer.json()["refusal"] is not None:
            return False
        got = answer.json()
        self.talk.acknowledged.append(client_id)
        self.talk.silent += got["stage"] == "with_assistant" and not got["replies"]
        return True

    async def until_answered(self) -> None:
        """Wait until the duty worker has replied to all of it."""
        while len(self.talk.replies) < len(REPLIES):
            await self.rests(0.5)

    async def numbers(self) -> list[int]:
        """Return the numbers that a fresh page of the talk shows, in their order."""
        seen: list[int] = []
        async with self.http.stream("GET", f"{self.api}/events", params={"after": 0}) as answer:
            async for event in events(answer):
                if event["event"] == "message":
                    seen.append(json.loads(event["data"])["number"])
                elif event["event"] == "state":
                    break
        return seen


class Faults:
    """One house, its people and its killer."""

    def __init__(self, house: Supervised, seed: int, kills: int, dsls: int = 3) -> None:
        self.house, self.kills, self.chance = house, kills, random.Random(seed)
        self.killed, self.papers = Counter[str](), 0
        self.talks, self.over = dict[str, Talk](), False
        self.records = records_of(house)
        made = json.loads(house.settings.demo_file.read_text("utf-8"))
        self.codes = [school["code"] for school in made["schools"]]
        self.worker_of = next(one for one in made["workers"] if one["login"] == "duty.kent")
        self.dsls = [self._page(Dsl, seed) for _ in range(dsls)]
        self.worker = self._page(WorkerPage, seed)

    def _page(self, kind: type[Any], seed: int) -> Any:
        url = self.house.settings.url
        http = httpx.AsyncClient(base_url=url, headers={"Origin": url}, timeout=60)
        return kind(http, Plan(seed, 0, 0, PACE), random.Random(self.chance.getrandbits(64)), lambda: None)

    async def run(self) -> dict[str, list[int]]:
        """Let them talk until all kills are done; return what a fresh page then shows of each talk."""
        await self._sign_in()
        people = [asyncio.create_task(self._talks(dsl)) for dsl in self.dsls]
        people += [asyncio.create_task(self._answers()), asyncio.create_task(self._prints())]
        try:
            await self._kills(people)
            self.over = True
            await asyncio.wait(people[: len(self.dsls)], timeout=SETTLE_SECONDS)
            assert await asyncio.to_thread(self.house.wait, "/readyz"), "it does not come back"
        finally:
            for task in people:
                task.cancel()
            ended = await asyncio.gather(*people, return_exceptions=True)
        fell = [one for one in ended if isinstance(one, Exception)]
        assert not fell, fell
        return await self._fresh()

    async def _sign_in(self) -> None:
        for dsl, code in zip(self.dsls, self.codes * len(self.dsls), strict=False):
            assert (await dsl.http.post("/api/session", json={"code": code})).status_code == 201
        form = {name: self.worker_of[name] for name in ("login", "password")}
        form["second_factor"] = pyotp.TOTP(self.worker_of["totp_secret"]).now()
        assert (await self.worker.http.post("/duty/sign-in", data=form)).status_code == 303

    async def _talks(self, dsl: Dsl) -> None:
        while not self.over:
            talk = await dsl.begin()
            self.talks[talk.consultation] = talk
            for _ in range(dsl.chance.randint(3, 6)):
                await dsl.worries()
            await dsl.wants_a_person()
            # The worker may claim between any two of these, and in the middle of one.
            for _ in range(3):
                await dsl.worries()
            await dsl.until_answered()
            await dsl.worries()

    async def _answers(self) -> None:
        """Claim what waits, and reply to it."""
        done: set[str] = set()
        while True:
            queue = await self.worker.asks("", "GET", "/duty/queue")
            waiting = re.findall(r'data-case="([^"]+)"', queue.text) if queue is not None else []
            for case in [one for one in waiting if one not in done][:1]:
                await self._claims(case)
                done.add(case)
            await self.worker.rests(1)

    async def _claims(self, case: str) -> None:
        page = self.worker
        page.case = f"/duty/cases/{case}"
        while (await page.presses_until_done("", f"{page.case}/claim")).status_code != 303:
            await page.rests(1)
        while (shown := await page.asks("", "GET", page.case)) is None or shown.status_code != 200:
            await page.rests(1)
        talk = self.talks[self.records.case(case).consultation_id]
        talk.held_after = int(re.search(r'data-after="(\d+)"', shown.text)[1])
        for said in REPLIES:
            client_id = f"{self.chance.getrandbits(128):032x}"
            talk.written.append(client_id)
            while not await page.send(said, client_id):
                await page.rests(1)
            talk.replies.append(client_id)

    async def _prints(self) -> None:
        """Ask for papers of the talks, so that there is a press to be killed."""
        while True:
            await asyncio.sleep(self.dsls[0].chance.uniform(0.5, 2))
            dsl = self.dsls[0]
            if dsl.talk.acknowledged:
                paper = await dsl.asks("", "GET", f"/consultations/{dsl.consultation}/record.pdf")
                self.papers += paper is not None and paper.content.startswith(b"%PDF-")

    async def _kills(self, people: list[asyncio.Task[None]]) -> None:
        chance, kinds = random.Random(self.chance.getrandbits(64)), list(WEIGHTS)
        while sum(self.killed.values()) < self.kills:
            assert not any(one.done() for one in people), [one.exception() for one in people if one.done()]
            await asyncio.sleep(chance.uniform(0, 4))
            (kind,) = chance.choices(kinds, list(WEIGHTS.values()))
            await self._kill(kind)
            # Every fourth falls into a house that has not come back yet: it dies while it starts.
            path = "/livez" if chance.random() < 0.25 else "/readyz"
            assert await asyncio.to_thread(self.house.wait, path), f"{path} does not answer after {self.killed}"

    async def _kill(self, kind: str) -> None:
        until = time.monotonic() + 15
        while not self.house.kill(kind):
            if time.monotonic() > until:
                return
            await asyncio.sleep(0.01)
        self.killed[kind] += 1

    async def _fresh(self) -> dict[str, list[int]]:
        shown = {}
        for dsl in self.dsls:
            for consultation in dsl.held:
                dsl.consultation = consultation
                shown[consultation] = await dsl.numbers()
        return shown

    async def close(self) -> None:
        """Close the pages."""
        for page in (*self.dsls, self.worker):
            await page.http.aclose()
        self.records.let_go()


def hold(house: Supervised, seed: int, kills: int) -> Run:
    """Kill processes of a house so many times, and return what came of it."""
    begun = time.monotonic()

    async def held() -> tuple[Faults, dict[str, list[int]]]:
        faults = Faults(house, seed, kills)
        try:
            return faults, await faults.run()
        finally:
            await faults.close()

    faults, pages = asyncio.run(held())
    house.stop()
    wrong = Found()
    with closing(records_of(house)) as records:
        for talk in faults.talks.values():
            wrong += judged(talk, kept(records, talk.consultation), pages[talk.consultation])
        read = "\0".join(m.utterance.text for one in faults.talks for m in records.messages(one) if m.utterance.text)
        wrong += Found(broken_seals=int(records.verify_audit() is not None))
    found_in, searched = identifiers(house.var, read)
    return Run(
        seed=seed,
        kills=faults.killed,
        talks=len(faults.talks),
        claimed=sum(talk.held_after > 0 for talk in faults.talks.values()),
        messages=sum(len(talk.acknowledged) + len(talk.replies) for talk in faults.talks.values()),
        cut=sum(len(page.cut) for page in (*faults.dsls, faults.worker)),
        papers=faults.papers,
        searched=searched,
        seconds=time.monotonic() - begun,
        found=wrong + Found(identifiers=found_in),
    )

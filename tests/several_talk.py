"""People at a house of several processes: a DSL who sends again what was not acknowledged, and what came of it all."""

import json
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

import httpx
import psycopg

from bot.demo import code_at
from tests.several_house import SeveralHouse

TRIES = 40
PAUSE = 0.3  # seconds between two messages of one who speaks all the time: processes want to start beside them
_ids = count(1)
SAID = ("He was hungry again today", "He has no coat and it is cold", "He said that he had no breakfast")


@dataclass
class Dsl:
    """A DSL with a session and a consultation, as their page is: it says one thing after the other."""

    house: SeveralHouse
    http: httpx.Client
    consultation: str = ""
    acknowledged: dict[str, int] = field(default_factory=dict)
    tried_again: int = 0

    def say(self, text: str, client_id: str | None = None, **body: Any) -> dict[str, Any]:
        """Say something, again under the same id where nothing was acknowledged, as the page does."""
        client_id = client_id or f"several-{next(_ids):06}"
        sent = {"client_message_id": client_id, **(body or {"text": text})}
        for _ in range(TRIES):
            try:
                answer = self.http.post(f"/api/consultations/{self.consultation}/messages", json=sent)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code < 500:
                assert answer.status_code == 200, answer.text
                told = answer.json()
                assert told["message"], told
                self.acknowledged[client_id] = told["message"]["number"]
                return told
            self.tried_again += 1
            time.sleep(0.25)
        raise AssertionError(f"{client_id} was never acknowledged")


def dsl_of(house: SeveralHouse, url: str | None = None) -> Dsl:
    """Return a DSL who has signed in and opened a consultation."""
    http = house.client(url)
    code = next(s["code"] for s in house.demo["schools"] if s["area"] == "kent")
    http.post("/api/session", json={"code": code}).raise_for_status()
    opened = http.post("/api/consultations", json={"area": "kent"}).raise_for_status().json()
    return Dsl(house, http, opened["id"])


def ask_for_a_person(dsl: Dsl) -> None:
    """Ask for one, and wait for them."""
    dsl.http.post(f"/api/consultations/{dsl.consultation}/person").raise_for_status()
    dsl.http.post(f"/api/consultations/{dsl.consultation}/person/wait").raise_for_status()


def cases(worker: httpx.Client) -> set[str]:
    """Return the places of the cases that a duty worker sees."""
    return set(re.findall(r"/duty/cases/[0-9a-f]+", worker.get("/duty/").text))


def worker_of(house: SeveralHouse, url: str) -> httpx.Client:
    """Return a duty worker who has signed in. They do so once: their second factor is used up for half a minute."""
    http = house.client(url)
    if house.worker is not None:
        http.cookies.update(house.worker)
        return http
    worker = next(w for w in house.demo["workers"] if w["login"] == "duty.kent")
    fields = {name: worker[name] for name in ("login", "password")}
    fields["second_factor"] = code_at(worker["totp_secret"], datetime.now(UTC))
    assert http.post("/duty/sign-in", data=fields).status_code == 303, "the worker is let in"
    house.worker = http.cookies
    return http


class Talking:
    """A DSL who speaks all the time in a thread of their own, until the block ends."""

    def __init__(self, dsl: Dsl) -> None:
        self.dsl, self._over, self._fell = dsl, threading.Event(), []
        self._thread = threading.Thread(target=self._talk, daemon=True)

    def __enter__(self) -> "Talking":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(60)
        assert not self._fell, self._fell

    def goes_on(self, messages: int, seconds: float = 60.0) -> None:
        """Wait until so many more messages were acknowledged."""
        wanted, until = len(self.dsl.acknowledged) + messages, time.monotonic() + seconds
        while len(self.dsl.acknowledged) < wanted:
            assert not self._fell, self._fell
            assert time.monotonic() < until, f"the talk stands still: {self.dsl}"
            time.sleep(0.02)

    def is_under_way(self) -> None:
        """Wait until a Rasa has taken up a message: it holds a lock for the talk."""
        until = time.monotonic() + 20
        while not self.dsl.house.is_locked(self.dsl.consultation):
            assert time.monotonic() < until, "no message is ever under way"

    def _talk(self) -> None:
        try:
            while not self._over.is_set():
                self.dsl.say(SAID[len(self.dsl.acknowledged) % len(SAID)])
                time.sleep(PAUSE)
        except Exception as fell:  # told where the block ends
            self._fell.append(fell)


class Stream:
    """What a page hears that follows a consultation at one process, with the moment at which it came."""

    def __init__(self, http: httpx.Client, path: str) -> None:
        self.events: list[tuple[float, str, Any]] = []
        self._thread = threading.Thread(target=self._follow, args=(http, path), daemon=True)
        self._thread.start()

    def wait_for(self, what: str, holds: Any, seconds: float = 15.0) -> float:
        """Wait for an event of a kind of which something holds; return when it came."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for at, kind, told in list(self.events):
                if kind == what and holds(told):
                    return at
            time.sleep(0.005)
        raise AssertionError(f"no {what}: {[(kind, told) for _, kind, told in self.events]}")

    def _follow(self, http: httpx.Client, path: str) -> None:
        try:
            with http.stream("GET", path, timeout=60) as answer:
                for kind, data in _events(answer.iter_lines()):
                    told = json.loads(data) if data.startswith("{") else data
                    self.events.append((time.monotonic(), kind, told))
        except httpx.HTTPError:
            return


def _events(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    kind, data = "", ""
    for line in lines:
        name, _, value = line.partition(":")
        if not line and kind:
            yield kind, data
            kind, data = "", ""
        elif name == "event":
            kind = value.strip()
        elif name == "data":
            data += value.strip()


def stored(house: SeveralHouse, consultation: str) -> list[tuple[int, str, str | None]]:
    """Return (number, speaker, client id) of every message of a consultation, in order."""
    statement = "SELECT number, speaker, client_id FROM messages WHERE consultation_id = %s ORDER BY number"
    with psycopg.connect(house.address) as connection:
        return connection.execute(statement, [consultation]).fetchall()


def found_wrong(dsl: Dsl) -> list[str]:
    """Return what is lost, doubled or out of order of what was acknowledged; nothing where all is well."""
    rows = stored(dsl.house, dsl.consultation)
    theirs = [(number, client_id) for number, speaker, client_id in rows if speaker == "dsl"]
    wrong = [] if [number for number, *_ in rows] == list(range(1, len(rows) + 1)) else ["numbers have gaps"]
    wrong += [] if [client_id for _, client_id in theirs] == list(dsl.acknowledged) else ["lost, doubled or moved"]
    return wrong + ([] if [number for number, _ in theirs] == list(dsl.acknowledged.values()) else ["other numbers"])


def apologies(dsl: Dsl) -> int:
    """Return how often the service said, in the dialogue's place, that something does not answer."""
    return sum(speaker == "service" for _, speaker, _ in stored(dsl.house, dsl.consultation))


def unanswered(dsl: Dsl) -> int:
    """Return how many of the DSL's messages have no answer right behind them."""
    speakers = [speaker for _, speaker, _ in stored(dsl.house, dsl.consultation)]
    return sum(one == "dsl" and after == "dsl" for one, after in zip(speakers, [*speakers[1:], "dsl"], strict=True))

"""The numbers tell how the house does, and nothing of anybody: marked words of a consultation leave none of them."""

import asyncio
import random
import re
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.anonymiser import Memory
from bot.consultation import RawText, RedactedText, Redaction
from bot.desk.ports import DialogueUnavailable
from bot.gauges import (
    CountedReception,
    CountedSignIn,
    Gauges,
    Labels,
    Scraping,
    TimedDialogue,
    TimedRedaction,
    timed_actions,
)
from bot.gauges.labels import OTHER, OUTBOX, STAGES, STEPS, TURN_REFUSALS, WAYS, WHYS, Outcome
from bot.running_wiring import counted
from bot.storage import CountShelf, time_statements
from bot.web.app import create_app
from bot.web.refusals import REASONS
from bot.web.upkeep import Upkeep
from tests.at_the_desk import make_counsel, reader, wording
from tests.chaos_house import QUICK, Quiet, clock, make_house, opened, seed
from tests.factories import make_case

AREAS = ("kent", "buckinghamshire")
CANARY = "Zebedee-Quillfeather"
TOKEN = "a token that nobody would guess"
_SERIES = re.compile(r"(\w+?)(?:\{(.*)\})? (\S+)")
_LABEL = re.compile(r'(\w+)="([^"]*)"')
LISTS = {
    "outcome": {one.value for one in Outcome},
    "step": set(STEPS),
    "area": {*AREAS, OTHER},
    "stage": set(STAGES),
    "state": set(OUTBOX),
    "reason": {*TURN_REFUSALS, *REASONS, OTHER},
    "way": set(WAYS),
    "why": set(WHYS),
}


class Plain:
    """An anonymiser that finds nothing."""

    def redact(self, raw: RawText, memory: Memory | None = None, **how: Any) -> Redaction:
        text = RedactedText(raw.reveal())
        return Redaction(text, (), text)


class Silent(Quiet):
    """A dialogue that answers until it is told not to."""

    answers = True

    async def say(self, consultation_id: str, message: str) -> Any:
        if not self.answers:
            raise DialogueUnavailable("Silent")
        return await super().say(consultation_id, message)


class Scene:
    """A measured house on a file, and a browser at its doors."""

    def __init__(self, folder: Path) -> None:
        self.code = seed(folder, 1).code
        self._opened = opened(folder)
        self.records = self._opened.__enter__()
        self.gauges = Gauges(Labels(AREAS, REASONS))
        self.quiet = Silent(random.Random(1))
        house = make_house(self.records, folder, random.Random(1))
        gauges, records = self.gauges, self.records
        time_statements(records, gauges.statement_took)
        redact, say = TimedRedaction(gauges, Plain()), TimedDialogue(gauges, self.quiet)
        parts = (records, redact, reader(), say, make_counsel(records, clock), lambda: Memory(secrets.token_bytes(32)))
        self.house = replace(
            house,
            reception=CountedReception(gauges, *parts),
            sign_ins=CountedSignIn(gauges, records, secrets.token_bytes, None, QUICK),
        )
        count = partial(counted, records.beside(CountShelf))
        upkeep = Upkeep(
            scrape=Scraping(gauges, count, self.quiet.is_healthy, clock),
            metrics_token=TOKEN,
            refused=gauges.door_refused,
        )
        base = "http://127.0.0.1"
        app = create_app(self.house, wording().say, clock=clock, base_url=base, rasa_token="t", upkeep=upkeep)
        self._runner = asyncio.Runner()
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
        self.client = httpx.AsyncClient(transport=transport, base_url=base, headers={"Origin": base})

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        return self._runner.run(self.client.request(method, path, **given))

    def scraped(self) -> dict[tuple[str, frozenset], float]:
        answer = self.ask("GET", "/metrics")
        assert answer.status_code == 200
        self.text = answer.text
        lines = (_SERIES.fullmatch(line) for line in answer.text.splitlines() if not line.startswith("#"))
        return {(m[1], frozenset(_LABEL.findall(m[2] or ""))): float(m[3]) for m in lines if m}

    def value(self, name: str, **labels: str) -> float:
        return self.scraped()[name, frozenset(labels.items())]

    def walk(self) -> None:
        """Hold a consultation in which everything that can be typed is marked, well and badly."""
        for code in (CANARY, self.code):
            self.ask("POST", "/api/session", json={"code": code})
        talk = self.ask("POST", "/api/consultations", json={}).json()["id"]
        self.say(talk, f"{CANARY} is hungry")
        self.say(talk, CANARY * 400)
        self.quiet.answers = False
        self.say(talk, f"and {CANARY} is cold")
        self.quiet.answers = True
        self.ask("GET", f"/consultations/{CANARY}")
        self.ask("GET", f"/{CANARY}?{CANARY}", headers={"X-Request-ID": CANARY, "User-Agent": CANARY})
        self.ask("POST", "/duty/sign-in", data={"login": CANARY, "password": CANARY, "second_factor": "123456"})
        long_ago = clock() - timedelta(hours=5)
        case = make_case(id=f"case-{CANARY}", consultation_id=talk, area=CANARY, reason=CANARY)
        if self.records.case_of(talk) is None:
            self.records.hand_over(replace(case, handed_over_at=long_ago, due_at=long_ago + timedelta(hours=1)))

    def say(self, talk: str, text: str) -> httpx.Response:
        body = {"client_message_id": secrets.token_hex(8), "text": text}
        return self.ask("POST", f"/api/consultations/{talk}/messages", json=body)

    def close(self) -> None:
        self._runner.run(self.client.aclose())
        self._runner.close()
        self._opened.__exit__(None, None, None)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    yield made
    made.close()


def test_nothing_of_a_consultation_is_in_the_numbers_and_their_labels_come_from_closed_lists(scene: Scene) -> None:
    scene.walk()
    series = scene.scraped()
    assert CANARY.casefold() not in scene.text.casefold()
    assert "Oak Tree" not in scene.text, "a school is nobody's label"
    ours = {(name, labels) for name, labels in series if name.startswith("noname_")}
    for name, labels in ours:
        for label, value in labels:
            assert label == "le" or value in LISTS[label], f"{name} has {label}={value}, which is on no list"


def test_there_are_never_more_series_than_at_the_start(scene: Scene) -> None:
    before = scene.scraped().keys()
    assert len(before) < 400
    scene.walk()
    assert scene.scraped().keys() == before, "a series that appears later is one that anybody could make more of"


def test_turns_are_counted_by_what_came_of_them_and_measured_by_step(scene: Scene) -> None:
    scene.walk()
    assert scene.value("noname_turns_total", outcome="answered") == 1
    assert scene.value("noname_turns_total", outcome="refused") == 1
    assert scene.value("noname_turns_total", outcome="without_dialogue") == 1
    assert scene.value("noname_refusals_total", reason="too_long") == 1
    assert scene.value("noname_turn_seconds_count", step="whole") == 3
    assert scene.value("noname_turn_seconds_count", step="redact") == 2, "too long a text is not looked at"
    assert scene.value("noname_turn_seconds_count", step="rasa") == 2
    assert scene.value("noname_turn_seconds_sum", step="store") > 0
    assert scene.value("noname_database_seconds_count") > 10


def test_a_turn_that_falls_is_counted_too(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.walk()
    talk = scene.ask("POST", "/api/consultations", json={}).json()["id"]

    def falls(*_: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(type(scene.records), "add_incoming", falls)
    assert scene.say(talk, "hungry").status_code == 500
    assert scene.value("noname_turns_total", outcome="fell") == 1
    assert scene.value("noname_door_refusals_total", reason="broken") == 1


def test_refusals_at_the_doors_and_at_signing_in_are_counted(scene: Scene) -> None:
    scene.walk()
    assert scene.value("noname_sign_ins_refused_total", way="code", why="wrong") == 1
    assert scene.value("noname_sign_ins_refused_total", way="password", why="wrong") == 1
    assert scene.value("noname_door_refusals_total", reason="wrong_code") == 1
    assert scene.value("noname_door_refusals_total", reason="not_found") == 2
    for _ in range(30):
        answer = scene.ask("POST", "/api/session", json={"code": "wrong"})
    assert answer.status_code == 429
    assert scene.value("noname_sign_ins_refused_total", way="code", why="locked_out") > 0


def test_the_queue_is_told_by_area_and_what_is_nobodys_area_is_other(scene: Scene) -> None:
    scene.walk()
    assert scene.value("noname_queue_cases", area=OTHER, stage="waiting") == 1
    assert scene.value("noname_queue_cases", area="kent", stage="waiting") == 0
    assert 5 * 3600 <= scene.value("noname_queue_oldest_seconds", area=OTHER) < 5 * 3600 + 60
    assert scene.value("noname_promises_late", area=OTHER) == 1
    assert scene.value("noname_telegram_outbox", state="waiting") == 0
    assert scene.value("noname_rasa_up") == 1


def test_numbers_that_cannot_be_had_do_not_keep_the_others_from_being_told(scene: Scene) -> None:
    scene.records._reading.dispose()
    Path(scene.records._reading.url.database).write_bytes(b"no database")
    assert scene.value("noname_records_up") == 0
    assert scene.value("noname_turns_total", outcome="answered") == 0


def test_an_action_is_measured_by_itself() -> None:
    gauges = Gauges(Labels(AREAS, REASONS))

    async def run(call: dict) -> str:
        return call["next_action"]

    assert asyncio.run(timed_actions(gauges, run)({"next_action": "action_open"})) == "action_open"
    assert 'noname_turn_seconds_count{step="actions"} 1.0' in gauges.written_out().decode()


@pytest.mark.parametrize(
    ("client", "base", "headers", "status"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", {}, 200),
        ("::1", "http://localhost:8000", {}, 200),
        ("203.0.113.9", "http://127.0.0.1:8000", {}, 404),
        ("127.0.0.1", "https://noname.example", {}, 404),
        ("127.0.0.1", "http://127.0.0.1:8000", {"X-Forwarded-For": "203.0.113.9"}, 404),
        ("127.0.0.1", "http://127.0.0.1:8000", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("127.0.0.1", "http://127.0.0.1:8000", {"Via": "1.1 proxy"}, 404),
        ("203.0.113.9", "https://noname.example", {"Authorization": f"Bearer {TOKEN}"}, 200),
        ("203.0.113.9", "https://noname.example", {"Authorization": "Bearer wrong"}, 404),
        ("203.0.113.9", "https://noname.example", {"Authorization": f"Basic {TOKEN}"}, 404),
        ("203.0.113.9", "https://noname.example", {"Authorization": "Bearer "}, 404),
    ],
)
def test_the_numbers_are_for_this_machine_or_for_who_has_the_token(client, base, headers, status) -> None:
    async def scrape() -> bytes:
        return b"noname_rasa_up 1.0\n"

    assert _asked(Upkeep(scrape=scrape, metrics_token=TOKEN), client, base, headers) == status


def test_without_a_token_nobody_elsewhere_is_let_in() -> None:
    async def scrape() -> bytes:
        return b""

    assert _asked(Upkeep(scrape=scrape), "203.0.113.9", "https://noname.example", {"Authorization": "Bearer "}) == 404


def _asked(upkeep: Upkeep, client: str, base: str, headers: dict[str, str]) -> int:
    from tests.fakes_web import FakeHouse, make_app

    app = make_app(FakeHouse(), base, upkeep=upkeep)

    async def ask() -> int:
        transport = httpx.ASGITransport(app, client=(client, 1))
        async with httpx.AsyncClient(transport=transport, base_url=base) as browser:
            return (await browser.get("/metrics", headers=headers)).status_code

    return asyncio.run(ask())

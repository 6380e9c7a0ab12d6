"""Ready names what fails: each part by itself, at once, and never later than its limit."""

import asyncio
import shutil
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from bot.masters import masters_there
from bot.running_wiring import LEAST_FREE_BYTES, Clock, has_room, knowledge_is_read, last_noted
from bot.storage import note_head
from bot.storage.audit_heads import NotedHead
from bot.web.readiness import Readiness
from bot.web.upkeep import Upkeep
from tests.fakes_web import FakeHouse, make_app
from tests.keys import MASTERS, make_keys

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def failing(looks: dict, seconds: float = 0.2) -> list[str]:
    return asyncio.run(Readiness(seconds, {}).failing(looks))


def readyz(house: FakeHouse, upkeep: Upkeep) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(make_app(house, upkeep=upkeep))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as browser:
            return await browser.get("/readyz")

    return asyncio.run(ask())


async def answers() -> bool:
    return True


async def hangs() -> bool:
    await asyncio.sleep(30)
    return True


def test_each_look_that_fails_falls_or_hangs_is_named_and_the_others_are_not() -> None:
    def falls() -> bool:
        raise RuntimeError("canary")

    async def falls_later() -> bool:
        raise RuntimeError("canary")

    looks = {
        "made": lambda: answers(),
        "well": lambda: True, "awaited": answers, "ill": lambda: False, "fallen": falls, "fallen_later": falls_later,
        "hanging": hangs, "blocking": lambda: time.sleep(1) or True,
    }  # fmt: skip
    begun = time.monotonic()
    assert failing(looks) == ["blocking", "fallen", "fallen_later", "hanging", "ill"]
    assert time.monotonic() - begun < 0.9, "looks are taken at once, and none is waited for beyond its limit"


def test_what_fell_is_told_by_its_kind_alone(caplog: pytest.LogCaptureFixture) -> None:
    def falls() -> bool:
        raise RuntimeError("canary")

    assert failing({"records": falls}) == ["records"]
    assert "check_fell name=records kind=RuntimeError" in caplog.text
    assert "canary" not in caplog.text


def test_a_look_that_hangs_is_not_begun_again_and_is_well_again_when_it_comes_back() -> None:
    begun: list[int] = []
    comes_back = threading.Event()

    def slow() -> bool:
        begun.append(1)
        return comes_back.wait(20)

    async def told() -> tuple[list[str], ...]:
        readiness = Readiness(0.05, {})
        first, second = await readiness.failing({"disk": slow}), await readiness.failing({"disk": slow})
        assert len(begun) == 1
        comes_back.set()
        async with asyncio.timeout(10):
            while await readiness.failing({"disk": slow}):
                await asyncio.sleep(0.01)
        return first, second

    assert asyncio.run(told()) == (["disk"], ["disk"])


def test_a_look_may_have_a_limit_of_its_own() -> None:
    async def slow() -> bool:
        await asyncio.sleep(0.15)
        return True

    longer = Readiness(0.02, {"anonymiser": 5.0})
    assert asyncio.run(longer.failing({"anonymiser": slow, "records": slow})) == ["records"]


def test_a_warning_is_told_and_keeps_nothing_from_working() -> None:
    answer = readyz(FakeHouse(), Upkeep(warnings={"bank_holidays": lambda: False, "disk_low": lambda: True}))
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "failing": [], "warnings": ["bank_holidays"]})


def test_what_whoever_runs_the_house_looks_at_is_named_beside_the_house_s_own_parts() -> None:
    house = FakeHouse()
    house.works = {"records": True, "dialogue": False}
    answer = readyz(house, Upkeep(looks={"keys": lambda: False, "model": lambda: True}))
    assert (answer.status_code, answer.json()["failing"]) == (503, ["dialogue", "keys"])


def test_a_house_that_closes_is_not_ready() -> None:
    upkeep = Upkeep()
    upkeep.drain.begin()
    assert readyz(FakeHouse(), upkeep).json()["failing"] == ["closing"]


# each part, broken


def test_keys_without_their_master_are_not_well(tmp_path: Path) -> None:
    held = dict(MASTERS)
    keys = make_keys(tmp_path, held)
    try:
        assert keys.are_opened_by({}), "the first master is drawn when the first key is made"
        keys.make("c1")
        assert keys.are_opened_by(held)
        assert not keys.are_opened_by({})
        assert not keys.are_opened_by({"2": "another master, long enough"})
        assert not keys.are_opened_by({"1": "another master, long enough"})
    finally:
        keys.let_go()


def test_looking_at_the_masters_draws_none(tmp_path: Path) -> None:
    assert masters_there(tmp_path / "masters") == {}
    assert not (tmp_path / "masters").exists()


def test_a_key_store_that_is_no_database_is_named(tmp_path: Path) -> None:
    keys = make_keys(tmp_path)
    keys.let_go()
    for file in tmp_path.glob("keys.db*"):
        file.unlink()
    (tmp_path / "keys.db").write_bytes(b"no database" * 500)
    assert failing({"keys": lambda: keys.are_opened_by(MASTERS)}) == ["keys"]
    keys.let_go()


def test_an_area_that_cannot_be_read_is_named() -> None:
    def counsel(broken: tuple[str, ...]) -> SimpleNamespace:
        national = SimpleNamespace(floor=SimpleNamespace(area="england", code="E92000001"))
        return SimpleNamespace(
            areas=("kent", "medway", "england"),
            national=national,
            pack=lambda slots: None if slots["child_area"] in (*broken, "england") else object(),
        )

    assert knowledge_is_read(counsel(()))
    assert not knowledge_is_read(counsel(("medway",)))


def test_a_disk_that_is_nearly_full_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = LEAST_FREE_BYTES
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    assert has_room(tmp_path, LEAST_FREE_BYTES)
    free -= 1
    assert not has_room(tmp_path, LEAST_FREE_BYTES)


class Time:
    """A wall clock that can be set, and a stopwatch that cannot."""

    def __init__(self) -> None:
        self.wall, self.seconds = NOW, 100.0

    def now(self) -> datetime:
        return self.wall

    def stopwatch(self) -> float:
        return self.seconds

    def passes(self, seconds: float, *, set_by: float = 0.0) -> None:
        self.seconds += seconds
        self.wall += timedelta(seconds=seconds + set_by)


def test_a_clock_that_goes_on_and_is_set_right_by_little_is_well() -> None:
    at = Time()
    clock = Clock(at.now, at.stopwatch)
    for set_by in (0.0, -20.0, 3600.0, -30.0):
        at.passes(600, set_by=set_by)
        assert clock.is_well()


def test_a_clock_that_went_back_is_named_until_somebody_looks() -> None:
    at = Time()
    clock = Clock(at.now, at.stopwatch)
    at.passes(600, set_by=-120)
    assert not clock.is_well()
    at.passes(600, set_by=120)
    assert not clock.is_well(), "what was reckoned meanwhile is still wrong"


def test_a_clock_that_is_behind_what_was_noted_is_named_from_the_start(tmp_path: Path) -> None:
    at = Time()
    assert last_noted(tmp_path / "audit-heads") is None
    note_head(tmp_path / "audit-heads", NotedHead(NOW + timedelta(hours=2), 1, "0" * 64, "0" * 64))
    noted = last_noted(tmp_path / "audit-heads")
    assert not Clock(at.now, at.stopwatch, noted).is_well()
    assert Clock(lambda: NOW + timedelta(hours=3), at.stopwatch, noted).is_well()


def test_the_calendar_of_today_has_not_run_out() -> None:
    from bot.knowledge.bank_holidays import calendar_ends
    from bot.settings import ROOT

    assert calendar_ends(ROOT / "knowledge_base") > date(2026, 11, 23)

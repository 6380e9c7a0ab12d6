"""What a process shares with others of its house: nothing where it is the only one."""

import asyncio
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.desk.in_doubt import InDoubtInRecords
from bot.desk.turnstile import TurnsHere
from bot.desk.untold import UntoldHere, UntoldInRecords
from bot.desk.watch import Watch
from bot.dialogue.rasa_client import RasaClient
from bot.dialogue.spread import SpreadRasa
from bot.settings import Settings, load_settings
from bot.several_wiring import every, now_and_then, shared_of, waking
from bot.together import TurnsTogether
from tests.factories import NOW
from tests.unit.launch.test_settings_of_several import said


class Records:
    """Records that note that they are not to hold what they read, and that an attempt was made."""

    def __init__(self) -> None:
        self.holds, self.begun = True, set()

    def hold_no_turns(self) -> None:
        self.holds = False

    def begin_attempt(self, limits: dict, since: object, now: object) -> object | None:
        (key,) = limits
        was_there = key in self.begun
        self.begun.add(key)
        return now if was_there else None


@pytest.fixture
def several(tmp_path: Path) -> Settings:
    return load_settings(said(tmp_path))


def now() -> datetime:
    return NOW


async def others() -> None:
    """Stand for what runs beside a house."""


def test_the_only_process_has_all_for_itself_and_runs_what_it_ran(tmp_path: Path) -> None:
    records = Records()
    shared = shared_of(load_settings({"NONAME_VAR": str(tmp_path)}), records, now)
    kinds = (TurnsHere, UntoldHere, set, RasaClient)
    assert tuple(map(type, (shared.turns, shared.untold, shared.in_doubt, shared.rasa))) == kinds
    assert shared.ground is None
    assert shared.beside(others) is others
    assert (shared.looks, shared.warnings) == ({}, {})
    assert records.holds
    assert not shared.revisions_are_old()
    asyncio.run(shared.rasa.close())


def test_one_of_several_shares_what_has_to_be(several: Settings) -> None:
    records = Records()
    shared = shared_of(several, records, now)
    kinds = (TurnsTogether, UntoldInRecords, InDoubtInRecords, SpreadRasa)
    assert tuple(map(type, (shared.turns, shared.untold, shared.in_doubt, shared.rasa))) == kinds
    assert shared.beside(others) is not others
    assert shared.looks.keys() == {"locks", "redis"}
    assert shared.warnings.keys() == {"dialogue_1", "dialogue_2"}
    assert not shared.looks["locks"](), "no lock can be had before it is connected"
    assert not records.holds
    asyncio.run(shared.rasa.close())


def test_every_rasa_that_is_named_is_looked_at_by_its_number(several: Settings) -> None:
    urls = tuple(f"http://127.0.0.1:{port}" for port in (5005, 5006, 5007))
    shared = shared_of(replace(several, several=replace(several.several, rasa_urls=urls)), Records(), now)
    assert list(shared.warnings) == ["dialogue_1", "dialogue_2", "dialogue_3"]
    asyncio.run(shared.rasa.close())


def test_an_errand_is_used_once_in_all_processes(several: Settings) -> None:
    records = Records()
    here, there = shared_of(several, records, now), shared_of(several, records, now)
    assert here.is_first_use("a state", NOW)
    assert not there.is_first_use("a state", NOW)
    assert there.is_first_use("another", NOW)


def test_it_is_time_once_after_so_many_seconds() -> None:
    at = [0.0]
    is_time = every(5.0, lambda: at[0])
    seen = []
    for at[0] in (1.0, 4.9, 5.0, 5.1, 9.9, 10.1):
        seen.append(is_time())
    assert seen == [False, False, True, False, False, True]


def test_news_of_another_process_wake_who_follows_it_and_are_told_to_nobody_again() -> None:
    async def does() -> None:
        told: list[object] = []
        watch = Watch(tell_others=told.append)
        wake = waking(watch)
        with watch.followed("c1") as one, watch.followed("c2") as other:
            wake(("c1",))
            assert (one.take(), other.take()) == (True, False)
            wake(())
            async with asyncio.timeout(2):
                await one.wait()
                await other.wait()
        assert told == []

    asyncio.run(does())


def test_what_is_done_now_and_then_is_done_again_and_again() -> None:
    async def does() -> int:
        done: list[int] = []
        doing = asyncio.ensure_future(now_and_then(lambda: done.append(1), 0.001))
        async with asyncio.timeout(2):
            while len(done) < 3:
                await asyncio.sleep(0.001)
        doing.cancel()
        return len(done)

    assert asyncio.run(does()) >= 3

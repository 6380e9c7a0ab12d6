"""The doctor says of several processes whether they find what they share, and whether just one of them leads."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.commands.doctor_several import several
from bot.settings import Settings, load_settings
from bot.storage import libpq_address
from bot.together import Ground, lead
from tests.unit.launch.test_settings_of_several import said
from tests.unit.together.test_redis import a_redis

WELL = b"+PONG\r\n"


@contextmanager
def house(tmp_path: Path, database_url: str, answer: bytes = WELL) -> Iterator[Settings]:
    """Give settings of several processes with a Redis that answers so."""
    settings = load_settings(said(tmp_path), root=tmp_path)
    with a_redis(answer) as (url, _):
        yield replace(settings, database_url=database_url, several=replace(settings.several, redis_url=url))


@pytest.fixture
def database_url(postgresql: Any) -> Iterator[str]:
    """A database of the test's own."""
    name = postgresql.make()
    yield postgresql.url(name)
    postgresql.drop(name)


async def leading() -> None:
    """Stand for what the leader does."""
    await asyncio.Event().wait()


async def looked_at(settings: Settings, processes: int, leaders: int) -> tuple[bool, str]:
    """Return what the doctor says beside so many processes, of which so many try to lead."""
    grounds = [Ground(libpq_address(settings.database_url)) for _ in range(processes)]
    work = [asyncio.ensure_future(lead(ground, leading)) for ground in grounds[:leaders]]
    try:
        async with asyncio.timeout(10):
            for ground in grounds:
                ground.begin()
                while not ground.is_there():
                    await asyncio.sleep(0.01)
            if work:
                await asyncio.sleep(1.2)  # longer than between two looks of who does not lead
        return await asyncio.to_thread(several, settings)
    finally:
        for one in work:
            one.cancel()
        for ground in grounds:
            await ground.close()


def test_a_house_of_one_process_needs_nothing_of_it(tmp_path: Path) -> None:
    is_well, words = several(load_settings({"NONAME_VAR": str(tmp_path)}))
    assert is_well
    assert "one web process" in words


def test_before_the_first_start_what_they_need_answers_and_none_runs(tmp_path: Path, database_url: str) -> None:
    with house(tmp_path, database_url) as settings:
        is_well, words = several(settings)
    assert is_well
    assert "no web process runs" in words


def test_of_two_that_run_one_leads(tmp_path: Path, database_url: str) -> None:
    with house(tmp_path, database_url) as settings:
        is_well, words = asyncio.run(looked_at(settings, 2, 2))
    assert is_well
    assert "2 web processes, of which one leads" in words


def test_where_nobody_leads_somebody_should_look(tmp_path: Path, database_url: str) -> None:
    with house(tmp_path, database_url) as settings:
        is_well, words = asyncio.run(looked_at(settings, 2, 0))
    assert not is_well
    assert "2 web processes and 0 that lead" in words


def test_a_redis_that_does_not_answer_is_told_with_its_place(tmp_path: Path, database_url: str) -> None:
    with house(tmp_path, database_url, b"-NOAUTH\r\n") as settings:
        is_well, words = several(settings)
    assert not is_well
    assert "Redis does not answer to its password at 127.0.0.1:" in words


def test_a_database_that_does_not_answer_is_told_and_its_address_is_not(tmp_path: Path) -> None:
    with house(tmp_path, "postgresql+psycopg://noname:hidden@127.0.0.1:1/none") as settings:
        is_well, words = several(settings)
    assert not is_well
    assert "PostgreSQL gives no locks (OperationalError)" in words
    assert "hidden" not in words

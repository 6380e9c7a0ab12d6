"""The house as it is really put together, without Rasa: what fails is named, part by part, and the numbers are told."""

import asyncio
import json
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.dialogue.model import model_file
from bot.masters import keys_of
from bot.settings import Settings
from bot.storage import migrate
from bot.wiring import build
from tests.running_house import house_settings

# Without Rasa there is no dialogue; the model is there for all that is looked at.
ALWAYS = ["dialogue"]


class Scene:
    """A house, and somebody on its machine who asks."""

    def __init__(self, var: Path) -> None:
        self.settings: Settings = replace(house_settings(var), rasa_port=9)
        self.settings.models.mkdir()
        with tarfile.open(model_file(self.settings), "w:gz") as packed:
            packed.add(__file__)
        keys = keys_of(self.settings)
        migrate(self.settings.database_url, pepper=self.settings.pepper, keys=keys)
        keys.let_go()
        self.built = build(self.settings)

    def ask(self, path: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.built.app, client=("127.0.0.1", 1))
            async with httpx.AsyncClient(transport=transport, base_url=self.settings.url) as browser:
                return await browser.get(path)

        return asyncio.run(ask())

    def failing(self) -> list[str]:
        """Return what fails beside what always does here."""
        answer: dict[str, Any] = json.loads(self.ask("/readyz").text)
        assert not answer["ready"]
        return [name for name in answer["failing"] if name not in ALWAYS]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    made = Scene(tmp_path_factory.mktemp("upkeep") / "var")
    yield made
    made.built.records.let_go()


def test_a_house_in_order_fails_in_nothing_but_what_is_not_there(scene: Scene) -> None:
    assert scene.failing() == []


def test_the_numbers_of_a_house_know_every_area_and_no_school(scene: Scene) -> None:
    told = scene.ask("/metrics").text
    assert 'noname_queue_cases{area="kent",stage="waiting"} 0.0' in told
    assert "noname_rasa_up 0.0" in told
    assert "noname_records_up 1.0" in told
    assert "process_resident_memory_bytes" in told
    statements = next(line for line in told.splitlines() if line.startswith("noname_database_seconds_count"))
    assert float(statements.split()[1]) > 0


def test_a_model_that_is_not_of_these_files_is_named(scene: Scene) -> None:
    place = model_file(scene.settings)
    place.rename(place.with_suffix(".old"))
    try:
        assert scene.failing() == ["model"]
    finally:
        place.with_suffix(".old").rename(place)


def test_a_model_that_was_cut_off_is_named(scene: Scene) -> None:
    place = model_file(scene.settings)
    whole = place.read_bytes()
    place.write_bytes(whole[: len(whole) // 2])
    try:
        assert scene.failing() == ["model"]
    finally:
        place.write_bytes(whole)


def test_masters_that_are_gone_are_named_and_no_other_is_drawn(scene: Scene) -> None:
    scene.built.records.keys.make("c1")
    away = scene.settings.masters.with_name("away")
    scene.settings.masters.rename(away)
    try:
        assert scene.failing() == ["keys"]
        assert not scene.settings.masters.exists()
    finally:
        away.rename(scene.settings.masters)


def test_a_database_without_its_tables_is_named_and_the_numbers_are_told_all_the_same(scene: Scene) -> None:
    file = scene.settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file, isolation_level=None)) as held:
        held.execute("ALTER TABLE consultations RENAME TO gone")
        held.execute("ALTER TABLE cases RENAME TO gone_too")
        try:
            assert scene.failing() == ["records"]
            assert "noname_records_up 0.0" in scene.ask("/metrics").text
        finally:
            held.execute("ALTER TABLE gone RENAME TO consultations")
            held.execute("ALTER TABLE gone_too RENAME TO cases")
    assert scene.failing() == []

"""The whole walk once more, where records, keys and Rasa's conversations are all in PostgreSQL."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser

from bot.launch.training import ensure_model
from bot.settings import load_settings
from bot.storage import Tracker
from tests.journeys.test_dsl_and_duty_worker import (
    test_from_the_first_message_to_a_duty_workers_answer_that_settles_it as the_walk,
)
from tests.running_house import house_settings, running_house

pytestmark = [pytest.mark.browser, pytest.mark.trained]


@pytest.fixture(scope="module")
def house(postgresql: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A running house with three databases on one server, and no file of SQLite's."""
    var = tmp_path_factory.mktemp("on-postgresql")
    urls = {name: postgresql.url(postgresql.make()) for name in ("database_url", "keys_url", "tracker_url")}
    settings = replace(house_settings(var), **urls)
    # A house that differs has a model of its own: here it is the checkout's, which was trained from the same files.
    shutil.copytree(ensure_model(load_settings()).parent, settings.models)
    with running_house(var, settings=settings) as running:
        yield running
    assert list(var.rglob("*.db")) == []


def test_from_the_first_message_to_a_duty_workers_answer_in_postgresql(house: Any, browser: Browser) -> None:
    the_walk(house, browser)
    records, tracker = house.built.records, Tracker(house.settings.tracker_url)
    (talk,) = {record for record, in _rows(house.settings.database_url, "SELECT id FROM consultations")}
    assert records.verify_audit() is None
    assert records.not_opening() == ()
    assert records.keys.consultations() == {talk}
    # A person has taken over: what was said is in the records, and Rasa remembers nothing of it.
    assert not tracker.knows(talk)
    assert _rows(house.settings.tracker_url, "SELECT count(*) FROM events WHERE sender_id = %s", talk) == [(0,)]
    held = str([_rows(house.settings.database_url, f"SELECT * FROM {table}") for table in ("messages", "cases")])
    assert "a1:" in held
    assert "hungry" not in held


def _rows(url: str, statement: str, *values: str) -> list[tuple]:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        return connection.execute(statement, values).fetchall()

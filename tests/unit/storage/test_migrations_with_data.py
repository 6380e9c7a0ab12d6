"""Migrations of a house that has something in it, step by step; and two at once. On both engines."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from threading import Barrier
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.storage import SqlRecords, is_migrated, make_engine, migrate, unmigrate
from bot.storage.migrate import _config
from bot.storage.tables import Base
from tests.fakes import finds_nothing
from tests.full_house import furnish

PEPPER = "a pepper that is long enough"
STEPS = [step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions()]  # the newest first


@pytest.fixture
def database_url(new_url) -> str:
    """Return where the house is to be; its keys are beside it."""
    return new_url


@pytest.fixture
def records(database_url, keys):
    migrate(database_url, pepper=PEPPER, keys=keys)
    ids = count(1)
    records = SqlRecords(
        make_engine(database_url), pepper=PEPPER, keys=keys, scan=finds_nothing, new_id=lambda: f"id-{next(ids)}"
    )
    furnish(records)
    yield records
    records.let_go()


def said(records: SqlRecords) -> list[Any]:
    """Return what has been there since the first shape: it must come through all of them."""
    talks = [records.messages(one) for one in ("c1", "c2")]
    made = [records.decisions_of(one) for one in ("c1", "c2")]
    case = records.case("case-1")
    return [talks, made, records.facts_history("c1"), (case.dsl_reason, case.outcome_level, case.outcome_reason)]


def test_down_step_by_step_to_the_first_shape_and_up_again_what_was_said_is_the_same(records, database_url, keys):
    before = said(records)
    for step in STEPS[1:]:
        records.let_go()
        unmigrate(database_url, step, keys=keys)
    migrate(database_url, pepper=PEPPER, keys=keys)
    assert said(records) == before
    assert records.verify_audit() is None
    assert records.not_opening() == ()


@pytest.mark.parametrize("step", STEPS[1:-1])
def test_down_to_any_shape_and_up_again_the_tables_are_as_the_code_expects(records, database_url, keys, step):
    before = said(records)
    records.let_go()
    unmigrate(database_url, step, keys=keys)
    migrate(database_url, pepper=PEPPER, keys=keys)
    assert said(records) == before


def test_going_all_the_way_down_leaves_nothing_behind(records, database_url, keys):
    records.let_go()
    unmigrate(database_url, keys=keys)
    engine = make_engine(database_url)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrate(database_url, pepper=PEPPER, keys=keys)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM consultations")) == 0
    engine.dispose()


def all_at_once(what: Callable[[], None], times: int) -> None:
    gate = Barrier(times)

    def one() -> None:
        gate.wait()
        what()

    with ThreadPoolExecutor(times) as pool:
        for done in [pool.submit(one) for _ in range(times)]:
            done.result(60)


def test_several_starts_at_once_leave_one_whole_result(database_url, keys):
    all_at_once(partial(migrate, database_url, pepper=PEPPER, keys=keys), 4)
    engine = make_engine(database_url)
    assert is_migrated(engine)
    assert set(inspect(engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit_head")) == 1
    engine.dispose()


def test_several_migrations_of_a_house_with_data_at_once_seal_everything_once(records, database_url, keys):
    before = said(records)
    records.let_go()
    unmigrate(database_url, "0006_access", keys=keys)
    all_at_once(partial(migrate, database_url, pepper=PEPPER, keys=keys), 3)
    assert said(records) == before
    assert records.verify_audit() is None

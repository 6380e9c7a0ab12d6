"""Migrations: up, down and up again, and what they make is what the code expects."""

import re

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from bot.storage import is_migrated, make_engine, migrate, unmigrate
from bot.storage.engine import writing
from bot.storage.migrate import _config
from bot.storage.tables import Base
from tests.engines import on_sqlite


@pytest.fixture
def url(new_url) -> str:
    return new_url


@pytest.fixture
def database(url):
    engine = make_engine(url)
    yield engine
    engine.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_up_makes_every_table_down_takes_them_away_and_up_makes_them_again(url, database):
    assert not is_migrated(database)
    migrate(url)
    assert tables(database) == set(Base.metadata.tables)
    assert is_migrated(database)
    unmigrate(url)
    assert tables(database) == set()
    assert not is_migrated(database)
    migrate(url)
    assert tables(database) == set(Base.metadata.tables)


def test_migrating_twice_changes_nothing(url, database):
    migrate(url)
    with database.connect() as connection:
        connection.execute(text("UPDATE audit_head SET number = 7"))
        connection.commit()
    migrate(url)
    with database.connect() as connection:
        assert connection.scalar(text("SELECT number FROM audit_head")) == 7


def test_the_migrated_schema_is_the_one_the_code_expects(engine):
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert differences == []


@on_sqlite
def test_the_migrated_schema_has_the_same_constraints_to_the_letter(engine):
    made = create_engine("sqlite://")
    Base.metadata.create_all(made)
    # The order of constraints within a table means nothing.
    assert statements(engine) == statements(made)
    made.dispose()


def statements(engine: Engine) -> dict[str, list[str]]:
    kept = text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'")
    with engine.connect() as connection:
        rows = connection.execute(kept).all()
    # A table that was made anew and given its old name has that name in quotes.
    return {name: parts(sql.replace('"', "")) for name, sql in rows}


def parts(sql: str) -> list[str]:
    # SQLite writes a column that was added later behind the constraints, on the line of the last one.
    inside = sql.rstrip().removesuffix(")")
    return sorted(filter(None, (part.strip() for part in re.split(r",\s(?![^(]*\))|\n", inside))))


def test_a_path_with_a_percent_sign_can_be_migrated(tmp_path):
    url = f"sqlite:///{tmp_path / 'a 100% path' / 'noname.db'}"
    migrate(url)
    engine = make_engine(url)
    assert is_migrated(engine)
    engine.dispose()


def test_every_table_can_be_made_in_postgresql():
    dialect = postgresql.dialect()
    made = "".join(str(CreateTable(table).compile(dialect=dialect)) for table in Base.metadata.sorted_tables)
    indexes = (index for table in Base.metadata.sorted_tables for index in table.indexes)
    made += "".join(str(CreateIndex(index).compile(dialect=dialect)) for index in indexes)
    assert "TIMESTAMP WITH TIME ZONE" in made, "moments would be kept without their zone"
    open_stages = "WHERE stage IN ('waiting', 'claimed', 'transferred', 'answered')"
    assert open_stages in made, "two open cases would be possible"


def test_everybody_keeps_the_role_that_they_had_before_there_were_roles(url, database):
    _before_roles(url)
    with database.begin() as connection:
        connection.execute(text("INSERT INTO schools (id, name, area) VALUES ('s', 'Oak', 'kent')"))
        connection.execute(
            text("INSERT INTO people (id, school_id, name, telephone, code_digest) VALUES ('p', 's', 'Ann', '', 'd')")
        )
        for name, edits in (("sam", False), ("kim", True)):
            connection.execute(
                text(
                    "INSERT INTO workers (id, login, name, area, password_hash, totp_secret, edits) "
                    "VALUES (:name, :name, :name, 'kent', 'h', 's', :edits)"
                ),
                {"name": name, "edits": edits},
            )
    migrate(url)
    with database.connect() as connection:
        assert connection.scalars(text("SELECT role FROM people")).all() == ["dsl"]
        roles = dict(connection.execute(text("SELECT login, role FROM workers")).all())
    assert roles == {"sam": "duty_worker", "kim": "knowledge_editor"}


def test_going_back_to_when_there_were_no_roles_gives_nobody_more_than_they_had(url, database):
    migrate(url)
    workers = {"sam": "duty_worker", "kim": "knowledge_editor", "eve": "scrutineer"}
    with database.begin() as connection:
        for name, role in workers.items():
            connection.execute(
                text(
                    "INSERT INTO workers (id, login, name, area, password_hash, totp_secret, role) "
                    "VALUES (:name, :name, :name, 'kent', 'h', 's', :role)"
                ),
                {"name": name, "role": role},
            )
    _before_roles(url)
    with database.connect() as connection:
        held = connection.execute(text("SELECT login, password_hash, edits FROM workers")).all()
    assert {(login, hashed, bool(edits)) for login, hashed, edits in held} == {
        ("sam", "h", False),
        ("kim", "h", True),
        ("eve", "disabled", False),
    }


def _before_roles(url: str) -> None:
    engine = make_engine(url)
    with writing(engine).begin() as connection:
        config = _config(connection)
        before = ScriptDirectory.from_config(config).get_revision("0006_access").down_revision
        going = command.downgrade if MigrationContext.configure(connection).get_current_revision() else command.upgrade
        going(config, before)
    engine.dispose()

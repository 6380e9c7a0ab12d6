"""Engines: one promise on both, that writers queue up and that a reader sees one moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.storage import NotReached, make_engine
from bot.storage.engine import read_url, writing
from tests.engines import on_postgresql

COUNT = text("SELECT count(*) FROM schools")
ADD = text("INSERT INTO schools (id, name, area) VALUES (:id, 'Oak', 'kent')")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+psycopg2"])
def test_postgresql_is_reached_through_psycopg_however_its_address_is_written(scheme):
    url = read_url(f"{scheme}://noname:a%40word@db.example:6543/records?sslmode=require")
    assert url.drivername == "postgresql+psycopg"
    assert (url.password, url.host, url.port, url.database) == ("a@word", "db.example", 6543, "records")
    assert url.query == {"sslmode": "require"}


def test_a_writer_sees_what_was_written_while_it_waited_for_its_place(engine):
    has_place, may_end = Event(), Event()

    def first() -> None:
        with writing(engine).begin() as connection:
            has_place.set()
            may_end.wait(10)
            connection.execute(ADD, {"id": "a"})

    def second() -> int:
        has_place.wait(10)
        may_end.set()  # while this one waits, or before it does: it must not matter
        with writing(engine).begin() as connection:
            return connection.scalar(COUNT)

    with ThreadPoolExecutor(2) as pool:
        before, after = pool.submit(first), pool.submit(second)
        before.result(20)
        assert after.result(20) == 1


def test_a_reader_sees_one_moment_from_end_to_end(engine):
    with engine.begin() as reader:
        assert reader.scalar(COUNT) == 0
        with writing(engine).begin() as connection:
            connection.execute(ADD, {"id": "a"})
        assert reader.scalar(COUNT) == 0
    with engine.begin() as reader:
        assert reader.scalar(COUNT) == 1


def test_who_writes_records_may_write_keys_meanwhile(engine):
    if engine.dialect.name == "sqlite":
        return  # there they are in a file of their own
    with writing(engine).begin(), writing(engine, "keys").begin() as keys:
        assert keys.scalar(text("SELECT 1")) == 1


@on_postgresql
def test_who_waits_too_long_for_the_place_to_write_is_told(engine):
    with writing(engine).begin(), engine.begin() as impatient:
        impatient.execute(text("SET LOCAL lock_timeout = 50"))
        with pytest.raises(DBAPIError, match="lock timeout"):
            impatient.execute(text("SELECT pg_advisory_xact_lock(1852796513)"))


def test_an_error_never_quotes_a_value(engine):
    with writing(engine).begin() as connection:
        connection.execute(ADD, {"id": "jayden"})
    with writing(engine).begin() as connection, pytest.raises(IntegrityError) as refused:
        connection.execute(ADD, {"id": "jayden"})
    told = f"{refused.value!r} {refused.value} {refused.value.orig!r} {refused.value.orig}"
    assert "schools" in told
    assert "jayden" not in told


@on_postgresql
def test_a_database_that_is_not_there_is_named_and_its_password_is_not(engine):
    url = engine.url.set(database="nowhere", password="a-word-of-power").render_as_string(hide_password=False)
    with pytest.raises(NotReached, match="nowhere") as refused:
        make_engine(url).connect()
    assert "a-word-of-power" not in str(refused.value)


def test_connections_that_were_lost_are_made_anew(postgresql):
    name = postgresql.make()
    engine, one = make_engine(postgresql.url(name)), text("SELECT 1")
    with engine.connect() as connection:
        connection.execute(one)
    lost = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(f"host={postgresql.folder} user=noname dbname=postgres", autocommit=True) as server:
        assert server.execute(lost, [name]).rowcount
    with engine.connect() as connection:
        assert connection.scalar(one) == 1
    engine.dispose()

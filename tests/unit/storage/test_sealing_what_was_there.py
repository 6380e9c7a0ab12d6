"""The migration that seals: what stood there before is sealed, all or nothing, and opened again on the way down."""

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.consultation import Facts
from bot.desk.ports import Utterance
from bot.storage import KeyGone, SqlRecords, make_engine, migrate, unmigrate
from bot.storage.migrate import _config
from bot.storage.sealed_columns import SEALED
from bot.storage.sealing import MARK
from tests.duty_moves import claim
from tests.engines import ENGINES
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_dsl, make_case
from tests.fakes import finds_nothing

PEPPER = "a pepper that is long enough"
BEFORE = ScriptDirectory.from_config(_config()).get_revision("0007").down_revision


@pytest.fixture(params=ENGINES)
def database_url(request, tmp_path: Path) -> str:
    """Return where the house and, beside it, its keys are to be: nothing is there yet."""
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        return server.url(server.make())
    return f"sqlite:///{tmp_path / 'house.db'}"


@pytest.fixture
def url(database_url: str) -> str:
    return database_url


@pytest.fixture
def records(url, keys):
    """Records of a house in which something was said, closed and worked out."""
    migrate(url, pepper=PEPPER, keys=keys)
    ids = iter("abcdef")
    records = SqlRecords(
        make_engine(url), pepper=PEPPER, keys=keys, scan=finds_nothing, new_id=lambda: next(ids)
    )
    dsl, sam = create_dsl(records), create_worker(records)
    for consultation in ("c1", "c2"):
        create_consultation(records, dsl, id=consultation)
        records.add_incoming(consultation, "a", from_dsl("a canary is hungry"), NOW)
        card = {"table": [["canary", None]]}
        records.add_outgoing(consultation, [Utterance("assistant", "", card=card)], NOW, unless_held=True)
        records.save_facts(consultation, Facts(answers={"worry": "canary"}), NOW)
        records.save_assessment(consultation, {"outcome": "canary"}, Facts(), NOW)
    claim(records, records.hand_over(make_case(dsl_reason="canary")).id, sam, NOW)
    yield records
    records.let_go()


def held(url: str) -> dict[tuple[str, str], list[str]]:
    """Return what stands in every column that is sealed, as the file has it."""
    engine = make_engine(url)
    with engine.connect() as connection:
        there = set(inspect(connection).get_table_names())  # tables that came later are not in an older database
        sealed = {table: sealing for table, sealing in SEALED.items() if table in there}
        places = [(table, column) for table, sealing in sealed.items() for column in sealing.columns]
        found = {place: connection.execute(text(f"SELECT {place[1]} FROM {place[0]}")).all() for place in places}
    engine.dispose()
    values = {place: [str(value) for (value,) in rows if value is not None] for place, rows in found.items()}
    return {place: held for place, held in values.items() if held}


def is_sealed(values: list[str]) -> bool:
    return all(value.strip('"').startswith(MARK) for value in values)


def test_down_everything_is_plain_and_up_it_is_sealed_and_reads_the_same(records, url, keys, tmp_path):
    before = list(records.everything_opened())
    records.let_go()
    unmigrate(url, BEFORE, keys=keys)
    plain = held(url)
    assert not any(is_sealed(values) for values in plain.values())
    assert plain["messages", "text"][0] == "a canary is hungry"
    assert plain["cases", "dsl_reason"] == ["canary"]
    on_disk = url.startswith("sqlite")
    assert not on_disk or b"canary" in (tmp_path / "house.db").read_bytes()
    migrate(url, pepper=PEPPER, keys=keys)
    assert all(is_sealed(values) for values in held(url).values())
    assert list(records.everything_opened()) == before
    records.let_go()
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("house.db*"))
    assert b"canary" not in kept, "what was there before is still in the file"
    assert records.verify_audit() is None


def test_without_keys_a_house_with_consultations_is_left_as_it_is(records, url, keys):
    records.let_go()
    unmigrate(url, BEFORE, keys=keys)
    plain = held(url)
    with pytest.raises(Exception) as refused:
        migrate(url, pepper=PEPPER)
    assert type(refused.value).__name__ == "NoKeys"
    assert held(url) == plain
    migrate(url, pepper=PEPPER, keys=keys)
    assert records.not_opening() == ()


def test_broken_off_it_leaves_everything_plain_and_is_done_when_it_runs_again(records, url, keys):
    records.let_go()
    unmigrate(url, BEFORE, keys=keys)
    for consultation in ("c1", "c2"):
        keys.forget(consultation)
    plain, calls = held(url), []

    class Breaking:
        def make(self, consultation_id):
            keys.make(consultation_id)

        def seal(self, *given):
            calls.append(given)
            if len(calls) > 7:
                raise OSError
            return keys.seal(*given)

    with pytest.raises(OSError):
        migrate(url, pepper=PEPPER, keys=Breaking())
    assert held(url) == plain
    assert keys.consultations(), "keys were drawn already"
    migrate(url, pepper=PEPPER, keys=keys)
    assert all(is_sealed(values) for values in held(url).values())
    assert records.not_opening() == ()


def test_what_has_no_key_is_not_opened_on_the_way_down_and_stays(records, url, keys):
    records.let_go()
    keys.forget("c2")
    sealed = held(url)
    with pytest.raises(KeyGone):
        unmigrate(url, BEFORE, keys=keys)
    assert held(url) == sealed


def test_a_chain_from_before_is_sealed_where_it_ends(records, url, keys):
    records.let_go()
    unmigrate(url, BEFORE, keys=keys)
    migrate(url, keys=keys)
    assert records.verify_audit() is not None, "without the pepper nobody sealed it"
    records.let_go()
    unmigrate(url, BEFORE, keys=keys)
    migrate(url, pepper=PEPPER, keys=keys)
    assert records.verify_audit() is None

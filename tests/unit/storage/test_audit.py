"""The audit chain: what was done to it from outside is found."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from tests.factories import NOW


@pytest.fixture
def records(sql_records):
    records = sql_records()
    for n in range(1, 6):
        records.note("case.read", f"worker-{n}", f"case-{n}", NOW + timedelta(minutes=n))
    return records


def tamper(engine: Engine, *statements: str) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        for statement in statements:
            assert connection.execute(text(statement)).rowcount, "nothing was tampered with"


SWAP = (
    "UPDATE audit SET number = 99 WHERE number = 2",
    "UPDATE audit SET number = 2 WHERE number = 3",
    "UPDATE audit SET number = 3 WHERE number = 99",
)
CLOSE_THE_GAP = (
    "DELETE FROM audit WHERE number = 3",
    "UPDATE audit SET number = number - 1 WHERE number > 3",
)


@pytest.mark.parametrize(
    ("broken", "statements"),
    [
        pytest.param(3, ["UPDATE audit SET who = 'worker-9' WHERE number = 3"], id="who"),
        pytest.param(3, ["UPDATE audit SET what = 'case.closed' WHERE number = 3"], id="what"),
        pytest.param(3, ["UPDATE audit SET subject = 'case-9' WHERE number = 3"], id="subject"),
        pytest.param(3, ["UPDATE audit SET at = '2026-11-23 09:00:00.000000' WHERE number = 3"], id="when"),
        pytest.param(3, ["UPDATE audit SET previous = hash WHERE number = 3"], id="previous"),
        pytest.param(3, ["UPDATE audit SET hash = previous WHERE number = 3"], id="hash"),
        pytest.param(1, ["DELETE FROM audit WHERE number = 1"], id="the first deleted"),
        pytest.param(3, ["DELETE FROM audit WHERE number = 3"], id="one deleted"),
        pytest.param(3, CLOSE_THE_GAP, id="one deleted and the rest renumbered"),
        pytest.param(5, ["DELETE FROM audit WHERE number = 5"], id="the last deleted"),
        pytest.param(1, ["DELETE FROM audit"], id="all deleted"),
        pytest.param(1, ["DELETE FROM audit", "DELETE FROM audit_head"], id="all deleted with the head"),
        pytest.param(6, ["UPDATE audit_head SET number = 9"], id="head"),
        pytest.param(2, SWAP, id="two swapped"),
        pytest.param(
            6, ["INSERT INTO audit SELECT 6, at, what, who, subject, hash, hash FROM audit WHERE number = 5"],
            id="one invented",
        ),
    ],
)  # fmt: skip
def test_tampering_is_found_at_the_first_line_it_touches(records, engine, broken, statements):
    assert records.verify_audit() is None, "the chain was broken before"
    tamper(engine, *statements)
    assert records.verify_audit() == broken


def test_a_chain_cannot_be_mended_without_the_key(records, sql_records, engine):
    tamper(engine, "DELETE FROM audit", "UPDATE audit_head SET number = 0, hash = '" + "0" * 64 + "'")
    forger = sql_records(pepper="a pepper that was made up")
    forger.note("case.read", "worker-1", "case-1", NOW)
    assert forger.verify_audit() is None
    assert records.verify_audit() == 1


def test_an_empty_chain_is_whole(sql_records):
    assert sql_records().verify_audit() is None

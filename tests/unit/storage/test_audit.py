"""The audit chain: what was done to it from outside is found."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from bot.storage import NotAHead, note_daily, note_head, noted_heads
from bot.storage.audit import head_seal
from bot.storage.audit_heads import BrokenEnd
from bot.storage.audit_tables import LET_GO
from bot.storage.engine import writing
from tests.factories import NOW


@pytest.fixture
def records(sql_records):
    records = sql_records()
    for n in range(1, 6):
        records.note("case.read", f"worker-{n}", f"case-{n}", NOW + timedelta(minutes=n))
    return records


def tamper(engine: Engine, *statements: str) -> None:
    """Do what somebody could who may write to the database, and takes away first what keeps lines as they are."""
    with writing(engine).begin() as connection:
        for trigger in LET_GO[engine.dialect.name]:
            connection.execute(text(trigger))
        for statement in statements:
            assert connection.execute(text(statement)).rowcount, "nothing was tampered with"


SWAP = (
    "UPDATE audit SET number = 99 WHERE number = 2",
    "UPDATE audit SET number = 2 WHERE number = 3",
    "UPDATE audit SET number = 3 WHERE number = 99",
)
SET_BACK = (
    "DELETE FROM audit WHERE number > 3",
    "UPDATE audit_head SET number = 3, hash = (SELECT hash FROM audit WHERE number = 3)",
)
SET_BACK_TO_NOTHING = ("DELETE FROM audit", f"UPDATE audit_head SET number = 0, hash = '{'0' * 64}'")
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
        pytest.param(6, ["UPDATE audit_head SET seal = NULL"], id="seal of the head"),
        pytest.param(4, SET_BACK, id="the tail cut off and the head set back to where it was"),
        pytest.param(1, SET_BACK_TO_NOTHING, id="all deleted and the head as new"),
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
    pepper = "a pepper that was made up"
    seal = head_seal(pepper.encode(), 0, "0" * 64)
    tamper(engine, "DELETE FROM audit", f"UPDATE audit_head SET number = 0, hash = '{'0' * 64}', seal = '{seal}'")
    forger = sql_records(pepper=pepper)
    forger.note("case.read", "worker-1", "case-1", NOW)
    assert forger.verify_audit() is None
    assert records.verify_audit() == 1


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'nobody' WHERE number = 3", "DELETE FROM audit"])
def test_the_database_itself_refuses_to_change_or_delete_a_line(records, engine, statement):
    with engine.connect() as connection, pytest.raises(IntegrityError, match="only grows"):
        connection.execute(text(statement))
    assert records.verify_audit() is None


def test_a_head_that_was_set_back_is_not_sealed_anew_by_the_next_line(records, engine):
    tamper(engine, *SET_BACK)
    records.note("case.read", "worker-9", "case-9", NOW)
    assert records.verify_audit() == 5, "what was cut off would be forgotten"
    assert records.audit_head(NOW) is None


def test_going_back_to_an_older_copy_is_found_by_a_head_that_was_noted_elsewhere(records, engine, tmp_path):
    with engine.connect() as connection:
        ((old_seal,),) = connection.execute(text("SELECT seal FROM audit_head")).all()
        ((old_hash,),) = connection.execute(text("SELECT hash FROM audit_head")).all()
    for n in (6, 7):
        records.note("case.read", f"worker-{n}", f"case-{n}", NOW)
    note_head(tmp_path / "heads", records.audit_head(NOW))
    noted = noted_heads(tmp_path / "heads")
    assert records.verify_audit(noted) is None
    tamper(
        engine,
        "DELETE FROM audit WHERE number > 5",
        f"UPDATE audit_head SET number = 5, hash = '{old_hash}', seal = '{old_seal}'",
    )
    assert records.verify_audit() is None, "this is what a whole old copy looks like"
    assert records.verify_audit(noted) == 6
    records.note("case.read", "worker-8", "case-8", NOW)
    records.note("case.read", "worker-9", "case-9", NOW)
    assert records.verify_audit() is None
    assert records.verify_audit(noted) == 7, "other lines stand where those stood that were noted"


def test_the_head_is_noted_once_a_day(records, tmp_path):
    file = tmp_path / "log" / "audit-heads"
    for hours in (0, 1, 13, 14, 38):
        note_daily(file, records.audit_head, NOW + timedelta(hours=hours))
    assert [head.at.day for head in noted_heads(file)] == [23, 24, 25]
    assert file.stat().st_mode & 0o077 == 0


def test_a_broken_end_is_not_noted(records, engine, tmp_path):
    tamper(engine, "UPDATE audit_head SET seal = 'x'")
    with pytest.raises(BrokenEnd):
        note_daily(tmp_path / "heads", records.audit_head, NOW)


def test_what_is_no_head_is_named_by_its_line(records, tmp_path):
    file = tmp_path / "heads"
    note_head(file, records.audit_head(NOW))
    with file.open("a") as noted:
        noted.write("yesterday it was fine\n")
    with pytest.raises(NotAHead, match=r"^2$"):
        noted_heads(file)


def test_a_head_of_another_house_does_not_bear_our_seal(records, sql_records):
    head = records.audit_head(NOW)
    assert records.is_sealed_here(head)
    assert not sql_records(pepper="another pepper altogether").is_sealed_here(head)


def test_coming_back_within_a_minute_is_one_reading(records):
    for seconds in (0, 1, 30, 59, 60, 61):
        records.note_once("case.followed", "w", "case-1", NOW + timedelta(seconds=seconds), timedelta(minutes=1))
    records.note_once("case.followed", "another", "case-1", NOW, timedelta(minutes=1))
    assert records.times_noted("case.followed", "case-1") == 3
    assert records.verify_audit() is None


def test_an_empty_chain_is_whole(sql_records):
    assert sql_records().verify_audit() is None

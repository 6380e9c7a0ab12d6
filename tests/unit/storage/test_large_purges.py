"""A purge of a large database: nobody waits while it is written afresh, and no byte of what was deleted is left."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from bot.storage import SqlRecords, retention
from bot.storage.tables import MessageRow
from tests.engines import on_sqlite
from tests.factories import NOW, create_consultation, create_dsl, from_assistant, from_dsl

TALKS, TURNS = 12, 15


@pytest.fixture
def records(sql_records) -> SqlRecords:
    records = sql_records()
    dsl = create_dsl(records)
    for number in range(TALKS):
        create_consultation(records, dsl, id=f"c{number}")
        for turn in range(TURNS):
            records.add_incoming(f"c{number}", f"said-{turn}", from_dsl(f"hungry again {turn} " * (turn + 1)), NOW)
            records.add_outgoing(f"c{number}", [from_assistant("how often? " * 20)], NOW, unless_held=True)
    return records


def sealed_in(engine: Engine, consultation_id: str) -> list[bytes]:
    """Return what the messages of a consultation are on the disk."""
    with Session(engine) as session:
        theirs = select(MessageRow.text).where(MessageRow.consultation_id == consultation_id)
        return [text.encode() for text in session.scalars(theirs)]


def purged(records: SqlRecords, engine: Engine, folder: Path) -> list[bytes]:
    """Delete every second consultation, tidy, and return what of them is still in the files."""
    going = [f"c{number}" for number in range(0, TALKS, 2)]
    texts = [text for one in going for text in sealed_in(engine, one)]
    assert len(texts) == len(going) * 2 * TURNS
    for one in going:
        records.delete_consultation(one, NOW)
    records.tidy()
    engine.dispose()
    kept = b"".join(file.read_bytes() for file in folder.glob("noname.db*"))
    return [text for text in texts if text[3:60] in kept]


def said_to(engine: Engine) -> list[str]:
    """Return what the database is told from now on, beside SQLAlchemy too."""
    said: list[str] = []
    event.listen(engine, "connect", lambda connection, _record: connection.set_trace_callback(said.append))
    engine.dispose()
    return said


@on_sqlite
@pytest.mark.parametrize(("most", "is_written_afresh"), [(0, False), (retention.WRITTEN_AFRESH_BYTES, True)])
def test_no_byte_is_left_whether_or_not_it_is_written_afresh(
    records, engine, tmp_path, monkeypatch, most, is_written_afresh
) -> None:
    monkeypatch.setattr(retention, "WRITTEN_AFRESH_BYTES", most)
    said = said_to(engine)
    assert purged(records, engine, tmp_path) == []
    assert ("VACUUM" in said) is is_written_afresh
    assert any("wal_checkpoint" in one for one in said)
    assert len(records.messages("c1")) == 2 * TURNS

"""Private notes in the database: written once, strictly, beside the records, and deleted with their consultation."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect, text

from bot.desk.duty.notes import CaseNote
from bot.desk.ports import NotKept, UncleanWrite
from bot.storage import NoteShelf, SqlRecords
from bot.storage.belongings import belongings
from bot.storage.engine import writing
from bot.storage.tables import Base
from tests.duty_moves import claim
from tests.engines import on_sqlite
from tests.factories import NOW, create_consultation, create_dsl, create_worker, make_case
from tests.fakes import finds_nothing
from tests.unit.storage.conftest import PEPPER


@pytest.fixture
def records(sql_records):
    records = sql_records()
    create_consultation(records, create_dsl(records))
    records.hand_over(make_case())
    return records


@pytest.fixture
def shelf(engine, keys):
    def make(scan=finds_nothing, **values) -> NoteShelf:
        return NoteShelf(engine, pepper=PEPPER, keys=keys, scan=scan, new_id=lambda: "new", **values)

    return make


def a_note(**values) -> CaseNote:
    ids = {"id": "n1", "consultation_id": "c1", "case_id": "case-1"}
    return CaseNote(**ids | {"at": NOW, "who": "sam", "text": "ring them first"} | values)


def test_notes_are_read_in_the_order_they_were_written_and_by_case(records, shelf):
    later, first = a_note(id="a", at=NOW + timedelta(minutes=1), text="second"), a_note(id="b", text="first")
    for note in (later, first):
        shelf().keep_note(note)
    assert [note.text for note in shelf().notes_of(["case-1"])] == ["first", "second"]
    assert shelf().notes_of(["case-2"]) == ()


def test_the_same_note_again_is_kept_once_with_one_line_of_ids(records, shelf, engine):
    assert shelf().keep_note(a_note()) == shelf().keep_note(a_note(text="something else")) == a_note()
    assert records.times_noted("case.noted", "case-1") == 1
    assert records.verify_audit() is None
    with engine.connect() as connection:
        lines = connection.execute(text("SELECT what, who, subject FROM audit")).all()
    assert "ring" not in repr(lines)


def test_a_note_with_an_identifier_is_refused_and_nothing_is_kept(records, shelf):
    finds_sharon = lambda text, put_back=(): ("found",) if "Sharon" in text else ()  # noqa: E731 (a scan in a line)
    with pytest.raises(UncleanWrite):
        shelf(scan=finds_sharon).keep_note(a_note(text="Sharon rang"))
    assert shelf().notes_of(["case-1"]) == ()
    assert records.times_noted("case.noted", "case-1") == 0


def test_a_note_is_written_in_its_strict_form(records, shelf):
    strict = shelf(strict=lambda text, words: text.replace("Zumbatron", "[word]"))
    assert strict.keep_note(a_note(text="the Zumbatron club")).text == "the [word] club"
    assert [note.text for note in shelf().notes_of(["case-1"])] == ["the [word] club"]


@pytest.mark.parametrize("wrong", [{"case_id": "case-9"}, {"consultation_id": "c9"}, {"consultation_id": "c2"}])
def test_a_note_on_a_case_that_is_not_there_or_another_consultations_is_not_kept(records, shelf, wrong):
    create_consultation(records, create_dsl(records, code="8K2M-9QXC-W4TD-XB0N-5H"), id="c2")
    with pytest.raises(NotKept):
        shelf().keep_note(a_note(**wrong))


@on_sqlite
def test_notes_go_with_their_consultation_and_leave_no_byte(records, shelf, engine, tmp_path):
    sam = create_worker(records)
    shelf().keep_note(a_note(text="canary in a note", who=sam.id))
    claim(records, "case-1", sam, NOW)
    with writing(engine).begin() as connection:
        connection.execute(text("UPDATE consultations SET stage = 'closed'"))
    records.delete_consultation("c1", NOW)
    records.tidy()
    assert records.consultation("c1") is None
    engine.dispose()
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("noname.db*"))
    assert b"canary" not in kept


def test_every_table_of_a_consultation_goes_with_it():
    tables, points_to_one = Base.metadata.sorted_tables, {"consultation_id", "case_id"}
    of_one = {table.name for table in tables if points_to_one & set(table.columns.keys())}
    assert "case_notes" in of_one
    assert of_one == {table.name for table, _ in belongings("c1")} - {"consultations"}


def test_the_records_that_the_house_holds_have_no_way_to_a_note(records):
    ours = {"note_name", "note_referral", "note_came_of_it", "note_follow_up", "note_once"}
    assert {name for name in dir(SqlRecords) if "note_" in name} == ours
    assert not hasattr(records, "keep_note")
    assert not hasattr(records, "notes_of")


def test_the_table_of_notes_is_in_a_database_that_was_migrated(engine):
    assert "case_notes" in inspect(engine).get_table_names()

"""A school's staff in the database: what stands in the file, what ends with what, and what goes with a consultation."""

import inspect
import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.desk.staff.links import Ended, LinkKind, NewCode
from bot.storage import SqlRecords, StaffShelf
from bot.storage.belongings import belongings
from bot.storage.engine import writing
from tests.engines import on_sqlite
from tests.factories import NOW, create_consultation, create_dsl

DAY = timedelta(days=1)
YEAR_END = NOW + 200 * DAY
CODE, OTHER = "7K2M-9QXC-W4TD-XB0N-5H", "8K2M-9QXC-W4TD-XB0N-5H"
CHAT, ANOTHER_CHAT = "a" * 64, "b" * 64
ADDRESS = 4711_0815_42


@pytest.fixture
def records(sql_records):
    records = sql_records()
    records.dsl = create_dsl(records)
    return records


@pytest.fixture
def staff(records) -> StaffShelf:
    return records.beside(StaffShelf)


def linked(staff, dsl, code=CODE, chat=CHAT, kind=LinkKind.STAFF):
    staff.keep_code(code, NewCode(kind, "Year 4 teacher", dsl.id, NOW + 8 * DAY), NOW)
    return staff.link_by_code(code, chat, ADDRESS, YEAR_END, NOW)


@pytest.fixture
def link(records, staff):
    return linked(staff, records.dsl)


@pytest.fixture
def note(records, staff, link):
    create_consultation(records, link.person, id="talk")
    return staff.pass_on("talk", True, "a Bruise", NOW)


def change(engine, statement: str) -> None:
    with writing(engine).begin() as connection:
        assert connection.execute(text(statement)).rowcount == 1


def everything(folder) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())


# what stands in the file


@on_sqlite
def test_neither_the_code_nor_where_messages_go_nor_what_was_passed_on_is_in_the_files(records, link, note, tmp_path):
    records.let_go()
    kept = everything(tmp_path)
    assert b"Year 4 teacher" in kept, "the wrong files were looked at"
    for secret in (CODE, CODE.replace("-", ""), str(ADDRESS), "Bruise"):
        assert secret.encode() not in kept


def test_what_is_sealed_opens_with_the_keys_of_the_talk_and_of_the_link(records, link, note):
    opened = {(table, whose): value for table, _, whose, value in records.everything_opened()}
    assert opened["chat_addresses", link.id] == ADDRESS
    assert opened["passed_on", "talk"] == "a Bruise"
    assert records.keys_of_nobody() == frozenset()


def test_the_key_of_a_link_goes_with_it(records, staff, keys, link):
    assert link.id in keys.consultations()
    staff.end_link(link.id, Ended.LEFT, link.person.id, NOW)
    assert link.id not in keys.consultations()


def test_a_link_whose_key_is_gone_already_has_no_address_and_can_be_ended(records, staff, keys, link):
    keys.forget(link.id)
    assert staff.address_of(link.id) is None
    staff.end_link(link.id, Ended.LEFT, link.person.id, NOW)
    assert staff.link_of(CHAT, NOW) is None


def test_a_link_that_could_not_be_made_uses_up_no_code(records, staff, monkeypatch):
    staff.keep_code(CODE, NewCode(LinkKind.STAFF, "Year 4 teacher", records.dsl.id, NOW + DAY), NOW)
    with monkeypatch.context() as broken:
        broken.setattr(staff, "_append", lambda *_: (_ for _ in ()).throw(OSError))
        with pytest.raises(OSError):
            staff.link_by_code(CODE, CHAT, ADDRESS, YEAR_END, NOW)
    assert staff.link_of(CHAT, NOW) is None
    assert staff.link_by_code(CODE, CHAT, ADDRESS, YEAR_END, NOW)


def test_nobody_signs_in_at_the_widget_as_a_linked_colleague(records, link, engine):
    with engine.connect() as connection:
        digest = connection.scalar(text(f"SELECT code_digest FROM people WHERE id = '{link.person.id}'"))
    assert not re.fullmatch("[0-9a-f]{64}", digest), "a digest of a code looks like this"
    assert records.person_by_access_code(digest) is None


# what ends with what


def test_revoking_a_dsl_ends_their_links_those_they_made_and_their_codes(records, staff, link):
    own = linked(staff, records.dsl, OTHER, ANOTHER_CHAT, LinkKind.NOTICES)
    staff.keep_code("N" + CODE, NewCode(LinkKind.STAFF, "Caretaker", records.dsl.id, NOW + DAY), NOW)
    records.revoke(records.dsl.id, NOW)
    for one in (link, own):
        assert staff.link_of(one.chat, NOW) is None
        assert staff.address_of(one.id) is None
        assert records.times_noted("staff.school_left", one.id) == 1
    assert staff.link_by_code("N" + CODE, CHAT, ADDRESS, YEAR_END, NOW) is None
    assert records.verify_audit() is None


def test_revoking_a_colleague_ends_their_link_alone(records, staff, link):
    own = linked(staff, records.dsl, OTHER, ANOTHER_CHAT, LinkKind.NOTICES)
    records.revoke(link.person.id, NOW)
    assert staff.link_of(CHAT, NOW) is None
    assert staff.link_of(ANOTHER_CHAT, NOW) == own


def test_a_link_of_somebody_revoked_in_another_way_holds_no_more_and_is_tidied_away(records, staff, link, engine):
    change(engine, f"UPDATE people SET revoked_at = '2026-11-23 10:00:00' WHERE id = '{records.dsl.id}'")
    assert staff.link_of(CHAT, NOW) is None
    assert staff.tidy_links(NOW, NOW - DAY) == 1
    assert records.times_noted("staff.school_left", link.id) == 1


def test_a_person_who_was_linked_is_revoked_with_their_link(records, staff, link):
    staff.end_link(link.id, Ended.BY_DSL, records.dsl.id, NOW)
    (colleague,) = [one for one in records.at_school() if one.person_id == link.person.id]
    assert colleague.revoked_at == NOW
    (dsl,) = [one for one in records.at_school() if one.person_id == records.dsl.id]
    assert dsl.revoked_at is None


def test_ending_the_links_for_notices_revokes_no_dsl(records, staff):
    link = linked(staff, records.dsl, kind=LinkKind.NOTICES)
    staff.end_link(link.id, Ended.BLOCKED, records.dsl.id, NOW)
    assert {one.revoked_at for one in records.at_school()} == {None}


# what goes with a consultation


def test_what_was_passed_on_goes_with_its_talk_and_the_link_stays(records, staff, link, note):
    staff.begin_talk(link.id, "talk", NOW)
    create_consultation(records, records.dsl, id="c1")
    staff.told_of_update(link.id, "c1", 3, NOW)
    assert {"passed_on", "notice_marks"} <= {table.name for table, _ in belongings("c1")}
    records.delete_consultation("talk", NOW)
    records.delete_consultation("c1", NOW)
    assert staff.passed_on_to(records.dsl.id) == ()
    assert staff.link_of(CHAT, NOW) == link, "without a talk"


def test_a_consultation_that_was_taken_up_and_deleted_is_named_no_more(records, staff, note):
    create_consultation(records, records.dsl, id="c1")
    staff.take_up(records.dsl.id, note.id, "c1", NOW)
    records.delete_consultation("c1", NOW)
    (shown,) = staff.passed_on_to(records.dsl.id)
    assert (shown.taken_up, shown.taken_by) == (None, None)
    create_consultation(records, records.dsl, id="c2")
    assert staff.take_up(records.dsl.id, note.id, "c2", NOW).taken_up == "c2"


def test_what_was_passed_on_follows_when_words_of_its_talk_are_changed(records, staff, note):
    records.reword("talk", str.lower, NOW)
    assert staff.passed_on_to(records.dsl.id)[0].words == "a bruise"


def test_an_ended_link_is_let_go_with_every_row_that_names_it(records, staff, link, engine):
    create_consultation(records, records.dsl, id="c1")
    staff.told_of_update(link.id, "c1", 3, NOW)
    staff.end_link(link.id, Ended.LEFT, link.person.id, NOW)
    assert staff.tidy_links(NOW + 30 * DAY, NOW) == 1
    with engine.connect() as connection:
        for table in ("chat_links", "chat_addresses", "link_codes", "notice_marks"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table


# the audit chain


CHANGES = {
    "keep_code": lambda s, r: s.keep_code("N" + CODE, NewCode(LinkKind.STAFF, "Cook", r.dsl.id, NOW + DAY), NOW),
    "link_by_code": lambda s, r: linked(s, r.dsl, OTHER, ANOTHER_CHAT),
    "begin_talk": lambda s, r: s.begin_talk(r.link.id, "talk", NOW),
    "end_link": lambda s, r: s.end_link(r.link.id, Ended.LEFT, r.link.person.id, NOW),
    "tidy_links": lambda s, r: s.tidy_links(YEAR_END, NOW),
    "pass_on": lambda s, r: s.pass_on("talk", True, "", NOW),
    "see": lambda s, r: s.see(r.dsl.id, r.passed_on.id, NOW),
    "take_up": lambda s, r: s.take_up(r.dsl.id, r.passed_on.id, "c1", NOW),
    "looked": lambda s, r: (s.told_of_note((r.own.id,), r.passed_on.id, NOW), s.looked(r.dsl.id, NOW)),
    "told_of_update": lambda s, r: s.told_of_update(r.own.id, "c1", 3, NOW),
    "told_of_note": lambda s, r: s.told_of_note((r.own.id,), r.passed_on.id, NOW),
}


def test_every_method_that_writes_is_tried():
    of_ours = {name: getattr(StaffShelf, name) for name in dir(StaffShelf) if not hasattr(SqlRecords, name)}
    writing = {name for name, method in of_ours.items() if inspect.isfunction(method)
               and "self._write(" in inspect.getsource(method)}  # fmt: skip
    assert writing == CHANGES.keys()


@pytest.mark.parametrize("name", CHANGES)
def test_the_chain_grows_with_every_change(records, staff, link, note, name):
    records.link, records.passed_on = link, note
    records.own = linked(staff, records.dsl, "N" + OTHER, "c" * 64, LinkKind.NOTICES)
    create_consultation(records, records.dsl, id="c1")
    before = records.audit_head(NOW).number
    CHANGES[name](staff, records)
    assert records.audit_head(NOW).number > before
    assert records.verify_audit() is None


def test_the_chain_has_ids_and_event_names_alone(records, staff, link, note, engine):
    with engine.connect() as connection:
        lines = repr(connection.execute(text("SELECT what, who, subject FROM audit")).all())
    assert "staff.linked" in lines
    for word in ("teacher", "Bruise", CODE, CHAT, str(ADDRESS)):
        assert word not in lines

"""Who may still sign in: revoked, disabled, of another role; and sessions that end in the same transaction."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.desk.people import Person, Role
from bot.desk.ports import NotKept
from bot.desk.sign_in import new_access_code
from bot.storage import SqlRecords, WeakAccessCode, WrongRole
from tests.factories import CODE, NOW, create_dsl, create_worker

LATER = NOW + timedelta(minutes=1)
ANOTHER_CODE = new_access_code(lambda top: 3)


@pytest.fixture
def records(sql_records) -> SqlRecords:
    return sql_records()


@pytest.fixture
def dsl(records) -> Person:
    return create_dsl(records)


@pytest.fixture
def worker(records) -> Person:
    return create_worker(records)


def signed_in(records: SqlRecords, person: Person, *tokens: str) -> None:
    for token in tokens:
        records.start_session(person, token, NOW, NOW + timedelta(hours=10))


def events(engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT what FROM audit ORDER BY number")))


# what ends a sign-in

ENDS = {
    "a revoked code": lambda records, dsl, worker: records.revoke(dsl.id, LATER),
    "a new code": lambda records, dsl, worker: records.renew_code(dsl.id, ANOTHER_CODE, LATER),
    "a disabled worker": lambda records, dsl, worker: records.disable("sam", LATER),
    "another role": lambda records, dsl, worker: records.change_role("sam", Role.SCRUTINEER, LATER),
    "a new second factor": lambda records, dsl, worker: records.renew_second_factor("sam", "ANEW", LATER),
}


@pytest.mark.parametrize("what", ENDS)
def test_every_session_of_the_person_ends_with_it_and_nobody_elses(records, dsl, worker, what) -> None:
    theirs, others = (dsl, worker) if "code" in what else (worker, dsl)
    signed_in(records, theirs, "one", "two")
    signed_in(records, others, "another")
    ENDS[what](records, dsl, worker)
    assert records.session_person("one", LATER) is None
    assert records.session_person("two", LATER) is None
    assert records.session_person("another", LATER) == others
    assert records.verify_audit() is None


def test_when_the_line_in_the_audit_chain_cannot_be_written_nothing_has_changed(records, dsl, engine) -> None:
    signed_in(records, dsl, "one")
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_head"))
    with pytest.raises(LookupError):
        records.revoke(dsl.id, LATER)
    assert records.session_person("one", LATER) == dsl
    assert records.person_by_access_code(CODE) == dsl


def test_a_revoked_code_opens_nothing_and_the_person_stays_known(records, dsl) -> None:
    records.revoke(dsl.id, LATER)
    assert records.person_by_access_code(CODE) is None
    assert records.person(dsl.id) == dsl, "their consultations are still theirs to be read about"


def test_a_new_code_opens_and_the_old_one_does_not(records, dsl) -> None:
    records.revoke(dsl.id, NOW)
    records.renew_code(dsl.id, ANOTHER_CODE, LATER)
    assert records.person_by_access_code(CODE) is None
    assert records.person_by_access_code(ANOTHER_CODE) == dsl


def test_a_new_code_is_as_long_as_any(records, dsl) -> None:
    with pytest.raises(WeakAccessCode):
        records.renew_code(dsl.id, "1234", LATER)
    assert records.person_by_access_code(CODE) == dsl


def test_a_disabled_worker_is_not_found(records, worker) -> None:
    records.disable(" SAM ", LATER)
    assert records.worker_by_sign_in("sam") is None


@pytest.mark.parametrize("shut_out", ["revoked", "disabled"])
def test_who_is_shut_out_between_being_known_and_being_let_in_gets_no_session(records, dsl, worker, shut_out) -> None:
    person = dsl if shut_out == "revoked" else worker
    records.revoke(dsl.id, NOW)
    records.disable("sam", NOW)
    signed_in(records, person, "one")
    assert records.session_person("one", LATER) is None


def test_nobody_can_be_shut_out_who_is_not_there(records) -> None:
    for shut_out in (
        lambda: records.revoke("nobody", NOW),
        lambda: records.renew_code("nobody", ANOTHER_CODE, NOW),
        lambda: records.disable("nobody", NOW),
        lambda: records.change_role("nobody", Role.MANAGER, NOW),
        lambda: records.renew_second_factor("nobody", "ANEW", NOW),
    ):
        with pytest.raises(NotKept):
            shut_out()


# roles


def test_a_worker_has_the_role_they_were_added_with_and_another_after_it_was_changed(records) -> None:
    added = records.add_worker("kim", "Kim", "kent", "no hash", "NOSECRET", role=Role.MANAGER)
    assert (added.role, added.answers, added.edits) == (Role.MANAGER, True, False)
    records.change_role("kim", Role.KNOWLEDGE_EDITOR, NOW)
    changed = records.person(added.id)
    assert (changed.role, changed.answers, changed.edits) == (Role.KNOWLEDGE_EDITOR, False, True)


def test_a_school_gives_nobody_a_role_at_the_council_nor_the_other_way_round(records, worker) -> None:
    school = records.add_school("Oak", "kent")
    with pytest.raises(WrongRole):
        records.add_dsl("Ann", school, CODE, role=Role.MANAGER)
    with pytest.raises(WrongRole):
        records.add_worker("eve", "Eve", "kent", "no hash", "NOSECRET", role=Role.DSL)
    with pytest.raises(WrongRole):
        records.change_role("sam", Role.SCHOOL_STAFF, NOW)


def test_staff_of_a_school_sign_in_with_a_code_and_are_no_dsl(records) -> None:
    school = records.add_school("Oak", "kent")
    records.add_dsl("Teacher", school, CODE, role=Role.SCHOOL_STAFF)
    assert records.person_by_access_code(CODE).role is Role.SCHOOL_STAFF


@pytest.mark.parametrize("role", [Role.KNOWLEDGE_EDITOR, Role.SCRUTINEER, Role.ADMINISTRATOR])
def test_who_answers_nobody_gives_an_area_no_desk(records, role) -> None:
    records.add_worker("kim", "Kim", "kent", "no hash", "NOSECRET", role=role)
    assert records.desks() == frozenset()


@pytest.mark.parametrize("role", [Role.DUTY_WORKER, Role.MANAGER])
def test_who_answers_gives_an_area_a_desk_until_they_are_disabled(records, role) -> None:
    records.add_worker("kim", "Kim", "kent", "no hash", "NOSECRET", role=role)
    assert records.desks() == {"kent"}
    records.disable("kim", NOW)
    assert records.desks() == frozenset()


# lists


def test_people_are_listed_without_anything_that_opens(records, dsl, worker) -> None:
    records.add_school("Nobody's yet", "kent")
    records.disable("sam", NOW)
    listed = repr(records.colleagues()) + repr(records.at_school())
    assert "Sam Worker" in listed
    assert "Nobody's yet" in listed
    assert dsl.id in listed
    assert not any(secret in listed for secret in ("no hash", "NOSECRET", CODE))
    assert records.colleagues()[0].disabled_at == NOW


def test_what_was_done_to_whom_is_in_the_audit_chain(records, dsl, worker, engine) -> None:
    records.revoke(dsl.id, NOW)
    records.disable("sam", NOW)
    assert events(engine) == ["code.revoked", "worker.disabled"]

"""What is and is not in the database file, and what an error may say."""

import stat
from datetime import datetime

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError, StatementError

from bot.consultation import Facts
from bot.desk.ports import UncleanWrite
from bot.storage import WeakAccessCode, make_engine, migrate
from tests.engines import on_sqlite
from tests.factories import CODE, NOW, create_consultation, create_dsl, create_worker, from_dsl, make_case


@pytest.fixture
def records(sql_records):
    return sql_records()


def rows(engine, statement):
    with engine.connect() as connection:
        return connection.execute(text(statement)).all()


@on_sqlite
def test_an_access_code_is_nowhere_in_the_file(records, engine, tmp_path):
    create_dsl(records)
    engine.dispose()
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("noname.db*"))
    assert b"Ann Example" in kept, "the wrong file was looked at"
    assert CODE.encode() not in kept
    assert CODE.replace("-", "").encode() not in kept


def test_another_pepper_opens_no_door(records, sql_records):
    create_dsl(records)
    assert records.person_by_access_code(CODE)
    assert sql_records(pepper="another pepper altogether").person_by_access_code(CODE) is None


def test_a_short_pepper_is_refused(sql_records):
    with pytest.raises(ValueError, match="too short"):
        sql_records(pepper="short")


@pytest.mark.parametrize("code", ["", "1234", "ABCD-EFGH-JKMN-PQRS", "----------------------"])
def test_a_code_that_can_be_guessed_is_refused(records, code):
    with pytest.raises(WeakAccessCode):
        create_dsl(records, code=code)


def test_two_people_cannot_share_a_code_or_a_login(records):
    create_dsl(records)
    with pytest.raises(IntegrityError):
        create_dsl(records, code=CODE.lower())
    create_worker(records, "sam")
    with pytest.raises(IntegrityError):
        create_worker(records, " SAM")


def test_earlier_facts_stay_in_the_record_and_the_same_facts_are_not_kept_twice(records, engine):
    create_consultation(records, create_dsl(records))
    for age in ("1_4", "1_4", "5_9"):
        records.save_facts("c1", Facts(answers={"age_band": age}), NOW)
    assert len(rows(engine, "SELECT facts FROM facts_history")) == 2
    assert [facts.answers["age_band"] for _, facts in records.facts_history("c1")] == ["1_4", "5_9"]


def test_an_assessment_is_kept_with_its_facts_and_its_version(records, engine):
    create_consultation(records, create_dsl(records))
    records.save_assessment("c1", {"pack_version": "kent/7"}, Facts(answers={"age_band": "1_4"}), NOW)
    ((version,),) = rows(engine, "SELECT pack_version FROM assessments")
    assert version == "kent/7"
    (decision,) = records.decisions_of("c1")
    assert decision.facts.answers["age_band"] == "1_4"


def test_the_database_itself_refuses_a_second_open_case(records, engine):
    create_consultation(records, create_dsl(records))
    records.hand_over(make_case())
    columns = ", ".join(column["name"] for column in inspect(engine).get_columns("cases"))
    another = columns.replace("id,", "'case-2',", 1)
    again = text(f"INSERT INTO cases ({columns}) SELECT {another} FROM cases")
    with engine.connect() as connection, pytest.raises(IntegrityError, match=r"cases\.consultation_id|one_open_case"):
        connection.execute(again)


def test_a_consultation_needs_a_dsl_who_is_there(records):
    nobody = create_dsl(records)
    with pytest.raises(IntegrityError):
        create_consultation(records, nobody, person_id="nobody")


def test_a_moment_without_a_zone_is_refused(records):
    create_consultation(records, create_dsl(records))
    with pytest.raises(StatementError):
        records.add_incoming("c1", "a", from_dsl("hello"), datetime(2026, 11, 23, 10))  # noqa: DTZ001 on purpose


def test_an_error_of_the_database_does_not_quote_what_was_written(records):
    dsl = create_dsl(records)
    secret = "Jayden was hungry"
    create_consultation(records, dsl, facts=Facts(answers={"worry": secret}))
    with pytest.raises(IntegrityError) as refused:
        create_consultation(records, dsl, facts=Facts(answers={"worry": secret}))
    assert secret not in str(refused.value)


def test_a_second_look_that_breaks_refuses_and_is_not_quoted(sql_records):
    def breaks(text: str, put_back: object) -> tuple:
        raise RuntimeError(f"could not read {text}")

    records = sql_records(scan=breaks)
    create_consultation(records, create_dsl(records))
    with pytest.raises(UncleanWrite) as refused:
        records.add_incoming("c1", "a", from_dsl("Jayden was hungry"), NOW)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__, "the traceback would show the error that quotes the text"
    assert records.messages("c1") == ()


def test_the_file_is_readable_by_this_account_alone(tmp_path):
    url = f"sqlite:///{tmp_path / 'kept' / 'noname.db'}"
    migrate(url)
    engine = make_engine(url)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1 FROM schools"))
        files = list((tmp_path / "kept").iterdir())
        assert files
        for file in files:
            assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, f"{file.name} can be read by others"
    engine.dispose()


def test_what_bears_a_nul_is_found_nowhere_and_breaks_nothing(records):
    dsl = create_dsl(records)
    create_consultation(records, dsl)
    assert records.consultation("c1\0") is None
    assert records.consultation_by_reference("REF\0c1") is None
    assert records.worker_by_sign_in("sam\0") is None
    assert not records.has_said("c1", "\0")
    records.add_incoming("c1", "a\0b", from_dsl("hello"), NOW)
    assert records.has_said("c1", "a\0b"), "what was sent once is known again"

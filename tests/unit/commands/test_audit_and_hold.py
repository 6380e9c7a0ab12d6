"""`audit verify`, `audit note`, `hold` and what `purge --dry-run` says of it, from the command line."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot import cli
from bot.commands.records import reading_records
from bot.consultation.reference import make_reference
from bot.settings import load_settings
from bot.storage import migrate
from bot.storage.audit_tables import LET_GO
from tests.factories import create_consultation, create_dsl

LONG_AGO = datetime.now(UTC) - timedelta(days=400)


@pytest.fixture
def var(tmp_path, monkeypatch):
    """A house with one consultation, for which nothing was said for 400 days."""
    monkeypatch.setenv("NONAME_VAR", str(tmp_path))
    monkeypatch.setenv("NONAME_KEEP_DAYS", "365")
    settings = load_settings()
    migrate(settings.database_url, pepper=settings.pepper)
    ids = iter("abcd")
    with reading_records() as records:
        records._new_id = lambda: next(ids)
        create_consultation(records, create_dsl(records), reference=REFERENCE, opened_at=LONG_AGO)
    return tmp_path


REFERENCE = make_reference(lambda below: 5 % below)


def tamper(var, *statements: str) -> None:
    with closing(sqlite3.connect(var / "noname.db")) as database, database:
        for statement in (*LET_GO["sqlite"], *statements):
            database.execute(statement)


def test_a_chain_is_whole_noted_and_compared_with_what_was_noted(var, capsys):
    with reading_records() as records:
        records.note("sign_in.accepted", "a", "", LONG_AGO)
    assert cli.main(["audit", "note"]) == 0
    noted = (var / "log" / "audit-heads").read_text()
    assert capsys.readouterr().out == noted, "what is printed can be kept elsewhere"
    assert cli.main(["audit", "verify"]) == 0
    assert "is whole" in capsys.readouterr().out


def test_an_older_copy_is_found_by_the_houses_own_note_and_by_one_kept_elsewhere(var, tmp_path, capsys):
    with closing(sqlite3.connect(var / "noname.db")) as database:
        number, end, seal = database.execute("select number, hash, seal from audit_head").fetchone()
    with reading_records() as records:
        records.note("sign_in.accepted", "a", "", LONG_AGO)
    assert cli.main(["audit", "note"]) == 0
    elsewhere = tmp_path / "elsewhere"
    (var / "log" / "audit-heads").rename(elsewhere)
    tamper(
        var,
        f"delete from audit where number > {number}",
        f"update audit_head set number = {number}, hash = '{end}', seal = '{seal}'",
    )
    capsys.readouterr()
    assert cli.main(["audit", "verify"]) == 0, "with nothing to compare with, an old copy is whole"
    assert cli.main(["audit", "verify", "--against", str(elsewhere)]) == 1
    assert f"broken at line {number + 1}" in capsys.readouterr().out
    elsewhere.rename(var / "log" / "audit-heads")
    assert cli.main(["audit", "verify"]) == 1


def test_a_note_of_another_house_is_told_and_not_believed(var, capsys):
    (var / "log").mkdir(exist_ok=True)
    (var / "log" / "audit-heads").write_text(f"2026-11-22T09:00:00+00:00 1 {'a' * 64} {'b' * 64}\n")
    assert cli.main(["audit", "verify"]) == 1
    told = capsys.readouterr().out
    assert "1 of 1 noted heads were not sealed by this house" in told
    assert "is whole" in told


def test_a_broken_line_is_named(var, capsys):
    tamper(var, "update audit set who = 'nobody' where number = 1")
    assert cli.main(["audit", "verify"]) == 1
    assert "broken at line 1." in capsys.readouterr().out


def test_a_file_that_is_not_there_or_holds_something_else_is_told(var, tmp_path, capsys):
    assert cli.main(["audit", "verify", "--against", str(tmp_path / "nowhere")]) == 1
    assert "nowhere is not there" in capsys.readouterr().err
    (tmp_path / "other").write_text("it was fine\n")
    assert cli.main(["audit", "verify", "--against", str(tmp_path / "other")]) == 1
    assert "line 1 of" in capsys.readouterr().err


def purged(capsys, *options: str) -> list[dict]:
    assert cli.main(["purge", *options]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_what_is_held_stays_with_its_reason_and_goes_when_the_hold_is_lifted(var, capsys):
    assert cli.main(["hold", REFERENCE.lower(), "--reason", "complaint"]) == 0
    assert cli.main(["hold", REFERENCE, "--reason", "court"]) == 0
    told = capsys.readouterr().out
    assert "It is held." in told
    assert "held already" in told
    (line,) = purged(capsys, "--dry-run")
    assert (line["stays"], line["held"], line["gone"]) == ("held", "complaint", False)
    assert purged(capsys) == []
    assert cli.main(["hold", REFERENCE, "--lift"]) == 0
    capsys.readouterr()
    assert [line["gone"] for line in purged(capsys)] == [True]
    assert cli.main(["hold", REFERENCE, "--lift"]) == 1, "there is no such consultation any more"


def test_a_hold_without_a_reason_of_the_list_is_refused(var):
    with pytest.raises(SystemExit):
        cli.main(["hold", REFERENCE, "--reason", "because"])

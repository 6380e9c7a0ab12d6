"""`packs replay` and `packs impact`, from the command line, on a database with decisions in it."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot import cli
from bot.commands.knowing import KNOWLEDGE_BASE
from bot.consultation import Facts, Status
from bot.knowledge import load_area, load_national
from bot.knowledge.bundle import bundle_of, content_of
from bot.knowledge.draft import FILES, digest_of
from bot.knowledge.revision import Revision, RevisionState
from bot.masters import keys_of
from bot.settings import load_settings
from bot.storage import SqlRecords, make_engine, migrate
from bot.thresholds import assess, to_record
from tests.factories import create_consultation, create_dsl
from tests.fakes import finds_nothing

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TOLD = {"c1": "absence_occasional", "c2": "absence_occasional", "c3": "dental_decay_untreated"}


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A house in which three DSLs have been answered about Kent."""
    monkeypatch.setenv("NONAME_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("NONAME_PEPPER", "a pepper that is long enough")
    url = f"sqlite:///{tmp_path / 'noname.db'}"
    monkeypatch.setenv("NONAME_DATABASE_URL", url)
    migrate(url)
    engine = make_engine(url)
    new_id = iter("abcdefgh").__next__
    keys = keys_of(load_settings())
    records = SqlRecords(engine, pepper="a pepper that is long enough", keys=keys, scan=finds_nothing, new_id=new_id)
    national, kent = load_national(KNOWLEDGE_BASE, TODAY), load_area(KNOWLEDGE_BASE, "kent", TODAY)
    dsl = create_dsl(records)
    for consultation, told in TOLD.items():
        facts = Facts({told: Status.PRESENT}, {"age_band": "13_15"})
        record = to_record(assess(facts, kent, national, TODAY))
        create_consultation(records, dsl, id=consultation)
        records.keep_pack(content_of(record["pack_version"]), bundle_of(KNOWLEDGE_BASE, "kent"))
        records.save_assessment(consultation, record, facts, NOW)
    yield tmp_path
    records.let_go()


def test_every_decision_is_worked_out_again_to_the_byte(house, capsys):
    assert cli.main(["packs", "replay"]) == 0
    assert "3 decisions: 3 the same to the byte, 0 differ" in capsys.readouterr().out


def test_a_draft_that_lifts_a_row_is_shown_with_how_many_answers_it_would_have_lifted(house, capsys):
    draft = house / "E10000016-kent"
    shutil.copytree(KNOWLEDGE_BASE / "areas" / "E10000016-kent", draft)
    file = draft / "thresholds.yml"
    text = file.read_text("utf-8")
    at_2 = text.index('        level: "2"')
    file.write_text(text[:at_2] + '        level: "3"' + text[at_2 + len('        level: "2"') :], "utf-8")

    assert cli.main(["packs", "impact", str(draft), "--since", "2026-01-01", "--on", "2026-11-22"]) == 0
    told = capsys.readouterr().out

    assert "3 consultations about kent since 2026-01-01: 2 would end otherwise." in told
    assert "2 would be higher" in told
    assert "2  2 -> 3" in told
    assert "2  kent-2-absence" in told


def test_a_draft_that_changes_nothing_would_have_changed_nothing(house, capsys):
    draft = KNOWLEDGE_BASE / "areas" / "E10000016-kent"

    assert cli.main(["packs", "impact", str(draft), "--since", "2026-01-01"]) == 0
    assert "0 would end otherwise" in capsys.readouterr().out


def test_a_draft_is_set_beside_what_was_approved_here_not_what_the_service_came_with(house, capsys, monkeypatch):
    here = KNOWLEDGE_BASE / "areas" / "E10000016-kent"
    files = {name: (here / name).read_text("utf-8") for name in FILES}
    at_3 = files | {"thresholds.yml": files["thresholds.yml"].replace('level: "2"', 'level: "3"', 1)}
    drafted = Revision("r1", "kent", RevisionState.APPROVED, digest_of(at_3), "", "ada", NOW, NOW)
    approved = replace(drafted, approved_by="ben", approved_at=NOW, in_force_from=TODAY)
    monkeypatch.setattr(SqlRecords, "revisions", lambda records, area: (approved,) if area == "kent" else ())
    monkeypatch.setattr(SqlRecords, "revision_files", lambda records, revision_id: at_3)

    assert cli.main(["packs", "impact", str(here), "--since", "2026-01-01", "--on", "2026-11-22"]) == 0
    told = capsys.readouterr().out

    assert "2 would be LOWER" in told
    assert "2  3 -> 2" in told


@pytest.mark.parametrize(
    ("text", "why"),
    [("a: &one {b: c}\nd: *one\n", "points to another"), ("[" * 50_000, "inside one another"), ("\x00", "not text")],
)
def test_a_draft_that_would_fell_the_reader_is_refused(house, capsys, text, why):
    draft = house / "E10000016-kent"
    draft.mkdir()
    (draft / "cases.yml").write_text(text, "utf-8")

    assert cli.main(["packs", "impact", str(draft), "--since", "2026-01-01"]) == 1
    assert why in capsys.readouterr().err


def test_a_folder_of_an_area_without_its_files_is_refused(house, capsys):
    (house / "kent").mkdir()
    (house / "kent" / "notes.yml").write_text("a: b\n", "utf-8")

    assert cli.main(["packs", "impact", str(house / "kent"), "--since", "2026-01-01"]) == 1
    assert "none of an area's files" in capsys.readouterr().err


def test_a_folder_that_is_no_area_s_is_refused(house, tmp_path, capsys):
    (tmp_path / "atlantis").mkdir()

    assert cli.main(["packs", "impact", str(tmp_path / "atlantis"), "--since", "2026-01-01"]) == 1
    assert "not called like an area's folder" in capsys.readouterr().err

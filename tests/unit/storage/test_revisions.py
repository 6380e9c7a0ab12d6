"""Revisions in the records: the same cases against the database and against the fake of the tests."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.desk.ports import NotKept, Role
from bot.knowledge.revision import Revision, RevisionState
from tests.factories import NOW, create_worker
from tests.fakes import FakeRecords

FILES = {"area.yml": "name: Kent\n", "cases.yml": "[]\n"}


@pytest.fixture(params=["in memory", "in SQL"])
def records(request, sql_records):
    return (FakeRecords if request.param == "in memory" else sql_records)()


def begun(name: str = "r1", **values) -> Revision:
    held = {"area": "kent", "state": RevisionState.DRAFT, "digest": "d", "based_on": "kent-1", "made_by": "ada"}
    held |= {"made_at": NOW, "changed_at": NOW, "written_by": ("ada",)}
    return Revision(name, **held | values)


def keep(records, revision: Revision, files=FILES, event: str = "revision.started") -> bool:
    return records.keep_revision(revision, event, "ada", NOW, files)


def test_what_is_kept_comes_back_as_it_was(records) -> None:
    full = begun(
        state=RevisionState.WITHDRAWN,
        approved_by="ben",
        approved_at=NOW,
        in_force_from=date(2027, 1, 1),
        withdrawn_on=date(2027, 2, 1),
        reason="Because",
    )
    assert keep(records, full)
    assert keep(records, begun("r2"))

    assert records.revision("r1") == full
    assert records.revision("r2") == begun("r2")
    assert records.revision_files("r1") == FILES


def test_a_revision_that_is_not_there(records) -> None:
    assert records.revision("r1") is None
    assert records.revisions("kent") == ()
    with pytest.raises(NotKept):
        records.revision_files("r1")


def test_an_areas_revisions_come_newest_first_and_no_others(records) -> None:
    for name, days, area in (("r1", 0, "kent"), ("r2", 2, "kent"), ("r3", 1, "kent"), ("r4", 3, "medway")):
        assert keep(records, begun(name, made_at=NOW + timedelta(days=days), area=area))

    assert [one.id for one in records.revisions("kent")] == ["r2", "r3", "r1"]


def test_a_move_keeps_the_files_unless_others_come_with_it(records) -> None:
    keep(records, begun())
    assert keep(records, begun(edition=2), None, "revision.submitted")
    assert records.revision_files("r1") == FILES
    assert keep(records, begun(edition=3), {"area.yml": "name: X\n"}, "revision.edited")
    assert records.revision_files("r1") == {"area.yml": "name: X\n"}


@pytest.mark.parametrize("edition", [2, 4, 5])
def test_an_edition_that_does_not_follow_is_not_kept_and_not_noted(records, edition: int) -> None:
    keep(records, begun())
    keep(records, begun(edition=2), None, "revision.edited")
    late = begun(edition=edition, state=RevisionState.SUBMITTED)

    assert not keep(records, late, {"area.yml": "late"}, "revision.submitted")
    assert records.revision("r1").state is RevisionState.DRAFT
    assert records.revision_files("r1") == FILES
    assert records.times_noted("revision.submitted", "r1") == 0


def test_every_move_is_a_line_of_the_audit_chain(records) -> None:
    keep(records, begun())
    keep(records, begun(edition=2), None, "revision.submitted")

    assert records.times_noted("revision.started", "r1") == 1
    assert records.times_noted("revision.submitted", "r1") == 1
    assert records.verify_audit() is None


def test_an_event_that_is_no_event_keeps_nothing(records) -> None:
    with pytest.raises(ValueError):
        keep(records, begun(), event="approved by Ada Smith")
    assert records.revision("r1") is None


def test_nobody_edits_until_somebody_says_so(records) -> None:
    plain = create_worker(records)
    editor = records.add_worker("ada", "Ada", "kent", "no hash", "NOSECRET", role=Role.KNOWLEDGE_EDITOR)

    assert (plain.edits, editor.edits) == (False, True)
    assert records.person(editor.id).edits
    assert records.worker_by_sign_in("ada")[0].edits
    assert not records.person(plain.id).edits


def test_files_are_large_and_are_kept_whole(records) -> None:
    files = {"thresholds.yml": "é" * 500_000}
    keep(records, begun(), files)

    assert records.revision_files("r1") == files
    assert replace(records.revision("r1"), digest="") == begun(digest="")

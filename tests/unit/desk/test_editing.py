"""How a change of an area's knowledge goes from a draft to being in force, and who may do what."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.desk.editing import CannotDo, Editing
from bot.desk.ports import NotKept
from bot.knowledge.draft import FILES as NAMES
from bot.knowledge.draft import LARGEST, NotADraft
from bot.knowledge.revision import RevisionState
from tests.at_the_editing_desk import LOWER, NEW_NUMBER, NOW, TODAY, EditingDesk
from tests.testshire import FILES, SLUG

TOMORROW, LATER = TODAY + timedelta(days=1), TODAY + timedelta(days=30)


@pytest.fixture
def desk(tmp_path: Path) -> EditingDesk:
    return EditingDesk(tmp_path)


def refused(step, *given) -> str:
    with pytest.raises(CannotDo) as why:
        step(*given)
    return why.value.words


def test_a_draft_begins_with_what_is_in_force(desk: EditingDesk) -> None:
    begun = desk.editing.start(desk.ada, NOW)

    assert begun.state is RevisionState.DRAFT
    assert begun.based_on == desk.in_force.pack_of(SLUG, TODAY).version
    assert desk.records.revision_files(begun.id) == FILES


def test_a_draft_begins_with_an_approved_revision_where_one_is_in_force(desk: EditingDesk) -> None:
    desk.approved()
    begun = desk.editing.start(desk.ben, NOW)

    assert desk.records.revision_files(begun.id)["area.yml"] == NEW_NUMBER["area.yml"]


def test_nothing_changes_before_a_second_person_has_approved(desk: EditingDesk) -> None:
    desk.submitted()

    assert desk.front_door() == "01632 960100"


def test_what_a_second_person_approved_is_in_force_from_its_day_on(desk: EditingDesk) -> None:
    desk.approved(starts=LATER)

    assert desk.front_door(LATER - timedelta(days=1)) == "01632 960100"
    assert desk.front_door(LATER) == "01632 960999"
    assert desk.front_door(date(2030, 1, 1)) == "01632 960999"


def test_withdrawing_takes_effect_at_once_and_leaves_what_held_before(desk: EditingDesk) -> None:
    approved = desk.approved()
    tomorrow = NOW + timedelta(days=1)
    desk.editing.withdraw(desk.ada, approved.id, approved.edition, tomorrow)

    assert desk.front_door(TOMORROW) == "01632 960100"
    assert desk.front_door(TODAY) == "01632 960999", "what held on a day that is past stays what it was"


def test_withdrawing_on_its_first_day_leaves_no_trace_in_answers(desk: EditingDesk) -> None:
    approved = desk.approved()
    desk.editing.withdraw(desk.ben, approved.id, approved.edition, NOW)

    assert desk.front_door() == "01632 960100"


def test_the_later_of_two_revisions_holds_and_the_earlier_again_when_it_is_withdrawn(desk: EditingDesk) -> None:
    desk.approved()
    second = desk.approved(TOMORROW, {"area.yml": FILES["area.yml"].replace("01632 960100", "01632 960777")})

    assert [desk.front_door(day) for day in (TODAY, TOMORROW)] == ["01632 960999", "01632 960777"]
    desk.editing.withdraw(desk.ada, second.id, second.edition, NOW)
    assert desk.front_door(TOMORROW) == "01632 960999"


@pytest.mark.parametrize("step", ["approve", "send_back"])
def test_whoever_wrote_in_it_cannot_settle_it(desk: EditingDesk, step: str) -> None:
    waiting = desk.submitted()
    against = desk.editing.open(desk.ada, waiting.id, NOW).look.against
    given = {"approve": (TODAY, against, NOW), "send_back": ("No", NOW)}[step]

    assert refused(getattr(desk.editing, step), desk.ada, waiting.id, waiting.edition, *given) == (
        "utter_editing_second_person"
    )
    assert desk.front_door() == "01632 960100"


def test_a_second_person_who_has_written_in_it_is_no_second_person_any_more(desk: EditingDesk) -> None:
    draft = desk.drafted()
    mended = desk.editing.save(desk.ben, draft.id, draft.edition, {"sources.yml": FILES["sources.yml"]}, NOW)
    last = desk.editing.save(desk.ada, mended.id, mended.edition, NEW_NUMBER, NOW)
    waiting = desk.editing.submit(desk.ada, last.id, last.edition, NOW)

    assert refused(desk.approve, waiting) == "utter_editing_second_person"
    third = desk.worker("cyd", edits=True)
    assert desk.approve(waiting, who=third).state is RevisionState.APPROVED


def test_what_was_sent_back_says_why_and_can_be_written_in_again(desk: EditingDesk) -> None:
    waiting = desk.submitted()
    back = desk.editing.send_back(desk.ben, waiting.id, waiting.edition, "  The number is\nold ", NOW)

    assert (back.state, back.reason) == (RevisionState.REJECTED, "The number is old")
    again = desk.editing.save(desk.ada, back.id, back.edition, NEW_NUMBER, NOW)
    assert (again.state, again.reason) == (RevisionState.DRAFT, "")


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 1001])
def test_sending_back_needs_a_reason_of_some_length(desk: EditingDesk, reason: str) -> None:
    waiting = desk.submitted()
    given = (desk.ben, waiting.id, waiting.edition, reason, NOW)

    assert refused(desk.editing.send_back, *given) == "utter_editing_needs_reason"


def test_what_was_submitted_cannot_be_changed_unless_it_is_taken_back(desk: EditingDesk) -> None:
    waiting = desk.submitted()
    save = desk.editing.save

    assert refused(save, desk.ada, waiting.id, waiting.edition, NEW_NUMBER, NOW) == "utter_editing_moved_on"
    draft = desk.editing.take_back(desk.ada, waiting.id, waiting.edition, NOW)
    assert save(desk.ada, draft.id, draft.edition, NEW_NUMBER, NOW).state is RevisionState.DRAFT


def test_what_is_approved_cannot_be_changed_any_more(desk: EditingDesk) -> None:
    approved = desk.approved()
    given = (desk.ada, approved.id, approved.edition)

    assert refused(desk.editing.save, *given, LOWER, NOW) == "utter_editing_moved_on"
    assert refused(desk.editing.submit, *given, NOW) == "utter_editing_moved_on"
    assert desk.records.revision_files(approved.id)["thresholds.yml"] == FILES["thresholds.yml"]


def test_of_two_who_save_at_once_the_second_is_told(desk: EditingDesk) -> None:
    draft = desk.drafted()
    desk.editing.save(desk.ben, draft.id, draft.edition, NEW_NUMBER, NOW)

    assert refused(desk.editing.save, desk.ada, draft.id, draft.edition, LOWER, NOW) == "utter_editing_moved_on"


def test_a_day_that_is_past_is_no_day_to_start_on(desk: EditingDesk) -> None:
    waiting = desk.submitted()

    assert refused(desk.approve, waiting, TODAY - timedelta(days=1)) == "utter_editing_past_day"


def test_a_worked_case_that_fails_is_in_the_way(desk: EditingDesk) -> None:
    draft = desk.drafted(LOWER)

    assert refused(desk.editing.submit, desk.ada, draft.id, draft.edition, NOW) == "utter_editing_not_sound"


def test_what_was_sound_when_it_was_submitted_is_looked_at_again_before_approval(desk: EditingDesk) -> None:
    ends = """  level-3:
    values:
      2027-01-01: withdrawn
      2024-01-01:
        level: "3"
        source: testshire-doc
        section: page 3
        verified: 2026-11-02
        rows:
          shire-hungry-often: {domain: child, words: is often hungry, needs: [[hungry_often]]}
  level-4:"""
    rows = FILES["thresholds.yml"]
    files = {"thresholds.yml": rows[: rows.index("  level-3:")] + ends + rows.partition("  level-4:")[2]}
    waiting = desk.submitted(files)

    assert refused(desk.approve, waiting, date(2027, 1, 2)) == "utter_editing_not_sound"


def test_what_came_into_force_meanwhile_has_to_be_looked_at_first(desk: EditingDesk) -> None:
    waiting = desk.submitted()
    seen = desk.editing.open(desk.ben, waiting.id, NOW).look.against
    other = desk.submitted({"area.yml": FILES["area.yml"].replace("01632 960200", "01632 960555")})
    desk.approve(other)
    given = (desk.ben, waiting.id, waiting.edition, TODAY, seen, NOW)

    assert refused(desk.editing.approve, *given) == "utter_editing_look_again"


def test_a_draft_that_is_as_it_was_is_not_submitted(desk: EditingDesk) -> None:
    begun = desk.editing.start(desk.ada, NOW)

    assert refused(desk.editing.submit, desk.ada, begun.id, begun.edition, NOW) == "utter_editing_nothing_changed"


def test_problems_that_were_there_before_are_not_in_the_way(desk: EditingDesk) -> None:
    look = desk.editing.open(desk.ada, desk.drafted().id, NOW).look

    assert look.is_sound, "Testshire has an old contact and gaps: those are nobody's draft"


@pytest.mark.parametrize("who", ["kim", "sam"])
def test_a_revision_of_another_area_is_as_good_as_not_there(desk: EditingDesk, who: str) -> None:
    stranger, draft = getattr(desk, who), desk.drafted()
    steps = [
        (desk.editing.open, (NOW,)),
        (desk.editing.save, (draft.edition, NEW_NUMBER, NOW)),
        (desk.editing.submit, (draft.edition, NOW)),
        (desk.editing.approve, (draft.edition, TODAY, "", NOW)),
        (desk.editing.withdraw, (draft.edition, NOW)),
        (desk.editing.drafted_sheet, (TODAY,)),
    ]
    for step, given in steps:
        with pytest.raises(NotKept):
            step(stranger, draft.id, *given)
    assert desk.editing.revisions(stranger) == ()


def test_who_is_no_editor_starts_nothing(desk: EditingDesk) -> None:
    with pytest.raises(NotKept):
        desk.editing.start(desk.sam, NOW)


@pytest.mark.parametrize(
    "changed",
    [
        {"../../../etc/passwd": "x"},
        {"evil.py": "import os"},
        {"area.yml": "x" * (LARGEST + 1)},
        {"area.yml": "name: \x00"},
        {"area.yml": "\ud800"},
    ],
)
def test_what_can_be_no_file_of_an_area_is_not_kept(desk: EditingDesk, changed: dict[str, str]) -> None:
    begun = desk.editing.start(desk.ada, NOW)
    with pytest.raises(NotADraft):
        desk.editing.save(desk.ada, begun.id, begun.edition, changed, NOW)

    assert desk.records.revision(begun.id) == begun
    assert tuple(desk.records.revision_files(begun.id)) == NAMES


def test_a_broken_file_is_kept_as_a_draft_and_said_to_be_broken_with_its_line(desk: EditingDesk) -> None:
    draft = desk.drafted({"sources.yml": "sources:\n  a: [\n"})
    look = desk.editing.open(desk.ada, draft.id, NOW).look

    assert not look.is_sound
    assert look.wrong[0].startswith("sources.yml, line ")


def test_every_step_is_in_the_audit_trail_as_an_event_and_an_id(desk: EditingDesk) -> None:
    approved = desk.approved()
    desk.editing.withdraw(desk.ada, approved.id, approved.edition, NOW)

    ada, ben = desk.ada.id, desk.ben.id
    assert desk.events() == [
        ("revision.started", ada),
        ("revision.edited", ada),
        ("revision.submitted", ada),
        ("revision.approved", ben),
        ("revision.withdrawn", ada),
    ]
    assert {subject for what, _, subject, _ in desk.records.audit if what.startswith("revision.")} == {approved.id}


def test_a_step_that_was_refused_leaves_no_trace(desk: EditingDesk) -> None:
    waiting = desk.submitted()
    before = list(desk.records.audit)
    refused(desk.editing.send_back, desk.ada, waiting.id, waiting.edition, "No", NOW)

    assert desk.records.audit == before
    assert desk.records.revision(waiting.id) == waiting


def test_the_sheet_of_a_draft_shows_what_would_be_said(desk: EditingDesk) -> None:
    sheet = desk.editing.drafted_sheet(desk.ben, desk.drafted().id, TODAY)

    assert sheet.pack.contacts["front_door"].value == "01632 960999"


def test_the_steps_offered_are_those_that_can_be_done(desk: EditingDesk) -> None:
    editing: Editing = desk.editing
    waiting = desk.submitted()

    assert editing.open(desk.ada, waiting.id, NOW).may == {"taken_back", "withdrawn"}
    assert editing.open(desk.ben, waiting.id, NOW).may == {"taken_back", "withdrawn", "approved", "sent_back"}

"""Whose notes are whose: the wall between areas holds for notes on earlier cases of one consultation too."""

import asyncio
from types import SimpleNamespace

import pytest

from bot.consultation import RawText, RedactedText, Redaction, Stage
from bot.desk.answer import NothingSaid
from bot.desk.claim import NoSuchCase
from bot.desk.duty.notes import CaseNote, Notes
from bot.desk.people import Person, Role
from tests.factories import NOW, make_case

SAM = Person("sam", Role.DUTY_WORKER, "Sam Worker", "derby")
ANN = Person("ann", Role.DUTY_WORKER, "Ann Field", "kent")
EVE = Person("eve", Role.SCRUTINEER, "Eve Look", "kent")
# Kent answered first; then the desk of Derby was asked, which is offering it to Kent.
BEFORE = make_case(id="case-1", stage=Stage.CLOSED)
NOW_HERE = make_case(id="case-2", area="derby", stage=Stage.CLAIMED)
OFFERED = make_case(id="case-2", area="derby", stage=Stage.TRANSFERRED, transferred_area="kent")


async def redact(typed: RawText) -> Redaction:
    text = RedactedText(typed.reveal().strip())
    return Redaction(text, (), text)


class Kept:
    def __init__(self) -> None:
        self.notes = [CaseNote(f"n-{case}", "c1", case, NOW, "ann", f"on {case}") for case in ("case-1", "case-2")]

    def keep_note(self, note: CaseNote) -> CaseNote:
        self.notes.append(note)
        return note

    def notes_of(self, case_ids):
        return tuple(note for note in self.notes if note.case_id in case_ids)


def notes_with(case) -> Notes:
    cases = {"case-1": BEFORE, "case-2": case}
    people = {one.id: one for one in (SAM, ANN)}
    records = SimpleNamespace(case=cases.get, cases_of=lambda _: tuple(cases.values()), person=people.get)
    return Notes(records, Kept(), redact, lambda: "new-id")


def read(notes: Notes, who: Person, case_id: str) -> list[str]:
    return [note.text for note in notes.of(who, case_id)]


def test_a_desk_does_not_read_what_another_area_noted_on_the_case_before() -> None:
    assert read(notes_with(NOW_HERE), SAM, "case-2") == ["on case-2"]
    assert read(notes_with(NOW_HERE), ANN, "case-1") == ["on case-1"]


def test_who_is_offered_a_case_reads_its_notes_with_their_own_before() -> None:
    assert read(notes_with(OFFERED), ANN, "case-2") == ["on case-1", "on case-2"]


@pytest.mark.parametrize(("who", "case_id"), [(ANN, "case-2"), (SAM, "case-1"), (EVE, "case-1"), (ANN, "case-9")])
def test_for_whom_a_case_is_not_there_its_notes_are_not_either(who: Person, case_id: str) -> None:
    notes = notes_with(NOW_HERE)
    with pytest.raises(NoSuchCase):
        notes.of(who, case_id)
    with pytest.raises(NoSuchCase):
        asyncio.run(notes.add(who, case_id, "client-id-1", RawText("hello"), NOW))
    assert len(notes.kept.notes) == 2


def test_two_people_may_draw_the_same_id_and_without_one_it_is_minted() -> None:
    notes = notes_with(OFFERED)
    for who, client_id in ((SAM, "client-id-1"), (ANN, "client-id-1"), (SAM, "")):
        asyncio.run(notes.add(who, "case-2", client_id, RawText("hello"), NOW))
    assert [note.id for note in notes.kept.notes[2:]] == ["sam.client-id-1", "ann.client-id-1", "new-id"]
    assert {note.who for note in notes.kept.notes[2:]} == {"sam", "ann"}


def test_a_note_without_words_is_none() -> None:
    notes = notes_with(NOW_HERE)
    with pytest.raises(NothingSaid):
        asyncio.run(notes.add(SAM, "case-2", "client-id-1", RawText(" \n"), NOW))

"""Every writing method of the records puts a line in the audit chain. What does not has its reason here."""

import inspect
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.consultation import Facts, Move
from bot.desk.came_of_it import CameOfIt, Meeting
from bot.desk.case import CallBackSafe, FollowUp, NameState, ReferralResult
from bot.desk.duty.ladder import About, Disagreement, GoodPractice, LadderMove, LadderStep
from bot.desk.ports import Role, Step, Utterance
from bot.desk.talking.records import ReferenceMark
from bot.knowledge.revision import Revision, RevisionState
from bot.storage import SqlRecords
from tests.duty_moves import claim, release
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_assistant, from_dsl, make_case

HOUR = timedelta(hours=1)
REVISION = Revision("r1", "kent", RevisionState.DRAFT, "0" * 64, "", "id-9", NOW, NOW, ("id-9",), edition=1)

STAGE = LadderStep(1, "1", "you and the worker", NOW, None)
DISAGREEMENT = Disagreement("d1", "c1", "case-1", "kent", NOW, "id-1", About.NO_ANSWER, (STAGE,))
PRACTICE = GoodPractice("g1", "c1", "kent", NOW, "id-1", "dsl", "a clear account")

# method: what is done with records in which c1 is with a worker, c2 is as new, and sam has nothing to do
CHANGES: dict[str, Callable[[SqlRecords], object]] = {
    "open_consultation": lambda r: create_consultation(r, r.person(r.dsl.id), id="c9"),
    "set_area": lambda r: r.set_area("c1", "medway", NOW),
    "save_facts": lambda r: r.save_facts("c1", Facts(answers={"age_band": "1_4"}), NOW),
    "save_assessment": lambda r: r.save_assessment("c1", {"pack_version": "v"}, Facts(), NOW),
    "mark_child": lambda r: r.mark_child("c2", "kestrel12", NOW),
    "unmark_child": lambda r: r.unmark_child("c1", NOW),
    "add_incoming": lambda r: r.add_incoming("c1", "b", from_dsl("hungry again"), NOW),
    "add_outgoing": lambda r: r.add_outgoing("c2", [from_assistant("hello")], NOW, unless_held=True),
    "keep_unsent": lambda r: r.keep_unsent("c2", "hungry", 0, NOW),
    "forget_unsent": lambda r: r.forget_unsent("c1", NOW),
    "mark_reference": lambda r: r.mark_reference("c1", ReferenceMark.KEPT, NOW),
    "rewrite_message": lambda r: r.rewrite_message("c1", 1, "very hungry", NOW, "words.put_back"),
    "reword": lambda r: r.reword("c1", str.lower, NOW),
    "hand_over": lambda r: r.hand_over(make_case(id="case-2", consultation_id="c2")),
    "step": lambda r: release(r, "case-1", r.sam, NOW),
    "step_alone": lambda r: r.step_alone("c2", Step(Move.OFFER, r.dsl, NOW)),
    "say_as_holder": lambda r: r.say_as_holder("case-1", r.sam, "id", Utterance("duty_worker", "hello"), NOW),
    "note_name": lambda r: r.note_name("case-1", r.sam, NameState.TAKEN, NOW),
    "note_referral": lambda r: r.note_referral("case-1", r.dsl, ReferralResult.MADE, NOW),
    "note_follow_up": lambda r: r.note_follow_up("case-1", r.dsl, FollowUp.SAME, NOW),
    "note_came_of_it": lambda r: r.note_came_of_it("case-1", r.dsl, CameOfIt(meeting=Meeting.HELD), NOW),
    "ask_call_back": lambda r: r.ask_call_back("case-1", r.dsl, NOW, CallBackSafe.DIRECT, NOW),
    "follow_up_asked": lambda r: r.follow_up_asked("case-1", NOW),
    "open_disagreement": lambda r: r.open_disagreement(DISAGREEMENT),
    "move_disagreement": lambda r: r.move_disagreement(
        r.open_disagreement(DISAGREEMENT).id, LadderMove(r.sam, NOW, 1, answer="we have looked")
    ),
    "keep_good_practice": lambda r: r.keep_good_practice(PRACTICE),
    "put_in_cluster": lambda r: r.put_in_cluster(r.school, "north", NOW),
    "set_link_workers": lambda r: r.set_link_workers("kent", "north", ("sam",), NOW),
    "revoke": lambda r: r.revoke(r.dsl.id, NOW),
    "renew_code": lambda r: r.renew_code(r.dsl.id, "ANOT-HER2-CODE-2222-22", NOW),
    "end_sessions_of": lambda r: r.end_sessions_of(r.sam, NOW),
    "disable": lambda r: r.disable("sam", NOW),
    "change_role": lambda r: r.change_role("sam", Role.MANAGER, NOW),
    "renew_second_factor": lambda r: r.renew_second_factor("sam", "ANOTHER", NOW),
    "keep_revision": lambda r: r.keep_revision(REVISION, "revision.drafted", "id-9", NOW, {"area.yml": "a"}),
    "hold": lambda r: r.hold("c2", "command", "court", NOW),
    "lift_hold": lambda r: r.lift_hold("c1", "command", NOW),
    "delete_consultation": lambda r: r.delete_consultation("c2", NOW),
    "note": lambda r: r.note("sign_in.accepted", "id-9", "", NOW),
    "note_once": lambda r: r.note_once("case.followed", "id-9", "case-1", NOW, HOUR),
}
NOT_NOTED = {
    "spend_step": "a sign-in, which whoever signs in notes, accepted or refused",
    "start_session": "a sign-in, likewise",
    "session_person": "a sign of life of a session that began with a sign-in",
    "prolong_session": "a sign of life likewise, which its person gives by a button",
    "end_session": "a session's end; nothing of a consultation is read or changed by it",
    "end_sessions": "sessions that had ended by time",
    "keep_pack": "files of the knowledge base, kept under the name of their content and never changed",
    "mark_read": "how far somebody has read, many times in a talk; that they read is noted as a reading",
    "here": "that a page is open, every few seconds",
    "take_back_attempt": "likewise, when it was right",
    "begin_attempt": "an attempt to sign in, which is noted as accepted or refused",
    "add_school": "people are added by the command line, before they can do anything",
    "add_dsl": "likewise",
    "add_worker": "likewise",
}
_WRITES = re.compile(r"self\._write(?:_by_table)?\(")
_ASKS = re.compile(r"self\.(_\w+)\(")


def writes(name: str, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a method writes, itself or through a private one."""
    method = getattr(SqlRecords, name, None)
    if name in seen or not inspect.isfunction(method):
        return False
    source = inspect.getsource(inspect.unwrap(method))
    return bool(_WRITES.search(source)) or any(writes(asked, seen | {name}) for asked in _ASKS.findall(source))


WRITING = sorted(name for name in dir(SqlRecords) if not name.startswith("_") and writes(name))


@pytest.fixture
def records(sql_records):
    records = sql_records()
    records.dsl, records.sam = create_dsl(records), create_worker(records)
    records.school = records.add_school("Elm Road Primary", "kent")
    for consultation in ("c1", "c2", "c3"):
        create_consultation(records, records.dsl, id=consultation)
    records.add_incoming("c1", "a", from_dsl("Hungry"), NOW)
    records.mark_child("c1", "kestrel12", NOW)
    records.keep_unsent("c1", "hungry", 1, NOW)
    records.hold("c1", "command", "complaint", NOW)
    records.hand_over(make_case())
    claim(records, "case-1", records.sam, NOW)
    records.hand_over(make_case(id="case-3", consultation_id="c3"))
    return records


def test_the_walk_sees_what_writes():
    assert {"add_incoming", "step", "session_person", "hold"} <= set(WRITING)
    assert "messages" not in WRITING


def test_every_method_that_writes_is_tried_or_has_its_reason():
    assert set(WRITING) == CHANGES.keys() | NOT_NOTED.keys()
    assert not CHANGES.keys() & NOT_NOTED.keys()


@pytest.mark.parametrize("name", CHANGES)
def test_the_chain_grows_with_every_change(records, name):
    before = records.audit_head(NOW).number
    CHANGES[name](records)
    assert records.audit_head(NOW).number > before
    assert records.verify_audit() is None

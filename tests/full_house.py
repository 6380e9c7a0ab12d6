"""A house with something of most kinds in it, for what must carry everything: migrations and backups."""

from dataclasses import replace
from datetime import date, timedelta

from bot.consultation import Facts
from bot.desk.case import AgreedAction, Owner
from bot.desk.ports import Button, Utterance
from bot.desk.staff.links import LinkKind, NewCode
from bot.knowledge.revision import Revision, RevisionState
from bot.storage import SqlRecords, StaffShelf
from tests.duty_moves import answer, claim, settle
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_dsl, make_case

WORRY = "always hungry: ‘gone’, ½ eaten\n\tand 日本"  # what a plain copy may spoil
CARD = {"table": [[WORRY, None]], "number": 1.5, "yes": True}


def furnish(records: SqlRecords) -> None:
    """Put a school, a desk, two consultations and their cases in: one was answered and settled, one waits."""
    dsl, sam = create_dsl(records), create_worker(records)
    for consultation in ("c1", "c2"):
        create_consultation(records, dsl, id=consultation)
        records.add_incoming(consultation, "a", from_dsl(WORRY), NOW)
        said = Utterance("assistant", "", (Button("Yes", "/go"),), CARD)
        records.add_outgoing(consultation, [said], NOW + timedelta(microseconds=1), unless_held=True)
        records.save_facts(consultation, Facts(answers={"worry": WORRY, "tried": ("nothing_yet",)}), NOW)
        records.save_assessment(consultation, {"outcome": "level", "card": CARD}, Facts(), NOW)
    claim(records, records.hand_over(make_case(dsl_reason=WORRY)).id, sam, NOW)
    outcome = {"outcome_level": "3", "outcome_reason": WORRY, "outcome_advice": WORRY, "referral_advised": False}
    agreed = (AgreedAction("ring", Owner.SCHOOL, date(2026, 11, 30)),)
    case = replace(records.case("case-1"), **outcome, actions=agreed)
    settle(records, answer(records, case, NOW), NOW)
    records.hand_over(make_case(id="case-2", consultation_id="c2"))
    records.hold("c1", "command", "complaint", NOW)
    records.begin_attempt({("10.0.0.1",): 5}, NOW - timedelta(hours=1), NOW)
    staff = records.beside(StaffShelf)
    staff.keep_code("7K2M-9QXC", NewCode(LinkKind.STAFF, "Cook", dsl.id, NOW + timedelta(days=1)), NOW)
    staff.link_by_code("7K2M-9QXC", "chat", 4711, NOW + timedelta(days=9), NOW)
    held = {"state": RevisionState.DRAFT, "digest": "d", "based_on": "kent-1", "made_by": sam.id, "made_at": NOW}
    revision = Revision("r1", "kent", changed_at=NOW, written_by=(sam.id,), **held)
    records.keep_revision(revision, "revision.begun", sam.id, NOW, {"levels.yml": "levels: [½]\n"})

"""What scrutiny sees of the records, and what is kept of what was published and asked for."""

from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest

from bot.consultation import Facts, IllegalMove, Status
from bot.desk.came_of_it import Came, CameOfIt, Meeting, TakenUp
from bot.desk.people import Role
from bot.desk.ports import NotKept
from bot.desk.sampling import Decided, NotTheirsToDecide, SampleRequest, Why
from bot.scrutiny.seen import Seen, SeenCase, SeenDecision
from bot.storage import ReleaseShelf, ScrutinyShelf
from tests.duty_moves import answer, claim
from tests.factories import NOW, create_consultation, create_dsl, create_worker, make_case

SINCE, UNTIL = NOW - timedelta(days=1), NOW + timedelta(days=1)
RELEASE = {"year": 2025, "under": 5, "rounding": 5, "tables": []}


@pytest.fixture
def records(sql_records):
    return sql_records()


def seen(records) -> list[Seen]:
    return list(records.beside(ScrutinyShelf).seen(SINCE, UNTIL))


def test_a_consultation_is_seen_as_what_was_chosen_and_decided(records) -> None:
    dsl, sam = create_dsl(records), create_worker(records)
    create_consultation(records, dsl)
    told = {"hungry_often": Status.PRESENT, "injury": Status.UNSURE, "sexual_abuse_concern": Status.ABSENT}
    facts = Facts(told, {"age_band": "5_9", "worry": "hungry", "dsl_view": "refer"})
    records.save_facts("c1", facts, NOW)
    result = {"outcome": "level", "neutral": ["N2", "N3"], "pack_version": "v"}
    records.save_assessment("c1", result, facts, NOW)
    records.hand_over(make_case())
    taken = claim(records, "case-1", sam, NOW)
    answer(records, replace(taken, outcome_level="3", referral_advised=True), NOW + timedelta(hours=1))
    (one,) = seen(records)
    case = SeenCase(NOW, NOW + timedelta(hours=1), "3", True, owners=one.cases[0].owners)
    assert one == Seen(
        area="kent",
        opened_at=NOW,
        told=frozenset({"hungry_often", "injury"}),
        answers={"age_band": "5_9", "dsl_view": "refer"},
        decisions=(SeenDecision(NOW, "level", ("N2", "N3")),),
        cases=(case,),
    )


def test_practice_colleagues_talks_and_other_years_are_not_seen(records) -> None:
    dsl = create_dsl(records)
    school = records.add_school("Elm", "kent")
    cook = records.add_dsl("Cook", school, "8K2M-9QXC-W4TD-XB0N-5H", role=Role.SCHOOL_STAFF)
    create_consultation(records, dsl, practice="a-case")
    create_consultation(records, cook, id="c2")
    create_consultation(records, dsl, id="c3", opened_at=UNTIL)
    create_consultation(records, dsl, id="c4", opened_at=SINCE - timedelta(seconds=1))
    assert seen(records) == []
    create_consultation(records, dsl, id="c5", opened_at=SINCE, area=None)
    assert [one.area for one in seen(records)] == ["kent"]


def test_consultations_about_the_same_child_are_counted_24_months_back(records) -> None:
    dsl = create_dsl(records)
    days = {"long-ago": 732, "two-years": 731, "last-year": 300, "now": 0}
    for id, ago in days.items():
        at = NOW - timedelta(days=ago)
        create_consultation(records, dsl, id=id, opened_at=at)
        records.mark_child(id, "kestrel12", at)
    create_consultation(records, dsl, id="no-alias")
    assert sorted(-1 if one.earlier is None else one.earlier for one in seen(records)) == [-1, 2]


def test_what_leaves_has_no_field_for_words_or_ids() -> None:
    allowed = {"area", "opened_at", "told", "answers", "decisions", "cases", "disagreement", "earlier", "phase"}
    assert {field.name for field in fields(Seen)} == allowed


def test_of_one_request_the_same_records_are_drawn_and_of_another_others(records) -> None:
    dsl = create_dsl(records)
    for number in range(30):
        create_consultation(records, dsl, id=f"c{number}", opened_at=NOW + timedelta(minutes=number))
    create_consultation(records, dsl, id="elsewhere", area="medway")
    shelf = records.beside(ScrutinyShelf)

    def drawn(by: str) -> list[datetime]:
        return [one.opened_at for one in shelf.sample(by, "kent", SINCE, UNTIL, 10)]

    assert drawn("one") == drawn("one")
    assert sorted(drawn("one")) != sorted(drawn("two"))
    assert len(drawn("one")) == 10
    assert len(shelf.sample("one", "kent", SINCE, UNTIL, 99)) == 30


def test_a_release_is_kept_once_and_noted(records) -> None:
    shelf = records.beside(ReleaseShelf)
    assert shelf.release(2025) is None
    assert shelf.keep_release(RELEASE, "service", NOW) == RELEASE
    assert shelf.keep_release(RELEASE | {"under": 10}, "service", NOW) == RELEASE
    assert (shelf.release(2025), shelf.releases()) == (RELEASE, (2025,))
    assert records.times_noted("report.released", "year-2025") == 1


def test_a_request_is_kept_decided_once_by_somebody_else_and_noted(records) -> None:
    shelf = records.beside(ReleaseShelf)
    sal, mia = create_worker(records, "sal"), create_worker(records, "mia")
    asked = SampleRequest("r1", "kent", 2025, Why.THRESHOLDS, sal.id, NOW, asked_by_name=sal.name)
    shelf.ask_sample(asked)
    assert shelf.sample_request("r1") == asked
    assert shelf.sample_requests("kent") == (asked,)
    assert shelf.sample_requests("medway") == ()
    for wrong in (Decided(sal.id, True, NOW, UNTIL), Decided(sal.id, False, NOW, None)):
        with pytest.raises(NotTheirsToDecide):
            shelf.decide_sample("r1", wrong)
    granted = shelf.decide_sample("r1", Decided(mia.id, True, NOW, UNTIL))
    assert granted.is_open(NOW)
    assert not granted.is_open(UNTIL)
    with pytest.raises(NotTheirsToDecide):
        shelf.decide_sample("r1", Decided(mia.id, False, NOW, None))
    with pytest.raises(NotKept):
        shelf.decide_sample("r2", Decided(mia.id, True, NOW, UNTIL))
    events = ("sample.asked.thresholds", "sample.granted", "sample.refused")
    noted = [records.times_noted(what, "r1") for what in events]
    assert noted == [1, 1, 0]
    assert records.verify_audit() is None


def test_keys_of_many_are_taken_up_with_one_question_and_open_the_same(records) -> None:
    dsl = create_dsl(records)
    for number in range(3):
        create_consultation(records, dsl, id=f"c{number}")
    keys = records.keys
    sealed = {f"c{n}": keys.seal(f"c{n}", "place", n) for n in range(3)}
    keys.let_go()
    keys.bring([*sealed, "nobody"])
    assert [keys.open(id, "place", held) for id, held in sealed.items()] == [0, 1, 2]


def test_what_was_chosen_afterwards_and_the_phase_of_the_school_are_seen(records) -> None:
    school, sam = records.add_school("Elm", "kent", "primary"), create_worker(records)
    dsl = records.add_dsl("Ann", school, "8K2M-9QXC-W4TD-XB0N-5H")
    create_consultation(records, dsl)
    records.hand_over(make_case())
    taken = claim(records, "case-1", sam, NOW)
    answer(records, replace(taken, outcome_level="3", lead="nobody", early_help="missing"), NOW)
    told = CameOfIt(TakenUp.WAITING, Meeting.HELD, (Came.POLICE, Came.SCHOOL))
    assert records.note_came_of_it("case-1", dsl, told, NOW).came == ("school", "police")
    (one,) = seen(records)
    (case,) = one.cases
    assert (one.phase, case.lead, case.early_help) == ("primary", "nobody", "missing")
    assert (case.taken_up, case.meeting, case.came) == ("waiting", "held", frozenset({"school", "police"}))


def test_nothing_is_kept_where_nothing_was_told_and_from_nobody_else(records) -> None:
    dsl, sam = create_dsl(records), create_worker(records)
    create_consultation(records, dsl)
    records.hand_over(make_case())
    with pytest.raises(IllegalMove):
        records.note_came_of_it("case-1", dsl, CameOfIt(came=(Came.SCHOOL,)), NOW)
    with pytest.raises(IllegalMove):
        records.note_came_of_it("case-1", sam, CameOfIt(meeting=Meeting.HELD), NOW)

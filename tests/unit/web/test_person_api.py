"""The way to a person, as JSON: what is told before anybody waits, each act, and what is said when it has moved on."""

from datetime import timedelta

import pytest

from bot.consultation import Stage
from tests.fakes_duty import DESK_OPENS
from tests.fakes_web import NOW
from tests.unit.web.visitor import FILLED_IN, Visitor

ACTS = ("wait", "decline", "withdraw", "settled", "again", "changed")


def person(dsl: Visitor, consultation: str, act: str = ""):
    return dsl.post(f"/api/consultations/{consultation}/person{'/' + act if act else ''}")


def last_said(dsl: Visitor, consultation: str) -> str:
    said = dsl.house.kept[consultation].messages[-1].utterance
    assert said.speaker == "service"
    return said.text


# before anybody waits


def test_who_asks_is_told_who_is_there_their_place_by_when_and_whom_to_ring(dsl: Visitor) -> None:
    offered = person(dsl, dsl.opened()).json()
    assert offered["can_wait"] is True
    there, place, due, ring = offered["lines"]
    assert there == DESK_OPENS
    assert "number 1 in the queue" in place
    assert "Fri 20 Nov 2026, 14:00" in due
    assert "03000 411111" in ring
    assert "999" in ring


def test_nobody_waits_until_they_say_so(dsl: Visitor) -> None:
    consultation = dsl.opened()
    before = len(dsl.house.kept[consultation].messages)
    person(dsl, consultation)
    assert dsl.house.kept[consultation].case is None
    assert dsl.get(f"/api/consultations/{consultation}").json()["stage"] == "offered"
    assert len(dsl.house.kept[consultation].messages) == before


def test_the_place_counts_those_who_wait_already(dsl: Visitor) -> None:
    dsl.house.hands_over(dsl.opened(), urgency="red")
    dsl.house.hands_over(dsl.opened())
    dsl.house.hands_over(dsl.opened(), urgency="green")
    assert "number 3 in the queue" in person(dsl, dsl.opened()).json()["lines"][1]


def test_asking_again_tells_how_it_stands_now(dsl: Visitor) -> None:
    consultation = dsl.opened()
    person(dsl, consultation)
    dsl.house.hands_over(dsl.opened(), urgency="red")
    assert "number 2 in the queue" in person(dsl, consultation).json()["lines"][1]


def test_where_no_desk_answers_nobody_can_wait_and_the_numbers_are_told(dsl: Visitor) -> None:
    dsl.house.records._workers.clear()
    offered = person(dsl, dsl.opened()).json()
    assert offered["can_wait"] is False
    (line,) = offered["lines"]
    assert "No duty desk answers here" in line
    assert "999" in line


# each act


def test_waiting_puts_it_in_the_queue_and_tells_by_when_an_answer_is_due(dsl: Visitor) -> None:
    consultation = dsl.opened()
    person(dsl, consultation)
    state = person(dsl, consultation, "wait").json()
    assert (state["stage"], state["place"], state["due_at"]) == ("waiting", 1, "2026-11-20T14:00:00Z")
    assert "An answer is due by **Fri 20 Nov 2026, 14:00**" in last_said(dsl, consultation)
    assert dsl.house.kept[consultation].case.reason == "utter_desk_reason_asked"


def test_a_person_can_be_waited_for_when_the_assistant_does_not_work(dsl: Visitor) -> None:
    dsl.house.dialogue.works = False
    consultation = dsl.opened()
    person(dsl, consultation)
    assert person(dsl, consultation, "wait").json()["stage"] == "waiting"
    assert dsl.house.kept[consultation].case.reason == "utter_desk_reason_assistant_down"


def test_declining_goes_on_with_the_assistant(dsl: Visitor) -> None:
    consultation = dsl.opened()
    person(dsl, consultation)
    assert person(dsl, consultation, "decline").json()["stage"] == "with_assistant"
    assert dsl.says(consultation, text="he is hungry").json()["replies"]
    assert dsl.house.kept[consultation].case is None


def test_who_waits_may_stop_waiting(dsl: Visitor) -> None:
    consultation = dsl.handed_over().removeprefix("case-")
    state = person(dsl, consultation, "withdraw").json()
    assert (state["stage"], state["place"], state["due_at"]) == ("with_assistant", None, None)
    assert "no longer waiting" in last_said(dsl, consultation)
    assert "999" in last_said(dsl, consultation)


def test_that_settles_it(worker: Visitor) -> None:
    worker.answered()
    state = person(worker, "c0001", "settled").json()
    assert (state["stage"], state["has_it"]) == ("closed", None)
    assert "This consultation is closed" in last_said(worker, "c0001")
    refused = worker.says("c0001", "after-that", text="hello").json()
    assert (refused["message"], refused["refusal"]["id"]) == (None, "utter_refused_closed")


@pytest.mark.parametrize("settled_first", [False, True])
def test_asking_again_makes_a_case_of_its_own_that_names_the_one_before(worker: Visitor, settled_first: bool) -> None:
    before = worker.answered()
    if settled_first:
        person(worker, "c0001", "settled")
    state = person(worker, "c0001", "again").json()
    assert (state["stage"], state["place"], state["has_it"]) == ("waiting", 1, None)
    again = worker.house.kept["c0001"].case
    assert (again.reopens, again.outcome_level) == (before, None)
    assert "asked again" in worker.get("/duty/").text
    page = worker.get(f"/duty/cases/{again.id}").text
    assert f'href="/duty/cases/{before}"' in page
    assert FILLED_IN["advice"] in worker.get(f"/duty/cases/{before}").text, "what was answered stays"


def test_when_things_have_changed_the_assistant_goes_on_and_the_answer_stays(worker: Visitor) -> None:
    worker.answered()
    assert person(worker, "c0001", "changed").json()["stage"] == "with_assistant"
    assert worker.house.dialogue.forgotten[-1] == "c0001"
    assert "You are with the assistant again" in last_said(worker, "c0001")
    assert worker.says("c0001", "after-that", text="he is thinner").json()["replies"]
    assert FILLED_IN["advice"] in worker.get("/consultations/c0001/outcome").text


# what is in the way


MOVED_ON = [
    ("with_assistant", ("withdraw", "settled", "again", "changed", "decline")),
    ("offered", ("withdraw", "settled", "again", "changed")),
    ("waiting", ("decline", "settled", "again", "changed")),
    ("claimed", ("decline", "withdraw", "settled", "again", "changed")),
    ("answered", ("decline", "withdraw")),
    ("closed", ("wait", "decline", "withdraw", "settled")),
]


def at_stage(worker: Visitor, stage: str) -> None:
    """Bring the first consultation to a stage."""
    if stage in ("answered", "closed"):
        worker.answered()
    else:
        worker.opened()
    if stage == "offered":
        person(worker, "c0001")
    if stage in ("waiting", "claimed"):
        worker.house.hands_over("c0001")
    if stage == "claimed":
        worker.post("/duty/cases/case-c0001/claim")
    if stage == "closed":
        person(worker, "c0001", "settled")
    assert worker.house.kept["c0001"].consultation.stage == stage


@pytest.mark.parametrize(("stage", "act"), [(stage, act) for stage, acts in MOVED_ON for act in acts])
def test_what_does_not_fit_any_more_is_refused_in_words_and_changes_nothing(
    worker: Visitor, stage: str, act: str
) -> None:
    at_stage(worker, stage)
    before = len(worker.house.kept["c0001"].messages)
    answer = person(worker, "c0001", act)
    assert (answer.status_code, answer.json()["error"]) == (409, "moved_on_dsl")
    assert "moved on" in answer.json()["message"]
    assert "999" in answer.json()["message"]
    assert worker.house.kept["c0001"].consultation.stage == stage
    assert len(worker.house.kept["c0001"].messages) == before


@pytest.mark.parametrize("stage", ["waiting", "claimed", "answered", "closed"])
def test_nobody_is_offered_a_person_whom_they_have_asked_already(worker: Visitor, stage: str) -> None:
    at_stage(worker, stage)
    answer = person(worker, "c0001")
    assert answer.status_code == 409
    assert "moved on" in answer.json()["message"]
    assert "999" in answer.json()["message"]


def test_an_act_that_nobody_knows_is_refused(dsl: Visitor) -> None:
    answer = person(dsl, dsl.opened(), "canary")
    assert answer.status_code == 422
    assert "canary" not in answer.text


@pytest.mark.parametrize("act", ["", *ACTS])
def test_somebody_elses_consultation_is_as_good_as_not_there(visitor: Visitor, act: str) -> None:
    theirs = visitor.as_dsl("kent-1").opened()
    visitor.as_dsl("bucks-1")
    answer = person(visitor, theirs, act)
    assert answer.status_code == 404
    assert answer.json() == person(visitor, "c9999", act).json(), "the two are not told apart"
    assert visitor.house.kept[theirs].consultation.stage is Stage.WITH_ASSISTANT


@pytest.mark.parametrize("act", ["", "wait"])
def test_practice_never_goes_to_anybody(dsl: Visitor, act: str) -> None:
    dsl.opened()
    kept = dsl.house.kept["c0001"]
    object.__setattr__(kept.consultation, "practice", "always-hungry")
    assert person(dsl, "c0001", act).status_code == 409
    assert kept.case is None


# who has it, and who has read


def test_who_has_it_is_told_by_name_and_that_somebody_has_had_it(worker: Visitor, claimed: str) -> None:
    state = worker.get("/api/consultations/c0001").json()
    assert (state["stage"], state["has_it"], state["place"], state["was_held"]) == ("claimed", "Ann Field", None, True)
    worker.post(f"{claimed}/release")
    state = worker.get("/api/consultations/c0001").json()
    assert (state["stage"], state["has_it"], state["place"], state["was_held"]) == ("waiting", None, 1, True)


def test_a_consultation_with_the_assistant_is_nobodys(dsl: Visitor) -> None:
    state = dsl.get(f"/api/consultations/{dsl.opened()}").json()
    assert (state["has_it"], state["place"], state["seen"], state["was_held"]) == (None, None, 0, False)


def test_the_place_moves_as_others_are_taken(worker: Visitor) -> None:
    worker.house.hands_over(worker.opened(), urgency="red")
    mine = worker.opened()
    worker.house.hands_over(mine, handed_over_at=NOW + timedelta(minutes=1))
    assert worker.get(f"/api/consultations/{mine}").json()["place"] == 2
    worker.post("/duty/next")
    assert worker.get(f"/api/consultations/{mine}").json()["place"] == 1


def seen(dsl: Visitor, consultation: str, number: object):
    return dsl.post(f"/api/consultations/{consultation}/seen", json={"number": number})


def test_the_desk_sees_how_far_the_dsl_has_read(worker: Visitor, claimed: str) -> None:
    assert seen(worker, "c0001", 5).status_code == 204
    assert seen(worker, "c0001", 3).status_code == 204
    stream = worker.streamed(f"{claimed}/events?after=5").text
    assert '"seen":5' in stream


@pytest.mark.parametrize("number", [0, -1, "canary", None, 10**10, [1]])
def test_a_mark_that_is_no_number_is_refused_and_not_echoed(dsl: Visitor, number: object) -> None:
    answer = seen(dsl, dsl.opened(), number)
    assert answer.status_code == 422
    assert "canary" not in answer.text


def test_nobody_marks_what_is_not_theirs(visitor: Visitor) -> None:
    theirs = visitor.as_dsl("kent-1").opened()
    visitor.as_dsl("bucks-1")
    assert seen(visitor, theirs, 1).status_code == 404
    assert visitor.house.records.read_up_to(theirs, "dsl") == 0

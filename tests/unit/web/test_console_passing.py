"""Passing a case on: to a colleague, another area, the queue or the assistant; each in words, and never by accident."""

import pytest

from bot.consultation import Stage
from tests.fakes_web import ANN, CAT
from tests.unit.web.visitor import Visitor, in_words

REASON = {"reason": "My shift ends now"}
TO_BOB = REASON | {"to": "worker-2"}
TO_BUCKS = REASON | {"to_area": "buckinghamshire"}


def kept(worker: Visitor):
    return worker.house.kept["c0001"].case


def told(worker: Visitor) -> str:
    """Return the last thing that the DSL was told."""
    said = worker.house.kept["c0001"].messages[-1].utterance
    assert said.speaker == "service"
    return said.text


@pytest.fixture
def managed(worker: Visitor, case: str) -> Visitor:
    """A manager at the console, where one case waits."""
    return worker.as_worker("mel")


# back to the queue


def test_a_case_can_be_put_back_and_the_dsl_is_told(worker: Visitor, claimed: str) -> None:
    assert worker.post(f"{claimed}/release").headers["location"] == "/duty/"
    assert "Nobody yet" in worker.get("/duty/").text
    assert "Ann Field has put this back in the queue" in told(worker)
    assert "999" in told(worker)
    worker.as_worker("bob")
    answer = worker.post(f"{claimed}/release")
    assert answer.status_code == 409, "only its holder can"
    assert "nothing was changed" in answer.text


def test_somebody_elses_case_is_not_put_back(worker: Visitor, claimed: str) -> None:
    worker.as_worker("bob")
    assert worker.post(f"{claimed}/release").status_code == 409
    assert kept(worker).claimed_by == ANN.id


# to a colleague


def test_the_choice_is_among_the_others_at_this_desk_and_the_other_desks(worker: Visitor, claimed: str) -> None:
    page = worker.get(claimed).text
    assert '<option value="worker-2">Bob Lee</option>' in page
    assert '<option value="buckinghamshire">Buckinghamshire</option>' in page
    assert "Ann Field</option>" not in page, "nobody passes a case on to themselves"
    assert "Cat Moss" not in page, "who works at another desk is that desk's business"


def test_a_case_that_is_offered_stays_with_its_holder_until_it_is_taken(worker: Visitor, claimed: str) -> None:
    assert worker.post(f"{claimed}/transfer", data=TO_BOB).headers["location"] == claimed
    assert (kept(worker).stage, kept(worker).claimed_by) == (Stage.TRANSFERRED, ANN.id)
    assert "Ann Field is asking a colleague to take this over" in told(worker)
    assert "Offered to Bob Lee. You have the case until they take it." in in_words(worker.get(claimed).text)
    assert worker.post(f"{claimed}/reply", data={"text": "One moment", "client_id": "reply-id-1"}).status_code == 303


def test_who_is_asked_sees_it_with_the_reason_and_takes_it_over(worker: Visitor, claimed: str) -> None:
    worker.post(f"{claimed}/transfer", data=TO_BOB)
    worker.as_worker("bob")
    assert "Offered to you" in worker.get("/duty/").text
    page = in_words(worker.get(claimed).text)
    assert "Ann Field is offering this case to you" in page
    assert "Ann Field says: My shift ends now" in page
    assert worker.post(f"{claimed}/accept").headers["location"] == claimed
    assert kept(worker).claimed_by == "worker-2"
    assert "Bob Lee has taken this over" in told(worker)
    assert "You have this case" in in_words(worker.get(claimed).text)


def test_who_is_asked_can_say_why_not_and_it_stays_where_it_was(worker: Visitor, claimed: str) -> None:
    worker.post(f"{claimed}/transfer", data=TO_BOB)
    worker.as_worker("bob")
    assert worker.post(f"{claimed}/refuse", data={"reason": "I have two red ones"}).headers["location"] == "/duty/"
    assert (kept(worker).stage, kept(worker).claimed_by) == (Stage.CLAIMED, ANN.id)
    worker.as_worker("ann")
    assert "I have two red ones" in in_words(worker.get(claimed).text), "its holder reads why"


def test_what_was_offered_can_be_taken_back(worker: Visitor, claimed: str) -> None:
    worker.post(f"{claimed}/transfer", data=TO_BOB)
    assert worker.post(f"{claimed}/recall").headers["location"] == claimed
    assert (kept(worker).stage, kept(worker).transferred_to) == (Stage.CLAIMED, None)
    worker.as_worker("bob")
    answer = worker.post(f"{claimed}/accept")
    assert answer.status_code == 409
    assert "moved on" in answer.text


def test_names_in_a_reason_are_taken_out(worker: Visitor, claimed: str) -> None:
    worker.post(f"{claimed}/transfer", data=TO_BOB | {"reason": "Bob knows Sharon on 07700900123"})
    page = in_words(worker.get(claimed).text)
    assert "Bob knows [parent 1] on [phone]" in page
    assert "Sharon" not in page


# to another area


def test_another_desk_sees_a_case_only_while_it_is_offered_to_it(worker: Visitor, claimed: str) -> None:
    worker.as_worker("cat")
    assert worker.get(claimed).status_code == 404
    worker.as_worker("ann").post(f"{claimed}/transfer", data=TO_BUCKS)
    assert "Offered to Buckinghamshire." in in_words(worker.get(claimed).text)
    worker.as_worker("cat")
    assert "Offered to you" in worker.get("/duty/").text
    assert worker.get(claimed).status_code == 200
    worker.as_worker("ann").post(f"{claimed}/recall")
    worker.as_worker("cat")
    assert worker.get(claimed).status_code == 404
    assert worker.post(f"{claimed}/accept").status_code == 404


def test_an_area_that_takes_a_case_over_has_it_from_then_on(worker: Visitor, claimed: str) -> None:
    worker.post(f"{claimed}/transfer", data=TO_BUCKS)
    worker.as_worker("cat")
    assert worker.post(f"{claimed}/accept").status_code == 303
    assert (kept(worker).area, kept(worker).claimed_by) == ("buckinghamshire", CAT.id)
    assert worker.get(claimed).status_code == 200
    worker.as_worker("ann")
    assert worker.get(claimed).status_code == 404
    assert "Nobody is waiting" in worker.get("/duty/").text


def test_another_desk_that_says_no_does_not_see_it_any_more(worker: Visitor, claimed: str) -> None:
    worker.post(f"{claimed}/transfer", data=TO_BUCKS)
    worker.as_worker("cat")
    assert worker.post(f"{claimed}/refuse", data={"reason": "He lives in Kent"}).headers["location"] == "/duty/"
    assert worker.get(claimed).status_code == 404
    assert kept(worker).claimed_by == ANN.id


# back to the assistant


def test_a_case_is_given_back_to_the_assistant_with_the_reason_for_the_dsl(worker: Visitor, claimed: str) -> None:
    answer = worker.post(f"{claimed}/give-back", data={"reason": "Sharon has answered all I asked"})
    assert answer.headers["location"] == "/duty/"
    assert "Their reason: [parent 1] has answered all I asked" in told(worker)
    assert worker.house.kept["c0001"].consultation.stage is Stage.WITH_ASSISTANT
    assert worker.house.dialogue.forgotten[-1] == "c0001"
    assert "Back with the assistant" in in_words(worker.get(claimed).text)
    assert worker.says("c0001", "after-that", text="hello").json()["replies"], "and it speaks again"


# taken out of the queue


def test_a_manager_gives_a_case_up_with_a_reason_that_the_dsl_reads(managed: Visitor) -> None:
    case = "/duty/cases/case-c0001"
    assert "Take it out of the queue without an answer" in in_words(managed.get(case).text)
    assert managed.post(f"{case}/abandon", data={"reason": "Sent twice by mistake"}).headers["location"] == "/duty/"
    assert kept(managed).stage is Stage.ABANDONED
    assert "Their reason: Sent twice by mistake" in told(managed)
    assert "999" in told(managed)
    assert "Given up without an answer" in in_words(managed.get(case).text)


def test_a_red_case_is_never_given_up(managed: Visitor) -> None:
    case = "/duty/cases/case-c0001"
    managed.house.hands_over("c0001", urgency="red")
    assert "Take it out of the queue" not in in_words(managed.get(case).text)
    assert managed.post(f"{case}/abandon", data=REASON).status_code == 409
    assert kept(managed).stage is Stage.WAITING


def test_a_manager_puts_back_the_case_of_somebody_who_has_gone_home(managed: Visitor) -> None:
    case = "/duty/cases/case-c0001"
    managed.as_worker("ann").post(f"{case}/claim")
    managed.as_worker("mel")
    assert managed.post(f"{case}/give-back", data=REASON).status_code == 409, "that is the holder's alone"
    assert managed.post(f"{case}/release").status_code == 303
    assert "Ann Field has put this back" in told(managed)


def test_a_duty_worker_gives_nothing_up(worker: Visitor, case: str) -> None:
    assert "Take it out of the queue" not in worker.get(case).text
    assert worker.post(f"{case}/abandon", data=REASON).status_code == 409
    assert kept(worker).stage is Stage.WAITING


# what is in the way


@pytest.mark.parametrize("reason", ["", "   ", "busy"])
@pytest.mark.parametrize(("path", "given"), [("transfer", {"to": "worker-2"}), ("give-back", {})])
def test_a_reason_is_needed(worker: Visitor, claimed: str, path: str, given: dict, reason: str) -> None:
    before = len(worker.house.kept["c0001"].messages)
    answer = worker.post(f"{claimed}/{path}", data=given | {"reason": reason})
    assert answer.status_code == 409
    assert "Please say why, in a sentence. Nothing was changed." in answer.text
    assert "999" in answer.text
    assert kept(worker).stage is Stage.CLAIMED
    assert len(worker.house.kept["c0001"].messages) == before


@pytest.mark.parametrize("reason", ["", "busy"])
def test_a_reason_is_needed_to_say_no(worker: Visitor, claimed: str, reason: str) -> None:
    worker.post(f"{claimed}/transfer", data=TO_BOB)
    worker.as_worker("bob")
    answer = worker.post(f"{claimed}/refuse", data={"reason": reason})
    assert answer.status_code == 409
    assert "Please say why" in answer.text
    assert kept(worker).stage is Stage.TRANSFERRED


def test_a_reason_is_needed_to_give_a_case_up(managed: Visitor) -> None:
    answer = managed.post("/duty/cases/case-c0001/abandon", data={"reason": "busy"})
    assert answer.status_code == 409
    assert "Please say why" in answer.text
    assert kept(managed).stage is Stage.WAITING


@pytest.mark.parametrize(
    "to", [{}, {"to": ""}, {"to": "canary"}, {"to": CAT.id}, {"to": "dsl-1"}, {"to_area": "atlantis"}], ids=str
)
def test_a_case_goes_to_nobody_who_is_not_there(worker: Visitor, claimed: str, to: dict) -> None:
    answer = worker.post(f"{claimed}/transfer", data=REASON | to)
    assert answer.status_code == 409
    assert "nothing was changed" in answer.text.casefold()
    assert "canary" not in answer.text
    assert kept(worker).stage is Stage.CLAIMED


@pytest.mark.parametrize("to", [{"to": ANN.id}, {"to_area": "kent"}], ids=str)
def test_a_case_is_not_passed_on_to_where_it_is(worker: Visitor, claimed: str, to: dict) -> None:
    assert worker.post(f"{claimed}/transfer", data=REASON | to).status_code == 409
    assert kept(worker).stage is Stage.CLAIMED


ALL = ("release", "transfer", "accept", "refuse", "recall", "give-back", "abandon")


@pytest.mark.parametrize("path", ALL)
def test_for_another_area_there_is_nothing_to_pass_on(worker: Visitor, claimed: str, path: str) -> None:
    worker.as_worker("cat")
    answer = worker.post(f"{claimed}/{path}", data=TO_BOB)
    assert answer.status_code == 404
    assert "999" in answer.text
    assert (kept(worker).stage, kept(worker).claimed_by) == (Stage.CLAIMED, ANN.id)


@pytest.mark.parametrize("path", ALL)
def test_what_does_not_fit_any_more_changes_nothing_and_says_so(worker: Visitor, path: str) -> None:
    case = f"/duty/cases/{worker.answered()}"
    before = len(worker.house.kept["c0001"].messages)
    answer = worker.post(f"{case}/{path}", data=TO_BOB)
    assert answer.status_code == 409
    assert "moved on" in answer.text
    assert kept(worker).stage is Stage.ANSWERED
    assert len(worker.house.kept["c0001"].messages) == before

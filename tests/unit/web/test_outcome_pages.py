"""The answer on a page of its own: it needs no script, the newest stands first, and it offers what can be done now."""

import re

import pytest

from bot.consultation import Stage
from bot.desk.case import ReferralResult
from tests.fakes_web import NOW
from tests.unit.web.visitor import FILLED_IN, Visitor, in_words, main_of

PAGE = "/consultations/c0001/outcome"
SECOND = FILLED_IN | {"reason": "We have looked at it again", "send": "yes"}


def acts_on(page: str) -> set[str]:
    return set(re.findall(r'name="act" value="(\w+)"', page))


def answered_twice(worker: Visitor) -> None:
    """Have a case answered, asked about again and answered anew."""
    worker.answered()
    worker.post("/api/consultations/c0001/person/again")
    again = f"/duty/cases/{worker.house.kept['c0001'].case.id}"
    assert worker.post(f"{again}/claim").status_code == 303
    assert worker.post(f"{again}/outcome", data=SECOND).status_code == 303


def test_before_there_is_an_answer_the_page_says_by_when_it_is_due(dsl: Visitor) -> None:
    dsl.handed_over()
    page = in_words(dsl.get(PAGE).text)
    assert "There is no answer from the duty desk yet." in page
    assert "An answer is due by 20 November 2026, 2:00pm." in page
    assert "In danger ring 999" in page
    assert acts_on(dsl.get(PAGE).text) == set()


def test_an_answer_that_is_late_says_so_and_whom_to_ring(dsl: Visitor) -> None:
    consultation = dsl.opened()
    now = dsl.house.clock()
    dsl.house.hands_over(consultation, due_at=now.replace(hour=9))
    assert "It is late. Please ring the front door." in in_words(dsl.get(PAGE).text)


def test_the_answer_is_there_whole_and_without_a_script(worker: Visitor) -> None:
    worker.answered()
    page = worker.get(PAGE).text
    assert "<script" not in main_of(page)
    words = in_words(page)
    for said in ("Ann Field, duty social worker", "Intensive (level 3)", FILLED_IN["reason"], FILLED_IN["advice"]):
        assert said in words
    assert f"{FILLED_IN['action_0']} (the school, by 24 Nov 2026)" in words
    assert "They advise a referral now, with the child&#39;s name." in words
    assert worker.house.kept["c0001"].consultation.reference in words
    assert "**" not in words


def test_every_answer_is_shown_the_newest_first(worker: Visitor) -> None:
    answered_twice(worker)
    page = worker.get(PAGE).text
    assert page.index(SECOND["reason"]) < page.index(FILLED_IN["reason"])
    assert page.count("a later answer stands above") == 1


def test_while_it_is_asked_again_the_answer_before_is_still_there(worker: Visitor) -> None:
    worker.answered()
    worker.post("/api/consultations/c0001/person/again")
    page = worker.get(PAGE).text
    assert FILLED_IN["reason"] in page
    assert acts_on(page) == set(), "it waits: there is nothing to choose"


def test_what_can_be_done_after_an_answer_are_three_forms(worker: Visitor) -> None:
    worker.answered()
    assert acts_on(worker.get(PAGE).text) == {"settled", "again", "changed"}
    worker.post(PAGE, data={"act": "settled"})
    assert acts_on(worker.get(PAGE).text) == {"again", "changed"}


@pytest.mark.parametrize(
    ("act", "there", "stage"),
    [
        ("settled", PAGE, Stage.CLOSED),
        ("again", "/consultations/c0001", Stage.WAITING),
        ("changed", "/consultations/c0001", Stage.WITH_ASSISTANT),
    ],
)
def test_each_act_is_done_by_a_form(worker: Visitor, act: str, there: str, stage: Stage) -> None:
    worker.answered()
    answer = worker.post(PAGE, data={"act": act})
    assert (answer.status_code, answer.headers["location"]) == (303, there)
    assert worker.house.kept["c0001"].consultation.stage is stage


@pytest.mark.parametrize("act", ["settled", "changed", "again"])
def test_what_does_not_fit_any_more_changes_nothing_and_the_page_says_so(worker: Visitor, act: str) -> None:
    worker.answered()
    worker.post(PAGE, data={"act": "again"})
    answer = worker.post(PAGE, data={"act": act})
    assert answer.status_code == 409
    assert "That did not go through" in answer.text
    assert "moved on" in answer.text
    assert FILLED_IN["reason"] in answer.text, "the answer is still on the page"
    assert worker.house.kept["c0001"].consultation.stage is Stage.WAITING


@pytest.mark.parametrize("given", [{}, {"act": "canary"}, {"act": ""}])
def test_an_act_that_nobody_knows_is_refused(worker: Visitor, given: dict) -> None:
    worker.answered()
    answer = worker.post(PAGE, data=given)
    assert answer.status_code == 422
    assert "canary" not in answer.text
    assert worker.house.kept["c0001"].consultation.stage is Stage.ANSWERED


@pytest.mark.parametrize("result", ReferralResult)
def test_the_dsl_says_what_became_of_a_referral(worker: Visitor, result: ReferralResult) -> None:
    case = worker.answered()
    assert f'value="{result}"' in worker.get(PAGE).text
    kept = worker.post("/consultations/c0001/referral", data={"result": result.value})
    assert kept.headers["location"] == PAGE
    assert worker.house.kept["c0001"].case.referral_result is result
    assert f'value="{result}" required checked' in worker.get(PAGE).text
    assert "Not told yet" not in worker.get(f"/duty/cases/{case}").text, "the desk reads it"


def test_nothing_can_be_typed_about_a_referral(worker: Visitor) -> None:
    worker.answered()
    page = worker.get(PAGE).text
    assert set(re.findall(r'<input[^>]*type="(\w+)"', page)) <= {"radio", "checkbox"}
    assert "<textarea" not in page
    refused = worker.post("/consultations/c0001/referral", data={"result": "for Jayden Canary"})
    assert refused.status_code == 422
    assert "Canary" not in refused.text


def test_without_a_case_there_is_no_referral_to_tell_of(dsl: Visitor) -> None:
    dsl.opened()
    answer = dsl.post("/consultations/c0001/referral", data={"result": "made"})
    assert answer.status_code == 409
    assert "moved on" in answer.text


# being rung back, and whether it has got better


def times_on(page: str) -> list[str]:
    """Return the times that are offered for ringing back."""
    return re.findall(r'<option value="(2026-[^"]*)"', page)


def test_who_waits_can_ask_to_be_rung_back_at_a_time_that_is_offered(worker: Visitor) -> None:
    case = worker.handed_over()
    page = worker.get(PAGE).text
    assert "<textarea" not in page
    asked = {"at": times_on(page)[0], "safe": "direct"}
    assert worker.post("/consultations/c0001/call-back", data=asked).headers["location"] == PAGE
    assert "You asked to be rung on 20 November 2026" in in_words(worker.get(PAGE).text)
    assert "Ring me directly" in in_words(worker.get(f"/duty/cases/{case}").text), "the desk reads how"


@pytest.mark.parametrize("at", ["2026-11-20T03:00:00+00:00", "2026-11-20T12:00:00", "2030-11-20T12:00:00+00:00"])
def test_a_time_that_was_not_offered_is_not_taken(dsl: Visitor, at: str) -> None:
    dsl.handed_over()
    assert dsl.post("/consultations/c0001/call-back", data={"at": at, "safe": "direct"}).status_code == 409
    assert dsl.house.kept["c0001"].case.call_back_at is None


@pytest.mark.parametrize("given", [{"at": "canary", "safe": "direct"}, {"safe": "canary"}, {"safe": "on 07700900123"}])
def test_nothing_else_can_be_said_of_ringing_back(dsl: Visitor, given: dict) -> None:
    dsl.handed_over()
    answer = dsl.post("/consultations/c0001/call-back", data={"at": times_on(dsl.get(PAGE).text)[0]} | given)
    assert answer.status_code == 422
    assert not re.search("canary|07700", answer.text)


def test_after_an_answer_nobody_is_offered_to_be_rung_back(worker: Visitor) -> None:
    worker.answered()
    assert times_on(worker.get(PAGE).text) == []


def test_when_it_was_asked_the_dsl_says_whether_things_have_improved(worker: Visitor) -> None:
    case = worker.answered()
    assert "Did things improve?" not in worker.get(PAGE).text
    worker.house.records.follow_up_asked(case, NOW)
    assert "Did things improve?" in worker.get(PAGE).text
    assert worker.post("/consultations/c0001/follow-up", data={"answer": "worse"}).headers["location"] == PAGE
    page = in_words(worker.get(PAGE).text)
    assert "Please ask the desk again, or ring the front door." in page
    assert "Things are worse" in in_words(worker.get(f"/duty/cases/{case}").text), "the desk reads it"
    assert worker.post("/consultations/c0001/follow-up", data={"answer": "canary"}).status_code == 422


def test_somebody_elses_answer_is_as_good_as_not_there(worker: Visitor) -> None:
    worker.answered()
    worker.as_dsl("bucks-1")
    for answer in (
        worker.get(PAGE),
        worker.post(PAGE, data={"act": "settled"}),
        worker.post("/consultations/c0001/referral", data={"result": "made"}),
        worker.post("/consultations/c0001/follow-up", data={"answer": "better"}),
        worker.post("/consultations/c0001/call-back", data={"at": "2026-11-20T12:00:00+00:00", "safe": "direct"}),
    ):
        assert answer.status_code == 404
        assert FILLED_IN["reason"] not in answer.text
    assert worker.house.kept["c0001"].consultation.stage is Stage.ANSWERED

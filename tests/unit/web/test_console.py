"""The duty desk, from the queue to the close."""

import re

import pytest

from tests.unit.web.visitor import Visitor

FILLED_IN = {
    "level": "3",
    "reason": "Neglect over months",
    "advice": "Request for support today",
    "referral_advised": "yes",
}


@pytest.fixture
def case(worker: Visitor) -> str:
    """The address of a case that nobody has claimed."""
    return f"/duty/cases/{worker.handed_over()}"


@pytest.fixture
def claimed(worker: Visitor, case: str) -> str:
    """The address of a case that Ann has claimed."""
    assert worker.post(f"{case}/claim").status_code == 303
    return case


def in_words(page: str) -> str:
    """Return a page as it reads, without its mark-up."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_queue_says_what_a_duty_worker_needs_to_choose(worker: Visitor, case: str) -> None:
    page = in_words(worker.get("/duty/").text)
    for said in ("Amber: soon", "just now", "today, 2:00pm", "Today, 15:30", "does not agree", "Nobody yet"):
        assert said in page


def test_an_empty_queue_says_so(worker: Visitor) -> None:
    assert "Nobody is waiting" in worker.get("/duty/").text


def test_the_table_alone_can_be_fetched(worker: Visitor, case: str) -> None:
    table = worker.get("/duty/queue").text
    assert 'data-count="1"' in table
    assert "<html" not in table


def test_a_case_shows_the_brief_and_the_conversation(worker: Visitor, case: str) -> None:
    page = in_words(worker.get(case).text)
    for said in ("At a glance", "What was told", "often hungry", "Which council", "I would like a person"):
        assert said in page
    assert "Claim this case" in page
    assert "Your message to the DSL" not in page, "nobody answers a case they have not claimed"


def test_what_people_wrote_is_escaped(worker: Visitor) -> None:
    consultation = worker.opened()
    worker.says(consultation, "first-message", text="<script>alert(1)</script> & <b>bold</b>")
    worker.says(consultation, "second-message", text="a person please")
    page = worker.get(f"/duty/cases/case-{consultation}").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<b>bold" not in page


def test_a_claimed_case_is_the_workers_own(worker: Visitor, claimed: str) -> None:
    page = in_words(worker.get(claimed).text)
    assert "You have this case" in page
    assert "Your message to the DSL" in page
    assert "Close this case" in page


def test_whoever_comes_second_is_told_who_has_it(worker: Visitor, claimed: str) -> None:
    worker.as_worker("bob")
    answer = worker.post(f"{claimed}/claim")
    assert answer.status_code == 409
    assert "Ann Field has this case. Nothing was changed." in answer.text
    assert "Your message to the DSL" not in answer.text


def test_a_reply_reaches_the_dsl_without_names(worker: Visitor, claimed: str) -> None:
    assert worker.post(f"{claimed}/reply", data={"text": "Is Sharon at home?"}).status_code == 303
    last = worker.house.kept["c0001"].messages[-1].utterance
    assert (last.speaker, last.text) == ("duty_worker", "Is [parent 1] at home?")


def test_a_worker_sees_what_was_taken_out_of_either_sides_words(worker: Visitor, claimed: str) -> None:
    worker.says("c0001", "second-message", text="mum <b>Sharon</b> knows")
    worker.post(f"{claimed}/reply", data={"text": "Is Sharon at home, 07700900123?"})
    page = worker.get(claimed).text
    assert "mum &lt;b&gt;<mark>[parent 1]</mark>&lt;/b&gt; knows" in page
    assert "Is <mark>[parent 1]</mark> at home, <mark>[phone]</mark>?" in page
    assert "Taken out before it was kept: <mark>[parent 1]</mark>, <mark>[phone]</mark>" in page


def test_a_script_gets_no_page_for_its_reply(worker: Visitor, claimed: str) -> None:
    asked = {"data": {"text": "Hello"}, "headers": {"Accept": "application/json"}}
    assert worker.post(f"{claimed}/reply", **asked).status_code == 204
    worker.as_worker("bob")
    refused = worker.post(f"{claimed}/reply", **asked)
    assert (refused.status_code, refused.json()["error"]) == (409, "not_claimed")


def test_nobody_else_answers_and_what_they_wrote_stays_with_them(worker: Visitor, claimed: str) -> None:
    worker.as_worker("bob")
    before = len(worker.house.kept["c0001"].messages)
    answer = worker.post(f"{claimed}/reply", data={"text": "Hello from Bob"})
    assert answer.status_code == 409
    assert len(worker.house.kept["c0001"].messages) == before


def test_nothing_written_is_nothing_sent(worker: Visitor, claimed: str) -> None:
    answer = worker.post(f"{claimed}/reply", data={"text": "  \n"})
    assert answer.status_code == 409
    assert "nothing was sent" in answer.text


def test_a_case_is_closed_with_an_outcome(worker: Visitor, claimed: str) -> None:
    assert worker.post(f"{claimed}/close", data=FILLED_IN).status_code == 303
    page = in_words(worker.get(claimed).text)
    for said in ("Outcome", "Neglect over months", "Request for support today", "Referral advised Yes"):
        assert said in page
    assert "Close this case" not in page
    assert "Nobody is waiting" in worker.get("/duty/").text


@pytest.mark.parametrize("left_out", FILLED_IN)
def test_a_case_is_not_closed_without_everything_and_nothing_typed_is_lost(
    worker: Visitor, claimed: str, left_out: str
) -> None:
    answer = worker.post(f"{claimed}/close", data={**FILLED_IN, left_out: " "})
    assert answer.status_code == 422
    assert "Before you can close" in answer.text
    for field, value in FILLED_IN.items():
        if field in ("reason", "advice") and field != left_out:
            assert value in answer.text
    assert worker.house.kept["c0001"].case.closed_at is None


def test_no_answer_about_a_referral_is_never_taken_for_no(worker: Visitor, claimed: str) -> None:
    answer = worker.post(f"{claimed}/close", data={**FILLED_IN, "referral_advised": "eh"})
    assert answer.status_code == 422
    assert worker.house.kept["c0001"].case.referral_advised is None


def test_a_case_can_be_put_back(worker: Visitor, claimed: str) -> None:
    assert worker.post(f"{claimed}/release").headers["location"] == "/duty/"
    assert "Nobody yet" in worker.get("/duty/").text
    worker.as_worker("bob")
    assert worker.post(f"{claimed}/release").status_code == 409, "only its holder can"


def test_a_case_that_is_not_there_is_not_there(worker: Visitor) -> None:
    for method, path in (("GET", ""), ("POST", "/claim"), ("POST", "/reply"), ("GET", "/events")):
        answer = worker.ask(method, f"/duty/cases/nothing{path}")
        assert answer.status_code == 404
        assert "999" in answer.text


def test_only_the_holder_is_seen_writing(worker: Visitor, claimed: str) -> None:
    assert worker.post(f"{claimed}/typing").status_code == 204
    worker.as_worker("bob")
    assert worker.post(f"{claimed}/typing").status_code == 409


def test_a_worker_follows_the_conversation(worker: Visitor, claimed: str) -> None:
    worker.post(f"{claimed}/close", data=FILLED_IN)
    stream = worker.get(f"{claimed}/events?after=3").text
    assert stream.count("event: message") == 3
    assert '"stage":"closed"' in stream

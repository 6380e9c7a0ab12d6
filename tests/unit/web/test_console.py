"""The duty desk: the queue, the next case, and a case with its conversation."""

from datetime import timedelta

import pytest

from tests.fakes_web import NOW
from tests.unit.web.visitor import Visitor, in_words

HELLO = {"text": "Hello", "client_id": "reply-id-1"}


def last_said(worker: Visitor, consultation: str = "c0001"):
    return worker.house.kept[consultation].messages[-1].utterance


# the queue


def test_the_queue_says_what_a_duty_worker_needs_to_choose(worker: Visitor, case: str) -> None:
    page = in_words(worker.get("/duty/").text)
    for said in ("Amber: soon", "today, 2:00pm", "Today, 15:30", "does not agree", "Nobody yet"):
        assert said in page


def test_a_row_says_why_it_stands_where_it_does(worker: Visitor, case: str) -> None:
    page = in_words(worker.get("/duty/").text)
    assert "Amber: after red; the child goes home at 15:30, in 5 h 30 min; came in under 1 min ago" in page


def test_an_urgent_case_stands_above_one_that_waits_longer(worker: Visitor, case: str) -> None:
    later = worker.opened()
    worker.house.hands_over(later, urgency="red", handed_over_at=NOW + timedelta(minutes=1))
    table = worker.get("/duty/queue").text
    assert table.index(f"case-{later}") < table.index("case-c0001")
    assert "Red: before everything else" in table


def test_a_late_answer_is_said_in_the_queue(worker: Visitor) -> None:
    worker.house.hands_over(worker.opened(), goes_home="unknown", goes_home_time="", due_at=NOW - timedelta(hours=2))
    assert "the answer is late by 2 h" in in_words(worker.get("/duty/").text)


def test_an_empty_queue_says_so(worker: Visitor) -> None:
    assert "Nobody is waiting" in worker.get("/duty/").text


def test_the_table_alone_can_be_fetched(worker: Visitor, case: str) -> None:
    table = worker.get("/duty/queue").text
    assert 'data-count="1"' in table
    assert "<html" not in table


def test_the_queue_of_another_area_has_none_of_it(worker: Visitor, case: str) -> None:
    worker.as_worker("cat")
    assert "Nobody is waiting" in worker.get("/duty/").text
    assert "Nobody is waiting" in worker.get("/duty/queue").text


# the next case


def test_the_next_case_is_the_first_that_waits(worker: Visitor, case: str) -> None:
    urgent = worker.opened()
    worker.house.hands_over(urgent, urgency="red")
    assert worker.post("/duty/next").headers["location"] == f"/duty/cases/case-{urgent}"
    assert worker.house.kept[urgent].case.claimed_by == "worker-1"
    assert worker.post("/duty/next").headers["location"] == case, "what somebody has already is passed over"


def test_where_nobody_waits_there_is_no_next_case_and_the_page_says_so(worker: Visitor, claimed: str) -> None:
    answer = worker.post("/duty/next")
    assert answer.status_code == 200
    assert "Nobody is waiting, so there is no next case." in answer.text
    assert "<table" in answer.text, "the queue is still there to choose from"
    assert worker.house.kept["c0001"].case.claimed_by == "worker-1"


def test_the_next_case_is_never_another_areas(worker: Visitor, case: str) -> None:
    worker.as_worker("cat")
    assert "Nobody is waiting, so there is no next case." in worker.post("/duty/next").text
    assert worker.house.kept["c0001"].case.claimed_by is None


# who is there


def test_a_worker_says_whether_they_take_cases_and_the_page_remembers(worker: Visitor) -> None:
    assert '<option value="available" selected>' in worker.get("/duty/").text
    assert worker.post("/duty/presence", data={"state": "away"}).headers["location"] == "/duty/"
    assert '<option value="away" selected>' in worker.get("/duty/").text
    refused = worker.post("/duty/presence", data={"state": "canary"})
    assert refused.status_code == 422
    assert "canary" not in refused.text


def test_a_queue_that_is_open_keeps_its_worker_here(worker: Visitor) -> None:
    assert worker.house.records.how_many_here("kent", NOW) == 0
    worker.streamed("/duty/events")
    assert worker.house.records.how_many_here("kent", NOW) == 1


# a case


def test_a_case_shows_the_brief_and_the_conversation(worker: Visitor, case: str) -> None:
    page = in_words(worker.get(case).text)
    for said in ("At a glance", "What was told", "often hungry", "Which council", "I would like a person"):
        assert said in page
    assert "Claim this case" in page
    assert "Your message to the DSL" not in page, "nobody answers a case they have not claimed"
    assert "Answer this case" not in page


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
    assert "Answer this case" in page


def test_whoever_comes_second_is_told_who_has_it(worker: Visitor, claimed: str) -> None:
    worker.as_worker("bob")
    answer = worker.post(f"{claimed}/claim")
    assert answer.status_code == 409
    assert "Ann Field has this case. Nothing was changed." in answer.text
    assert "Your message to the DSL" not in answer.text


def test_what_has_happened_to_a_case_can_be_read(worker: Visitor, claimed: str) -> None:
    page = in_words(worker.get(claimed).text)
    assert page.index("Handed over") < page.index("Claimed", page.index("What has happened to this case"))


@pytest.mark.parametrize("path", ["", "/name"])
def test_a_case_of_another_area_is_not_there(worker: Visitor, claimed: str, path: str) -> None:
    worker.as_worker("cat")
    answer = worker.get(claimed + path)
    assert answer.status_code == 404
    assert "often hungry" not in answer.text
    assert "999" in answer.text


def test_a_case_that_is_not_there_is_not_there(worker: Visitor) -> None:
    for method, path in (("GET", ""), ("POST", "/claim"), ("POST", "/reply"), ("GET", "/events"), ("GET", "/name")):
        answer = worker.ask(method, f"/duty/cases/nothing{path}", data=HELLO if path == "/reply" else None)
        assert answer.status_code == 404
        assert "999" in answer.text


# replies


def test_a_reply_reaches_the_dsl_without_names(worker: Visitor, claimed: str) -> None:
    replied = worker.post(f"{claimed}/reply", data=HELLO | {"text": "Is Sharon at home?"})
    assert replied.status_code == 303
    assert (last_said(worker).speaker, last_said(worker).text) == ("duty_worker", "Is [parent 1] at home?")


def test_a_reply_that_is_sent_twice_is_said_once(worker: Visitor, claimed: str) -> None:
    asked = {"data": HELLO, "headers": {"Accept": "application/json"}}
    before = len(worker.house.kept["c0001"].messages)
    assert [worker.post(f"{claimed}/reply", **asked).status_code for _ in range(2)] == [204, 204]
    assert len(worker.house.kept["c0001"].messages) == before + 1
    worker.post(f"{claimed}/reply", data=HELLO | {"client_id": "reply-id-2"})
    assert len(worker.house.kept["c0001"].messages) == before + 2, "the same words may be meant twice"


def test_every_page_of_a_case_has_an_id_of_its_own_for_the_reply(worker: Visitor, claimed: str) -> None:
    ids = {worker.get(claimed).text.split('name="client_id" value="')[1].split('"')[0] for _ in range(3)}
    assert len(ids) == 3
    replied = worker.post(f"{claimed}/reply", data={"text": "Hello", "client_id": ids.pop()})
    assert replied.status_code == 303, "and the door takes it"


@pytest.mark.parametrize("client_id", [None, "", "short", "canary canary", "x" * 65])
def test_a_reply_without_an_id_is_refused_and_not_echoed(worker: Visitor, claimed: str, client_id: str | None) -> None:
    before = len(worker.house.kept["c0001"].messages)
    sent = {"text": "canary"} | ({} if client_id is None else {"client_id": client_id})
    answer = worker.post(f"{claimed}/reply", data=sent)
    assert answer.status_code == 422
    assert "canary" not in answer.text
    assert "999" in answer.text
    assert len(worker.house.kept["c0001"].messages) == before


def test_a_worker_sees_what_was_taken_out_of_either_sides_words(worker: Visitor, claimed: str) -> None:
    worker.says("c0001", "second-message", text="mum <b>Sharon</b> knows")
    worker.post(f"{claimed}/reply", data=HELLO | {"text": "Is Sharon at home, 07700900123?"})
    page = worker.get(claimed).text
    assert "mum &lt;b&gt;<mark>[parent 1]</mark>&lt;/b&gt; knows" in page
    assert "Is <mark>[parent 1]</mark> at home, <mark>[phone]</mark>?" in page
    assert "Taken out before it was kept: <mark>[parent 1]</mark>, <mark>[phone]</mark>" in page


def test_a_script_gets_no_page_for_its_reply(worker: Visitor, claimed: str) -> None:
    asked = {"data": HELLO, "headers": {"Accept": "application/json"}}
    assert worker.post(f"{claimed}/reply", **asked).status_code == 204
    worker.as_worker("bob")
    refused = worker.post(f"{claimed}/reply", **asked)
    assert (refused.status_code, refused.json()["error"]) == (409, "not_claimed")


def test_nobody_else_answers_and_what_they_wrote_stays_with_them(worker: Visitor, claimed: str) -> None:
    worker.as_worker("bob")
    before = len(worker.house.kept["c0001"].messages)
    answer = worker.post(f"{claimed}/reply", data=HELLO | {"text": "Hello from Bob"})
    assert answer.status_code == 409
    assert len(worker.house.kept["c0001"].messages) == before


def test_nothing_written_is_nothing_sent(worker: Visitor, claimed: str) -> None:
    answer = worker.post(f"{claimed}/reply", data=HELLO | {"text": "  \n"})
    assert answer.status_code == 409
    assert "nothing was sent" in answer.text


def test_a_worker_can_still_write_after_the_answer_until_it_is_settled(worker: Visitor) -> None:
    case = f"/duty/cases/{worker.answered()}"
    assert worker.post(f"{case}/reply", data=HELLO).status_code == 303
    assert worker.post("/api/consultations/c0001/person/settled").status_code == 200
    assert worker.post(f"{case}/reply", data=HELLO | {"client_id": "reply-id-2"}).status_code == 409
    assert "Your message to the DSL" not in worker.get(case).text


# who writes, and who has read


def test_only_the_holder_is_seen_writing(worker: Visitor, claimed: str) -> None:
    assert worker.post(f"{claimed}/typing").status_code == 204
    worker.as_worker("bob")
    assert worker.post(f"{claimed}/typing").status_code == 409


def test_only_what_the_holder_has_read_is_told_to_the_dsl(worker: Visitor, claimed: str) -> None:
    worker.as_worker("bob")
    assert worker.post(f"{claimed}/seen", data={"number": 4}).status_code == 204
    assert worker.get("/api/consultations/c0001").json()["seen"] == 0
    worker.as_worker("ann")
    assert worker.post(f"{claimed}/seen", data={"number": 4}).status_code == 204
    assert worker.post(f"{claimed}/seen", data={"number": 2}).status_code == 204
    assert worker.get("/api/consultations/c0001").json()["seen"] == 4, "a mark only grows"


@pytest.mark.parametrize("number", ["", "0", "-1", "canary", "99999999999"])
def test_a_mark_that_is_no_number_is_refused(worker: Visitor, claimed: str, number: str) -> None:
    answer = worker.post(f"{claimed}/seen", data={"number": number})
    assert answer.status_code == 422
    assert "canary" not in answer.text


def test_a_worker_follows_the_conversation_beyond_its_end(worker: Visitor) -> None:
    case = worker.answered()
    worker.post("/api/consultations/c0001/person/settled")
    stream = worker.streamed(f"/duty/cases/{case}/events?after=3").text
    assert stream.count("event: message") == len(worker.house.kept["c0001"].messages) - 3 > 1
    assert '"stage":"closed"' in stream
    assert stream.index('"stage":"closed"') < stream.index("signed_out"), "it ends with the session, not before"

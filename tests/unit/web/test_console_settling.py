"""Answering a case: everything is asked for, it is read back before it is sent, and what becomes of the name."""

import re

import pytest

from bot.consultation import Stage
from bot.desk.case import NameState, ReferralResult
from tests.unit.web.visitor import FILLED_IN, Visitor, in_words

SEND = {"send": "yes"}
TYPED = {field: value for field, value in FILLED_IN.items() if field in ("reason", "advice", "action_0")}


def kept(worker: Visitor):
    return worker.house.kept["c0001"].case


def hidden_fields(page: str) -> dict[str, str]:
    """Return what the button under the words for the DSL would send."""
    form = re.search(r'id="read-back".*?<form.*?</form>', page, re.S)[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


# read back before it is sent


def test_an_outcome_is_read_as_the_dsl_will_before_it_is_sent(worker: Visitor, claimed: str) -> None:
    before = len(worker.house.kept["c0001"].messages)
    answer = worker.post(f"{claimed}/outcome", data=FILLED_IN)
    assert answer.status_code == 200
    page = in_words(answer.text)
    told = page[page.index("This is what the DSL will read") : page.index("Send this answer")]
    for said in ("Ann Field, duty social worker", "Intensive (level 3)", *TYPED.values(), "the school, by 24 Nov 2026"):
        assert said in told
    assert len(worker.house.kept["c0001"].messages) == before, "the DSL has not been told yet"
    assert kept(worker).stage is Stage.CLAIMED


def test_what_was_read_is_what_is_sent(worker: Visitor, claimed: str) -> None:
    read = worker.post(f"{claimed}/outcome", data=FILLED_IN)
    sent = hidden_fields(read.text)
    assert sent["send"] == "yes"
    assert {field: sent[field] for field in FILLED_IN} == FILLED_IN
    assert worker.post(f"{claimed}/outcome", data=sent).headers["location"] == claimed
    told = worker.house.kept["c0001"].messages[-1].utterance
    assert told.speaker == "service"
    for item in (item["text"] for section in told.card["sections"] for item in section["items"]):
        assert item.replace("**", "") in in_words(read.text).replace("&#39;", "'")


def test_names_in_it_are_taken_out_and_the_worker_sees_which(worker: Visitor, claimed: str) -> None:
    with_names = FILLED_IN | {"reason": "Sharon is worn out", "action_0": "Ring Sharon on 07700900123"}
    page = in_words(worker.post(f"{claimed}/outcome", data=with_names).text)
    told = page[page.index("This is what the DSL will read") : page.index("Send this answer")]
    assert "[parent 1] is worn out" in told
    assert "Ring [parent 1] on [phone]" in told
    assert "Taken out before it is kept: [parent 1], [parent 1], [phone]" in told
    worker.post(f"{claimed}/outcome", data=with_names | SEND)
    assert (kept(worker).outcome_reason, kept(worker).actions[0].what) == (
        "[parent 1] is worn out",
        "Ring [parent 1] on [phone]",
    )


def test_what_was_filled_in_is_escaped_where_it_is_read_back(worker: Visitor, claimed: str) -> None:
    odd = FILLED_IN | {"reason": '"><script>alert(1)</script>', "action_0": '"><b>bold</b>'}
    page = worker.post(f"{claimed}/outcome", data=odd).text
    assert "<script>alert" not in page
    assert "<b>bold" not in page


def test_a_case_is_answered_with_an_outcome_and_stays_open_until_it_is_settled(worker: Visitor, claimed: str) -> None:
    assert worker.post(f"{claimed}/outcome", data=FILLED_IN | SEND).status_code == 303
    page = in_words(worker.get(claimed).text)
    for said in ("Answered, and not settled yet", "Outcome", *TYPED.values(), "Referral advised Yes"):
        assert said in page
    assert "Answer this case" not in page
    assert kept(worker).stage is Stage.ANSWERED
    assert "answered, and not settled yet" in worker.get("/duty/").text
    assert worker.post("/api/consultations/c0001/person/settled").json()["stage"] == "closed"
    assert "Nobody is waiting" in worker.get("/duty/").text
    assert "Settled" in in_words(worker.get(claimed).text)


def test_an_answer_can_say_that_no_level_is_given(worker: Visitor, claimed: str) -> None:
    assert worker.post(f"{claimed}/outcome", data=FILLED_IN | SEND | {"level": "no_level"}).status_code == 303
    assert "Level None given" in in_words(worker.get(claimed).text)


# what is missing


@pytest.mark.parametrize("send", [{}, SEND], ids=["read", "sent"])
@pytest.mark.parametrize("left_out", FILLED_IN)
def test_a_case_is_not_answered_without_everything_and_nothing_typed_is_lost(
    worker: Visitor, claimed: str, left_out: str, send: dict
) -> None:
    answer = worker.post(f"{claimed}/outcome", data={**FILLED_IN, **send, left_out: " "})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    for field, value in TYPED.items():
        assert field == left_out or value in answer.text
    assert "This is what the DSL will read" not in answer.text
    assert (kept(worker).answered_at, kept(worker).stage) == (None, Stage.CLAIMED)


def test_what_is_chosen_is_still_chosen_when_something_is_missing(worker: Visitor, claimed: str) -> None:
    page = worker.post(f"{claimed}/outcome", data=FILLED_IN | {"advice": "", "review_on": "2026-12-01"}).text
    for chosen in ('value="3" checked', 'value="yes" checked', 'value="school" selected', 'value="2026-11-24"'):
        assert chosen in page
    assert 'name="review_on" value="2026-12-01"' in page
    assert page.count('<a href="#advice">') == 1, "the summary leads to the field"


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "17"},
        {"level": "canary"},
        {"reason": "short"},
        {"owner_0": "canary"},
        {"by_0": "2026-11-19"},
        {"by_0": "soon"},
        {"referral_advised": "eh"},
        {"review_on": "2026-11-19"},
        {"review_on": "soon"},
        {"action_1": "A second step"},
        {"action_1": "A second step", "owner_1": "school"},
    ],
    ids=str,
)
def test_what_cannot_be_so_is_asked_for_again(worker: Visitor, claimed: str, wrong: dict) -> None:
    answer = worker.post(f"{claimed}/outcome", data=FILLED_IN | SEND | wrong)
    assert answer.status_code == 422
    assert kept(worker).outcome_level is None


def test_no_answer_about_a_referral_is_never_taken_for_no(worker: Visitor, claimed: str) -> None:
    answer = worker.post(f"{claimed}/outcome", data=FILLED_IN | SEND | {"referral_advised": "eh"})
    assert answer.status_code == 422
    assert kept(worker).referral_advised is None


def test_six_steps_can_be_agreed_and_all_are_read_back(worker: Visitor, claimed: str) -> None:
    steps = {f"action_{n}": f"Step number {n}" for n in range(6)}
    steps |= {f"owner_{n}": "duty_desk" for n in range(6)} | {f"by_{n}": "2026-11-27" for n in range(6)}
    page = worker.post(f"{claimed}/outcome", data=FILLED_IN | steps).text
    assert worker.post(f"{claimed}/outcome", data=hidden_fields(page)).status_code == 303
    assert [one.what for one in kept(worker).actions] == [f"Step number {n}" for n in range(6)]


# who may


def test_nobody_but_its_holder_answers_a_case_and_what_they_wrote_stays_with_them(
    worker: Visitor, claimed: str
) -> None:
    worker.as_worker("bob")
    for send in ({}, SEND):
        answer = worker.post(f"{claimed}/outcome", data=FILLED_IN | send)
        assert answer.status_code == 409
        assert "This is what the DSL will read" not in answer.text
    assert kept(worker).outcome_level is None


def test_an_answer_is_given_once(worker: Visitor, claimed: str) -> None:
    worker.post(f"{claimed}/outcome", data=FILLED_IN | SEND)
    before = len(worker.house.kept["c0001"].messages)
    again = worker.post(f"{claimed}/outcome", data=FILLED_IN | SEND)
    assert again.status_code == 409
    assert "moved on" in again.text
    assert len(worker.house.kept["c0001"].messages) == before


@pytest.mark.parametrize("path", ["outcome", "name", "referral"])
def test_a_case_of_another_area_cannot_be_answered(worker: Visitor, claimed: str, path: str) -> None:
    worker.as_worker("cat")
    given = FILLED_IN | SEND | {"state": "taken", "result": "made"}
    answer = worker.post(f"{claimed}/{path}", data=given)
    assert answer.status_code == 404
    assert FILLED_IN["reason"] not in answer.text
    assert kept(worker).stage is Stage.CLAIMED


# the child's name


def test_the_page_about_the_name_has_nothing_to_type_into(worker: Visitor, claimed: str) -> None:
    page = worker.get(f"{claimed}/name").text
    assert "<textarea" not in page
    assert "contenteditable" not in page
    assert set(re.findall(r'<input[^>]*type="(\w+)"', page)) == {"radio"}
    assert "The name is never written here" in page
    assert "<select" not in page


def test_the_steps_for_taking_the_name_are_shown_with_the_front_door(worker: Visitor, claimed: str) -> None:
    page = in_words(worker.get(f"{claimed}/name").text)
    assert "Ring the DSL" in page
    assert "03000 411111" in page
    assert "Take the name by phone" in in_words(worker.get(claimed).text), "the way to it is on the case"


@pytest.mark.parametrize("state", NameState)
def test_what_became_of_the_name_is_one_of_four(worker: Visitor, claimed: str, state: NameState) -> None:
    assert f'value="{state}"' in worker.get(f"{claimed}/name").text
    assert worker.post(f"{claimed}/name", data={"state": state.value}).headers["location"] == claimed
    assert kept(worker).name_state is state


@pytest.mark.parametrize("state", ["", "Jayden Canary", "TAKEN", "taken "])
def test_anything_else_about_the_name_is_refused_kept_nowhere_and_not_echoed(
    worker: Visitor, claimed: str, state: str, caplog
) -> None:
    answer = worker.post(f"{claimed}/name", data={"state": state, "name": "Jayden Canary"})
    assert answer.status_code == 422
    assert "Canary" not in answer.text + caplog.text
    assert kept(worker).name_state is None


def test_only_the_holder_says_what_became_of_the_name(worker: Visitor, claimed: str) -> None:
    worker.as_worker("bob")
    assert worker.post(f"{claimed}/name", data={"state": "taken"}).status_code == 409
    assert kept(worker).name_state is None


# what became of a referral


@pytest.mark.parametrize("result", ReferralResult)
def test_what_became_of_a_referral_is_one_of_four(worker: Visitor, result: ReferralResult) -> None:
    case = f"/duty/cases/{worker.answered()}"
    assert f'value="{result}"' in worker.get(case).text
    assert worker.post(f"{case}/referral", data={"result": result.value}).status_code == 303
    assert kept(worker).referral_result is result
    assert worker.post(f"{case}/referral", data={"result": "canary"}).status_code == 422

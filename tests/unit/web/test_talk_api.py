"""What is understood, what was not sent and the reference, through the widget's door."""

import pytest

from tests.unit.web.visitor import Visitor


def at(consultation: str, what: str = "") -> str:
    return f"/api/consultations/{consultation}" + (f"/{what}" if what else "")


def test_the_state_says_which_step_a_talk_is_at_and_about_how_much_is_left(dsl: Visitor) -> None:
    consultation = dsl.opened()
    first = dsl.get(at(consultation)).json()["step"]
    assert (first["number"], first["of"]) == (1, 7)
    dsl.says(consultation, text="kent")
    then = dsl.get(at(consultation)).json()["step"]
    assert (then["number"], then["left"]) == (1, first["left"] - 1)


def test_there_is_no_step_once_a_person_is_asked_and_the_desk_is_told_none(worker: Visitor) -> None:
    case = worker.handed_over()
    assert worker.get(at(case.removeprefix("case-"))).json()["step"] is None
    assert '"step":null' in worker.streamed(f"/duty/cases/{case}/events").text


def test_what_is_understood_comes_with_ids_and_no_payload(dsl: Visitor) -> None:
    consultation = dsl.opened()
    dsl.says(consultation, text="he is always hungry")
    known = dsl.get(at(consultation, "understood"))
    assert known.json()["worries"] == [
        {"label": "You told me", "value": "hungry at school", "words": ["always hungry"], "change": "i.hungry"}
    ]
    assert known.json()["removed"] == ["[parent 1]"]
    assert "/not_so" not in known.text
    assert "/change_answer" not in known.text


def test_a_row_is_changed_by_sending_its_id_as_a_choice(dsl: Visitor) -> None:
    consultation = dsl.opened()
    for choice in ("q.child_area", "i.hungry"):
        assert dsl.says(consultation, f"client-{choice[0]}-000", choice=choice).status_code == 200
    assert dsl.house.seen_choices == ["q.child_area", "i.hungry"]
    assert dsl.says(consultation, "client-id-2", choice='/not_so{"indicator":"hungry"}').status_code == 422


def test_what_was_not_sent_comes_back_without_what_was_taken_out(dsl: Visitor) -> None:
    consultation = dsl.opened()
    assert dsl.get(at(consultation, "unsent")).json() == {"text": "", "at": None}
    kept = dsl.post(at(consultation, "unsent"), json={"text": "mum Sharon shouts", "after": 0})
    assert kept.json() == {"kept": True}
    assert "Sharon" not in kept.text
    assert dsl.get(at(consultation, "unsent")).json()["text"] == "mum [parent 1] shouts"
    dsl.post(at(consultation, "unsent"), json={"text": "", "after": 0})
    assert dsl.get(at(consultation, "unsent")).json()["text"] == ""


def test_it_is_there_after_signing_in_again_and_gone_once_sent(dsl: Visitor) -> None:
    consultation = dsl.opened()
    dsl.post(at(consultation, "unsent"), json={"text": "hungry", "after": 0})
    dsl.ask("DELETE", "/api/session")
    assert dsl.get(at(consultation, "unsent")).status_code == 401
    dsl.as_dsl()
    assert dsl.get(at(consultation, "unsent")).json()["text"] == "hungry"
    dsl.says(consultation, text="hungry")
    assert dsl.get(at(consultation, "unsent")).json()["text"] == ""


@pytest.mark.parametrize("what", ["understood", "unsent"])
def test_somebody_elses_is_as_good_as_not_there(visitor: Visitor, what: str) -> None:
    consultation = visitor.as_dsl().opened()
    visitor.as_dsl("bucks-1")
    assert visitor.get(at(consultation, what)).status_code == 404
    assert visitor.post(at(consultation, "unsent"), json={"text": "hungry", "after": 0}).status_code == 404
    assert visitor.post(at(consultation, "reference"), json={"answer": "kept"}).status_code == 404


def test_the_reference_is_asked_for_with_a_person_and_no_more_once_it_is_kept(dsl: Visitor) -> None:
    consultation = dsl.handed_over().removeprefix("case-")
    told = dsl.get(at(consultation)).json()
    assert told["keep_reference"] == "ask"
    wrong = dsl.post(at(consultation, "reference"), json={"answer": "shown", "last": "0"})
    assert wrong.json() == {"kept": False}
    assert dsl.get(at(consultation)).json()["keep_reference"] == "ask"
    last = told["reference"].rsplit("-", 1)[-1]
    assert dsl.post(at(consultation, "reference"), json={"answer": "shown", "last": last}).json() == {"kept": True}
    assert dsl.get(at(consultation)).json()["keep_reference"] == ""


def test_not_now_is_taken_for_an_answer(dsl: Visitor) -> None:
    consultation = dsl.handed_over().removeprefix("case-")
    assert dsl.post(at(consultation, "reference"), json={"answer": "later"}).json() == {"kept": False}
    assert dsl.get(at(consultation)).json()["keep_reference"] == ""

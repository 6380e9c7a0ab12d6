"""The widget's JSON, from opening to coming back."""

import json

import pytest

from tests.unit.web.visitor import Visitor


def texts(messages: list[dict]) -> list[str]:
    return [message["text"] for message in messages]


def test_a_consultation_opens_with_its_reference_and_the_numbers(dsl: Visitor) -> None:
    opened = dsl.post("/api/consultations", json={"area": "kent"})
    assert opened.status_code == 201
    held = opened.json()
    assert held["area"] == "kent"
    assert len(held["reference"].replace("-", "")) == 18
    assert held["emergency"]["in_danger"] == "999"
    assert held["emergency"]["out_of_hours"] == {
        "label": "Out of hours in Kent",
        "value": "03000 419191",
        "hours": "",
        "checked": "2026-11-02",
    }
    assert "designation" not in held, "the desk's word for a case is not the DSL's business"


def test_a_message_is_answered(dsl: Visitor) -> None:
    said = dsl.says(dsl.opened(), text="kent").json()
    assert said["message"]["text"] == "kent"
    assert "immediate danger" in said["replies"][0]["text"]
    assert said["stage"] == "with_assistant"
    assert said["refusal"] is None
    assert said["removed_line"] is None


def test_what_was_taken_out_is_told(dsl: Visitor) -> None:
    said = dsl.says(dsl.opened(), text="mum Sharon, 07700900123").json()
    assert said["message"]["text"] == "mum [parent 1], [phone]"
    assert said["message"]["shown"] == ["[parent 1]", "[phone]"]
    assert said["removed_line"] == "I took out 1 name and 1 phone number, shown as [parent 1] and [phone]"


def test_a_repeat_gets_the_first_answer_again(dsl: Visitor) -> None:
    consultation = dsl.opened()
    first = dsl.says(consultation, "the-same-id", text="kent").json()
    again = dsl.says(consultation, "the-same-id", text="kent").json()
    assert again == first
    assert len(dsl.house.kept[consultation].messages) == 4, "nothing was stored twice"


def test_a_button_is_chosen_by_its_id_and_its_payload_stays_here(dsl: Visitor) -> None:
    consultation = dsl.opened()
    answer = dsl.says(consultation, choice="2.0")
    assert answer.json()["message"]["text"] == "Kent"
    assert "child_area" not in answer.text
    assert "/answer" not in answer.text


def test_several_ticks_are_sent_together(dsl: Visitor) -> None:
    consultation = dsl.opened()
    dsl.says(consultation, "first-message", text="that is right")
    dsl.says(consultation, "second-message", choices=["4.0", "4.2"])
    assert dsl.house.seen_choices == ["4.0,4.2"]


def test_a_row_is_changed_by_its_id(dsl: Visitor) -> None:
    consultation = dsl.opened()
    table = dsl.says(consultation, "first-message", text="he is hungry").json()["replies"][0]
    assert [row["change"] for row in table["card"]["rows"]] == ["4.r0", "4.r1", "4.r2", None]
    changed = dsl.says(consultation, "second-message", choice="4.r1").json()
    assert changed["message"]["text"].startswith("Change: ")


@pytest.mark.parametrize("choice", ["/restart", '/answer{"in_danger":"no"}', "2", "2.x0", "2.0;3.0", "", "-1.0"])
def test_a_payload_is_no_choice(dsl: Visitor, choice: str) -> None:
    answer = dsl.says(dsl.opened(), choice=choice)
    assert answer.status_code == 422
    assert dsl.house.seen_choices == [], "it never reached the house"


def test_a_refusal_of_the_house_is_in_words(dsl: Visitor) -> None:
    said = dsl.says(dsl.opened(), text="x" * 10_001)
    assert said.status_code == 200
    assert said.json()["message"] is None
    assert said.json()["refusal"]["id"] == "utter_refused_too_long"
    assert "999" in said.json()["refusal"]["text"]


def test_a_consultation_is_found_again_by_its_reference_however_typed(dsl: Visitor) -> None:
    opened = dsl.post("/api/consultations", json={}).json()
    typed = opened["reference"].lower().replace("-", " ")
    assert dsl.post("/api/resume", json={"reference": typed}).json()["id"] == opened["id"]


@pytest.mark.parametrize("reference", ["", "7K2M-9QXC-W4TD-XB0N-5H", "amber heron", "c0001"])
def test_an_unknown_reference_says_so_with_999(dsl: Visitor, reference: str) -> None:
    dsl.opened()
    answer = dsl.post("/api/resume", json={"reference": reference})
    assert answer.status_code == 404
    assert answer.json()["error"] == "unknown_reference"
    assert "999" in answer.json()["message"]


def test_somebody_elses_consultation_is_as_good_as_not_there(visitor: Visitor) -> None:
    theirs = visitor.as_dsl("kent-1").opened()
    visitor.as_dsl("bucks-1")
    mine_that_is_not = visitor.get("/api/consultations/c9999")
    for answer in (
        visitor.get(f"/api/consultations/{theirs}"),
        visitor.get(f"/api/consultations/{theirs}/events"),
        visitor.says(theirs, text="hello"),
        visitor.post(f"/api/consultations/{theirs}/typing"),
        visitor.post(f"/api/consultations/{theirs}/preview", json={"text": "hello"}),
        visitor.post(f"/api/consultations/{theirs}/messages/1/put-back", json={"text": "hello", "words": ["x"]}),
    ):
        assert answer.status_code == 404
        assert answer.json() == mine_that_is_not.json(), "the two are not told apart"
    assert visitor.get(f"/consultations/{theirs}").status_code == 404


def test_an_unknown_area_is_refused(dsl: Visitor) -> None:
    answer = dsl.post("/api/consultations", json={"area": "atlantis"})
    assert (answer.status_code, answer.json()["error"]) == (422, "unknown_area")


MALFORMED = {
    "broken JSON": (b'{"client_message_id": "abcdefgh", "text": "canary', 400),
    "not an object": (b'"canary"', 422),
    "nothing said": (b'{"client_message_id": "abcdefgh", "canary": 1}', 422),
    "two things said": (b'{"client_message_id": "abcdefgh", "text": "canary", "choice": "2.0"}', 422),
    "no client id": (b'{"text": "canary"}', 422),
    "a client id that is a sentence": (b'{"client_message_id": "canary canary", "text": "x"}', 422),
    "text that is no text": (b'{"client_message_id": "abcdefgh", "text": {"canary": 1}}', 422),
    "nothing in the text": (b'{"client_message_id": "abcdefgh", "text": ""}', 422),
    "half a character": (b'{"client_message_id": "abcdefgh", "text": "canary \\ud800"}', 422),
    "no UTF-8": (b'{"client_message_id": "abcdefgh", "text": "canary \xff"}', 400),
    "too many choices": (
        b'{"client_message_id": "abcdefgh", "choices": [' + b'"1.0",' * 50 + b'"1.0"]}',
        422,
    ),
}


@pytest.mark.parametrize("body", MALFORMED)
def test_what_cannot_be_read_is_refused_without_being_echoed(dsl: Visitor, body: str, caplog) -> None:
    content, status = MALFORMED[body]
    path = f"/api/consultations/{dsl.opened()}/messages"
    answer = dsl.post(path, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert answer.json()["error"] == "not_understood"
    assert "999" in answer.json()["message"]
    assert "canary" not in answer.text
    assert "canary" not in caplog.text


@pytest.mark.parametrize("length_is_told", [True, False])
def test_a_body_of_more_than_64_kilobytes_is_refused(dsl: Visitor, length_is_told: bool) -> None:
    body = json.dumps({"client_message_id": "abcdefgh", "text": "x" * 70_000}).encode()

    async def in_pieces():
        for start in range(0, len(body), 10_000):
            yield body[start : start + 10_000]

    answer = dsl.post(
        f"/api/consultations/{dsl.opened()}/messages",
        content=body if length_is_told else in_pieces(),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 413
    assert "999" in answer.text


def test_what_goes_wrong_inside_is_answered_with_999_and_logged_without_its_words(dsl: Visitor, caplog) -> None:
    dsl.house.falls = RuntimeError("canary: Sharon lives at 3 Elm Road")
    answer = dsl.says(dsl.opened(), text="hello")
    assert answer.status_code == 500
    assert "999" in answer.json()["message"]
    assert "canary" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text, "whoever runs the service learns what kind it was"


def test_the_api_describes_itself(visitor: Visitor) -> None:
    described = visitor.get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/session",
        "/api/session/stay",
        "/api/consultations",
        "/api/consultations/{consultation_id}",
        "/api/consultations/{consultation_id}/draft",
        "/api/consultations/{consultation_id}/messages",
        "/api/consultations/{consultation_id}/messages/{number}/put-back",
        "/api/consultations/{consultation_id}/person",
        "/api/consultations/{consultation_id}/person/{act}",
        "/api/consultations/{consultation_id}/preview",
        "/api/consultations/{consultation_id}/reference",
        "/api/consultations/{consultation_id}/seen",
        "/api/consultations/{consultation_id}/typing",
        "/api/consultations/{consultation_id}/understood",
        "/api/consultations/{consultation_id}/unsent",
        "/api/consultations/{consultation_id}/events",
        "/api/resume",
    }


def test_a_closed_consultation_can_still_be_read(worker: Visitor) -> None:
    worker.answered()
    worker.post("/api/consultations/c0001/person/settled")
    assert worker.get("/api/consultations/c0001").json()["stage"] == "closed"
    assert "event: message" in worker.streamed("/api/consultations/c0001/events").text

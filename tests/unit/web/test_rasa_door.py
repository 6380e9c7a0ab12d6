"""Rasa's door: a token, rasa-sdk's own answers, and not a word of the conversation in a log."""

import json
import logging

import pytest
from rasa_sdk.interfaces import (
    ActionExecutionRejection,
    ActionMissingDomainException,
    ActionNotFoundException,
)

from bot.web.rasa_line import LARGEST_ACTION_CALL
from tests.fakes_web import RASA_TOKEN, FakeHouse, make_app
from tests.unit.web.visitor import Visitor

CALL = {
    "next_action": "action_assess",
    "sender_id": "c0001",
    "tracker": {"latest_message": {"text": "canary"}},
}
DOOR = f"/rasa/webhook?token={RASA_TOKEN}"


@pytest.fixture
def rasa(visitor: Visitor) -> Visitor:
    """Rasa sends no origin: it is no browser."""
    del visitor._client.headers["Origin"]
    return visitor


def test_an_action_is_run(rasa: Visitor) -> None:
    answer = rasa.post(DOOR, json=CALL)
    assert answer.status_code == 200
    assert answer.json() == {"events": [], "responses": [{"text": "done"}]}
    assert rasa.house.actions == [CALL]


def test_the_token_may_come_in_a_header(rasa: Visitor) -> None:
    headers = {"Authorization": f"Bearer {RASA_TOKEN}"}
    assert rasa.post("/rasa/webhook", json=CALL, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/rasa/webhook", {}, 401),
        ("/rasa/webhook", {"Authorization": "Basic abc"}, 401),
        ("/rasa/webhook?token=", {}, 403),
        ("/rasa/webhook?token=wrong", {}, 403),
        (f"/rasa/webhook?token={RASA_TOKEN}x", {}, 403),
        ("/rasa/webhook?token=%C3%A9", {}, 403),
        ("/rasa/webhook", {"Authorization": "Bearer wrong"}, 403),
    ],
)
def test_without_the_token_nothing_is_run(rasa: Visitor, path: str, headers: dict, status: int) -> None:
    assert rasa.post(path, json=CALL, headers=headers).status_code == status
    assert rasa.house.actions == []


def test_there_is_no_door_without_a_token() -> None:
    from bot.web.app import create_app

    with pytest.raises(ValueError, match="token"):
        create_app(FakeHouse(), str, clock=lambda: None, base_url="http://x", rasa_token="")
    make_app(FakeHouse())


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (ActionExecutionRejection("action_assess"), 400),
        (ActionNotFoundException("action_assess"), 404),
        (ActionMissingDomainException("action_assess"), 449),
    ],
)
def test_refusals_are_those_of_rasa_sdk(rasa: Visitor, raised: Exception, status: int) -> None:
    rasa.house.action_falls = raised
    answer = rasa.post(DOOR, json=CALL)
    assert answer.status_code == status
    assert answer.json() == {"error": raised.message, "action_name": "action_assess"}


def test_an_action_that_falls_says_nothing_of_the_conversation(rasa: Visitor, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    rasa.house.action_falls = RuntimeError("canary")
    answer = rasa.post(DOOR, json=CALL)
    assert answer.status_code == 500
    assert answer.json() == {"error": "action_failed", "action_name": "action_assess"}
    assert "canary" not in caplog.text
    assert "RuntimeError" in caplog.text


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"canary"'])
def test_what_is_no_call_is_refused(rasa: Visitor, body: bytes) -> None:
    answer = rasa.post(DOOR, content=body)
    assert answer.status_code == 400
    assert rasa.house.actions == []


@pytest.mark.parametrize("action", [["canary"], {"canary": 1}, 7])
def test_an_action_that_is_no_name_is_refused_and_told_nowhere(rasa: Visitor, action, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    answer = rasa.post(DOOR, json={**CALL, "next_action": action})
    assert answer.status_code == 400
    assert "canary" not in answer.text + caplog.text
    assert rasa.house.actions == []


def test_a_long_conversation_fits(rasa: Visitor) -> None:
    call = {**CALL, "tracker": {"events": ["x" * 1000] * 500}}
    assert rasa.post(DOOR, json=call).status_code == 200


def test_the_door_answers_nothing_but_calls(rasa: Visitor) -> None:
    assert rasa.get(DOOR).status_code == 405


EARS = "/rasa/model/parse"


def test_an_act_is_answered_as_another_rasa_would(rasa: Visitor) -> None:
    answer = rasa.post(EARS, json={"token": RASA_TOKEN, "text": "ta very much", "message_id": "c0001"})
    assert answer.status_code == 200
    assert answer.json() == {
        "text": "ta very much",
        "intent": {"name": "thank", "confidence": 0.8},
        "intent_ranking": [{"name": "thank", "confidence": 0.8}, {"name": "greet", "confidence": 0.2}],
        "entities": [],
    }


def test_a_payload_keeps_what_it_carries(rasa: Visitor) -> None:
    payload = '/answer{"own_signs": ["low_mood", "withdrawn"]}'
    told = rasa.post(EARS, json={"token": RASA_TOKEN, "text": payload}).json()
    assert told["intent"] == {"name": "answer", "confidence": 1.0}
    assert [(one["entity"], one["value"]) for one in told["entities"]] == [
        ("own_signs", "low_mood"),
        ("own_signs", "withdrawn"),
    ]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 401),
        ({"text": "hello"}, 401),
        ([], 401),
        ({"text": "hello", "token": None}, 403),
        ({"text": "hello", "token": "wrong"}, 403),
        ({"text": "hello", "token": RASA_TOKEN + "\u00e9"}, 403),
        ({"text": None, "token": RASA_TOKEN}, 400),
    ],
)
def test_nobody_else_learns_an_act(rasa: Visitor, body: object, status: int) -> None:
    assert rasa.post(EARS, json=body).status_code == status


@pytest.mark.parametrize("query", ["", "?token=wrong", f"?token={RASA_TOKEN}"])
def test_what_is_led_straight_here_has_the_headers_of_all_else(rasa: Visitor, query: str) -> None:
    """With a body of a told length it is led straight; with one in pieces it goes the usual way."""

    async def pieces():
        yield json.dumps(CALL).encode()

    kind = {"Content-Type": "application/json"}
    straight = rasa.post(f"/rasa/webhook{query}", content=json.dumps(CALL).encode(), headers=kind)
    usual = rasa.post(f"/rasa/webhook{query}", content=pieces(), headers=kind)
    assert (straight.status_code, straight.content) == (usual.status_code, usual.content)
    for answer in (straight, usual):
        assert len(answer.headers.pop("x-request-id")) > 8
    assert sorted(straight.headers.items()) == sorted(usual.headers.items())
    assert "content-security-policy" in straight.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/json", "Content-Length": str(LARGEST_ACTION_CALL + 1)},
    ],
)
def test_what_no_rasa_sends_is_refused_as_everywhere(rasa: Visitor, headers: dict) -> None:
    assert rasa.post(DOOR, content=b"{}", headers=headers).status_code in (413, 415)
    assert rasa.house.actions == []

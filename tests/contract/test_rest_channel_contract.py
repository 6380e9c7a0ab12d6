"""What Rasa's REST channel answers and what we make of it; what is no answer is said to be none."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from bot import request_id
from bot.desk.ports import Button, DialogueUnavailable, Utterance
from bot.dialogue.rasa_client import DialogueLate, RasaClient, utterances

BUTTONS = [{"title": "Yes", "payload": '/answer{"in_danger":"yes"}'}, {"title": "No", "payload": "/deny"}]
TICKS = {"kind": "ticks", "question": "tried"}
TABLE = {"kind": "table", "title": "t", "rows": []}


def test_a_text_is_said_by_the_assistant() -> None:
    assert utterances([{"recipient_id": "c1", "text": "hello"}]) == (Utterance("assistant", "hello"),)


def test_buttons_keep_title_and_payload_in_order() -> None:
    (said,) = utterances([{"recipient_id": "c1", "text": "danger?", "buttons": BUTTONS}])
    assert said.buttons == (Button("Yes", '/answer{"in_danger":"yes"}'), Button("No", "/deny"))


def test_a_card_stands_by_itself() -> None:
    said = utterances([{"recipient_id": "c1", "custom": TABLE}, {"recipient_id": "c1", "text": "right?"}])
    assert [u.card for u in said] == [TABLE, None]


def test_ticks_belong_to_the_question_just_before() -> None:
    replies = [{"text": "first"}, {"text": "tried?", "buttons": BUTTONS}, {"custom": TICKS}]
    said = utterances(replies)
    assert len(said) == 2
    assert (said[1].text, said[1].card, len(said[1].buttons)) == ("tried?", TICKS, 2)


def test_ticks_after_a_text_without_buttons_are_a_card_of_their_own() -> None:
    assert [u.card for u in utterances([{"text": "tried?"}, {"custom": TICKS}])] == [None, TICKS]


def test_what_says_nothing_is_left_out() -> None:
    assert utterances([{"recipient_id": "c1"}, {"text": ""}, {"image": "x"}]) == ()


# the client


def _client(answer: Any) -> tuple[RasaClient, list[httpx.Request]]:
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    transport = httpx.MockTransport(handle)
    return RasaClient("http://rasa", "t", client=httpx.AsyncClient(transport=transport, base_url="http://rasa")), seen


def _say(answer: Any, message: str = "hello") -> tuple[Utterance, ...]:
    client, _ = _client(answer)

    async def talk() -> tuple[Utterance, ...]:
        try:
            return await client.say("c1", message)
        finally:
            await client.close()

    return asyncio.run(talk())


def test_the_message_goes_to_the_rest_channel_under_the_consultations_id() -> None:
    client, seen = _client(httpx.Response(200, json=[{"text": "hello"}]))
    asyncio.run(client.say("c1", "hungry"))
    (request,) = seen
    assert (request.method, request.url.path) == ("POST", "/webhooks/rest/webhook")
    assert json.loads(request.content) == {"sender": "c1", "message": "hungry"}


def test_the_request_that_is_served_goes_along_so_that_actions_can_be_put_together_with_it() -> None:
    client, seen = _client(httpx.Response(200, json=[{"text": "hello"}]))
    with request_id.begun() as asked:
        asyncio.run(client.say("c1", "hungry"))
    assert json.loads(seen[0].content)["metadata"] == {"request": asked}


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, text="canary"),
        httpx.Response(401, json={"reason": "canary"}),
        httpx.Response(200, text="canary is no JSON"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"error": "canary"}),
        httpx.Response(200, json=None),
        httpx.Response(200, json=["canary"]),
        httpx.Response(200, json=[{"text": "canary", "buttons": [{"title": "no payload"}]}]),
        httpx.Response(200, json=[{"custom": "canary"}]),
        httpx.ConnectError("canary"),
        httpx.ReadTimeout("canary"),
        httpx.RemoteProtocolError("canary"),
    ],
)
def test_what_cannot_be_read_is_no_answer_and_carries_no_text(answer: Any) -> None:
    with pytest.raises(DialogueUnavailable) as raised:
        _say(answer, message="canary")
    assert "canary" not in str(raised.value)
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    ("answer", "healthy"),
    [
        (httpx.Response(200, json={"model_file": "m.tar.gz"}), True),
        (httpx.Response(200, json={"model_file": None}), False),
        (httpx.Response(401, json={}), False),
        (httpx.Response(200, text="x"), False),
        (httpx.ConnectError("x"), False),
    ],
)
def test_it_is_healthy_when_it_answers_with_a_model(answer: Any, healthy: bool) -> None:
    client, _ = _client(answer)
    assert asyncio.run(client.is_healthy()) is healthy


@pytest.mark.parametrize(
    ("answer", "is_late"),
    [
        (httpx.ConnectError("x"), False),
        (httpx.ConnectTimeout("x"), False),
        (httpx.PoolTimeout("x"), False),
        (httpx.ReadTimeout("x"), True),
        (httpx.RemoteProtocolError("x"), True),
        (httpx.Response(503), True),
        (httpx.Response(200, text="cut of"), True),
        (httpx.Response(200, json=[]), False),
    ],
)
def test_what_may_have_been_taken_in_is_told_apart_from_what_was_not(answer: Any, is_late: bool) -> None:
    with pytest.raises(DialogueUnavailable) as raised:
        _say(answer)
    assert isinstance(raised.value, DialogueLate) is is_late


def test_a_talk_is_at_rest_when_rasa_has_taken_in_its_end() -> None:
    client, seen = _client(httpx.Response(200, json={}))
    asyncio.run(client.at_rest("c1"))
    assert (seen[0].method, seen[0].url.path) == ("POST", "/conversations/c1/tracker/events")
    assert seen[0].url.params["token"] == "t"
    assert json.loads(seen[0].content) == [{"event": "restart"}]


@pytest.mark.parametrize("answer", [httpx.ReadTimeout("canary"), httpx.Response(500, text="canary")])
def test_a_talk_whose_turn_does_not_end_is_not_at_rest(answer: Any) -> None:
    client, _ = _client(answer)
    with pytest.raises(DialogueUnavailable) as raised:
        asyncio.run(client.at_rest("c1"))
    assert "canary" not in f"{raised.value}"

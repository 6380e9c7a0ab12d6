"""What Rasa posts to our door for actions and what it gets back, as the two have agreed.

The call below has the shape that Rasa 3.6 posts when it leaves the domain out.
"""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from actions import every_action
from actions.running import runner
from bot.web.app import create_app
from tests.at_the_desk import make_at_hand
from tests.factories import create_consultation, create_dsl
from tests.fakes import FakeRecords
from tests.fakes_web import FakeHouse

TOKEN = "a-token-of-the-contract"
EVENTS = {"slot", "followup"}
RESPONSE_KEYS = {"text", "buttons", "elements", "custom", "template", "response", "image", "attachment"}


def call_of(action: str, **slots: Any) -> dict[str, Any]:
    """Return what Rasa posts."""
    return {
        "next_action": action,
        "sender_id": "c1",
        "tracker": {
            "sender_id": "c1",
            "slots": {"child_area": "kent", "worry": "always hungry", "requested_slot": "trend", **slots},
            "latest_message": {
                "intent": {"name": "greet", "confidence": 0.98},
                "entities": [],
                "text": "hello",
                "message_id": "1f0e",
                "metadata": {},
                "text_tokens": [[0, 5]],
                "intent_ranking": [{"name": "greet", "confidence": 0.98}],
            },
            "latest_event_time": 1795514400.0,
            "followup_action": None,
            "paused": False,
            "events": [{"event": "action", "timestamp": 1795514400.0, "name": "action_session_start"}],
            "latest_input_channel": "rest",
            "active_loop": {"name": "consultation_form", "is_interrupted": False, "rejected": False},
            "latest_action": {"action_name": "action_listen"},
            "latest_action_name": "action_listen",
        },
        "version": "3.6.21",
    }


class ActionHouse(FakeHouse):
    """A house behind whose door the real actions stand."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = FakeRecords()
        create_consultation(self.kept, create_dsl(self.kept))
        self._runner = runner(make_at_hand(self.kept))

    async def run_action(self, call: dict[str, Any]) -> Any:
        return await self._runner(call)


class DoorAsRasaSeesIt:
    """Our door, called as Rasa calls it."""

    def __init__(self) -> None:
        self._app = create_app(
            ActionHouse(),
            lambda name, **values: name,
            clock=lambda: datetime(2026, 11, 23, 10, tzinfo=UTC),
            base_url="http://127.0.0.1:8000",
            rasa_token=TOKEN,
        )

    def post(self, call: dict[str, Any], token: str | None) -> httpx.Response:
        """Post one call."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
                headers = {"Authorization": f"Bearer {token}"} if token else {}
                return await client.post("/rasa/webhook", json=call, headers=headers)

        return asyncio.run(send())


@pytest.fixture
def door() -> DoorAsRasaSeesIt:
    return DoorAsRasaSeesIt()


def _post(door: DoorAsRasaSeesIt, call: dict[str, Any], token: str | None = TOKEN) -> httpx.Response:
    return door.post(call, token)


ACTIONS = [action.name() for action in every_action(make_at_hand(FakeRecords()))]


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_answers_events_and_responses_that_rasa_can_read(door: Any, action: str) -> None:
    answer = _post(door, call_of(action))
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert set(body) == {"events", "responses"}
    for event in body["events"]:
        assert event["event"] in EVENTS
        assert {"event", "name", "timestamp"} <= set(event)
        if event["event"] == "slot":
            assert "value" in event
    for response in body["responses"]:
        assert response.get("response") or response.get("custom"), "never a sentence of our own"
        assert response.get("text") is None
        if response.get("custom"):
            assert response["custom"]["kind"] in ("table", "sections")
        blanks = {name: value for name, value in response.items() if name not in RESPONSE_KEYS}
        assert all(isinstance(value, str) for value in blanks.values()), "Rasa fills blanks with text"


@pytest.mark.parametrize("action", ACTIONS)
def test_no_action_asks_for_the_domain(door: Any, action: str) -> None:
    """449 would make Rasa send the whole domain with the call again."""
    assert _post(door, call_of(action)).status_code != 449


@pytest.mark.parametrize("action", ACTIONS)
def test_every_slot_that_an_action_sets_is_in_the_domain(door: Any, action: str) -> None:
    slots = set(yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))["slots"]) | {"requested_slot"}
    events = _post(door, call_of(action, disputes_exit=True)).json()["events"]
    assert {event["name"] for event in events if event["event"] == "slot"} <= slots


def test_an_action_that_is_not_there_is_404(door: Any) -> None:
    answer = _post(door, call_of("action_made_up"))
    assert answer.status_code == 404
    assert answer.json()["action_name"] == "action_made_up"


def test_a_call_without_an_action_is_answered_with_nothing(door: Any) -> None:
    answer = _post(door, {**call_of("x"), "next_action": None})
    assert (answer.status_code, answer.json()) == (200, None)


@pytest.mark.parametrize(("token", "status"), [(None, 401), ("", 401), ("wrong", 403), (TOKEN + "x", 403)])
def test_without_the_token_there_is_no_answer(door: Any, token: str | None, status: int) -> None:
    answer = _post(door, call_of("action_finish"), token)
    assert answer.status_code == status
    assert "responses" not in answer.json()

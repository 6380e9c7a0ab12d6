"""Calling an action as Rasa would: what is posted to `/rasa/webhook` for one message of a consultation."""

from collections.abc import Mapping
from typing import Any

SLOTS: Mapping[str, Any] = {"child_area": "kent", "leaves_now": False, "wants_person": False}


def call_of(
    action: str,
    slots: Mapping[str, Any],
    *,
    text: str = "",
    act: str = "answer",
    entities: Mapping[str, Any] | None = None,
    form: str | None = None,
) -> dict[str, Any]:
    """Return the call of an action in consultation `c1`, with a small tracker."""
    carried = [{"entity": name, "value": value} for name, value in (entities or {}).items()]
    tracker = {
        "sender_id": "c1",
        "slots": dict(slots),
        "latest_message": {
            "text": text or f"/{act}",
            "intent": {"name": act, "confidence": 1.0},
            "entities": carried,
        },
        "events": [],
        "active_loop": {"name": form} if form else {},
        "latest_action_name": "action_listen",
    }
    return {"next_action": action, "sender_id": "c1", "tracker": tracker, "version": "3.6.21"}

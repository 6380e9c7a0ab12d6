"""Rasa's doors: the actions that Rasa asks for, answered as rasa-sdk's own server would, and which act a message is,
answered as another Rasa would (its endpoint `nlu`).

Behind a token and without that server's open doors. The call holds the whole conversation so far,
so neither the body nor an action's exception is ever logged or sent back.
"""

import hmac
import json
import logging
import traceback
from pathlib import Path
from typing import Any

from rasa_sdk.interfaces import (
    ActionExecutionRejection,
    ActionMissingDomainException,
    ActionNotFoundException,
)
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot import request_id
from bot.desk.hearing import Heard
from bot.web.house import House

log = logging.getLogger("noname.web.rasa")

# What rasa-sdk's server answers, which Rasa tells apart: rejected, not there, send the domain again.
_STATUS = {
    ActionExecutionRejection: 400,
    ActionNotFoundException: 404,
    ActionMissingDomainException: 449,
}


class RasaDoor:
    """Answers `POST /rasa/webhook` and `POST /rasa/model/parse`, and `GET` for nobody."""

    def __init__(self, house: House, token: str) -> None:
        if not token:
            raise ValueError("Rasa's door needs a token")
        self.house, self.token = house, token.encode()

    async def webhook(self, request: Request) -> Response:
        """Run the action that is asked for and return its events and responses."""
        given = _given_token(request)
        if given is None:
            return JSONResponse({"error": "no_token"}, 401)
        if not hmac.compare_digest(given.encode(), self.token):
            return JSONResponse({"error": "wrong_token"}, 403)
        try:
            call = json.loads(await request.body())
        except ValueError:
            call = None
        # An action that is no name would be quoted where actions are told of; Rasa never asks for one.
        if not isinstance(call, dict) or not isinstance(call.get("next_action") or "", str):
            return JSONResponse({"error": "Invalid body request"}, 400)
        return await self._run(call)

    async def hear(self, request: Request) -> Response:
        """Return the act of a message. Rasa gives this door's token in the body, and takes any refusal for silence."""
        try:
            asked = json.loads(await request.body())
            token, message = asked["token"], asked["text"]
        except (ValueError, LookupError, TypeError):
            return JSONResponse({"error": "no_token"}, 401)
        if not isinstance(token, str) or not hmac.compare_digest(token.encode(), self.token):
            return JSONResponse({"error": "wrong_token"}, 403)
        if not isinstance(message, str):
            return JSONResponse({"error": "Invalid body request"}, 400)
        return JSONResponse(_as_rasa_says(message, await self.house.hear(message)))

    async def _run(self, call: dict[str, Any]) -> Response:
        action = call.get("next_action") or ""
        request_id.carry_on(_asked_in(call))
        try:
            result = await self.house.run_action(call)
            return JSONResponse(result.model_dump() if result else None)
        except tuple(_STATUS) as refused:
            answer = {"error": refused.message, "action_name": refused.action_name}
            status = next(code for kind, code in _STATUS.items() if isinstance(refused, kind))
            return JSONResponse(answer, status)
        except Exception as fell:
            # The door of another program: whatever an action does, Rasa gets an answer and no text.
            log.error("action_failed action=%s kind=%s at=%s", action, type(fell).__name__, _place(fell))
            return JSONResponse({"error": "action_failed", "action_name": action}, 500)


def _as_rasa_says(message: str, heard: Heard) -> dict[str, Any]:
    ends = {"start": message.find("{"), "end": len(message)}
    return {
        "text": message,
        "intent": {"name": heard.act, "confidence": heard.sure},
        "intent_ranking": [{"name": name, "confidence": sure} for name, sure in heard.rivals],
        "entities": [{"entity": name, "value": value, **ends} for name, value in heard.carries],
    }


def _asked_in(call: dict[str, Any]) -> object:
    """Return the id that the turn gave to Rasa, if it is there."""
    try:
        return call["tracker"]["latest_message"]["metadata"]["request"]
    except (LookupError, TypeError):
        return None


def _place(fell: BaseException) -> str:
    """Return the file and line that raised: where to look, and nothing of what was said."""
    frames = traceback.extract_tb(fell.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere"


def _given_token(request: Request) -> str | None:
    if "token" in request.query_params:
        return request.query_params["token"]
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" and token else None

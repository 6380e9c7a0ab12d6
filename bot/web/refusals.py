"""Refusals in words: JSON for programs, a page for people, each with 999 in it and no input echoed."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import Scope

from bot.anonymiser.errors import AnonymiserFailed, TextTooLong, UnreadableScript
from bot.consultation import IllegalMove
from bot.desk.answer import NothingSaid, NotYourCase
from bot.desk.attempts import LockedOut
from bot.desk.claim import NoSuchCase
from bot.desk.duty.passing import NobodyThere, ReasonNeeded
from bot.desk.ports import NotKept, UncleanWrite
from bot.desk.turnstile import NotFree
from bot.knowledge.errors import UnknownArea
from bot.web.door import Door, DoorRefusal
from bot.web.request_log import REFUSED

# What the desk does not allow, and the wording for it.
_NOT_ALLOWED = {
    NotYourCase: "utter_door_not_claimed",
    NothingSaid: "utter_door_nothing_written",
    IllegalMove: "utter_door_moved_on",
    ReasonNeeded: "utter_door_reason_needed",
    NobodyThere: "utter_door_nobody_there",
    UncleanWrite: "utter_door_unclean",
    TextTooLong: "utter_refused_too_long",
    UnreadableScript: "utter_refused_script",
    AnonymiserFailed: "utter_refused_not_safe",
}
NOT_ALLOWED = tuple(_NOT_ALLOWED)


def _as_counted(words: str) -> str:
    return words.removeprefix("utter_").removeprefix("door_")


# Why a door says no, each by the id of its words. Refusals are counted by these.
REASONS = (
    *("signed_out", "wrong_code", "locked_out", "not_your_role", "other_site", "not_found", "wrong_method"),
    *("too_large", "not_understood", "broken", "back_soon", "unknown_area", "unknown_practice", "unknown_reference"),
    *("too_slow", "moved_on_dsl"),
    *map(_as_counted, _NOT_ALLOWED.values()),
)

_ERROR_OF_STATUS = {
    400: "not_understood",
    404: "not_found",
    405: "wrong_method",
    408: "too_slow",
    413: "too_large",
    415: "not_understood",
}


class Refusals:
    """How one app says no. `sign_in` is where a person without a session is sent."""

    def __init__(self, door: Door, sign_in: str, json_under: str) -> None:
        self.door, self.sign_in, self.json_under = door, sign_in, json_under

    def __call__(self, scope: Scope, status: int, error: str) -> Response:
        """Return the refusal as the caller can read it, and leave in the request's state why it was."""
        scope.setdefault("state", {})[REFUSED] = error
        if scope["path"].startswith(self.json_under):
            return as_json(self.door, status, error)
        if status == 401 and error == "signed_out":
            return RedirectResponse(self.sign_in, status_code=303)
        words = self.door.sentence(f"utter_door_{error}")
        return self.door.page(Request(scope), "problem.html", status, error=error, words=words)

    def teach(self, app: FastAPI) -> None:
        """Let the app answer every narrow exception of the house in these words."""

        def says(status: int, error: str):
            async def answer(request: Request, _: Exception) -> Response:
                return self(request.scope, status, error)

            return answer

        for kind in (NoSuchCase, NotKept):
            app.add_exception_handler(kind, says(404, "not_found"))
        app.add_exception_handler(LockedOut, says(429, "locked_out"))
        app.add_exception_handler(NotFree, says(503, "back_soon"))
        app.add_exception_handler(UnknownArea, says(422, "unknown_area"))
        app.add_exception_handler(HTTPException, self._http)
        app.add_exception_handler(RequestValidationError, self._malformed)
        app.add_exception_handler(DoorRefusal, self._door_refusal)
        for kind in NOT_ALLOWED:
            app.add_exception_handler(kind, self._not_allowed)

    async def _http(self, request: Request, raised: HTTPException) -> Response:
        return self(request.scope, raised.status_code, _ERROR_OF_STATUS.get(raised.status_code, "broken"))

    async def _malformed(self, request: Request, raised: RequestValidationError) -> Response:
        is_json = all(error["type"] != "json_invalid" for error in raised.errors())
        return self(request.scope, 422 if is_json else 400, "not_understood")

    async def _door_refusal(self, request: Request, raised: DoorRefusal) -> Response:
        return self(request.scope, raised.status, raised.error)

    async def _not_allowed(self, request: Request, raised: Exception) -> Response:
        name = reason_of(raised)
        setattr(request.state, REFUSED, _as_counted(name))
        person = getattr(request.state, "person", None)
        words = self.door.sentence(name, person.area if person else None)
        if request.url.path.startswith(self.json_under) or wants_json(request):
            error = name.removeprefix("utter_").removeprefix("door_")
            return JSONResponse({"error": error, "message": words}, 409)
        return self.door.page(request, "problem.html", 409, error=name, words=words)


def reason_of(raised: Exception) -> str:
    """Return the id of the wording that says why something is not allowed."""
    return next(words for kind, words in _NOT_ALLOWED.items() if isinstance(raised, kind))


def as_json(door: Door, status: int, error: str) -> Response:
    """Return `{"error", "message"}`; the message is for people and names 999."""
    return JSONResponse({"error": error, "message": door.sentence(f"utter_door_{error}")}, status)


def wants_json(request: Request) -> bool:
    """Whether a script asks, not a form."""
    return request.headers.get("accept", "").startswith("application/json")

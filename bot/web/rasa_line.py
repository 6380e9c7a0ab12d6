"""Rasa's line: what Rasa asks at every turn is led straight to its door, past what only people need.

A turn asks here once or twice, and was led through all guards and routes of the pages each time. What is not plainly
such a question (another method, a body that is too long or does not say how long it is) goes the usual way.
"""

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.web.arriving import BodiesInTime
from bot.web.framing import Framing
from bot.web.guard import LastResort, SafeHeaders
from bot.web.rasa_door import RasaDoor

Refuse = Callable[[Scope, int, str], Response]

# Rasa sends what was said and all slots with every call.
LARGEST_ACTION_CALL = 8 * 1024 * 1024
_TOLD_ONCE = (b"host", b"content-type", b"content-length")


class RasaLine:
    """Leads Rasa's questions to its door, with the same headers, limits and last resort as all else has."""

    def __init__(self, app: ASGIApp, rasa: RasaDoor, https: bool, framing: Framing, refuse: Refuse) -> None:
        self.app = app
        self._lines = {
            path: SafeHeaders(LastResort(BodiesInTime(_answering(answer)), refuse), https, framing)
            for path, answer in (("/rasa/webhook", rasa.webhook), ("/rasa/model/parse", rasa.hear))
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        line = self._lines.get(scope["path"]) if scope["type"] == "http" else None
        if line is None or not _is_plain(scope):
            return await self.app(scope, receive, send)
        return await line(scope, receive, send)


def _is_plain(scope: Scope) -> bool:
    """Whether a request has what Rasa's has: one host, JSON, and a body of a length that is told and let through."""
    told = [(name, value) for name, value in scope["headers"] if name in _TOLD_ONCE]
    heads = dict(told)
    length = heads.get(b"content-length", b"")
    return (
        scope["method"] == "POST"
        and len(told) == len(heads) == len(_TOLD_ONCE)
        and heads[b"content-type"] == b"application/json"
        and length.isdigit()
        and int(length) <= LARGEST_ACTION_CALL
    )


def _answering(answer: Callable[[Request], Awaitable[Response]]) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await answer(Request(scope, receive))
        except HTTPException as refused:  # as the router says it
            response = PlainTextResponse(refused.detail, refused.status_code)
        await response(scope, receive, send)

    return app

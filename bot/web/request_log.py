"""The request log: an id for each request, and one line about it that says nothing of what was asked for.

A route is told by its template, never by its path, which holds ids. An id that comes from outside is not believed.
"""

import logging
import time
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import request_id
from bot.web.framing import BEGINS_AT
from bot.web.rights import RIGHTS, pattern_of

log = logging.getLogger("noname.web.requests")

HEADER = "X-Request-ID"
REFUSED = "refused"  # under which a door leaves in the request's state why it refused
NO_ROUTE = "none"
_FOLDERS = {"/static/": "/static/", "/theme/": "/theme/", BEGINS_AT: BEGINS_AT}
_METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"})
_EXACT = frozenset(path for _, path in RIGHTS if "{" not in path)
_TEMPLATES = tuple((pattern_of(path), path) for path in sorted({path for _, path in RIGHTS}) if "{" in path)


def template_of(path: str) -> str:
    """Return the route of a path as the table of rights writes it, or `none` for a path that is nobody's."""
    if path in _EXACT:
        return path
    if folder := next((name for start, name in _FOLDERS.items() if path.startswith(start)), ""):
        return folder
    return next((template for pattern, template in _TEMPLATES if pattern.fullmatch(path)), NO_ROUTE)


class RequestLog:
    """Gives each request its id, and tells of it when it is over. `refused` hears why a door said no."""

    def __init__(self, app: ASGIApp, refused: Callable[[str], None]) -> None:
        self.app, self.refused = app, refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        state, begun, status = scope.setdefault("state", {}), time.monotonic(), 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id.current()
            await send(message)

        path = scope["path"]  # before a mount or anybody else has a say
        with request_id.begun():
            try:
                await self.app(scope, receive, send_with_id)
            finally:
                _tell(scope["method"], path, status, time.monotonic() - begun)
                if error := state.get(REFUSED):
                    self.refused(error)


def _tell(method: str, path: str, status: int, seconds: float) -> None:
    level = logging.ERROR if status == 500 else logging.WARNING if status > 500 or not status else logging.INFO
    method = method if method in _METHODS else "other"
    event = "request_answered method=%s route=%s status=%d ms=%d"
    log.log(level, event, method, template_of(path), status, round(seconds * 1000))

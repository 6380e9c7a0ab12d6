"""Draining: while the house closes, no new turn is taken in, and those under way come to their end."""

from collections.abc import Callable

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

Refuse = Callable[[Scope, int, str], Response]

BACK_SECONDS = 15  # after how long it is worth trying again: about what a start takes
BACK_SOON = "back_soon"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
# What turns that are under way ask for themselves, and what a person may do to be safe.
_STILL_TAKEN = frozenset(
    {
        *("/rasa/webhook", "/rasa/model/parse"),
        *("/sign-out", "/sign-out-everywhere", "/duty/sign-out", "/duty/sign-out-everywhere"),
    }
)
_SESSION = ("DELETE", "/api/session")


class Drain:
    """Whether the house is closing, and how much is still under way."""

    def __init__(self) -> None:
        self.begun = False
        self.under_way = 0
        self._told: list[Callable[[], object]] = []

    def when_begun(self, do: Callable[[], object]) -> None:
        """Have something done as soon as the house begins to close."""
        self._told.append(do)

    def begin(self) -> None:
        """Begin to close; a second time does nothing."""
        if self.begun:
            return
        self.begun = True
        for do in self._told:
            do()

    def is_over(self) -> bool:
        """Whether the house is closing and nothing is under way any more."""
        return self.begun and not self.under_way


class NoNewTurns:
    """Refuses what would begin something while the house closes, and counts what is under way."""

    def __init__(self, app: ASGIApp, drain: Drain, refuse: Refuse) -> None:
        self.app, self.drain, self.refuse = app, drain, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _begins_something(scope):
            return await self.app(scope, receive, send)
        if self.drain.begun:
            refusal = self.refuse(scope, 503, BACK_SOON)
            refusal.headers["Retry-After"] = str(BACK_SECONDS)
            return await refusal(scope, receive, send)
        self.drain.under_way += 1
        try:
            return await self.app(scope, receive, send)
        finally:
            self.drain.under_way -= 1


def _begins_something(scope: Scope) -> bool:
    method, path = scope["method"], scope["path"]
    return method not in _READING and path not in _STILL_TAKEN and (method, path) != _SESSION

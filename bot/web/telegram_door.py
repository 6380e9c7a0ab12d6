"""Telegram's door: updates that Telegram brings, behind a secret that only it and we know."""

import hmac
import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

SECRET_HEADER = "x-telegram-bot-api-secret-token"

type Handle = Callable[[object], Awaitable[None]]


class TelegramDoor:
    """Answers `POST /telegram/webhook`. Without a way to handle updates it is shut: nobody knows its secret."""

    def __init__(self, handle: Handle | None = None, secret: str = "") -> None:
        if handle is not None and not secret:
            raise ValueError("Telegram's door needs a secret")
        self._handle, self._secret = handle, secret.encode()

    async def webhook(self, request: Request) -> Response:
        """Handle an update. Anything but 200 makes Telegram bring it again, so that none is lost."""
        given = request.headers.get(SECRET_HEADER, "").encode()
        if self._handle is None or not hmac.compare_digest(given, self._secret):
            return JSONResponse({"error": "wrong_secret"}, 403)
        try:
            update = json.loads(await request.body())
        except ValueError:
            return JSONResponse({"error": "not_understood"}, 400)
        await self._handle(update)
        return JSONResponse({})

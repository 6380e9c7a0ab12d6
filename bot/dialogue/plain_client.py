"""Asks Rasa over lines of our own (bot/dialogue/lines.py), in the shape of httpx's client: its calls, its errors."""

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from bot.dialogue import lines


class PlainAnswer:
    """What Rasa answered."""

    __slots__ = ("_body", "status_code")

    def __init__(self, status_code: int, body: bytes) -> None:
        self.status_code, self._body = status_code, body

    def json(self) -> Any:
        """Return what was answered. Raises ValueError."""
        return json.loads(self._body)

    def raise_for_status(self) -> None:
        """Raise httpx.HTTPError unless all went well; nothing of the answer is in it."""
        if not 200 <= self.status_code < 300:
            raise httpx.HTTPError(str(self.status_code))


class PlainClient:
    """Asks one server on this machine. `timeout` is in seconds, for a whole answer."""

    def __init__(self, url: str, timeout: float) -> None:
        there = urlsplit(url)
        self._lines = lines.Lines(there.hostname, there.port)
        self._timeout = timeout

    async def post(
        self, path: str, *, json: Any, params: dict[str, str] | None = None, timeout: float | None = None
    ) -> PlainAnswer:
        """Return the answer to what is sent. Raises httpx.HTTPError."""
        return await self._ask(b"POST", path, params, timeout, _written(json), content_type=b"application/json")

    async def get(
        self, path: str, *, params: dict[str, str] | None = None, timeout: float | None = None
    ) -> PlainAnswer:
        """Return the answer. Raises httpx.HTTPError."""
        return await self._ask(b"GET", path, params, timeout)

    async def aclose(self) -> None:
        """Let go of the connections."""
        self._lines.close()

    async def _ask(
        self,
        method: bytes,
        path: str,
        params: dict[str, str] | None,
        timeout: float | None,
        body: bytes = b"",
        **heads: bytes,
    ) -> PlainAnswer:
        target = f"{path}?{urlencode(params)}" if params else path
        try:
            answer = await self._lines.ask(method, target.encode(), timeout or self._timeout, body, **heads)
        except lines.NotReached as fell:
            raise httpx.ConnectError(str(fell)) from None
        except lines.Broken as fell:
            raise httpx.RemoteProtocolError(str(fell)) from None
        except lines.Late:
            raise httpx.ReadTimeout("late") from None
        return PlainAnswer(answer.status, answer.body)


def _written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

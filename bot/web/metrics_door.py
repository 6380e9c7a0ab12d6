"""The door for numbers: `GET /metrics`, for whoever runs the service and nobody else.

It answers this very machine, or a token. For everybody else there is nothing here.
"""

import hmac
import ipaddress
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
# What something in front of us adds: a request that was passed on is not from this machine, whoever passed it on.
_PASSED_ON = ("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via")

type Scrape = Callable[[], Awaitable[bytes]]


class MetricsDoor:
    """Answers `GET /metrics`. Without `scrape`, and for strangers, it is as if it were not there."""

    def __init__(self, scrape: Scrape | None, token: str) -> None:
        self._scrape, self._token = scrape, token.encode()

    async def metrics(self, request: Request) -> Response:
        """Return every number, or 404."""
        if self._scrape is None or not (self._is_shown(request) or _is_from_here(request)):
            return JSONResponse({"error": "not_found"}, 404)
        return Response(await self._scrape(), media_type=PROMETHEUS)

    def _is_shown(self, request: Request) -> bool:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        is_bearer = scheme.lower() == "bearer" and bool(self._token)
        return is_bearer and hmac.compare_digest(given.encode(), self._token)


def _is_from_here(request: Request) -> bool:
    """Whether this machine asks by its own address. A page elsewhere that makes a browser ask has another name."""
    if any(header in request.headers for header in _PASSED_ON):
        return False
    asks = request.client.host if request.client else ""
    return _is_loopback(asks) and _is_loopback(request.url.hostname or "")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

"""`/.well-known/security.txt` (RFC 9116): whom to tell of a weakness, where the settings name somebody."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

HOLDS = timedelta(days=180)  # the standard asks for less than a year


class SecurityText:
    """Answers with the contact, and until when that is to be believed; 404 without a contact."""

    def __init__(self, contact: str, base_url: str, clock: Callable[[], datetime]) -> None:
        self._contact, self._base_url, self._clock = contact, base_url.rstrip("/"), clock

    async def text(self, _: Request) -> Response:
        """Return the file."""
        if not self._contact:
            return JSONResponse({"error": "not_found"}, 404)
        midnight = self._clock().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        lines = (
            f"Contact: {self._contact}",
            f"Expires: {(midnight + HOLDS).strftime('%Y-%m-%dT%H:%M:%SZ')}",
            f"Canonical: {self._base_url}/.well-known/security.txt",
            "Preferred-Languages: en",
        )
        return PlainTextResponse("\n".join(lines) + "\n")

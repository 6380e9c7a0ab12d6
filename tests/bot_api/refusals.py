"""What the Bot API answers when it does not do what was asked, in its own words."""

from typing import Any


class Refused(Exception):
    """A method was asked for and not done; `code` is the HTTP status, `parameters` Telegram's hints to a machine."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    @property
    def answer(self) -> dict[str, Any]:
        """Return the body of the answer."""
        said = {"ok": False, "error_code": self.code, "description": self.description}
        return said | ({"parameters": self.parameters} if self.parameters else {})


class HungUp(Exception):
    """The server went down while a request was waiting; the caller gets no answer."""


def bad_request(said: str, **parameters: Any) -> Refused:
    """Return 400: what was asked cannot be done."""
    return Refused(400, f"Bad Request: {said}", parameters)


def forbidden(said: str) -> Refused:
    """Return 403: the bot may not."""
    return Refused(403, f"Forbidden: {said}")


def conflict(said: str) -> Refused:
    """Return 409: something else gets the updates."""
    return Refused(409, f"Conflict: {said}")


def too_many(seconds: int) -> Refused:
    """Return 429: wait so many seconds first."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})

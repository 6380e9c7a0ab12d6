"""A client of the widget's API, for a terminal and for measuring. Knows what the OpenAPI page says."""

import json
import secrets
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from typing import Any


class Declined(Exception):
    """Tried something that the service declined; the message is the service's own words."""


class WidgetClient:
    """One DSL at one house. Every call may raise Declined, and OSError when nobody answers."""

    def __init__(self, url: str, patience: float = 60.0) -> None:
        self._url, self._patience = url.rstrip("/"), patience
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def sign_in(self, code: str) -> dict[str, Any]:
        """Sign in with an access code; return who that is."""
        return self._ask("POST", "/api/session", {"code": code})

    def open(self, area: str | None, practice: str | None = None) -> dict[str, Any]:
        """Open a consultation, in earnest or on a practice case, and return it."""
        given = {"area": area, "practice": practice}
        return self._ask("POST", "/api/consultations", {name: value for name, value in given.items() if value})

    def say(self, consultation: str, **said: str | list[str]) -> dict[str, Any]:
        """Say `text`, `choice` or `choices`; return what came of it."""
        body = {"client_message_id": secrets.token_urlsafe(12), **said}
        return self._ask("POST", f"/api/consultations/{consultation}/messages", body)

    def messages(self, consultation: str, after: int) -> list[dict[str, Any]]:
        """Return what was said after message `after`, without waiting for more."""
        request = self._request("GET", f"/api/consultations/{consultation}/events?after={after}")
        found: list[dict[str, Any]] = []
        with self._opener.open(request, timeout=self._patience) as stream:
            event = ""
            for line in stream:
                name, _, value = line.decode().strip().partition(": ")
                if name == "event":
                    event = value
                elif name == "data" and event == "message":
                    found.append(json.loads(value))
                elif name == "data" and event == "state":
                    break  # the state follows everything that was there before
        return found

    def _ask(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            with self._opener.open(self._request(method, path, body), timeout=self._patience) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                raise Declined(_words(refused.read())) from refused

    def _request(self, method: str, path: str, body: dict[str, Any] | None = None) -> urllib.request.Request:
        headers = {"Content-Type": "application/json", "Origin": self._url}
        sent = None if body is None else json.dumps(body).encode()
        return urllib.request.Request(self._url + path, sent, headers, method=method)


def _words(body: bytes) -> str:
    try:
        return str(json.loads(body)["message"])
    except (ValueError, KeyError, TypeError):
        return "the service refused without saying why"

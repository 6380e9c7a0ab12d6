"""The guards at the doors: who is let in, from where, with what headers, and what a fall leaves behind."""

import logging
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.desk.people import Person
from bot.web.door import Door
from bot.web.framing import BEGINS_AT, Framing
from bot.web.rights import PUBLIC_ROUTES, Verdict, verdict

log = logging.getLogger("noname.web")

MACHINES_DOORS = frozenset({"/rasa/webhook", "/rasa/model/parse", "/telegram/webhook"})  # each has a secret of its own
PUBLIC_FOLDERS = ("/static/", "/theme/", BEGINS_AT)
FOR_OTHER_SITES = "/widget.js"  # the one thing of ours that their pages take

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)

Refuse = Callable[[Scope, int, str], Response]


def is_public(path: str) -> bool:
    """Whether a path answers people who have not signed in."""
    return path in PUBLIC_ROUTES or path.startswith(PUBLIC_FOLDERS)


def asks_by_itself(path: str) -> bool:
    """Whether a page that is merely open asks for this: that keeps nobody signed in."""
    return path.endswith("/events") or path in ("/duty/queue", "/api/session", "/duty/api/session")


# Style sheets, scripts and looks hold nothing of anybody; they may be kept if asked after each time.
_MAY_BE_KEPT = ("/static/", "/theme/", FOR_OTHER_SITES)

# What SafeHeaders sets, whatever an answer said of it before.
_SAFE = frozenset(
    (
        *(b"content-security-policy", b"x-content-type-options", b"referrer-policy", b"permissions-policy"),
        *(b"cross-origin-opener-policy", b"cross-origin-resource-policy", b"cache-control"),
        b"strict-transport-security",
    )
)

# What is said to somebody whom the table of rights does not let through.
_REFUSED = {
    Verdict.NOT_YOUR_ROLE: (403, "not_your_role"),
    Verdict.WRONG_METHOD: (405, "wrong_method"),
    Verdict.NO_SUCH_PAGE: (404, "not_found"),
}


class SignedInOnly:
    """Lets past who has signed in here and has the route among their rights; public routes answer everybody."""

    def __init__(self, app: ASGIApp, door: Door, refuse: Refuse) -> None:
        self.app, self.door, self.refuse = app, door, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        person = None
        if token := _cookie(scope, self.door.cookie.name):
            active = not asks_by_itself(scope["path"])
            person = await self.door.house.whoami(token, self.door.clock(), active=active)
        if person is not None and person.role not in self.door.roles:
            person = None
        scope.setdefault("state", {})["person"] = person
        if refused := self._refused(person, scope):
            return await self.refuse(scope, *refused)(scope, receive, send)
        return await self.app(scope, receive, send)

    def _refused(self, person: Person | None, scope: Scope) -> tuple[int, str] | None:
        if is_public(scope["path"]):
            return None
        if person is None:
            return 401, "signed_out"
        return _REFUSED.get(verdict(person.role, scope["method"], scope["path"]))


def _cookie(scope: Scope, name: str) -> str:
    try:
        cookies = SimpleCookie(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return ""
    return cookies[name].value if name in cookies else ""


class SameOriginOnly:
    """Refuses what another site makes a browser send.

    With `Referrer-Policy: no-referrer` browsers send `Origin: null` with our own forms, so what says
    that a form is ours is then Sec-Fetch-Site, which no page can set. Where we are reached by `https`, a page of
    the same name without it is another site: who sits on the line could have made it.
    """

    def __init__(self, app: ASGIApp, https: bool, refuse: Refuse) -> None:
        self.app, self.https, self.refuse = app, https, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._is_ours(scope):
            return await self.refuse(scope, 403, "other_site")(scope, receive, send)
        return await self.app(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        if scope["method"] in _SAFE_METHODS or scope["path"] in MACHINES_DOORS:
            return True
        headers = Headers(scope=scope)
        origin = headers.get("origin", "null")
        if origin != "null":
            return _named_by(origin) == headers.get("host") and (origin.startswith("https://") or not self.https)
        return headers.get("sec-fetch-site") == "same-origin"


def _named_by(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None  # brackets that close nothing


class SmallBodiesOnly:
    """Refuses a body that is too large, whether it says so beforehand or not.

    `larger` are the sizes that are let through below certain paths, where whole files are sent.
    """

    def __init__(self, app: ASGIApp, largest: int, refuse: Refuse, larger: Mapping[str, int] | None = None) -> None:
        self.app, self.largest, self.refuse, self.larger = app, largest, refuse, dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        length = Headers(scope=scope).get("content-length", "")
        left = next((size for path, size in self.larger.items() if scope["path"].startswith(path)), self.largest)
        if length.isdecimal() and int(length) > left:
            return await self.refuse(scope, 413, "too_large")(scope, receive, send)

        async def receive_and_count() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413)
            return message

        return await self.app(scope, receive_and_count, send)


class SafeHeaders:
    """Puts the headers on every answer that keep a page to itself."""

    def __init__(self, app: ASGIApp, https: bool, framing: Framing) -> None:
        self.app, self.https, self.framing = app, https, framing
        self._made: dict[tuple[str, bool, bool], list[tuple[bytes, bytes]]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = self._ours(scope)
                others = [told for told in message.get("headers", ()) if told[0].lower() not in _SAFE]
                message["headers"] = [*others, *ours]
            await send(message)

        return await self.app(scope, receive, send_with_headers)

    def _ours(self, scope: Scope) -> list[tuple[bytes, bytes]]:
        """Return the headers for a path, put together once for each kind of path and of those who may frame it."""
        path = scope["path"]
        # Only the widget may be framed, by this very site and by those that a partnership lists.
        kind = self.framing.ancestors(scope), path == FOR_OTHER_SITES, path.startswith(_MAY_BE_KEPT)
        if kind not in self._made:
            self._made[kind] = self._put_together(*kind)
        return self._made[kind]

    def _put_together(self, ancestors: str, is_for_others: bool, may_be_kept: bool) -> list[tuple[bytes, bytes]]:
        headers = MutableHeaders(raw=[])
        headers["Content-Security-Policy"] = _CONTENT_POLICY.format(ancestors=ancestors)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin" if is_for_others else "same-origin"
        headers["Cache-Control"] = "no-cache" if may_be_kept else "no-store"
        if self.https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        return headers.raw


class LastResort:
    """Answers what nobody caught, and logs the kind of exception: its words might quote a person."""

    def __init__(self, app: ASGIApp, refuse: Refuse) -> None:
        self.app, self.refuse = app, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_and_notice(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_and_notice)
        except Exception as fell:
            log.error("request_failed kind=%s", type(fell).__name__)
            if scope["type"] == "http" and not started:
                await self.refuse(scope, 500, "broken")(scope, receive, send)

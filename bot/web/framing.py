"""Who may show our pages in a frame of theirs: the origins that an area's partnership lists, and nobody else.

A frame begins at `/embed/{area}`, which gives it a cookie with the area's name: by that the pages after it know whose
list holds. The name is no secret and opens nothing. It only chooses among lists, so that who forges it has at most the
list of an area, and its origins may show that page anyway.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from bot.knowledge.partnership import Partnership

BEGINS_AT = "/embed/"
CONSOLE = "/duty"


def is_framed(headers: Headers) -> bool:
    """Whether a browser asks for a page that goes into a frame; no script can say so of itself."""
    return headers.get("sec-fetch-dest") == "iframe"


def put_apart(response: Response, name: str, value: str, keep: int | None = None) -> None:
    """Set a cookie that a frame in another site's page is given, kept apart for each such site.

    By hand: Python's cookies do not know `Partitioned`. It needs `Secure`, which loopback counts as.
    """
    lasts = "" if keep is None else f"; Max-Age={keep}"
    cookie = f"{name}={value}{lasts}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned"
    response.headers.append("set-cookie", cookie)


@dataclass(frozen=True, slots=True)
class Framing:
    """Whose pages may show ours: `partnerships` by the short name of their area. `home` is where we are reached."""

    partnerships: Mapping[str, Partnership] = field(default_factory=dict)
    home: str = ""

    @property
    def cookie(self) -> str:
        """The name of the cookie with the area, with the prefix that browsers enforce over https."""
        return "__Host-noname_in" if self.home.startswith("https://") else "noname_in"

    def remember(self, response: Response, area: str) -> None:
        """Let the pages after this one know whose list holds."""
        put_apart(response, self.cookie, area)

    def area(self, scope: Scope) -> str | None:
        """Return the area whose list holds for a page that goes into a frame, None for any other."""
        return self._listed(scope) if is_framed(Headers(scope=scope)) else None

    def origins(self, scope: Scope) -> tuple[str, ...]:
        """Return whose pages the page that is asked for may stand in; none if it goes into no frame."""
        area = self.area(scope)
        return self.partnerships[area].embed if area else ()

    def ancestors(self, scope: Scope) -> str:
        """Return what `frame-ancestors` says on an answer."""
        if scope["path"].startswith(CONSOLE):
            return "'none'"
        area = self._listed(scope)
        return " ".join(("'self'", *(self.partnerships[area].embed if area else ())))

    def _listed(self, scope: Scope) -> str | None:
        path = scope["path"]
        if path.startswith(CONSOLE):
            return None
        area = path.removeprefix(BEGINS_AT) if path.startswith(BEGINS_AT) else self._brought(scope)
        return area if area in self.partnerships and self.partnerships[area].embed else None

    def _brought(self, scope: Scope) -> str:
        brought = Headers(scope=scope).get("cookie", "")
        if self.cookie not in brought:  # as on almost every request: cookies take long to read
            return ""
        try:
            cookies = SimpleCookie(brought)
        except CookieError:
            return ""
        return cookies[self.cookie].value if self.cookie in cookies else ""


NOWHERE = Framing()  # nobody's pages may show ours

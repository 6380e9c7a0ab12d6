"""What every handler of an app has at hand, and how a handler comes by it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.templating import Jinja2Templates

from bot.desk.people import Person, Role
from bot.web.framing import NOWHERE, Framing, is_framed, put_apart
from bot.web.house import House
from bot.web.theme import service_of
from bot.web.typing_notice import TypingNotices


class DoorRefusal(Exception):
    """Tried something that this door does not let through; `error` names the wording."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status
        self.error = error


@dataclass(frozen=True, slots=True)
class Cookie:
    """The cookie of one app. Its name gets the prefix that browsers enforce over https.

    `lasts` is how long the browser keeps it; without it, until the browser is closed. `__Host-` is for cookies of
    a whole site alone: the desk's, which is sent below its own path and nowhere else, has the prefix next to it.
    `may_be_framed` is for one that is also given to a page in another site's frame, and kept apart for each site.
    """

    stem: str
    path: str
    secure: bool
    lasts: timedelta | None = None
    same_site: str = "strict"
    may_be_framed: bool = False

    @property
    def name(self) -> str:
        if not self.secure:
            return self.stem
        return f"__Host-{self.stem}" if self.path == "/" else f"__Secure-{self.stem}"

    def give(self, response: Response, token: str, *, framed: bool = False) -> None:
        """Set the session on the answer. `framed` says that it goes into a frame."""
        keep = int(self.lasts.total_seconds()) if self.lasts else None
        if framed and self.may_be_framed:
            # In a frame of the same site the browser may hold the other one too, and would go on sending it.
            self._delete(response)
            put_apart(response, self.name, token, keep)
        else:
            response.set_cookie(self.name, token, max_age=keep, **self._kind())

    def take_back(self, response: Response) -> None:
        """Delete the session from the browser, wherever it was set: a script does not say whether it is framed."""
        if self.may_be_framed:
            put_apart(response, self.name, "", 0)
        self._delete(response)

    def _delete(self, response: Response) -> None:
        response.delete_cookie(self.name, **self._kind())

    def _kind(self) -> dict[str, Any]:
        return {"path": self.path, "secure": self.secure, "httponly": True, "samesite": self.same_site}


@dataclass(frozen=True, slots=True)
class Door:
    """One app's way into the house: who may come in, by which cookie, and how it speaks."""

    house: House
    say: Callable[..., str]
    clock: Callable[[], datetime]
    roles: frozenset[Role]
    cookie: Cookie
    templates: Jinja2Templates
    typing: TypingNotices
    framing: Framing = NOWHERE

    def emergency(self, area: str | None) -> Mapping[str, Any]:
        """Return the numbers of the area, or the national ones."""
        return self.house.emergency(area)

    def sentence(self, name: str, /, area: str | None = None, **values: Any) -> str:
        """Return a sentence, with the area's numbers at hand for it to name."""
        numbers = self.emergency(area)
        for place in ("front_door", "out_of_hours"):
            contact = numbers.get(place)
            values.setdefault(place, contact["value"] if contact else self.say("utter_door_no_number"))
        return self.say(name, in_danger=numbers["in_danger"], **values)

    async def let_in(self, response: Response, brought: str, token: str, *, framed: bool = False) -> None:
        """Give the browser its new session, and end the one that it brought: a token is never used on."""
        if brought:
            await self.house.sign_out(brought)
        self.cookie.give(response, token, framed=framed)

    def page(self, request: Request, name: str, status: int = 200, **context: Any) -> Response:
        """Return a page from the app's own templates, with the numbers to ring on it."""
        person = request.scope.get("state", {}).get("person")
        area = context.pop("area", None) or (person.area if person else self.framing.area(request.scope))
        everywhere = {"person": person, "emergency": self.emergency(area), "now": self.clock()}
        # A service looks like that of the person's own area, wherever the child lives.
        everywhere["service"] = service_of(person.area if person else area, self.framing.partnerships)
        everywhere["framed_by"] = self.framing.origins(request.scope)
        return self.templates.TemplateResponse(request, name, everywhere | context, status_code=status)


# None of these waits for anything: `async`, as the framework calls what is not in a thread of its own, each time.
async def _door(request: Request) -> Door:
    return request.app.state.door


async def _person(request: Request) -> Person:
    return request.state.person


async def _maybe_person(request: Request) -> Person | None:
    return request.state.person


async def _token(request: Request) -> str:
    return request.cookies.get(request.app.state.door.cookie.name, "")


async def _framed(request: Request) -> bool:
    return is_framed(request.headers)


async def _client(request: Request) -> str:
    return request.client.host if request.client else ""


TheDoor = Annotated[Door, Depends(_door)]
SignedIn = Annotated[Person, Depends(_person)]
MaybeSignedIn = Annotated[Person | None, Depends(_maybe_person)]
Token = Annotated[str, Depends(_token)]
Framed = Annotated[bool, Depends(_framed)]
Client = Annotated[str, Depends(_client)]

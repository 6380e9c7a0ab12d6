"""Puts the doors together: the widget, the console, Rasa's door, and what says that all is well."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import Scope

from bot.desk.people import AT_SCHOOL, COLLEAGUES, Role
from bot.desk.sign_in import DSL_SESSION
from bot.web.arriving import BodiesInTime, PlainRequestsOnly
from bot.web.door import Cookie, Door
from bot.web.draining import Drain, NoNewTurns
from bot.web.framing import NOWHERE, Framing
from bot.web.front_end import front_end_folder, small_folder
from bot.web.guard import LastResort, SafeHeaders, SameOriginOnly
from bot.web.health import Health
from bot.web.house import House
from bot.web.metrics_door import MetricsDoor
from bot.web.pages import templates
from bot.web.rasa_door import RasaDoor
from bot.web.rasa_line import LARGEST_ACTION_CALL, RasaLine
from bot.web.refusals import Refusals
from bot.web.request_log import RequestLog
from bot.web.rights import with_rights
from bot.web.security_txt import SecurityText
from bot.web.small_files import small_files
from bot.web.telegram_door import TelegramDoor
from bot.web.two_apps import Behind, console_app, widget_app
from bot.web.typing_notice import TypingNotices
from bot.web.upkeep import Upkeep

ROOT = Path(__file__).parents[2]
STATIC = Path(__file__).parent / "static"
LARGEST_UPDATE = 512 * 1024
LONGEST_END_SECONDS = 20.0  # for what runs alongside to come to its end


def create_app(
    house: House,
    say: Callable[..., str],
    *,
    clock: Callable[[], datetime],
    base_url: str,
    rasa_token: str,
    static: Path = STATIC,
    alongside: Callable[[], Awaitable[None]] | None = None,
    at_the_end: Callable[[], Awaitable[None]] | None = None,
    telegram: TelegramDoor | None = None,
    pages: Path | None = None,
    framing: Framing = NOWHERE,
    upkeep: Upkeep | None = None,
    typing: TypingNotices | None = None,
    **behind: Any,
) -> Starlette:
    """Return the whole web app. `clock` gives the time now, with its zone.

    `alongside` runs as long as the app does and is then cancelled; `at_the_end` lets go of things. `telegram` is the
    door for its updates, `framing` how the service shows in each area, `pages` a folder of pages in another language,
    `upkeep` for whoever runs it, `typing` who is writing. `behind` are parts of `Behind`. Raises RouteWithoutRights.
    """
    _quieten()
    https, rasa = base_url.startswith("https://"), RasaDoor(house, rasa_token)
    typing, upkeep = typing or TypingNotices(), upkeep or Upkeep()

    def door(app: str, roles: frozenset[Role], cookie: Cookie) -> Door:
        return Door(house, say, clock, roles, cookie, templates(app, pages, say=say, new_id=_mint), typing, framing)

    at_school = door("widget", AT_SCHOOL, Cookie("noname_dsl", "/", https, DSL_SESSION, may_be_framed=True))
    desk = door("console", COLLEAGUES, Cookie("noname_duty", "/duty", https))
    widget, console = widget_app(at_school, Behind(**behind)), console_app(desk, Behind(**behind))
    refuse = _by_path(widget.state.refusals, console.state.refusals)
    machines = _for_machines(rasa, telegram or TelegramDoor(), static)
    machines += _for_those_who_run_it(house, upkeep, SecurityText(upkeep.security_contact, base_url, clock))
    routes = with_rights([*machines, Route("/duty", _to_the_desk), Mount("/duty", console), Mount("", widget)])
    guards, life = _guards(https, framing, refuse, upkeep, rasa), _life(alongside, at_the_end, upkeep.drain)
    return _ending_well(Starlette(False, routes, guards, lifespan=life), upkeep.drain)


def _ending_well(app: Starlette, drain: Drain) -> Starlette:
    """Return the app with what its server tells it of its end (`bot.web.serve`)."""
    app.router.redirect_slashes = False  # it would lead to whatever host the request names
    app.state.drain = drain
    return app


def _guards(
    https: bool, framing: Framing, refuse: Callable[[Scope, int, str], Response], upkeep: Upkeep, rasa: RasaDoor
) -> list[Middleware]:
    return [
        Middleware(RequestLog, refused=upkeep.refused),
        Middleware(RasaLine, rasa=rasa, https=https, framing=framing, refuse=refuse),
        Middleware(SafeHeaders, https=https, framing=framing),
        Middleware(LastResort, refuse=refuse),
        Middleware(BodiesInTime),
        Middleware(PlainRequestsOnly, refuse=refuse),
        Middleware(SameOriginOnly, https=https, refuse=refuse),
        Middleware(NoNewTurns, drain=upkeep.drain, refuse=refuse),
    ]


def _for_machines(rasa: RasaDoor, telegram: TelegramDoor, static: Path) -> list[BaseRoute]:
    return [
        Mount("/static/govuk", small_files(front_end_folder(ROOT))),
        Mount("/static", small_files(small_folder(ROOT), static)),
        _behind("/rasa", _rasa_routes(rasa), LARGEST_ACTION_CALL),
        _behind("/telegram", [_posted("/webhook", telegram.webhook)], LARGEST_UPDATE),
    ]


def _for_those_who_run_it(house: House, upkeep: Upkeep, security: SecurityText) -> list[BaseRoute]:
    health, metrics = Health(house, upkeep), MetricsDoor(upkeep.scrape, upkeep.metrics_token)
    return [
        Route("/livez", health.livez),
        Route("/readyz", health.readyz),
        Route("/metrics", metrics.metrics),
        Route("/.well-known/security.txt", security.text),
    ]


def _behind(path: str, routes: list[Route], largest: int) -> Mount:
    return Mount(path, Router(routes, redirect_slashes=False), max_body_size=largest)


def _quieten() -> None:
    # At DEBUG these log what they pass on, which is what people said.
    for chatty in ("sse_starlette", "python_multipart"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _life(
    alongside: Callable[[], Awaitable[None]] | None, at_the_end: Callable[[], Awaitable[None]] | None, drain: Drain
) -> Callable:
    """Return the life of the app. What runs alongside begins to end as soon as the house does."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        task = asyncio.ensure_future(alongside()) if alongside else None
        if task:
            drain.when_begun(task.cancel)
        yield
        if task:
            if not task.cancelling():  # a second time would cut off what it does to come to its end
                task.cancel()
            await asyncio.wait([task], timeout=LONGEST_END_SECONDS)
        if at_the_end:
            await at_the_end()

    return lifespan


def _by_path(widget: Refusals, console: Refusals) -> Callable[[Scope, int, str], Response]:
    def refuse(scope: Scope, status: int, error: str) -> Response:
        return (console if scope["path"].startswith("/duty") else widget)(scope, status, error)

    return refuse


def _rasa_routes(rasa: RasaDoor) -> list[Route]:
    return [_posted("/webhook", rasa.webhook), _posted("/model/parse", rasa.hear)]


def _posted(path: str, answer: Callable[[Request], Awaitable[Response]]) -> Route:
    return Route(path, answer, methods=["POST"])


def _mint() -> str:
    """Return an id for a form that must not be taken in twice."""
    return uuid4().hex


async def _to_the_desk(_) -> Response:
    return RedirectResponse("/duty/", 303)

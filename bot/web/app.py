"""Puts the doors together: the widget, the console, Rasa's door, and what says that all is well."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from bot.desk.council import Council
from bot.desk.duty.back_office import BackOffice
from bot.desk.duty.disagreeing import Disagreeing
from bot.desk.people import AT_SCHOOL, COLLEAGUES, Role
from bot.desk.sign_in import DSL_SESSION
from bot.web import (
    account_pages,
    anonymity_api,
    compare_pages,
    console_cases,
    console_lists,
    console_notes,
    console_pages,
    console_passing,
    console_settling,
    council_pages,
    embed_pages,
    knowledge_editing,
    knowledge_pages,
    ladder_pages,
    lead_kit,
    outcome_pages,
    person_api,
    practice_pages,
    record_pages,
    staff_pages,
    talk_api,
    widget_api,
    widget_pages,
)
from bot.web.door import Cookie, Door
from bot.web.framing import NOWHERE, Framing
from bot.web.front_end import front_end_folder
from bot.web.guard import LastResort, SafeHeaders, SameOriginOnly, SignedInOnly, SmallBodiesOnly
from bot.web.health import Health
from bot.web.house import House
from bot.web.pages import templates
from bot.web.rasa_door import RasaDoor
from bot.web.refusals import Refusals
from bot.web.rights import with_rights
from bot.web.telegram_door import TelegramDoor
from bot.web.typing_notice import TypingNotices

ROOT = Path(__file__).parents[2]
STATIC = Path(__file__).parent / "static"
LARGEST_BODY = 64 * 1024
# The five files of an area at their largest, written as a form.
LARGER_BODIES = {"/duty/revisions/": 5 * 1024 * 1024}
# Rasa sends the whole conversation and the domain with every call.
LARGEST_ACTION_CALL = 8 * 1024 * 1024
LARGEST_UPDATE = 512 * 1024

# No measuring by the framework: what it would note of an exception may quote a person.
_NO_TELEMETRY = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}


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
    kits: lead_kit.Kits | None = None,
    disagreeing: Disagreeing | None = None,
    back_office: BackOffice | None = None,
    council: Council | None = None,
    telegram: TelegramDoor | None = None,
    record: record_pages.Records | None = None,
    pages: Path | None = None,
    framing: Framing = NOWHERE,
) -> Starlette:
    """Return the whole web app. `clock` gives the time now, with its zone.

    `alongside` runs as long as the app does; `at_the_end` lets go of things. `back_office` is what desks keep for
    themselves, `telegram` the door for its updates, `framing` how the service shows in each area. Without `disagreeing`
    and `record` their pages say that something went wrong. `pages` are in another language. Raises RouteWithoutRights.
    """
    _quieten()
    https, typing = base_url.startswith("https://"), TypingNotices()

    def door(app: str, roles: frozenset[Role], cookie: Cookie) -> Door:
        return Door(house, say, clock, roles, cookie, templates(app, pages, say=say, new_id=_mint), typing, framing)

    at_school = door("widget", AT_SCHOOL, Cookie("noname_dsl", "/", https, DSL_SESSION, may_be_framed=True))
    desk = door("console", COLLEAGUES, Cookie("noname_duty", "/duty", https))
    widget, console = _widget(at_school, kits, disagreeing, record), _console(desk, disagreeing, back_office, council)
    refuse = _by_path(widget.state.refusals, console.state.refusals)
    machines = _for_machines(house, rasa_token, telegram or TelegramDoor(), static)
    return Starlette(
        routes=with_rights([*machines, Route("/duty", _to_the_desk), Mount("/duty", console), Mount("", widget)]),
        middleware=_guards(https, framing, refuse),
        lifespan=_life(alongside, at_the_end),
    )


def _guards(https: bool, framing: Framing, refuse: Callable[[Scope, int, str], Response]) -> list[Middleware]:
    return [
        Middleware(SafeHeaders, https=https, framing=framing),
        Middleware(LastResort, refuse=refuse),
        Middleware(SameOriginOnly, refuse=refuse),
    ]


def _for_machines(house: House, rasa_token: str, telegram: TelegramDoor, static: Path) -> list[BaseRoute]:
    health, rasa = Health(house), RasaDoor(house, rasa_token)
    return [
        Mount("/static/govuk", _files(front_end_folder(ROOT))),
        Mount("/static", _files(static)),
        Route("/livez", health.livez),
        Route("/readyz", health.readyz),
        Mount("/rasa", routes=_rasa_routes(rasa), max_body_size=LARGEST_ACTION_CALL),
        Mount("/telegram", routes=[_posted("/webhook", telegram.webhook)], max_body_size=LARGEST_UPDATE),
    ]


def _files(folder: Path) -> ASGIApp:
    # Made small on the way: these are the same for everybody. Pages are not, or their size would tell of their words.
    return GZipMiddleware(StaticFiles(directory=folder, check_dir=False), minimum_size=500)


def _quieten() -> None:
    # At DEBUG these log what they pass on, which is what people said.
    for chatty in ("sse_starlette", "python_multipart"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _life(
    alongside: Callable[[], Awaitable[None]] | None, at_the_end: Callable[[], Awaitable[None]] | None
) -> Callable:
    """Return the life of the app."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        task = asyncio.ensure_future(alongside()) if alongside else None
        yield
        if task:
            task.cancel()
            await asyncio.wait([task])
        if at_the_end:
            await at_the_end()

    return lifespan


def _widget(
    door: Door, kits: lead_kit.Kits | None, disagreeing: Disagreeing | None, record: record_pages.Records | None
) -> FastAPI:
    app = _app(door, Refusals(door, "/", "/api/"), openapi_url="/api/openapi.json")
    app.include_router(widget_api.router)
    app.include_router(anonymity_api.router)
    app.include_router(person_api.router)
    app.include_router(talk_api.router)
    app.include_router(outcome_pages.router)
    app.include_router(ladder_pages.widget(disagreeing))
    app.include_router(record_pages.router(record))
    app.include_router(widget_pages.router)
    app.include_router(embed_pages.router)
    app.include_router(account_pages.widget)
    app.include_router(practice_pages.router)
    app.include_router(staff_pages.router)
    app.include_router(staff_pages.drafts)
    app.include_router(compare_pages.router("/compare", from_consultations=True))
    if kits:
        app.include_router(lead_kit.router(kits))
    return app


def _console(
    door: Door, disagreeing: Disagreeing | None, back_office: BackOffice | None, council: Council | None
) -> FastAPI:
    app = _app(door, Refusals(door, "/duty/sign-in", "/duty/api/"), openapi_url=None)
    app.state.back_office, app.state.council = back_office, council
    app.include_router(console_pages.router)
    app.include_router(council_pages.router)
    app.include_router(account_pages.console)
    app.include_router(console_cases.router)
    app.include_router(console_passing.router)
    app.include_router(console_settling.router)
    app.include_router(ladder_pages.console(disagreeing))
    app.include_router(console_notes.router)
    app.include_router(console_lists.router)
    app.include_router(knowledge_pages.router)
    app.include_router(knowledge_editing.router)
    app.include_router(compare_pages.router("/duty/compare", from_consultations=False))
    return app


def _app(door: Door, refusals: Refusals, openapi_url: str | None) -> FastAPI:
    app = FastAPI(
        title="noname",
        description="No-name consultations: what the widget says to the service.",
        docs_url=None,  # its page would fetch scripts from another site
        redoc_url=None,
        openapi_url=openapi_url,
        telemetry=_NO_TELEMETRY,
    )
    app.state.door, app.state.refusals = door, refusals
    refusals.teach(app)
    # The last added is the outermost.
    app.add_middleware(SmallBodiesOnly, largest=LARGEST_BODY, larger=LARGER_BODIES, refuse=refusals)
    app.add_middleware(SignedInOnly, door=door, refuse=refusals)
    app.add_middleware(LastResort, refuse=refusals)
    return app


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

"""Requests made up from what the routes say of themselves: schemas of both apps, and who sends what to which house."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case
from starlette.routing import Mount

from tests.attacked_house import AttackedHouse

# The demo's people by what they are; "" is somebody who has not signed in.
WHO = ("dsl", "duty.kent", "manager.kent", "editor.kent", "scrutineer.kent", "administrator.kent", "")
METHODS = frozenset({"get", "post", "put", "patch", "delete"})
ALL_OF_IT = settings(
    database=None, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate], print_blob=False
)


@dataclass
class Tally:
    """What was sent and what came of it. `fell` are answers that say that something went wrong on our side."""

    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    by: Counter[str] = field(default_factory=Counter)
    fell: list[str] = field(default_factory=list)


@contextmanager
def every_route_told() -> Iterator[None]:
    """Let routes that are left out of the schemas stand in them, until the block ends: the routers are shared."""
    from bot.web import app as doors

    with pytest.MonkeyPatch.context() as patch:

        def told(app: FastAPI) -> FastAPI:
            for router in (held.original_router for held in app.router.routes if hasattr(held, "original_router")):
                for one in (router, *router.routes):
                    patch.setattr(one, "include_in_schema", True)
            return app

        for name in ("widget_app", "console_app"):
            make = getattr(doors, name)
            patch.setattr(doors, name, lambda *given, make=make: told(make(*given)))
        yield


def operations(house: AttackedHouse) -> list[Any]:
    """Return every operation of both apps, as schemathesis makes requests for it."""
    found = []
    for mount in house.built.app.routes:
        if isinstance(mount, Mount) and isinstance(mount.app, FastAPI):
            told = get_openapi(title="noname", version="1", routes=mount.app.routes)
            told["paths"] = {mount.path + path: held for path, held in told["paths"].items()}
            schema = schemathesis.openapi.from_dict(told)
            found += [result.ok() for result in schema.get_all_operations()]
    return found


class Attack:
    """One round of made-up requests at one house, with real ids in half of them."""

    def __init__(self, house: AttackedHouse, tally: Tally, drawn_from: int) -> None:
        self.house, self.tally, self.drawn_from = house, tally, drawn_from
        self.operations = operations(house)
        self.ids = self._something_of_each()

    def _something_of_each(self) -> dict[str, str]:
        consultation = self.house.opened()
        revision = self.house.ask("editor.kent", "POST", "/duty/revisions").headers["location"].rsplit("/", 1)[1]
        case = self.house.handed_over(self.house.opened())
        ids = {"consultation_id": consultation, "case_id": case, "revision_id": revision}
        return ids | {"area": "kent", "number": "1", "act": "wait"}

    def run(self, examples: int) -> None:
        """Send so many requests to every operation."""
        for number, operation in enumerate(self.operations):
            drawn = st.tuples(operation.as_strategy(), st.sampled_from(WHO), st.booleans())

            @seed(self.drawn_from + number)
            @settings(ALL_OF_IT, max_examples=examples)
            @given(drawn)
            def send(given: tuple[Case, str, bool]) -> None:
                self._send(*given)

            send()

    def _send(self, case: Case, who: str, real: bool) -> None:
        if real:
            case.path_parameters = {**(case.path_parameters or {}), **_known(case, self.ids)}
        try:
            asked = requests.Request(**case.as_transport_kwargs(base_url=self.house.settings.public_url)).prepare()
        except (requests.RequestException, UnicodeError, ValueError):
            return  # nothing that could be sent
        status = self.house.runner.run(self._answer(asked, who))
        self.tally.sent += 1
        self.tally.statuses[status] += 1
        self.tally.by[who or "nobody"] += 1
        if status >= 500:
            self.tally.fell.append(f"{status} {who or 'nobody'}: {case.as_curl_command()}")

    async def _answer(self, asked: requests.PreparedRequest, who: str) -> int:
        client = self.house.client(who)
        parts = urlsplit(asked.url)
        headers = {**{name.lower(): value for name, value in asked.headers.items()}, **client.headers}
        headers["host"] = urlsplit(self.house.settings.public_url).netloc
        body = asked.body.encode() if isinstance(asked.body, str) else asked.body or b""
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": asked.method, "scheme": "http",
            "path": requests.utils.unquote(parts.path), "raw_path": parts.path.encode(), "root_path": "",
            "query_string": parts.query.encode(), "client": ("192.0.2.7", 1), "server": ("127.0.0.1", 80),
            "headers": [(_latin(name), _latin(value)) for name, value in headers.items()],
        }  # fmt: skip
        try:
            return await begun(self.house.built.app, scope, body)
        finally:
            # What a role may do is to be seen, so nobody stays signed out while the round lasts.
            if "sign-out" in parts.path or "sign-in" in parts.path or parts.path == "/api/session":
                self.house.signed_in_anew(who)


def _latin(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("latin-1", "replace")


def _known(case: Case, ids: dict[str, str]) -> dict[str, str]:
    return {name: ids[name] for name in (case.path_parameters or {}) if name in ids}


async def begun(app: Any, scope: dict[str, Any], body: bytes) -> int:
    """Return the status of an answer. A stream of events never ends by itself and is left when it has begun."""
    asked = iter([{"type": "http.request", "body": body, "more_body": False}])
    status, left = 0, asyncio.Event()

    async def receive() -> dict[str, Any]:
        if there := next(asked, None):
            return there
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
            if dict(message["headers"]).get(b"content-type", b"").startswith(b"text/event-stream"):
                left.set()
                walk.cancel()

    walk = asyncio.ensure_future(app(scope, receive, send))
    await asyncio.wait([walk], timeout=30)
    if not walk.done():
        walk.cancel()
        return 599  # it hangs
    if not walk.cancelled() and walk.exception():
        return 598  # it fell past the last resort
    return status


def attack(seeded: Path, var: Path, examples: int, first_seed: int, tally: Tally) -> None:
    """Send so many requests to each operation of a new house."""
    with every_route_told(), pytest.MonkeyPatch.context() as patch:
        house = AttackedHouse(seeded, var, patch)
        try:
            random.seed(first_seed)
            Attack(house, tally, first_seed).run(examples)
        finally:
            house.close()

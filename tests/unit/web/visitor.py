"""A visitor at the doors: a browser of sorts, without a screen."""

import asyncio
import re
from typing import Any

import httpx
from sse_starlette.sse import AppStatus

from tests.fakes_web import FakeHouse, make_app

# An outcome with nothing left out, as the form sends it. Today is 20 November 2026.
FILLED_IN = {
    "level": "3",
    "reason": "Neglect over months",
    "advice": "Request for support today",
    "action_0": "Ask mum to agree to a request for support",
    "owner_0": "school",
    "by_0": "2026-11-24",
    "referral_advised": "yes",
}


def in_words(page: str) -> str:
    """Return a page as it reads, without its mark-up."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def main_of(page: str) -> str:
    """Return the main part of a page, without what stands on every page."""
    return page.split("<main")[1].split("</main>")[0]


class Visitor:
    """A browser of sorts: keeps cookies, sends its origin, and is called without `await`."""

    def __init__(self, house: FakeHouse | None = None, base_url: str = "http://testserver", **behind: Any) -> None:
        self.house = house or FakeHouse()
        self.app = make_app(self.house, base_url, **behind)
        self._runner = asyncio.Runner()
        transport = httpx.ASGITransport(self.app, client=("192.0.2.7", 1234))
        self._client = httpx.AsyncClient(transport=transport, base_url=base_url, headers={"Origin": base_url})

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        """Send a request and return the whole answer; redirects are not followed."""
        return self._runner.run(self._client.request(method, path, **given))

    def get(self, path: str, **given: Any) -> httpx.Response:
        return self.ask("GET", path, **given)

    def post(self, path: str, **given: Any) -> httpx.Response:
        return self.ask("POST", path, **given)

    def as_dsl(self, code: str = "kent-1") -> "Visitor":
        """Sign in at the widget."""
        assert self.post("/api/session", json={"code": code}).status_code == 201
        return self

    def as_worker(self, login: str = "ann") -> "Visitor":
        """Sign in at the console."""
        typed = {"login": login, "password": "duty", "second_factor": "123456"}
        assert self.post("/duty/sign-in", data=typed).status_code == 303
        return self

    def opened(self) -> str:
        """Open a consultation and return its id."""
        return self.post("/api/consultations", json={}).json()["id"]

    def says(self, consultation: str, client_id: str = "client-id-1", **said: Any) -> httpx.Response:
        """Say something in a consultation."""
        body = {"client_message_id": client_id, **said}
        return self.post(f"/api/consultations/{consultation}/messages", json=body)

    def handed_over(self) -> str:
        """Open a consultation, ask for a person, and return the case's id."""
        consultation = self.opened()
        self.says(consultation, "hand-over-1", text="I would like a person")
        return f"case-{consultation}"

    def answered(self) -> str:
        """Have a case claimed and answered by the worker who has signed in, and return its id."""
        case = self.handed_over()
        assert self.post(f"/duty/cases/{case}/claim").status_code == 303
        assert self.post(f"/duty/cases/{case}/outcome", data=FILLED_IN | {"send": "yes"}).status_code == 303
        return case

    def streamed(self, path: str, **given: Any) -> httpx.Response:
        """Follow a stream until it has told everything, and let the session end, which ends the stream."""
        return self._runner.run(self._streamed(path, **given))

    async def _streamed(self, path: str, **given: Any) -> httpx.Response:
        AppStatus.should_exit = False  # a server that another test stopped in this process would end every stream
        asked = asyncio.create_task(self._client.get(path, **given))
        while not (asked.done() or self.house.bells.waiting):
            await asyncio.sleep(0.001)
        signed = dict(self.house.signed)
        self.house.signed.clear()
        self.house.bells.something_new()
        answer = await asked
        self.house.signed |= signed
        return answer

    def close(self) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()

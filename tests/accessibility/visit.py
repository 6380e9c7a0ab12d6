"""A visit: one browser window at the doors of one house, on its way to a state of a page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from bot.desk.people import Person
from bot.desk.ports import Utterance
from tests.accessibility.house import Doors, LookedAt
from tests.fakes_web import DANA, WORKERS

PATIENCE = 30_000  # milliseconds: a machine with two busy cores answers late, not wrongly
FILLED_IN = {
    "level": "3",
    "reason": "Neglect over months",
    "advice": "Request for support today",
    "action_0": "Ask mum to agree to a request for support",
    "owner_0": "school",
    "by_0": "2026-11-24",
    "referral_advised": "yes",
}
_SUBMITS = """([path, values]) => {
  const form = Object.assign(document.createElement("form"), { method: "post", action: path });
  const field = ([name, value]) => Object.assign(document.createElement("input"), { name, value });
  form.append(...Object.entries(values).map(field));
  document.body.append(form);
  form.submit();
}"""


@dataclass
class Visit:
    """What a state is reached with. `answered` is how the page that is open came: its status, method and path."""

    doors: Doors
    house: LookedAt
    page: Page
    answered: tuple[int, str, str] = (0, "", "")
    _said: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))

    # who it is

    def as_dsl(self, person: Person = DANA) -> "Visit":
        """Sign in at the widget."""
        return self._signed_in("noname_dsl", "/", person)

    def as_worker(self, who: str | Person = "ann") -> "Visit":
        """Sign in at the console."""
        return self._signed_in("noname_duty", "/duty", WORKERS[who] if isinstance(who, str) else who)

    def _signed_in(self, name: str, path: str, person: Person) -> "Visit":
        token = self.house.sign_in(person)
        there = {"name": name, "value": token, "domain": "127.0.0.1", "path": path}
        self.page.context.add_cookies([there])
        return self

    # where they go

    def goes(self, path: str) -> Page:
        """Open a page."""
        self.page.goto(self.doors.url + path)
        return self.page

    def goes_without_a_script(self, path: str, to: str = "") -> Page:
        """Open a page as a browser does in which scripts are switched off; then they are on, for what measures it.

        `to` is the page it leads to at once without a script, if it does.
        """
        browser = self.page.context.new_cdp_session(self.page)
        browser.send("Emulation.setScriptExecutionDisabled", {"value": True})
        self.goes(path)
        self.page.wait_for_url(self.doors.url + (to or path))
        browser.send("Emulation.setScriptExecutionDisabled", {"value": False})
        return self.page

    def submits(self, path: str, values: dict[str, str] | None = None) -> Page:
        """Send a form from the page that is open, and come to what answers it."""
        with self.page.expect_navigation():
            self.page.evaluate(_SUBMITS, [path, values or {}])
        return self.page

    def posts(self, path: str, form: dict[str, str] | None = None, *, json: Any = None) -> Any:
        """Send something beside the page, as the same person; return the answer."""
        given = {"data": json} if json is not None else {"form": form or {}}
        headers = {"Origin": self.doors.url}
        answer = self.page.context.request.post(self.doors.url + path, headers=headers, max_redirects=0, **given)
        assert answer.status < 400, f"{path}: {answer.status}"
        return answer

    # how a consultation and its case came where they are

    def opened(self, **given: str) -> str:
        """Open a consultation and return its id."""
        return self.posts("/api/consultations", json=given).json()["id"]

    def says(self, consultation: str, text: str) -> None:
        """Type something into a consultation, beside the page."""
        body = {"client_message_id": f"client-id-{next(self._said)}", "text": text}
        self.posts(f"/api/consultations/{consultation}/messages", json=body)

    def talks(self, *texts: str) -> Page:
        """Open a consultation in which this was said, and its page when all of it is there."""
        consultation = self.opened()
        for text in texts:
            self.says(consultation, text)
        return self.looks_at(consultation)

    def looks_at(self, consultation: str) -> Page:
        """Open the page of a consultation when all of it is there."""
        page = self.goes(f"/consultations/{consultation}")
        expect(page.locator(".turn")).to_have_count(len(self.house.kept[consultation].messages), timeout=PATIENCE)
        expect(page.locator("#log")).to_have_attribute("aria-live", "polite", timeout=PATIENCE)
        return page

    def handed_over(self, **values: Any) -> str:
        """Have a consultation in the queue and return its case's id. `values` are as of a case."""
        consultation = self.opened()
        self.says(consultation, "he is always hungry")
        self.house.hands_over(consultation, **values)
        return f"case-{consultation}"

    def claimed(self, **values: Any) -> str:
        """Have a case claimed by whoever has signed in at the console."""
        case = self.handed_over(**values)
        self.posts(f"/duty/cases/{case}/claim")
        return case

    def answers(self, case: str, **values: str) -> str:
        """Have a claimed case answered."""
        self.posts(f"/duty/cases/{case}/outcome", FILLED_IN | {"send": "yes"} | values)
        return case

    def tells(self, consultation: str, *said: Utterance) -> None:
        """Let somebody say something while the page is open."""
        self.doors.soon(self.house.tells, consultation, *said)


@contextmanager
def reached(browser: Browser, doors: Doors, state: Any, **window: Any) -> Iterator[Visit]:
    """Open a window at a state, which came by the route and with the status that it names."""
    with visiting(browser, doors, state.needs, **window) as visit:
        state.reach(visit)
        of, pattern = state.route.split(" ")
        status, method, path = visit.answered
        assert (status, method) == (state.status, of), f"{state.name}: {visit.answered}"
        assert re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path), f"{state.name}: {path}"
        yield visit


@contextmanager
def visiting(browser: Browser, doors: Doors, needs: dict[str, Any], **window: Any) -> Iterator[Visit]:
    """Open a window at a new house. `needs` are as for `create_app`, `window` as for a browser's context."""
    given = {"viewport": {"width": 390, "height": 844}, "locale": "en-GB", "timezone_id": "Europe/London"}
    context = browser.new_context(**(given | window))
    try:
        house = doors.opens(**needs)
        yield _begun(context, Visit(doors, house, context.new_page()))
    finally:
        context.close()


def _begun(context: BrowserContext, visit: Visit) -> Visit:
    context.route(re.compile(r"^https:"), lambda route: route.abort())  # nothing goes elsewhere
    visit.page.clock.set_fixed_time(visit.house.now)
    visit.page.set_default_timeout(PATIENCE)

    def note(answer: Response) -> None:
        asked = answer.request
        if asked.is_navigation_request() and asked.frame == visit.page.main_frame and not 300 <= answer.status < 400:
            path = asked.url.removeprefix(visit.doors.url).partition("?")[0]
            visit.answered = (answer.status, asked.method, path)

    visit.page.on("response", note)
    return visit


"""Two editors change a number, in two browsers, with a real database: from a draft to what the answers say.

With NONAME_SCREENSHOTS set to a folder, it leaves pictures of what each of them saw.
"""

import asyncio
import socket
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.consultation import Facts, Status
from bot.desk.ports import Person
from bot.storage import SqlRecords, make_engine, migrate
from bot.thresholds import assess
from bot.web.serve import server
from tests.at_the_editing_desk import NOW, EditingDesk
from tests.fakes import finds_nothing
from tests.fakes_web import FakeHouse, make_app
from tests.keys import make_keys
from tests.pictures import picture
from tests.testshire import FILES, SLUG

pytestmark = pytest.mark.browser
TODAY = NOW.date()
STARTS = TODAY + timedelta(days=7)


class Served:
    """The console on loopback, with a database and a knowledge base of its own."""

    def __init__(self, into: Path) -> None:
        url = f"sqlite:///{into / 'noname.db'}"
        pepper = "a pepper that is long enough"
        migrate(url, pepper=pepper)
        ids = count(1)
        engine = make_engine(url)
        self.records = SqlRecords(
            engine,
            pepper=pepper,
            keys=make_keys(into),
            scan=finds_nothing,
            new_id=lambda: f"id-{next(ids)}",
        )
        self.desk = EditingDesk(into, self.records)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.house = FakeHouse(lambda: NOW)
        self.house.editing = self.desk.editing
        self.server = server(make_app(self.house, self.url), "127.0.0.1", port)
        self.thread = threading.Thread(target=lambda: asyncio.run(self.server.serve()), daemon=True)
        self.thread.start()

    def page(self, browser: Browser, person: Person) -> Page:
        """Return a page in a browser of its own, in which somebody has signed in. Scripts are switched off."""
        context = browser.new_context(viewport={"width": 1366, "height": 900}, java_script_enabled=False)
        context.add_cookies(
            [{"name": "noname_duty", "value": self.house.sign_in(person), "domain": "127.0.0.1", "path": "/duty"}]
        )
        page = context.new_page()
        page.goto(f"{self.url}/duty/knowledge")
        return page

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        self.records.let_go()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path)
    yield served
    served.stop()


def begin(page: Page, file: str, old: str, new: str) -> None:
    """Start a draft and change one place of one file."""
    page.get_by_role("button", name="Start a draft").click()
    box = page.get_by_label(file)
    assert old in box.input_value()
    box.fill(box.input_value().replace(old, new))
    page.get_by_role("button", name="Save and check").click()


def level_of_often_hungry(served: Served, on: date) -> str:
    """Return the level that answers give to a child who is often hungry, on a day."""
    told = Facts({"hungry_often": Status.PRESENT}, {"age_band": "5_9"})
    packs = served.desk.in_force
    found = assess(told, packs.pack_of(SLUG, on), packs.national_of(on), on)
    return found.because[0].words


def test_words_are_changed_by_two_people_and_taken_back_by_one(served: Served, browser: Browser) -> None:
    ada, ben = served.page(browser, served.desk.ada), served.page(browser, served.desk.ben)

    begin(ada, "thresholds.yml", "words: is often hungry", "words: is hungry most days")
    expect(ada.get_by_text("words: is often hungry → is hungry most days")).to_be_visible()
    expect(ada.get_by_text("Nothing is in the way")).to_be_visible()
    picture(ada, "draft", full_page=True)
    ada.get_by_role("button", name="Ask for approval").click()
    expect(ada.get_by_role("heading", level=1)).to_contain_text("waiting for a second editor")
    expect(ada.get_by_role("button", name="Approve")).to_have_count(0)

    ben.reload()
    ben.get_by_role("link", name="22 November 2026, 10:00am").click()
    ben.get_by_label("Seen from which day").fill(STARTS.isoformat())
    ben.get_by_role("button", name="Show that day").click()
    picture(ben, "approval", full_page=True)
    ben.get_by_role("button", name="Approve from 29 November 2026").click()
    expect(ben.get_by_role("heading", level=1)).to_contain_text("approved")

    before = STARTS - timedelta(days=1)
    assert level_of_often_hungry(served, before) == "is often hungry"
    assert level_of_often_hungry(served, STARTS) == "is hungry most days"
    ben.goto(f"{served.url}/duty/knowledge/{SLUG}?on={STARTS}")
    expect(ben.get_by_text("is hungry most days")).to_be_visible()
    picture(ben, "sheet", full_page=True)

    ada.reload()
    ada.get_by_role("button", name="Withdraw it").click()
    assert level_of_often_hungry(served, STARTS) == "is often hungry"
    noted = ["started", "edited", "submitted", "approved", "withdrawn"]
    (revision,) = served.records.revisions(SLUG)
    assert [served.records.times_noted(f"revision.{event}", revision.id) for event in noted] == [1] * 5
    assert served.records.verify_audit() is None


def test_a_level_that_would_fall_is_pointed_at_and_stopped_by_its_worked_case(served: Served, browser: Browser) -> None:
    ada = served.page(browser, served.desk.ada)
    third = '  level-3:\n    from: 2024-01-01\n    level: "{}"'
    begin(ada, "thresholds.yml", third.format(3), third.format(2))

    expect(ada.get_by_text("Row shire-hungry-often: level 3 → 2")).to_be_visible()
    expect(ada.get_by_text("Look twice").first).to_be_visible()
    expect(ada.get_by_text("level should be 3 and is 2")).to_be_visible()
    picture(ada, "stopped", full_page=True)
    ada.get_by_role("button", name="Ask for approval").click()
    expect(ada.get_by_role("alert")).to_contain_text("Put that right first")


@pytest.mark.parametrize("width", [320, 1366])
def test_no_page_has_to_be_scrolled_sideways(served: Served, browser: Browser, width: int) -> None:
    revision = served.desk.drafted()
    page = served.page(browser, served.desk.ada)
    measuring = browser.new_context(viewport={"width": width, "height": 800})
    measuring.add_cookies(page.context.cookies())
    measured = measuring.new_page()
    for place in ("knowledge", f"knowledge/{SLUG}?on={TODAY}", f"revisions/{revision.id}"):
        measured.goto(f"{served.url}/duty/{place}")
        assert measured.evaluate("document.documentElement.scrollWidth") <= width, place


def test_on_paper_the_sheet_is_black_on_white_and_its_rows_are_whole(served: Served, browser: Browser) -> None:
    page = browser.new_context().new_page()
    page.context.add_cookies(served.page(browser, served.desk.sam).context.cookies())
    page.goto(f"{served.url}/duty/knowledge/{SLUG}?on={TODAY}")
    page.emulate_media(media="print")
    style = "element => [getComputedStyle(element).breakInside, getComputedStyle(element).display]"

    assert page.locator(".said tbody tr").first.evaluate(style)[0] == "avoid"
    assert page.locator(".said thead").first.evaluate(style)[1] == "table-header-group"
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")
    assert FILES["area.yml"].splitlines()[0].split(": ")[1] in page.title()

"""The tutorial is walked as it is written, by a DSL and a duty social worker, in two browsers and a whole house.

With NONAME_TUTORIAL_PICTURES set to a folder (`./noname docs --pictures`), it leaves the tutorial's pictures there.
"""

import base64
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot import demo
from bot.settings import ROOT
from tests.tutorial import TUTORIAL, Step, blocks, sections, steps

pytestmark = [pytest.mark.browser, pytest.mark.trained]
SIZES = {"dsl": {"width": 390, "height": 844}, "worker": {"width": 1280, "height": 800}}
QUALITY = 70
SHOWN = "http://127.0.0.1:8000"  # where a house answers if nobody says otherwise


class Reader:
    """Somebody who does what the tutorial says, with what only a reader of it has."""

    def __init__(self, browser: Browser, size: dict[str, int], url: str, own: dict[str, Callable[[], str]]) -> None:
        self.page: Page = browser.new_context(viewport=size, reduced_motion="reduce").new_page()
        self.url, self.own = url, own
        self.at_sign_in: list[Step] = []
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def follow(self, step: Step) -> None:
        """Do it, or see it."""
        getattr(self, f"_{step.kind}")(step)

    def _open(self, step: Step) -> None:
        self.page.goto(f"{self.url}{step.words}")

    def _words(self, step: Step) -> None:
        self._field(step.where).fill(step.words)

    def _own(self, step: Step) -> None:
        self.at_sign_in.append(step)
        self._field(step.where).fill(self.own[step.words]())

    def _called(self, step: Step) -> None:
        self.page.get_by_role("link", name=self.own[step.words](), exact=True).first.click()

    def _press(self, step: Step) -> None:
        button, link = (self.page.get_by_role(role, name=step.words, exact=True) for role in ("button", "link"))
        fold = self.page.locator("summary", has_text=re.compile(rf"^\s*{re.escape(step.words)}\s*$"))
        found = button.or_(link).or_(fold).filter(visible=True).last
        expect(self.page.locator("#writing").filter(visible=True)).to_have_count(0)
        found.press("Enter")  # a page that moves swallows a click
        if step.words == "Sign in":
            self._sign_in_again_if_refused(found)

    def _sign_in_again_if_refused(self, button: Locator) -> None:
        """Do as the tutorial says of a second factor: it lasts half a minute, and works once."""
        self.page.wait_for_load_state()
        if self.page.get_by_text("You are not signed in").is_visible():
            self.page.wait_for_timeout(31_000)
            for step in tuple(self.at_sign_in):
                self._own(step)
            button.press("Enter")

    def _tick(self, step: Step) -> None:
        self.page.get_by_label(step.words, exact=True).last.check()

    def _choose(self, step: Step) -> None:
        group = self.page.get_by_role("group", name=step.where)
        if group.count():
            group.get_by_label(step.words, exact=True).check()
        else:
            self._field(step.where).select_option(label=step.words)

    def _asked(self, step: Step) -> None:
        expect(self.page.locator(".turn--assistant").last).to_contain_text(step.words)

    def _read(self, step: Step) -> None:
        self.seen = self.page.get_by_text(step.words).filter(visible=True).last
        expect(self.seen).to_be_visible()

    def _there(self, step: Step) -> None:
        named = self.page.get_by_role("button", name=step.words).or_(self.page.get_by_text(step.words))
        expect(named.filter(visible=True).first).to_be_visible()

    def _picture(self, step: Step) -> None:
        folder = os.environ.get("NONAME_TUTORIAL_PICTURES")
        if not folder:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        self.seen.evaluate("seen => seen.scrollIntoView({ block: 'center' })")
        self.page.wait_for_timeout(500)
        asked = {"format": "webp", "quality": QUALITY}
        taken = self.page.context.new_cdp_session(self.page).send("Page.captureScreenshot", asked)
        (Path(folder) / Path(step.where).name).write_bytes(base64.b64decode(taken["data"]))

    def _field(self, label: str) -> Locator:
        """Return the first field that is called so: some names go on for those who only hear them."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).filter(visible=True).first


def what_only_a_reader_has(house: Any, readers: dict[str, Reader]) -> dict[str, Callable[[], str]]:
    school = next(one for one in house.demo["schools"] if one["name"].startswith("Hollybank Primary"))
    worker = next(one for one in house.demo["workers"] if one["login"] == "duty.kent")
    return {
        "the access code of Hollybank Primary": lambda: school["code"],
        "the login duty.kent": lambda: worker["login"],
        "its password": lambda: worker["password"],
        "its second factor": lambda: demo.code_at(worker["totp_secret"], datetime.now(UTC)),
        "the name of the case": lambda: house.built.records.case_of(
            readers["dsl"].page.url.rsplit("/", 1)[1]
        ).designation,
        "a day in three days": lambda: (datetime.now(UTC) + timedelta(days=3)).date().isoformat(),
    }


def test_the_tutorial_can_be_walked_as_it_is_written(house: Any, browser: Browser) -> None:
    readers: dict[str, Reader] = {}
    own = what_only_a_reader_has(house, readers)
    readers |= {who: Reader(browser, size, house.url, own) for who, size in SIZES.items()}
    for heading, who, text in sections(TUTORIAL.read_text("utf-8")):
        for step in steps(text) if who else ():
            try:
                readers[who].follow(step)
            except Exception as problem:
                problem.add_note(f"{heading}: {step}")
                raise
    assert "Sharon" not in readers["dsl"].page.content() + readers["worker"].page.content()
    assert [reader.complaints for reader in readers.values()] == [[], []]


def test_the_terminal_says_what_the_tutorial_shows(house: Any) -> None:
    up = (ROOT / "bot" / "launch" / "up.py").read_text("utf-8").replace("{settings.public_url}", SHOWN)
    told = [line.replace(house.url, SHOWN) for line in demo.seed(house.settings)]
    shown = [line for _, who, text in sections(TUTORIAL.read_text("utf-8")) if not who for line in blocks(text)]
    said = [line for line in shown if not line.startswith(("./noname", "rm ")) and line.strip() != "..."]
    assert len(said) > 5
    for line in said:
        pattern = re.sub(r"<[^>]+>", ".+", re.escape(line).replace(r"\ ", " "))
        by_the_demo = any(re.fullmatch(pattern, one) for one in told)
        assert by_the_demo or re.sub(r"^\d/\d | \.\.\.$", "", line) in up, f"nothing says: {line}"

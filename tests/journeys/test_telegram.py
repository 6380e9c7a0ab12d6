"""A teacher on Telegram passes a worry on, and the DSL finds it on the web: a whole house, a browser, a Bot API."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bot_api.people import Person
from bot_api.seen import Seen
from bot_api.server import BotApi
from playwright.sync_api import Browser, Page, expect
from running_house import RunningHouse, house_settings, running_house

from bot.launch.training import ensure_model
from bot.settings import load_settings
from bot.settings_of_others import TelegramSettings
from tests.journeys.test_dsl_and_duty_worker import PHONE, a_page
from tests.pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.trained, pytest.mark.timeout(400)]

TEACHER = 7_311_902_645
WITH_A_NAME = "Amelia in my group is always hungry and hides food in her bag"
HIT = "a boy told me his dad hit him with a belt last night"


@pytest.fixture(scope="module")
def api() -> Iterator[BotApi]:
    with BotApi() as api:
        yield api


@pytest.fixture(scope="module")
def house(api: BotApi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHouse]:
    """A house of its own with a bot, and the model that the others have."""
    var = tmp_path_factory.mktemp("telegram")
    (var / "models").symlink_to(ensure_model(load_settings()).parent, target_is_directory=True)
    bot = TelegramSettings(api.token, "noname_bot", False, api.root, 24)
    settings = replace(house_settings(var), telegram=bot, telegram_secret="a-secret-of-this-test")
    with ExitStack() as stack:
        yield stack.enter_context(running_house(var, settings=settings))


def heard(api: BotApi, teacher: Person, words: str) -> Seen:
    """Wait until the teacher has heard some words, and return the message."""

    def found() -> list[Seen]:
        return [seen for seen in teacher.heard if words in seen.text]

    try:
        api.until(found, within=40)
    except AssertionError:
        raise AssertionError(f"{words!r} was not heard in {[seen.text for seen in teacher.heard]}") from None
    return found()[-1]


def press(api: BotApi, teacher: Person, title: str) -> None:
    """Press a button as soon as it is there."""
    api.until(lambda: any(title in seen.labels for seen in teacher.heard), within=40)
    teacher.presses(title)


def dsl(browser: Browser, house: RunningHouse) -> Page:
    page = a_page(browser, PHONE)
    page.goto(house.url)
    page.get_by_label("Your access code").fill(house.demo["schools"][0]["code"])
    page.get_by_role("button", name="Sign in").click()
    return page


def code_for(page: Page, label: str) -> str:
    page.get_by_role("link", name="Your staff").first.click()
    page.get_by_label("Who is it for?").fill(label)
    page.get_by_role("button", name="Make a code", exact=True).click()
    picture(page, "staff-1-code")
    return page.locator("p.code.reference").inner_text().strip()


def bytes_written(var: Path) -> bytes:
    files = (file for file in sorted(var.rglob("*")) if file.is_file() and "models" not in file.parts)
    return b"".join(file.read_bytes() for file in files)


def test_a_worry_goes_from_a_phone_to_the_dsl_and_no_name_with_it(api: Any, house: Any, browser: Browser) -> None:
    page = dsl(browser, house)
    teacher = api.person(TEACHER, first_name="Wilhelmina")

    # Linked by a code of the DSL's; the first words say that Telegram sees what is typed.
    teacher.starts(code_for(page, "Year 4 teacher"))
    heard(api, teacher, "Telegram can see what you type")
    press(api, teacher, "I am worried about a child")
    heard(api, teacher, "immediate danger")
    press(api, teacher, "No")

    # A name was typed: the message goes, what is kept is shown, and the questions go on.
    heard(api, teacher, "worr")
    teacher.types(WITH_A_NAME)
    heard(api, teacher, "I deleted your message")
    api.until(lambda: WITH_A_NAME not in [seen.text for seen in teacher.sees], within=20)
    for title in ("The child said so", "They have said nothing", "Once"):
        press(api, teacher, title)
    press(api, teacher, "Pass it on")
    heard(api, teacher, "I have passed it on")

    # The DSL reads it without a name and begins from it.
    page.goto(f"{house.url}/staff")
    expect(page.get_by_text("Year 4 teacher").first).to_be_visible()
    expect(page.get_by_text("always hungry").first).to_be_visible()
    expect(page.get_by_text("Amelia")).to_have_count(0)
    picture(page, "staff-2-passed-on")
    page.get_by_role("button", name="Start a consultation from this").click()
    expect(page.get_by_role("log")).to_be_visible()

    # Danger: the DSL in person, first; then word that something is urgent, and nothing else.
    teacher.types("/worry")
    heard(api, teacher, "immediate danger")
    teacher.types(HIT)
    heard(api, teacher, "Please go to your DSL now, in person")
    heard(api, teacher, "Shall I tell your DSL that something is urgent")
    press(api, teacher, "Yes")
    heard(api, teacher, "something is urgent, and nothing else")
    page.goto(house.url)
    expect(page.get_by_text("A colleague passed on something urgent").first).to_be_visible()
    picture(page, "staff-3-urgent")

    # Neither who it was nor where they are, nor the child, stands in anything that was written.
    written = bytes_written(house.settings.var)
    assert [word for word in ("Amelia", "Wilhelmina", str(TEACHER)) if word.encode() in written] == []
    assert "level" not in " ".join(seen.text.lower() for seen in teacher.heard)

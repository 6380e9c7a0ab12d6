"""A Bot API of the tests' own, somebody with a phone, and the real library as the bot."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from bot_api.library import bot_at
from bot_api.people import Person
from bot_api.server import BotApi
from telegram import Bot
from telegram.error import TelegramError

What = Callable[[Bot], Awaitable[Any]]
Ask = Callable[[What], Any]
Refused = Callable[[type[TelegramError], What], str]


@pytest.fixture(autouse=True)
def _times_as_they_will_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the library give spans of time as such; it warns of every other."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as api:
        yield api


@pytest.fixture
def colleague(api: BotApi) -> Person:
    return api.person(7001)


@pytest.fixture
def ask(api: BotApi) -> Ask:
    """Run what a test does with the bot, and return what comes of it."""

    def run(what: What) -> Any:
        async def whole() -> Any:
            async with bot_at(api) as bot:
                return await what(bot)

        return asyncio.run(whole())

    return run


@pytest.fixture
def refused(api: BotApi, ask: Ask) -> Refused:
    """Run what is refused, see that the library raises exactly this kind, and return what the server said."""

    def run(kind: type[TelegramError], what: What) -> str:
        with pytest.raises(kind) as raised:
            ask(what)
        assert type(raised.value) is kind
        return api.calls[-1].answer["description"]

    return run

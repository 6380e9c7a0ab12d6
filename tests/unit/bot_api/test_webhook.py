"""How a bot that has its updates posted gets them."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from telegram.error import BadRequest


class Taker:
    """A bot's own address: what was posted there, and what it answers (200 when nothing else is left to say)."""

    def __init__(self) -> None:
        self.url = ""
        self.got: list[dict] = []
        self.secrets: list[str | None] = []
        self.answers: list[int] = []
        self.go_on = threading.Event()
        self.go_on.set()

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]


@contextmanager
def taker() -> Iterator[Taker]:
    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            update = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            here.secrets.append(self.headers.get("X-Telegram-Bot-Api-Secret-Token"))
            here.got.append(update)
            here.go_on.wait(5)
            self.send_response(here.answers.pop(0) if here.answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return None

    here = Taker()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Takes)
    here.url = f"http://127.0.0.1:{server.server_address[1]}/telegram"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        here.go_on.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def bot_side() -> Iterator[Taker]:
    with taker() as here:
        yield here


def test_updates_are_posted_with_the_secret_and_forgotten_when_taken(api, colleague, ask, bot_side):
    colleague.types("before")
    ask(lambda bot: bot.set_webhook(bot_side.url, secret_token="a-secret_1"))
    api.until(lambda: not api.pending)
    colleague.types("after")
    api.until(lambda: not api.pending)

    assert bot_side.texts == ["before", "after"]
    assert bot_side.secrets == ["a-secret_1", "a-secret_1"]
    assert bot_side.got[1]["update_id"] == bot_side.got[0]["update_id"] + 1


def test_without_a_secret_none_is_sent(api, colleague, ask, bot_side):
    ask(lambda bot: bot.set_webhook(bot_side.url))
    colleague.types("one")
    api.until(lambda: not api.pending)

    assert bot_side.secrets == [None]


def test_what_is_not_taken_is_posted_again_before_what_comes_after_it(api, colleague, ask, bot_side):
    bot_side.answers = [500, 403, 302, 200]
    ask(lambda bot: bot.set_webhook(bot_side.url))
    colleague.types("one")
    colleague.types("two")
    api.until(lambda: not api.pending)

    assert bot_side.texts == ["one", "one", "one", "one", "two"]
    info = ask(lambda bot: bot.get_webhook_info())
    assert info.last_error_message == "Wrong response from the webhook: 302 Found"


def test_pauses_between_tries_grow(api, colleague, ask, bot_side, monkeypatch):
    slept = []

    async def sleep(seconds):
        slept.append(seconds)

    monkeypatch.setattr("bot_api.webhook.asyncio.sleep", sleep)
    bot_side.answers = [500] * 7
    ask(lambda bot: bot.set_webhook(bot_side.url))
    colleague.types("one")
    api.until(lambda: not api.pending)

    pauses = [seconds for seconds in slept if seconds >= 0.02]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (0.02, 1.0)


def test_one_chat_does_not_wait_for_another(api, colleague, ask, bot_side):
    other = api.person(7002)
    bot_side.go_on.clear()
    ask(lambda bot: bot.set_webhook(bot_side.url))
    colleague.types("one")
    colleague.types("two")
    other.types("elsewhere")
    api.until(lambda: len(bot_side.got) == 2)
    assert sorted(bot_side.texts) == ["elsewhere", "one"]
    bot_side.go_on.set()
    api.until(lambda: not api.pending)

    assert [text for text in bot_side.texts if text != "elsewhere"] == ["one", "two"]


def test_no_more_is_posted_at_once_than_was_asked_for(api, ask, bot_side):
    bot_side.go_on.clear()
    ask(lambda bot: bot.set_webhook(bot_side.url, max_connections=1))
    for number in (1, 2, 3):
        api.person(number).types("hello")
    api.until(lambda: bot_side.got)
    with pytest.raises(AssertionError, match="it was not so"):
        api.until(lambda: len(bot_side.got) > 1, within=0.1)
    bot_side.go_on.set()
    api.until(lambda: not api.pending)

    assert len(bot_side.got) == 3


def test_a_test_can_drop_what_the_bot_does_not_take(api, colleague, ask, bot_side):
    bot_side.answers = [500] * 100
    ask(lambda bot: bot.set_webhook(bot_side.url))
    colleague.types("poison")
    colleague.types("after it")
    api.until(lambda: len(bot_side.got) > 2)
    assert set(bot_side.texts) == {"poison"}
    api.drops(api.pending[0]["update_id"])
    bot_side.answers.clear()
    api.until(lambda: not api.pending)

    assert bot_side.texts[-1] == "after it"


def test_what_could_not_be_posted_waits_while_either_side_is_away(api, colleague, ask):
    with taker() as gone:
        ask(lambda bot: bot.set_webhook(gone.url))
    colleague.types("one")
    api.until(lambda: api.webhook.last_error)
    assert api.webhook.last_error[1] == "Connection failed"
    api.goes_down()
    colleague.types("two")
    api.comes_back()
    with taker() as back:
        ask(lambda bot: bot.set_webhook(back.url))
        api.until(lambda: not api.pending)

        assert back.texts == ["one", "two"]


def test_a_webhook_says_how_it_is(api, colleague, ask):
    async def said(bot):
        kept = {"secret_token": "s", "max_connections": 7, "allowed_updates": ["message"]}
        await bot.set_webhook("https://bot.example/telegram", **kept)
        return await bot.get_webhook_info()

    info = ask(said)

    assert (info.url, info.max_connections, info.allowed_updates) == ("https://bot.example/telegram", 7, ("message",))
    assert "secret" not in repr(api.called("getWebhookInfo")[0].answer)


def test_what_waits_can_be_dropped_when_a_webhook_is_set_or_deleted(api, colleague, ask):
    colleague.types("one")
    ask(lambda bot: bot.set_webhook("", drop_pending_updates=True))
    assert api.pending == []
    colleague.types("two")
    ask(lambda bot: bot.delete_webhook())
    assert len(api.pending) == 1
    ask(lambda bot: bot.delete_webhook(drop_pending_updates=True))

    assert api.pending == []


def test_telegram_says_what_became_of_a_webhook(api, ask, bot_side):
    async def set_and_deleted(bot):
        for _ in range(2):
            await bot.set_webhook(bot_side.url)
        for _ in range(2):
            await bot.delete_webhook()

    ask(set_and_deleted)

    said = [call.answer["description"] for call in api.calls if call.method.endswith("Webhook")]
    assert said == ["Webhook was set", "Webhook is already set", "Webhook was deleted", "Webhook is already deleted"]


@pytest.mark.parametrize(
    ("url", "secret", "said"),
    [
        ("http://bot.example/telegram", "", "bad webhook: An HTTPS URL must be provided for webhook"),
        ("https://", "", "invalid webhook URL specified"),
        ("https://bot.example", "no spaces", "secret token contains unallowed characters"),
        ("https://bot.example", "a" * 257, "secret token is too long"),
    ],
)
def test_an_address_or_secret_that_cannot_be_is_refused(refused, url, secret, said):
    assert refused(BadRequest, lambda bot: bot.set_webhook(url, secret_token=secret)) == f"Bad Request: {said}"

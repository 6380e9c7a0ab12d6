"""How updates come: asked for, or brought to a door with a secret."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from bot.telegram.polling import Polling
from bot.telegram.service import Hook
from bot.telegram_wiring import beside, door_of
from bot.web.app import STATIC, create_app
from bot.web.telegram_door import SECRET_HEADER, TelegramDoor
from tests.fakes_web import NOW, FakeHouse, say
from tests.unit.telegram.scene import refused

SECRET = "a-secret-of-the-door"


def private(update_id: int, text: str, chat: int) -> dict:
    return {"update_id": update_id, "message": {"message_id": 1, "chat": {"id": chat, "type": "private"}, "text": text}}


def ask(scene, handle, until, seconds=5.0):
    """Ask for updates until something is so."""

    async def doing() -> None:
        asking = asyncio.ensure_future(Polling(scene.telegram.line, handle, lambda: 0.0, seconds=0).run())
        for _ in range(int(seconds / 0.01)):
            await asyncio.sleep(0.01)
            if until():
                break
        asking.cancel()
        await asyncio.wait([asking])

    scene.run(doing())


def test_updates_are_handled_in_order_within_a_chat_and_chats_beside_each_other(scene):
    scene.server.updates = [private(10 * n + chat, f"{n}", chat) for n in range(1, 20) for chat in (1, 2, 3)]
    handled: list[tuple[int, int]] = []
    most, now = [0], [0]

    async def handle(update) -> None:
        now[0] += 1
        most[0] = max(most[0], now[0])
        await asyncio.sleep(0.001)
        now[0] -= 1
        handled.append((update["message"]["chat"]["id"], update["update_id"]))

    ask(scene, handle, lambda: len(handled) >= 57)
    assert most[0] == 3
    for chat in (1, 2, 3):
        ours = [number for of, number in handled if of == chat]
        assert ours == sorted(ours)
    assert len(set(handled)) == len(handled) == 57, "each once"
    assert scene.server.made("deleteWebhook"), "or Telegram would refuse"


def test_nothing_is_let_go_of_before_it_was_handled(scene):
    scene.server.updates = [private(1, "a", 1), private(2, "b", 1), private(3, "c", 2)]
    handled, fails = [], [True]

    async def handle(update) -> None:
        if update["update_id"] == 2 and fails:
            fails.clear()
            raise OSError
        handled.append(update["update_id"])

    ask(scene, handle, lambda: 2 in handled)
    assert handled[:2] == [1, 3]
    assert handled.index(2) > 1


@pytest.mark.parametrize("answer", [refused(409, "Conflict"), refused(502), "cut", (200, {"ok": True})], ids=str)
def test_whatever_is_in_the_way_is_waited_out(scene, answer, caplog):
    scene.server.updates = [private(1, "a", 1)]
    left, handled = [answer], []
    scene.server.answer = lambda method, given: left.pop() if method == "getUpdates" and left else None

    async def handle(update) -> None:
        handled.append(update)

    ask(scene, handle, lambda: bool(handled))
    assert handled
    assert "polling_failed" in caplog.text


def at_the_door(door: TelegramDoor, body: bytes = b'{"update_id": 1}', **headers: str | bytes) -> httpx.Response:
    app = Starlette(routes=[Route("/telegram/webhook", door.webhook, methods=["POST"])])

    async def bring() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            return await client.post("/telegram/webhook", content=body, headers=headers)

    return asyncio.run(bring())


def test_only_who_knows_the_secret_brings_updates():
    handled = []

    async def handle(update) -> None:
        handled.append(update)

    door = TelegramDoor(handle, SECRET)
    assert at_the_door(door).status_code == 403
    assert at_the_door(door, **{SECRET_HEADER: SECRET + "x"}).status_code == 403
    assert at_the_door(door, **{SECRET_HEADER: "ä".encode()}).status_code == 403
    assert handled == []
    assert at_the_door(door, b"no update", **{SECRET_HEADER: SECRET}).status_code == 400
    assert at_the_door(door, **{SECRET_HEADER: SECRET}).status_code == 200
    assert handled == [{"update_id": 1}]


def test_the_whole_app_lets_updates_in_that_no_page_of_ours_has_sent():
    handled = []

    async def handle(update) -> None:
        handled.append(update)

    given = {"clock": lambda: NOW, "base_url": "https://here", "rasa_token": "rasa", "static": STATIC}
    app = create_app(FakeHouse(), say, **given, telegram=TelegramDoor(handle, SECRET))

    async def bring(body: bytes, **headers: str) -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://here") as client:
            return (await client.post("/telegram/webhook", content=body, headers=headers)).status_code

    assert asyncio.run(bring(b'{"update_id": 1}', **{SECRET_HEADER: SECRET})) == 200
    assert asyncio.run(bring(b'{"update_id": 1}')) == 403
    assert asyncio.run(bring(b" " * 600_000, **{SECRET_HEADER: SECRET})) == 413
    assert handled == [{"update_id": 1}]


def test_without_a_bot_the_door_is_shut_and_there_is_none_without_a_secret():
    assert at_the_door(TelegramDoor(), **{SECRET_HEADER: ""}).status_code == 403
    assert at_the_door(door_of(None)).status_code == 403
    with pytest.raises(ValueError):
        TelegramDoor(lambda update: None, "")


def test_a_service_that_is_brought_its_updates_says_where_and_with_which_secret(scene):
    hooked = replace(scene.telegram, hook=Hook("https://noname.example/telegram/webhook", SECRET))
    left = [refused(502)]
    scene.server.answer = lambda method, given: left.pop() if method == "setWebhook" and left else None

    async def doing() -> None:
        running = asyncio.ensure_future(hooked.run())
        for _ in range(300):
            await asyncio.sleep(0.01)
            if len(scene.server.made("setWebhook")) == 2:
                break
        running.cancel()
        await asyncio.wait([running])

    scene.run(doing())
    asked = scene.server.made("setWebhook")[-1]
    assert (asked["url"], asked["secret_token"]) == ("https://noname.example/telegram/webhook", SECRET)
    assert "message_reaction" not in asked["allowed_updates"]
    assert at_the_door(door_of(SimpleNamespace(hook=hooked.hook, updates=scene.telegram.updates))).status_code == 403


def test_the_whole_service_takes_in_and_answers_and_ends_when_the_house_does(scene):
    scene.server.updates = [private(1, "/start GOOD-CODE", 4711), private(2, "hungry", 4711)]

    async def others() -> None:
        await asyncio.Event().wait()

    async def doing() -> None:
        running = asyncio.ensure_future(beside(others, scene.telegram)())
        for _ in range(500):
            await asyncio.sleep(0.01)
            if len(scene.server.said) == 2:
                break
        running.cancel()
        await asyncio.wait([running], timeout=5)
        assert running.done()

    scene.run(doing())
    assert scene.server.said[1] == "and then?"
    assert beside(others, None) is others


def test_polling_that_is_ended_handles_first_what_has_come(scene):
    scene.server.updates = [private(n, f"{n}", 1) for n in range(1, 4)]
    begun, handled = asyncio.Event(), []

    async def handle(update) -> None:
        begun.set()
        await asyncio.sleep(0.05)
        handled.append(update["update_id"])

    async def doing() -> None:
        asking = asyncio.ensure_future(Polling(scene.telegram.line, handle, lambda: 0.0, seconds=0).run())
        await begun.wait()
        asking.cancel()
        await asyncio.wait([asking], timeout=5)
        assert asking.cancelled()

    scene.run(doing())
    assert handled == [1, 2, 3]


def test_what_runs_beside_the_house_ends_when_all_of_it_has():
    ended = []

    async def slow_to_end() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.05)
            ended.append("slow")

    async def quick_to_end() -> None:
        await asyncio.sleep(60)

    async def doing() -> None:
        both = asyncio.ensure_future(beside(quick_to_end, SimpleNamespace(run=slow_to_end))())
        await asyncio.sleep(0.01)
        both.cancel()
        await asyncio.wait([both], timeout=5)

    asyncio.run(doing())
    assert ended == ["slow"]

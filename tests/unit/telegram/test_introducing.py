"""What Telegram shows of the bot: set once at each start, in both modes, and in nobody's way."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from bot_api.server import BotApi

from bot.telegram.introducing import OFFERED
from bot.telegram.service import Hook
from tests.unit.telegram.scene import TOKEN, words

SETTING = ("setMyCommands", "setMyShortDescription")
HOOK = Hook("http://127.0.0.1:9/telegram/webhook", "a-secret-of-these-tests")


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi(TOKEN) as api:
        yield api


def served(scene, api, until, hook=None, within=8.0) -> None:
    """Run the service until something is so, and a moment longer."""
    scene.start(api.root)
    telegram = replace(scene.telegram, hook=hook, chance=lambda: 0.0)

    async def doing() -> None:
        running = asyncio.ensure_future(telegram.run())
        await api.soon(until, within)
        await asyncio.sleep(0.1)
        assert not running.done()
        running.cancel()
        await asyncio.wait([running])

    scene.run(doing())


def done(api) -> list[tuple[str, int]]:
    """Return what was set of the bot, and how it was answered."""
    return [(call.method, call.status) for call in api.calls if call.method in SETTING]


@pytest.mark.parametrize("hook", [None, HOOK], ids=["polling", "webhook"])
def test_the_commands_and_who_it_is_for_are_set_once_at_a_start(scene, api, hook):
    served(scene, api, lambda: len(done(api)) == 2, hook)
    assert done(api) == [(method, 200) for method in SETTING]
    shown = api.world.profile.commands["all_private_chats", ""]
    assert [one["command"] for one in shown] == list(OFFERED)
    assert shown[0]["description"] == words("utter_telegram_command_worry")
    assert "999" in api.world.profile.texts["short_description", ""]


def test_every_command_that_is_offered_is_one(scene):
    scene.link()
    for name in OFFERED:
        scene.types(f"/{name}")
    assert scene.house.taken == [], "one that is not there is taken for words"
    assert scene.staff.ended, "the last of them leaves"


def test_what_is_in_the_way_is_waited_out_and_nothing_else_waits_for_it(scene, api, caplog):
    person = api.person(4711)
    api.faults.breaks(502, times=1, on="setMyCommands")
    api.faults.cuts_after(times=1, on="setMyShortDescription")
    person.starts("GOOD-CODE")
    served(scene, api, lambda: done(api) and person.heard)
    assert len(done(api)) == 1, "the chat was answered before the second try"
    served(scene, api, lambda: (SETTING[1], 200) in done(api))
    assert done(api)[-3:] == [(SETTING[0], 200), (SETTING[1], 0), (SETTING[1], 200)]
    assert "update_failed" not in caplog.text


def test_what_is_refused_is_not_asked_again(scene, api, monkeypatch, caplog):
    monkeypatch.setattr("bot.telegram.introducing.OFFERED", ("worry", "/ no command"))
    monkeypatch.setattr(scene, "start", lambda url, start=scene.start: (start(url), _say_anything(scene)))
    served(scene, api, lambda: len(done(api)) == 2)
    assert done(api) == [(SETTING[0], 400), (SETTING[1], 200)]
    assert "introducing_refused" in caplog.text


def _say_anything(scene) -> None:
    scene.telegram = replace(scene.telegram, room=replace(scene.room, say=lambda name, *_, **blanks: name))

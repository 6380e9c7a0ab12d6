"""The door on Telegram against a Bot API server: every kind of update, many chats at once, updates that come again."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from bot_api.every_update import CANARIES, EVERY_UPDATE, in_chat_of
from bot_api.server import BotApi
from sqlalchemy import text

from bot.desk.ports import Utterance
from bot.desk.staff.links import LinkKind
from tests.unit.telegram.scene import KIM, TOKEN, FakeHouse, Scene

LONG = bool(os.environ.get("NONAME_LONG"))
CHATS, MESSAGES = (200, 10) if LONG else (20, 10)
FIRST = 8_000_000


class Echo(FakeHouse):
    """Says what it heard, so that every answer can be told from every other."""

    async def receive(self, person, talk, client_id, typed, choice, now, not_names=()):
        self.replies = (Utterance("assistant", f"heard {typed.reveal()}"),)
        return await super().receive(person, talk, client_id, typed, choice, now, not_names)


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi(TOKEN) as api:
        yield api


def serve(scene: Scene, api: BotApi, until, within: float = 90.0) -> None:
    """Run the service as the house would, until something is so."""

    async def served() -> None:
        running = asyncio.ensure_future(scene.telegram.run())
        end = asyncio.get_running_loop().time() + within
        while not until():
            assert not running.done(), "the service has fallen"
            assert asyncio.get_running_loop().time() < end, api.pending[:3]
            await asyncio.sleep(0.05)
            scene.now += timedelta(seconds=0.5)  # pauses pass ten times as fast
        running.cancel()
        await asyncio.wait([running])

    scene.run(served())


def linked(scene: Scene, api: BotApi, number: int) -> list:
    """Return people whose chats are linked, each by a code of their own."""
    people = [api.person(FIRST + place) for place in range(number)]
    for place, person in enumerate(people):
        chat = scene.key_of(person.id)
        scene.staff.codes[f"CODE-{place}"] = LinkKind.STAFF
        link = scene.staff.link(f"CODE-{place}", chat, person.id, scene.now)
        scene.staff.links[chat] = replace(link, person=replace(KIM, id=f"kim-{place}"))
    return people


def is_all_sent(scene: Scene, api: BotApi) -> bool:
    return not api.pending and not {"waiting", "sending"} & set(soon(scene).values())


def soon(scene: Scene) -> dict[str, str]:
    """Return the states of what is sent; the later deletion of our own messages waits for its hour."""
    with scene.engine.connect() as connection:
        said = connection.execute(text("SELECT once, state FROM telegram_outbox WHERE kind = 'send'")).all()
    return dict(said)


def test_every_kind_of_update_is_taken_once_without_a_fall_and_nothing_of_it_is_kept(scene, api, caplog):
    scene.start(api.root)
    (person,) = linked(scene, api, 1)
    leaving = sorted(EVERY_UPDATE, key=lambda name: name.startswith("my_chat_member"))
    for name in leaving:
        if api.happens(EVERY_UPDATE[name], by=person.id) is None:  # was not asked for, and comes all the same
            scene.handles(**in_chat_of(EVERY_UPDATE[name], person.id))
    serve(scene, api, lambda: is_all_sent(scene, api))

    assert not [record for record in caplog.records if "failed" in record.getMessage()]
    with scene.engine.connect() as connection:
        kept = repr([connection.execute(text(f"SELECT * FROM {table}")).all()
                     for table in ("telegram_updates", "telegram_outbox", "audit")])  # fmt: skip
    assert len(EVERY_UPDATE) > 100
    assert [word for word in (*CANARIES, str(person.id)) if word in kept or word in caplog.text] == []
    assert scene.server.calls == [], "nothing went elsewhere"
    assert "getFile" not in {call.method for call in api.calls}


def test_many_chats_at_once_are_each_answered_once_and_in_order_whatever_goes_wrong_on_the_way(scene, api):
    scene.house = Echo()
    scene.start(api.root)
    people = linked(scene, api, CHATS)
    for number in range(MESSAGES):
        for person in people:
            person.types(f"number {number}")
    api.faults.too_many(times=3)
    api.faults.breaks(502, times=3)
    api.faults.cuts_before(times=3)
    serve(scene, api, lambda: is_all_sent(scene, api))

    wanted = [f"heard number {number}" for number in range(MESSAGES)]
    off = {}
    for person in people:
        heard = [seen.text for seen in person.heard if seen.text.startswith("heard ")]
        # What may have been cut off after it was taken is never sent again: it is told of instead.
        lost = [said for said in wanted if said not in heard]
        told = [seen for seen in person.heard if "/again" in seen.text]
        if heard != [said for said in wanted if said in heard] or len(lost) > 1 or (lost and not told):
            off[person.id] = heard
    assert off == {}
    assert len(scene.house.taken) == CHATS * MESSAGES


def test_an_update_that_comes_three_times_says_and_sends_once(scene, api):
    scene.house = Echo()
    scene.start(api.root)
    (person,) = linked(scene, api, 1)
    person.types("the first")
    person.types("the second")
    updates = list(api.pending)
    serve(scene, api, lambda: is_all_sent(scene, api))
    for update in updates * 2:
        scene.again(update)
    scene.deliver()

    said = [seen.text for seen in person.heard]
    assert [words for words in said if words.startswith("heard")] == ["heard the first", "heard the second"]
    assert len(said) == len(set(said))

"""The examples are what Telegram sends: the library reads each, whole, and knows no kind without one."""

from typing import Any

import pytest
import telegram
from bot_api.every_message import CANARIES, CONTENT
from bot_api.every_update import EVERY_UPDATE, PERSON, TYPES, in_chat_of
from bot_api.updates import kind_of
from telegram.constants import MessageType, UpdateType

# Fields of a message that are shown by an update of their own.
SHOWN_BY = {"business_connection_id": "business_message", "sender_business_bot": "business_message"}


def _lost(sent: Any, read: Any, where: str = "") -> list[str]:
    """Return the places where what was read is not what was sent. An empty list is as good as none."""
    if isinstance(sent, dict):
        inside = read if isinstance(read, dict) else {}
        return [lost for name, value in sent.items() for lost in _lost(value, inside.get(name), f"{where}.{name}")]
    if isinstance(sent, list):
        pairs = zip(sent, read or [None] * len(sent), strict=True)
        return [lost for number, (one, other) in enumerate(pairs) for lost in _lost(one, other, f"{where}[{number}]")]
    return [] if sent == read else [f"{where}: {sent!r} was read as {read!r}"]


def test_there_is_an_example_of_every_kind_of_update():
    assert {str(kind) for kind in telegram.Update.ALL_TYPES} == TYPES


def test_there_is_an_example_of_every_kind_of_content():
    shown = {name for name in SHOWN_BY if name in EVERY_UPDATE[SHOWN_BY[name]]["business_message"]}

    assert {str(kind) for kind in MessageType} - set(CONTENT) == shown == set(SHOWN_BY)


@pytest.mark.parametrize("name", EVERY_UPDATE)
def test_the_library_reads_every_example_whole(name, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # or it warns of what it will do one day
    update = EVERY_UPDATE[name]
    read = telegram.Update.de_json(update, None)

    present = [str(kind) for kind in UpdateType if getattr(read, kind) is not None]
    assert present == [kind_of(update)]
    assert _lost(update, read.to_dict()) == []


def test_a_reading_that_loses_something_is_noticed():
    assert _lost({"a": [{"b": 1}]}, {"a": [{}]}) == [".a[0].b: 1 was read as None"]


def test_a_button_of_a_message_that_has_gone_is_known_as_such():
    read = telegram.Update.de_json(EVERY_UPDATE["callback_query_inaccessible"], None)

    assert not read.callback_query.message.is_accessible


def test_names_numbers_and_places_in_the_examples_can_be_looked_for():
    told = repr(EVERY_UPDATE)

    assert [canary for canary in CANARIES if canary not in told] == []


def test_somebody_else_can_stand_in_an_example():
    update = in_chat_of(EVERY_UPDATE["callback_query"], 42)

    assert update["callback_query"]["from"]["id"] == update["callback_query"]["message"]["chat"]["id"] == 42
    assert str(PERSON) not in repr(update)


@pytest.mark.parametrize("name", ["message_voice", "callback_query_inline", "chat_member", "managed_bot", "poll"])
def test_an_example_that_happens_reaches_the_bot(api, ask, name):
    async def polled(bot):
        await bot.get_updates(allowed_updates=telegram.Update.ALL_TYPES)
        number = api.happens(EVERY_UPDATE[name], by=7001)
        return number, await bot.get_updates(timeout=0)

    number, (update,) = ask(polled)

    assert update.update_id == number
    assert getattr(update, kind_of(EVERY_UPDATE[name])) is not None


def test_a_message_that_happens_stands_in_its_chat_and_can_be_answered(api, ask):
    colleague = api.person(7001)
    first, second = (api.happens(EVERY_UPDATE["message_photo"], by=7001) for _ in range(2))

    ask(lambda bot: bot.send_message(7001, "Words only, please."))

    assert second == first + 1
    assert [seen.kind for seen in colleague.sees] == ["photo", "photo", "text"]
    assert len({seen.id for seen in colleague.sees}) == 3

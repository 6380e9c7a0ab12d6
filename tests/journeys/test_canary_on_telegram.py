"""Canaries on Telegram: five hundred made-up identifiers through a chat, by whoever has one, and then looked for.

What the anonymiser takes out must be nowhere, and nothing of those who write, not their name, their number or where
they are, anywhere but in the one sealed place from which they are answered. What is missed stands only where the
people of that one talk read it. And a message of which something was taken out is gone from the chat.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from bot_api.server import BotApi
from canary_chats import NOT_READ
from canary_desk import WorkerOf
from canary_evening import Evening, held, where_chats_are
from canary_house import talkative_house
from canary_people import AREAS, FOUND, DslOf, Walk
from canary_phones import CHAT, Switchboard
from canary_places import Place, Search, in_a_table, places, search
from running_house import house_settings

from bot.launch.training import ensure_model
from bot.settings import ROOT, load_settings
from bot.settings_of_others import TelegramSettings
from bot.telegram.pace import Speeds
from evaluation.canary.planting import PLANTED, canaries, house_words

pytestmark = [pytest.mark.trained, pytest.mark.timeout(900)]

WHERE = "opened chat_addresses.address"


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    """Everything typed, by everybody."""
    var = tmp_path_factory.mktemp("canary-telegram")
    (var / "models").symlink_to(ensure_model(load_settings()).parent, target_is_directory=True)
    with BotApi() as api, pytest.MonkeyPatch.context() as patched:
        # Telegram's own limits are not what is tried here, and nobody waits for them.
        patched.setattr("bot.telegram_wiring.Speeds", lambda: Speeds(1e6, 1e6, 16))
        bot = TelegramSettings(api.token, "noname_bot", False, api.root, 24)
        with talkative_house(var, replace(house_settings(var), telegram=bot)) as house:
            board = Switchboard(Walk(house, canaries(house_words(ROOT))), api)
            dsls = {area: DslOf(board.walk, area) for area in AREAS}
            workers = {area: WorkerOf(board.walk, area) for area in AREAS}
            try:
                yield held(board, dsls, workers)
            finally:
                for person in (*dsls.values(), *workers.values()):
                    person.http.close()


@pytest.fixture(scope="module")
def meanwhile(evening: Evening) -> Search:
    """What was found while everybody was linked."""
    return search(evening.walk, evening.meanwhile)


@pytest.fixture(scope="module")
def looked_at(evening: Evening) -> list[Place]:
    return [*places(evening.walk)]


@pytest.fixture(scope="module")
def afterwards(evening: Evening, looked_at: list[Place]) -> Search:
    """What was found when all was over but two links."""
    return search(evening.walk, looked_at)


def test_five_hundred_were_typed_at_every_door_of_a_chat(evening: Evening) -> None:
    typed = Counter(t.door for t in evening.walk.typed)
    assert typed["talk"] == typed["edited"] == typed["command"] + typed["reply"] == PLANTED
    assert min(typed["command"], typed["reply"]) > PLANTED / 3
    assert sum(t.outcome == FOUND for t in evening.walk.typed if t.door == "talk") > PLANTED * 0.8
    said = "\n".join(str(update) for update in evening.board.api.pending)
    assert not said, "something was never taken"


def test_the_search_finds_what_is_kept(evening: Evening, looked_at: list[Place]) -> None:
    """A search that looked in no right place would find nothing of anybody: what is no identifier is found."""
    found = {place.name for place in [*evening.meanwhile, *looked_at] if b"hungry" in place.content}
    for place in (
        "opened messages.text", "opened passed_on.words", "opened telegram_outbox.body", "table events.data",
        "file rasa.db", "answer: staff, to dsl", "answer: draft, to dsl", "answer: chat, to a colleague in kent",
    ):  # fmt: skip
        assert any(name.startswith(place) for name in found), f"{place} was not looked at"
    sizes = {place.name: len(place.content) for place in looked_at}
    assert sizes["file log/service.log"] > 1000, "our log was heard"
    assert sizes["file log/rasa.log"] > 100_000, "and Rasa's"


def test_nothing_that_was_taken_out_and_nothing_of_who_wrote_is_anywhere(meanwhile: Any, afterwards: Any) -> None:
    wrong = [s for s in (*meanwhile.sightings, *afterwards.sightings) if CHAT not in s.kinds]
    assert not wrong, in_a_table(wrong)


def test_where_a_chat_is_stands_in_one_sealed_place_and_only_as_long_as_its_link(
    evening: Evening, meanwhile: Search, afterwards: Search
) -> None:
    everybody = {str(phone.who.id) for phone in (*evening.colleagues, evening.notices)}
    stays = {str(evening.colleagues[-1].who.id), str(evening.notices.who.id)}
    for searched, standing in ((meanwhile, everybody), (afterwards, stays)):
        seen = {(s.place, s.needle) for s in searched.sightings if CHAT in s.kinds}
        assert seen == {(WHERE, chat) for chat in standing}
    assert {str(chat) for chat in evening.stood.values()} == everybody
    assert {str(chat) for chat in where_chats_are(evening.board).values()} == stays


def test_a_message_of_which_something_was_taken_out_is_gone_from_the_chat_and_its_writer_knows_why(
    evening: Evening,
) -> None:
    for phone in evening.colleagues:
        there = {seen.id: seen.text for seen in phone.person.sees if not seen.is_from_bot}
        assert len(phone.taken) > 10
        assert not {number: there[number] for number in (*phone.taken, *phone.turned_away) if number in there}
        assert phone.heard.count("I deleted your message here because it held") >= len(phone.taken)
        changed = [number for other, number in evening.changed if other is phone]
        assert changed
        assert not [number for number in changed if number in there]
        assert phone.heard.count("I deleted your changed message here because it held") == len(changed)


def test_what_is_not_read_is_gone_from_a_linked_chat_too(evening: Evening) -> None:
    for phone, number in evening.unread:
        left = [seen for seen in phone.person.sees if seen.id == number]
        assert not left, f"{left[0].kind}: {left[0].text[:60]}"
    for phone in evening.colleagues:
        assert NOT_READ in phone.heard
    assert "I have not read what you sent" in evening.notices.heard


def test_every_command_was_obeyed_and_no_update_made_anything_fall(evening: Evening, looked_at: list[Place]) -> None:
    heard = "\n".join(phone.heard for phone in evening.colleagues)
    for words in ("/privacy for who", "Telegram's servers see all", "What you passed on", "designated officer"):
        assert words in heard, words
    log = next(place.content for place in looked_at if place.name == "file log/service.log").decode()
    # On a machine that is busy with other things an answer may come too late; it is asked for again, and then it comes.
    log = log.replace("polling_failed kind=NotSure attempt=1", "")
    for fell in ("update_failed", "answer_unfit", "sender_failed", "polling_failed", "store_failed", "Traceback"):
        assert fell not in log, fell


def test_strangers_and_groups_are_told_no_more_than_whom_to_ring(evening: Evening) -> None:
    for phone in evening.strangers:
        assert "I have not read or kept what you sent" in phone.heard or "does not open anything" in phone.heard
    for room in evening.rooms:
        assert room.chat.bot == "left"

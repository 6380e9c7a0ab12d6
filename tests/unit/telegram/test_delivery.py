"""Delivery: once, in order, tried again where nothing came of it, and never again where nobody knows."""

import asyncio
import logging
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.telegram.pace import Pace, Speeds, pause
from tests.unit.telegram.scene import CHAT, TOKEN, refused, words

HOUR = timedelta(hours=1)
MISSING = "utter_telegram_may_be_missing"
HELD = 0.6  # seconds: enough to deliver what can be while a chat is held up


def fails_first(scene, answer, times=1, method="sendMessage"):
    """Let the server say something else the first times."""
    left = [times]

    def other(called, given):
        if called != method or not left[0]:
            return None
        left[0] -= 1
        return answer

    scene.server.answer = other


def later(scene, seconds):
    scene.now += timedelta(seconds=seconds)


def test_an_update_that_comes_again_is_neither_taken_in_nor_answered_again(scene):
    scene.link()
    update = scene.types("hungry")
    scene.deliver()
    scene.again(update)
    scene.deliver()
    assert scene.server.said == ["and then?"]
    assert len(scene.house.taken) == 1


def test_an_update_that_was_answered_and_not_marked_when_the_house_fell_is_answered_once(scene, monkeypatch):
    scene.link()
    with monkeypatch.context() as falling:
        falling.setattr(type(scene.outbox), "put", lambda *_: (_ for _ in ()).throw(OSError))
        with pytest.raises(OSError):
            scene.types("hungry")
    update = {"update_id": 1001, "message": scene.message(text="hungry")}
    assert not scene.outbox.is_done(1001)
    scene.again(update)
    scene.again(update)
    scene.deliver()
    assert scene.server.said == ["and then?"]
    assert len(scene.house.taken) == 1


def test_a_service_that_is_down_for_a_moment_gets_it_later_and_once(scene):
    scene.link()
    scene.types("hungry")
    fails_first(scene, refused(502))
    scene.deliver()
    assert scene.states() == {"1000:0": "sent", "gone:1000:0": "waiting", "1001:0": "waiting"}
    later(scene, 2)
    scene.deliver()
    assert scene.server.said == ["and then?"] * 2, "asked twice, and taken the second time"
    assert scene.states()["1001:0"] == "sent"


def test_what_is_said_too_fast_waits_as_long_as_telegram_says_and_so_does_everybody(scene):
    scene.link()
    scene.types("hungry")
    fails_first(scene, refused(429, "Too Many Requests: retry after 7", retry_after=7))
    scene.deliver()
    assert scene.telegram.sender.pace.is_hushed
    later(scene, 6)
    scene.telegram.sender.pace._hushed_until = 0.0
    scene.deliver()
    assert scene.states()["1001:0"] == "waiting"
    later(scene, 2)
    scene.deliver()
    assert scene.states()["1001:0"] == "sent"


def test_a_chat_that_has_to_wait_keeps_its_order_and_holds_nobody_else_up(scene):
    link = scene.link()
    scene.types("hungry")
    scene.types("cold")
    other = scene.staff
    other.codes["OTHER-CODE"] = link.kind
    fails_first(scene, refused(500))
    scene.deliver(HELD)
    assert scene.states()["1002:0"] == "waiting"
    scene.handles(message=scene.message(text="/start OTHER-CODE", chat={"id": 12, "type": "private"}))
    scene.deliver(HELD)
    assert scene.server.made("sendMessage")[-1]["chat_id"] == 12
    later(scene, 2)
    scene.deliver()
    assert [given["chat_id"] for given in scene.server.made("sendMessage")] == [CHAT, 12, CHAT, CHAT]


def test_a_cut_line_is_never_tried_again_and_the_chat_is_told_once(scene):
    scene.link()
    scene.types("hungry")
    fails_first(scene, "cut")
    scene.deliver()
    later(scene, 3600)
    scene.deliver()
    assert scene.server.said == ["and then?", words(MISSING)]
    assert scene.states()["1001:0"] == "unsure"


def test_an_answer_that_cannot_be_read_counts_as_a_cut_line(scene):
    scene.link()
    scene.types("hungry")
    fails_first(scene, (200, {"ok": True}))
    scene.deliver()
    assert scene.states()["1001:0"] == "unsure"


def test_what_was_on_its_way_when_the_house_was_killed_is_not_sent_again(scene):
    scene.link()
    scene.types("hungry")
    scene.types("cold")
    (letter,) = scene.outbox.take(scene.now, (), 9)
    assert letter.once == "1001:0"
    scene.start()
    scene.deliver()
    assert scene.server.said == ["and then?", words(MISSING)]
    assert scene.states() | {"1001:0": "unsure", "unsure:1001:0": "sent"} == scene.states()


def test_with_nothing_listening_it_waits_and_nobody_is_told_anything_twice(scene):
    scene.link()
    scene.types("hungry")
    scene.start(api="http://127.0.0.1:9")
    scene.deliver()
    assert scene.states()["1001:0"] == "waiting"
    scene.start()
    later(scene, 2)
    scene.deliver()
    assert scene.server.said == ["and then?"]


def test_an_answer_of_yesterday_is_not_given_but_told_of(scene):
    scene.link()
    scene.types("hungry")
    later(scene, 25 * 3600)
    scene.deliver()
    assert words(MISSING) in scene.server.said
    assert "and then?" not in scene.server.said


@pytest.mark.parametrize(
    "answer",
    [refused(403, "Forbidden: bot was blocked by the user"), refused(403, "Forbidden: user is deactivated"),
     refused(400, "Bad Request: chat not found")],
    ids=["blocked", "deactivated", "not found"],
)  # fmt: skip
def test_a_chat_that_is_closed_ends_its_link_and_leaves_nothing(scene, answer):
    link = scene.link()
    scene.types("hungry")
    scene.types("cold")
    fails_first(scene, answer)
    scene.deliver()
    assert scene.staff.ended == [(link.id, "blocked")]
    assert scene.states() == {}
    assert len(scene.server.said) == 1


def test_a_link_that_ended_elsewhere_gets_nothing_more(scene):
    link = scene.link()
    scene.types("hungry")
    scene.staff.addresses.pop(link.id)
    scene.deliver()
    assert scene.server.said == []
    assert scene.states() == {}


def test_our_messages_are_deleted_when_it_is_time(scene):
    scene.link()
    scene.types("hungry")
    scene.deliver()
    scene.now += 25 * HOUR
    scene.deliver()
    assert [given["message_id"] for given in scene.server.made("deleteMessage")] == [100, 101]
    scene.now += 100 * HOUR
    scene.deliver()
    assert len(scene.server.made("deleteMessage")) == 2


def test_a_message_of_theirs_that_cannot_be_deleted_is_told_of_once(scene):
    scene.link()
    fails_first(scene, refused(400, "Bad Request: message can't be deleted"), 99, "deleteMessage")
    scene.types("Jayden is hungry")
    scene.deliver()
    scene.now += HOUR
    scene.deliver()
    assert scene.server.said.count(words("utter_telegram_delete_yourself")) == 1
    assert len(scene.server.made("deleteMessage")) == 1


def test_a_deletion_nobody_knows_of_is_tried_again_and_gone_is_gone(scene):
    scene.link()
    fails_first(scene, "cut", 1, "deleteMessage")
    scene.types("Jayden is hungry")
    scene.deliver(HELD)
    fails_first(scene, refused(400, "Bad Request: message to delete not found"), 9, "deleteMessage")
    later(scene, 2)
    scene.deliver()
    assert len(scene.server.made("deleteMessage")) == 2
    assert words("utter_telegram_delete_yourself") not in scene.server.said
    assert scene.server.said[-1] == "and then?"


def test_what_telegram_never_takes_is_given_up_and_told_of(scene):
    scene.link()
    scene.types("hungry")
    fails_first(scene, refused(400, "Bad Request: message is too long"))
    scene.deliver()
    assert scene.states()["1001:0"] == "given_up"
    assert scene.server.said[-1] == words(MISSING)


def test_a_store_that_fails_for_a_moment_loses_nothing(scene, monkeypatch):
    scene.link()
    scene.types("hungry")
    sent, fell = type(scene.outbox).sent, [1]

    def fails_once(shelf, *given):
        if fell.pop() if fell else 0:
            raise OSError
        return sent(shelf, *given)

    monkeypatch.setattr(type(scene.outbox), "sent", fails_once)
    scene.deliver()
    assert scene.states()["1001:0"] == "sent"
    assert scene.server.said == ["and then?"]


def test_a_token_that_is_not_taken_is_waited_out_and_stands_in_no_log(scene, caplog):
    caplog.set_level(logging.DEBUG)
    scene.link()
    scene.types("Jayden is hungry")
    scene.server.answer = lambda method, given: refused(401, f"Unauthorized {TOKEN}")
    scene.deliver(HELD)
    scene.server.answer = lambda method, given: (200, {"not": "what was asked for"})
    later(scene, 5)
    scene.deliver(HELD)
    assert caplog.records
    assert TOKEN not in caplog.text
    assert TOKEN.split(":")[1] not in caplog.text
    assert "Jayden" not in caplog.text
    assert "[child]" not in caplog.text


def test_what_waits_for_its_turn_is_not_taken_for_being_sent(scene):
    link = scene.link()
    scene.staff.codes["OTHER-CODE"] = link.kind
    scene.types("hungry")
    scene.handles(message=scene.message(text="/start OTHER-CODE", chat={"id": 12, "type": "private"}))
    slowly = Pace(Speeds(in_all=2, to_one=1e6), time.monotonic)
    scene.telegram = replace(scene.telegram, sender=replace(scene.telegram.sender, pace=slowly))
    scene.deliver(until=lambda: scene.states()["1001:0"] == "sent")
    assert scene.states()["1002:0"] == "waiting"
    scene.start()
    scene.deliver()
    assert scene.states()["1002:0"] == "sent"
    assert words(MISSING) not in scene.server.said


def test_the_pace_is_kept_in_all_and_to_one_chat():
    now = [100.0]
    pace = Pace(Speeds(in_all=50, to_one=2, at_once=1), lambda: now[0])
    pace.rest("a")
    assert pace.resting() == {"a"}
    assert pace.patience(9.0) == pytest.approx(0.5)
    now[0] += 0.6
    assert pace.resting() == frozenset()

    async def six() -> float:
        real = Pace(Speeds(in_all=50), asyncio.get_running_loop().time)
        begun = asyncio.get_running_loop().time()
        for _ in range(6):
            await real.turn()
        return asyncio.get_running_loop().time() - begun

    assert asyncio.run(six()) >= 0.09
    assert [pause(n, lambda: 1.0) for n in (1, 2, 3, 50)] == [1, 2, 4, 120]
    assert pause(1, lambda: 0.0) == 0.5

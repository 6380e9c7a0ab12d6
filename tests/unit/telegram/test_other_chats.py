"""Chats that are linked to nobody, groups and channels, and what is no typed word."""

import json
import random
from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.unit.telegram.scene import CHAT, TOKEN, refused, words

THINGS = {
    "photo": [{"file_id": "f"}], "voice": {"file_id": "f"}, "video": {"file_id": "f"}, "document": {"file_id": "f"},
    "location": {"latitude": 51.2, "longitude": 0.5}, "contact": {"phone_number": "1"}, "poll": {"question": "Jayden?"},
    "sticker": {"file_id": "f"}, "dice": {"value": 1}, "venue": {"title": "Jayden's"}, "story": {"id": 1},
}  # fmt: skip


def test_a_stranger_gets_whom_to_ring_and_how_to_come_in_once_a_minute_and_nothing_is_kept(scene):
    scene.types("Jayden is hungry")
    scene.types("/worry")
    scene.handles(message=scene.message(photo=[{"file_id": "f"}]))
    assert scene.server.said == [words("utter_telegram_stranger")]
    assert scene.states() == {}
    assert scene.house.taken == []
    scene.telegram.updates.strangers._told[scene.key_of(CHAT)] -= 61
    scene.presses("m:worry")
    assert len(scene.server.said) == 2


def test_a_stranger_who_is_told_nothing_because_telegram_is_down_harms_nobody(scene):
    scene.server.answer = lambda method, given: refused(502)
    update = scene.types("hello")
    assert scene.outbox.is_done(update["update_id"])


def test_a_code_links_once_and_a_wrong_one_says_so(scene):
    scene.types("/start WRONG-CODE")
    assert scene.server.said == [words("utter_telegram_code_refused")]
    assert scene.linked is None
    scene.link()
    scene.types("/start GOOD-CODE")
    assert scene.server.said[-1] == words("utter_telegram_code_refused"), "it was used"
    assert scene.linked


def test_an_address_is_known_by_its_keyed_hash_alone(scene):
    scene.link()
    (chat,) = scene.staff.links
    assert str(CHAT) not in chat
    assert chat == scene.key_of(CHAT) != scene.key_of(CHAT + 1)
    assert len(chat) == 64


@pytest.mark.parametrize("thing", THINGS)
def test_what_is_no_typed_word_is_refused_deleted_and_never_fetched(scene, thing):
    scene.link()
    scene.handles(message=scene.message(**{thing: THINGS[thing]}, caption="Jayden is hungry"))
    scene.deliver()
    assert {method for method, _ in scene.server.calls} == {"deleteMessage", "sendMessage"}
    assert scene.server.said == [words("utter_telegram_only_words")]
    assert scene.house.taken == []


def test_pictures_that_were_sent_as_one_are_refused_once(scene):
    scene.link()
    for number in range(4):
        scene.handles(message=scene.message(message_id=20 + number, photo=[{}], media_group_id="g"))
    scene.deliver()
    assert scene.server.said == [words("utter_telegram_only_words")]
    assert len(scene.server.made("deleteMessage")) == 4


def test_what_pictures_that_were_sent_as_one_share_is_kept_as_a_keyed_hash_alone(scene):
    scene.link()
    scene.handles(message=scene.message(photo=[{}], media_group_id="Jayden"))
    with scene.engine.connect() as connection:
        kept = connection.execute(text("SELECT once FROM telegram_outbox")).scalars().all()
    assert [once.split(":")[0] for once in kept if "together" in once] == ["together"]
    assert "Jayden" not in repr(kept)


@pytest.mark.parametrize("kind", ["group", "supergroup"])
def test_a_group_is_left_with_a_word(scene, kind):
    scene.link()
    scene.handles(message=scene.message(text="Jayden", chat={"id": -100, "type": kind}))
    scene.handles(message=scene.message(text="Jayden", chat={"id": -100, "type": kind}))
    assert scene.server.said == [words("utter_telegram_private")], "once"
    assert scene.server.made("leaveChat")[0] == {"chat_id": -100}
    assert scene.house.taken == []


def test_a_channel_and_a_group_that_lets_nobody_write_are_left_all_the_same(scene):
    scene.server.answer = lambda method, given: refused(403) if method == "sendMessage" else None
    scene.handles(channel_post=scene.message(text="Jayden", chat={"id": -200, "type": "channel"}))
    joined = {"chat": {"id": -300, "type": "group"}, "new_chat_member": {"status": "member"}}
    scene.handles(my_chat_member=joined)
    assert [given["chat_id"] for given in scene.server.made("leaveChat")] == [-200, -300]


def test_who_blocks_us_is_let_go_of(scene):
    link = scene.link()
    scene.types("hungry")
    closed = {"chat": {"id": CHAT, "type": "private"}, "new_chat_member": {"status": "kicked"}}
    scene.handles(my_chat_member=closed)
    scene.handles(my_chat_member=closed)
    assert scene.staff.ended == [(link.id, "blocked")]
    assert scene.states() == {}
    assert scene.server.calls == []


@pytest.mark.parametrize("quote", ["forward_origin", "quote", "external_reply"])
def test_a_message_that_quotes_somebody_is_taken_in_and_deleted_because_the_quote_is_not_read(scene, quote):
    scene.link()
    scene.handles(message=scene.message(text="she is hungry", message_id=77, **{quote: {"text": "Jayden"}}))
    scene.deliver()
    assert [record for _, record, _ in scene.house.taken] == ["she is hungry"]
    assert scene.server.made("deleteMessage") == [{"chat_id": CHAT, "message_id": 77}]
    assert scene.server.said == [words("utter_telegram_quote_deleted"), "and then?"]


def test_a_quote_beside_a_name_is_deleted_once(scene):
    scene.link()
    scene.handles(message=scene.message(text="Jayden is hungry", message_id=77, quote={"text": "Jayden"}))
    scene.deliver()
    assert len(scene.server.made("deleteMessage")) == 1
    assert words("utter_telegram_quote_deleted") not in scene.server.said


def test_what_a_linked_chat_types_where_a_code_should_stand_is_deleted(scene):
    scene.link()
    scene.types("/start Jayden is hungry", message_id=77)
    scene.deliver()
    assert scene.server.made("deleteMessage") == [{"chat_id": CHAT, "message_id": 77}]
    assert set(scene.server.said) == {words("utter_telegram_code_refused"), words("utter_telegram_code_deleted")}
    assert scene.house.taken == []


@pytest.mark.parametrize(("typed", "is_deleted"), [("Jayden is hungry", True), ("she is hungry", False)])
def test_a_change_is_not_taken_in_and_a_name_in_it_is_deleted(scene, typed, is_deleted):
    scene.link()
    scene.types("she is cold")
    scene.handles(edited_message=scene.message(text=typed, message_id=77))
    scene.deliver()
    assert [record for _, record, _ in scene.house.taken] == ["she is cold"]
    assert bool(scene.server.made("deleteMessage")) is is_deleted
    name = "utter_telegram_edited_deleted" if is_deleted else "utter_telegram_edited"
    assert scene.server.said[-1] == words(name)


ODD = [
    None, [], "update", 7, {}, {"update_id": None}, {"update_id": True}, {"update_id": 2**80}, {"update_id": "9"},
    {"update_id": 1}, {"update_id": 2, "message": None}, {"update_id": 3, "message": []},
    {"update_id": 4, "message": {"chat": None}}, {"update_id": 5, "message": {"chat": {"id": CHAT}}},
    {"update_id": 6, "callback_query": {"id": 5, "data": 9, "message": {"chat": {"id": CHAT, "type": "private"}}}},
    {"update_id": 7, "callback_query": {"id": "a", "inline_message_id": "b", "data": "c:1.0:abc"}},
    {"update_id": 8, "poll_answer": {"poll_id": "1"}}, {"update_id": 9, "message_reaction": {"chat": {"id": CHAT}}},
    {"update_id": 10, "something_new": {"of": "tomorrow"}}, {"update_id": 11, "my_chat_member": {"chat": {"id": 1}}},
    {"update_id": 12, "message": {"chat": {"id": CHAT, "type": "private"}, "text": "\ud800\x00"}},
    {"update_id": 13, "message": {"chat": {"id": CHAT, "type": "private"}, "text": "/" + "a" * 40}},
    {"update_id": 14, "edited_message": {"chat": {"id": CHAT, "type": "private"}, "location": {}}},
    {"update_id": 15, "message": {"chat": {"id": CHAT, "type": "private"}, "pinned_message": {}}},
    {"update_id": 16, "edited_channel_post": {"chat": {"id": -5, "type": "channel"}}},
]  # fmt: skip


@pytest.mark.parametrize("linked", [True, False])
def test_no_update_makes_it_raise_and_each_is_done(scene, linked, caplog):
    if linked:
        scene.link()
    for update in ODD:
        scene.again(update)
        if isinstance(update, dict) and type(update.get("update_id")) is int and update["update_id"] < 2**52:
            assert scene.outbox.is_done(update["update_id"])
    scene.deliver()
    assert "update_failed" not in caplog.text


def test_updates_with_parts_taken_away_or_replaced_do_no_harm(scene, caplog):
    scene.link()
    chance = random.Random(7)
    typed = scene.message(text="hungry", media_group_id="g")
    whole = {"message": typed, "callback_query": {"id": "q", "data": "d:3:a", "message": scene.message()}}
    for number in range(300):
        update = json.loads(json.dumps({"update_id": 5000 + number} | whole))
        for _ in range(3):
            part = update
            while isinstance(part, dict) and part and chance.random() < 0.7:
                name = chance.choice(sorted(part))
                if not isinstance(part[name], dict) or chance.random() < 0.3:
                    part[name] = chance.choice([None, 0, -1, "", [], {}, True, 2**70, {"id": {}}])
                part = part[name]
        scene.again(update)
    assert "update_failed" not in caplog.text
    assert TOKEN not in caplog.text


def test_a_code_that_makes_the_desk_fall_is_answered_all_the_same(scene, monkeypatch):
    monkeypatch.setattr(scene.staff, "link", lambda *_: (_ for _ in ()).throw(RuntimeError("GOOD-CODE")))
    update = scene.types("/start GOOD-CODE")
    assert scene.server.said == [words("utter_door_broken")]
    assert scene.outbox.is_done(update["update_id"])


def test_a_chat_that_is_linked_anew_leaves_nothing_of_the_old_link(scene, monkeypatch):
    old = scene.link()
    scene.types("hungry")
    scene.deliver()
    given = scene.staff.link
    monkeypatch.setattr(scene.staff, "link", lambda *of: replace_id(scene, given(*of)))
    scene.types("/start NOTICE-CODE")
    scene.deliver()
    assert scene.linked.id != old.id
    assert scene.server.made("deleteMessages") == [{"chat_id": CHAT, "message_ids": [100, 101]}]
    assert [once for once in scene.states() if once.startswith("100")] == ["1002:0"]


def replace_id(scene, link):
    """Return the link under another id, as the desk makes one for a chat that is linked anew."""
    new = replace(link, id="link-anew")
    scene.staff.keys.make(new.id)
    scene.staff.links[new.chat], scene.staff.addresses[new.id] = new, CHAT
    return new

"""What a linked chat types and presses, and what it gets."""

import pytest

from bot.consultation import Stage
from bot.desk.ports import UncleanWrite, Utterance
from tests.unit.telegram.scene import CHAT, asks, buttons, words


def test_a_code_links_and_the_first_words_say_who_sees_and_whom_to_ring(scene):
    scene.types("/start GOOD-CODE")
    scene.deliver()
    (sent,) = scene.server.made("sendMessage")
    assert scene.linked
    assert "Telegram can see what you type before I can" in sent["text"]
    assert "999" in sent["text"]
    assert [title for title, _ in buttons(sent)] == ["I am worried about a child", "A question", "Who is who", "Urgent"]
    assert sent["protect_content"] is True
    assert "parse_mode" not in sent


def test_what_is_typed_opens_a_talk_and_goes_on_in_it(scene):
    scene.link()
    scene.types("hungry every day")
    scene.types("and cold")
    scene.deliver()
    (first, second) = scene.house.taken
    assert [first[1], second[1]] == ["hungry every day", "and cold"]
    assert first[0] == second[0] == scene.linked.talk
    assert scene.server.said == ["and then?", "and then?"]


def test_a_talk_that_is_over_or_gone_is_followed_by_a_new_one(scene):
    scene.link()
    scene.types("hungry")
    talk = scene.linked.talk
    scene.house.stages[talk] = Stage.CLOSED
    scene.types("and another")
    assert scene.linked.talk != talk
    del scene.house.said[scene.linked.talk]
    scene.types("and a third")
    assert len({talk for talk, _, _ in scene.house.taken}) == 3


def test_a_message_with_a_name_is_deleted_and_what_was_kept_is_shown(scene):
    scene.link()
    scene.types("Jayden is hungry", message_id=77)
    scene.deliver()
    assert scene.server.calls[0] == ("deleteMessage", {"chat_id": CHAT, "message_id": 77})
    told, reply = scene.server.said
    assert "it held 1 name" in told
    assert "[child] is hungry" in told
    assert "Jayden" not in told
    assert reply == "and then?"


def test_what_could_not_be_looked_at_is_deleted_and_refused_with_numbers(scene):
    scene.link()
    scene.types("!", message_id=77)
    scene.deliver()
    assert scene.server.made("deleteMessage") == [{"chat_id": CHAT, "message_id": 77}]
    (said,) = scene.server.said
    assert "03000 411111" in said
    assert "999" in said


def test_what_the_store_refuses_is_told_in_words(scene):
    scene.link()
    scene.house.falls = UncleanWrite()
    scene.types("hungry")
    scene.deliver()
    assert scene.server.said == [words("utter_door_unclean")]


def test_whatever_falls_the_update_is_done_and_the_chat_is_told(scene, caplog):
    scene.link()
    scene.house.falls = RuntimeError("Jayden")
    update = scene.types("hungry")
    scene.deliver()
    assert scene.server.said == [words("utter_door_broken")]
    assert scene.outbox.is_done(update["update_id"])
    assert "Jayden" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_a_button_chooses_shows_what_was_chosen_and_is_gone(scene):
    scene.link()
    scene.house.replies = (asks("Today", "Some time ago"),)
    scene.types("hungry")
    scene.deliver()
    (sent,) = scene.server.made("sendMessage")
    (_, today), _ = buttons(sent)
    assert len(today) <= 64
    assert "answer" not in today, "a payload never leaves"
    scene.house.replies = (Utterance("assistant", "thank you"),)
    scene.presses(today, message_id=101)
    scene.deliver()
    assert scene.house.taken[-1][2] == "3.0"
    (edited,) = scene.server.made("editMessageText")
    assert edited["message_id"] == 101
    assert edited["text"] == "Which of these?\n\n☑ Today"
    assert "reply_markup" not in edited
    assert scene.server.said[-1] == "thank you"
    assert scene.server.made("answerCallbackQuery") == [{"callback_query_id": "q1"}]


def test_a_button_of_an_earlier_talk_or_of_nobodys_making_does_nothing(scene):
    scene.link()
    scene.house.replies = (asks("Today"),)
    scene.types("hungry")
    scene.deliver()
    (old,) = [data for _, data in buttons(scene.server.made("sendMessage")[0])]
    scene.types("/worry")
    scene.presses(old)
    scene.presses("c:1.0:" + "x" * 60)
    scene.presses("/answer{}")
    scene.deliver()
    assert scene.server.said[-3:] == [
        words("utter_telegram_old_button"), words("utter_refused_choice"), words("utter_refused_choice")
    ]  # fmt: skip
    assert len(scene.house.taken) == 1


def test_several_answers_are_ticked_one_by_one_and_sent_together(scene):
    scene.link()
    scene.house.replies = (asks("Hungry", "Cold", "None", ticks=True),)
    scene.types("hungry")
    scene.deliver()
    keys = dict(buttons(scene.server.made("sendMessage")[0]))
    assert list(keys) == ["☐ Hungry", "☐ Cold", "☐ None", "Done"]
    scene.presses(keys["Done"], 101)
    assert "Tick at least one" in scene.server.made("answerCallbackQuery")[-1]["text"]
    for title in ("☐ Hungry", "☐ Cold", "☐ None", "☐ Cold", "☐ Hungry"):
        again = scene.presses(keys[title], 101)
    scene.again(again)
    scene.deliver()
    last = scene.server.made("editMessageReplyMarkup")[-1]
    assert [title for title, _ in buttons(last)] == ["☑ Hungry", "☑ Cold", "☐ None", "Done"], "none stands alone"
    scene.presses(keys["Done"], 101)
    scene.deliver()
    assert scene.house.taken[-1][2] == "3.0,3.1"
    assert scene.server.made("editMessageText")[-1]["text"].endswith("☑ Hungry; Cold")


def test_a_row_that_can_be_changed_is_a_button(scene):
    scene.link()
    rows = [{"label": "Age", "value": "5 to 9", "change": "/change"}, {"label": "Told", "words": ["he is cold"]}]
    scene.house.replies = (Utterance("assistant", "Check", card={"kind": "table", "title": "So far", "rows": rows}),)
    scene.types("hungry")
    scene.deliver()
    (sent,) = scene.server.made("sendMessage")
    assert sent["text"] == "Check\n\nSo far\nAge: 5 to 9\n• Told\n   “he is cold”"
    assert sent["entities"] == [{"type": "bold", "offset": 7, "length": 6}]
    assert buttons(sent) == [("Change: Age", f"c:3.r0:{scene.linked.talk[:8]}")]


def test_again_shows_the_last_words_and_a_new_worry_begins_anew(scene):
    scene.link()
    scene.types("/again")
    scene.types("hungry")
    scene.types("/again")
    scene.types("/worry")
    scene.deliver()
    assert scene.server.said == [
        words("utter_telegram_nothing_to_repeat"), "and then?", "and then?", "What worries you?"
    ]  # fmt: skip


def test_urgent_says_whom_to_ring_first_and_tells_the_dsl(scene):
    scene.link()
    scene.types("/urgent")
    scene.deliver()
    first, then = scene.server.said
    assert "999" in first
    assert "03000 411111" in first
    assert then == words("utter_telegram_urgent_passed_on")
    assert scene.staff.passed_on == [(scene.linked.talk, True, "")]


def test_what_is_typed_behind_a_command_is_taken_in_as_words(scene):
    scene.link()
    scene.types("/worry Jayden is cold", message_id=77)
    scene.deliver()
    assert scene.house.taken == [(scene.linked.talk, "[child] is cold", None)]
    assert scene.server.made("deleteMessage") == [{"chat_id": CHAT, "message_id": 77}]
    assert len(scene.house.said) == 1, "one talk, not two"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("/Jayden", "[child]"), ("/Jayden is cold", "[child] is cold"), ("/worry@Jayden is", "/worry@[child] is")],
)
def test_a_command_that_is_not_there_is_taken_for_words_with_its_own(scene, typed, kept):
    scene.link()
    scene.types(typed, message_id=77)
    scene.deliver()
    assert scene.house.taken == [(scene.linked.talk, kept, None)]
    assert scene.server.made("deleteMessage") == [{"chat_id": CHAT, "message_id": 77}]


@pytest.mark.parametrize("name", ["help", "privacy", "whoswho", "status", "start"])
def test_every_command_answers_and_names_999(scene, name):
    scene.link()
    scene.types(f"/{name}@noname_bot")
    scene.deliver()
    (said,) = scene.server.said
    assert "999" in said


def test_the_status_says_what_became_of_each_note(scene):
    scene.link()
    scene.presses("m:whoswho")
    scene.types("/status")
    scene.deliver()
    lines = scene.server.said[-1].splitlines()[1:4]
    assert [line.split(": ")[1] for line in lines] == [
        "not read yet. Please tell your DSL in person.", "your DSL has read it.", "your DSL has taken it up."
    ]  # fmt: skip
    assert all(line.startswith("AMBER-HERON, 23 Nov 2026") for line in lines)


def test_stop_takes_our_messages_away_says_goodbye_and_keeps_nothing(scene):
    link = scene.link()
    scene.types("hungry")
    scene.deliver()
    scene.types("/stop")
    assert scene.staff.ended == [(link.id, "left")]
    assert scene.server.made("deleteMessages") == [{"chat_id": CHAT, "message_ids": [100, 101]}]
    assert scene.server.said[-1] == words("utter_telegram_stopped")
    assert scene.states() == {}


def test_what_was_typed_behind_a_farewell_is_deleted_unread(scene):
    scene.link()
    scene.types("/stop Jayden is hungry", message_id=77)
    assert {"chat_id": CHAT, "message_ids": [77]} in scene.server.made("deleteMessages")
    assert scene.house.taken == []


def test_what_is_typed_behind_a_command_in_a_chat_for_notices_is_deleted_unread(scene):
    scene.link("NOTICE-CODE")
    scene.types("/help Jayden is hungry", message_id=77)
    scene.deliver()
    assert scene.server.made("deleteMessage") == [{"chat_id": CHAT, "message_id": 77}]
    assert scene.server.said == [words("utter_telegram_notices_only")]


def test_a_chat_for_notices_is_told_that_nothing_can_be_answered_and_is_not_read(scene):
    link = scene.link("NOTICE-CODE")
    scene.types("Jayden is hungry", message_id=77)
    scene.types("/privacy")
    scene.presses("m:worry")
    scene.deliver()
    assert scene.server.said == [words("utter_telegram_notices_only"), words("utter_telegram_privacy")]
    assert scene.server.made("deleteMessage") == [{"chat_id": CHAT, "message_id": 77}]
    assert scene.house.taken == []
    scene.types("/stop")
    assert scene.staff.ended == [(link.id, "left")]


def test_a_notice_is_sent_once(scene):
    link = scene.link("NOTICE-CODE")
    for _ in range(2):
        scene.telegram.notice(link.id, "n1", "utter_telegram_help", {})
    scene.deliver()
    assert scene.server.said == [words("utter_telegram_help")]


def test_who_is_linked_is_asked_of_the_store_and_a_store_that_fails_loses_no_message(scene, monkeypatch):
    scene.link()
    with monkeypatch.context() as falling:
        falling.setattr(scene.staff, "link_of", lambda *_: (_ for _ in ()).throw(OSError))
        with pytest.raises(OSError):
            scene.types("hungry")
    scene.again({"update_id": 1001, "message": scene.message(text="hungry")})
    assert [record for _, record, _ in scene.house.taken] == ["hungry"]


def test_an_answer_that_cannot_be_kept_at_all_does_not_come_again_for_ever(scene, caplog):
    scene.link()
    scene.house.replies = (Utterance("assistant", "half a sign: \ud800"),)
    update = scene.types("hungry")
    assert scene.outbox.is_done(update["update_id"])
    assert "answer_unfit" in caplog.text

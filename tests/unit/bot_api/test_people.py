"""People with Telegram on their phones do what people do, and the bot is told what Telegram tells bots."""

import pytest
from bot_api.seen import CannotBeDone
from telegram import MessageEntity

GROUP = -1_009_000_000_001


def _last(api):
    return api.pending[-1]


def test_a_command_is_marked_as_one(colleague, ask):
    colleague.starts("CODE-1")

    (update,) = ask(lambda bot: bot.get_updates())

    assert update.message.text == "/start CODE-1"
    assert update.message.parse_entities([MessageEntity.BOT_COMMAND]) == {
        MessageEntity("bot_command", 0, 6): "/start",
    }
    assert update.message.chat.type == "private"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("😀 /help me", ["bot_command"]),
        ("either/or 1/2", []),
        ("ask @invented_bot or a@b.example, see https://x.example/a.", ["mention", "email", "url"]),
    ],
)
def test_telegram_finds_what_leads_somewhere(api, colleague, text, kinds):
    colleague.types(text)

    assert [entity["type"] for entity in _last(api)["message"].get("entities", [])] == kinds


def test_an_own_message_can_be_edited_and_taken_back(api, colleague):
    number = colleague.types("Oliver is hungry")
    colleague.edits(number, "my pupil is hungry")

    assert _last(api)["edited_message"]["text"] == "my pupil is hungry"
    assert [(seen.id, seen.text, seen.is_edited) for seen in colleague.sees] == [(number, "my pupil is hungry", True)]
    assert api.pending[0]["message"]["text"] == "Oliver is hungry"

    colleague.deletes(number)
    assert colleague.sees == ()
    assert len(api.pending) == 2


@pytest.mark.parametrize("kind", ["photo", "voice", "document", "location", "contact"])
def test_people_send_what_is_no_text(api, colleague, kind):
    getattr(colleague, f"sends_{kind}")()

    assert kind in _last(api)["message"]
    assert colleague.sees[-1].kind == kind


def test_people_send_a_picture_with_words(api, colleague):
    colleague.sends_photo(caption="look at this")
    colleague.sends("poll")

    assert [(seen.kind, seen.text) for seen in colleague.sees] == [("photo", "look at this"), ("poll", "")]


def test_an_answer_names_what_it_answers(api, colleague):
    first = colleague.types("one")
    colleague.types("two", reply_to=first)

    assert _last(api)["message"]["reply_to_message"]["text"] == "one"


def test_nobody_writes_where_they_cannot(api, colleague):
    number = colleague.types("mine")
    other = api.person(7002)
    colleague.blocks()

    with pytest.raises(CannotBeDone, match="cannot write"):
        colleague.types("hello?")
    with pytest.raises(CannotBeDone, match="no message of theirs"):
        other.edits(number, "not mine")


def test_the_bot_is_told_when_it_comes_into_a_room_and_is_thrown_out(api, colleague):
    room = api.room(GROUP, title="Staff room")
    room.adds_the_bot(colleague)
    room.removes_the_bot(colleague)

    added, service, thrown_out = api.pending
    assert (added["my_chat_member"]["old_chat_member"]["status"], room.chat.bot) == ("left", "kicked")
    assert service["message"]["new_chat_members"][0]["username"] == "noname_test_bot"
    assert thrown_out["my_chat_member"]["new_chat_member"]["status"] == "kicked"


def test_what_is_written_in_a_room_stands_there_and_not_in_private(api, colleague):
    room = api.room(GROUP, bot="member")
    colleague.types("to all", to=room)
    channel = api.room(GROUP - 1, "channel", bot="administrator")
    channel.posts("news")

    assert [seen.text for seen in room.sees] == ["to all"]
    assert colleague.sees == ()
    assert api.pending[0]["message"]["chat"]["type"] == "supergroup"
    assert _last(api)["channel_post"]["sender_chat"]["id"] == channel.id


def test_a_wait_that_is_in_vain_says_what_happened_lately(api, colleague, ask):
    ask(lambda bot: bot.send_message(7001, "hello"))
    colleague.types("still here")

    with pytest.raises(CannotBeDone, match=r"\('sendMessage', 200\).*waiting: \['message'\]"):
        api.until(lambda: False, within=0.01)

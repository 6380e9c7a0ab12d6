"""What a bot writes: how long it may be, how it is marked, and who does not get it."""

from functools import partial

import pytest
from bot_api.every_update import EVERY_UPDATE
from telegram import LinkPreviewOptions, MessageEntity, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden

GROUP = -1_009_000_000_001
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def _edit(bot, number, text):
    return bot.edit_message_text(text, 7001, number)


def test_a_message_stands_in_the_chat_with_its_marks_and_its_protection(colleague, ask):
    bold = MessageEntity(MessageEntity.BOLD, 3, 7)

    sent = ask(lambda bot: bot.send_message(7001, "😀 Urgent: ring", entities=[bold], protect_content=True))

    (seen,) = colleague.heard
    assert (seen.id, seen.text, seen.is_protected) == (sent.message_id, "😀 Urgent: ring", True)
    assert seen.marked("bold") == ["Urgent:"]
    assert sent.entities == (bold,)
    assert sent.has_protected_content
    assert not ask(lambda bot: bot.send_message(7001, "plain")).has_protected_content


@pytest.mark.parametrize("text", ["a" * 4096, "😀" * 4096, " " * 5 + "a" * 4096 + "\n"])
def test_the_longest_message_has_4096_characters_without_white_space_around(colleague, ask, text):
    ask(lambda bot: bot.send_message(7001, text))

    assert colleague.heard[-1].text == text.strip()


def test_a_longer_message_is_refused(colleague, refused):
    said = refused(BadRequest, lambda bot: bot.send_message(7001, "a" * 4097))
    assert said == "Bad Request: message is too long"
    assert colleague.sees == ()


@pytest.mark.parametrize("text", ["", "   \n"])
def test_an_empty_message_is_refused(colleague, refused, text):
    said = refused(BadRequest, lambda bot: bot.send_message(7001, text))
    assert said == "Bad Request: message text is empty"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ring 999.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("*Ring", "Can't find end of Bold entity at byte offset 0"),
        ("é _Ring", "Can't find end of Italic entity at byte offset 3"),
        ("[here](", "Can't find end of a URL at byte offset 5"),
    ],
)
def test_markdown_that_cannot_be_read_is_refused(colleague, refused, text, said):
    refusal = refused(BadRequest, lambda bot: bot.send_message(7001, text, parse_mode="MarkdownV2"))
    assert refusal == f"Bad Request: can't parse entities: {said}"


def test_markdown_that_can_be_read_becomes_entities_and_without_it_nothing_is_read(colleague, ask):
    text = r"*Ring* `9.9` [us](https://x.example) 1\.5"
    ask(lambda bot: bot.send_message(7001, text, parse_mode="MarkdownV2"))
    ask(lambda bot: bot.send_message(7001, text))

    read, plain = colleague.heard
    assert read.text == "Ring 9.9 us 1.5"
    assert [read.marked(kind) for kind in ("bold", "code", "text_link")] == [["Ring"], ["9.9"], ["us"]]
    assert (plain.text, plain.entities) == (text, ())


@pytest.mark.parametrize(
    ("offset", "length", "said"),
    [
        (9, 1, "entity begins after the end of the text at UTF-16 offset 9"),
        (0, 9, "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9"),
        (1, 1, "entity begins in a middle of a UTF-16 symbol at byte offset 4"),
        (0, 1, "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 4"),
    ],
)
def test_marks_that_do_not_fit_the_text_are_refused(colleague, refused, offset, length, said):
    bold = MessageEntity("bold", offset, length)
    refusal = refused(BadRequest, lambda bot: bot.send_message(7001, "😀 Ring", entities=[bold]))
    assert refusal == f"Bad Request: {said}"


def test_a_message_can_answer_another(colleague, ask, refused):
    asked = colleague.types("Why?")

    sent = ask(lambda bot: bot.send_message(7001, "Because.", reply_parameters=ReplyParameters(asked)))

    assert sent.reply_to_message.text == "Why?"
    said = refused(BadRequest, lambda bot: bot.send_message(7001, "Because.", reply_parameters=ReplyParameters(9)))
    assert said == "Bad Request: message to be replied not found"
    alone = ReplyParameters(9, allow_sending_without_reply=True)
    assert ask(lambda bot: bot.send_message(7001, "Well.", reply_parameters=alone)).reply_to_message is None


def test_a_chat_that_nobody_knows_is_not_found(refused):
    assert refused(BadRequest, lambda bot: bot.send_message(99, "hello")) == "Bad Request: chat not found"


def test_who_has_not_started_cannot_be_written_to_first(api, ask, refused):
    stranger = api.person(8, has_started=False)

    said = refused(Forbidden, lambda bot: bot.send_message(8, "hello"))
    assert said == "Forbidden: bot can't initiate conversation with a user"
    stranger.starts()
    ask(lambda bot: bot.send_message(8, "hello"))

    assert [seen.text for seen in stranger.sees] == ["/start", "hello"]


def test_who_has_blocked_the_bot_gets_nothing_until_they_unblock_it(api, colleague, ask, refused):
    colleague.blocks()
    said = refused(Forbidden, lambda bot: bot.send_message(7001, "hello"))
    assert said == "Forbidden: bot was blocked by the user"
    said = refused(Forbidden, lambda bot: bot.send_chat_action(7001, "typing"))
    assert said == "Forbidden: bot was blocked by the user"
    colleague.unblocks()
    ask(lambda bot: bot.send_message(7001, "hello again"))

    assert [seen.text for seen in colleague.sees] == ["hello again"]
    told = [update["my_chat_member"]["new_chat_member"]["status"] for update in api.pending]
    assert told == ["kicked", "member"]


def test_who_has_left_telegram_gets_nothing(api, colleague, refused):
    colleague.deletes_account()

    assert refused(Forbidden, lambda bot: bot.send_message(7001, "hello")) == "Forbidden: user is deactivated"
    assert api.pending == []


@pytest.mark.parametrize(
    ("kind", "bot", "said"),
    [
        ("supergroup", "left", "Forbidden: bot is not a member of the supergroup chat"),
        ("group", "kicked", "Forbidden: bot was kicked from the group chat"),
    ],
)
def test_a_room_without_the_bot_gets_nothing(api, refused, kind, bot, said):
    api.room(GROUP, kind, bot=bot)

    assert refused(Forbidden, lambda bot: bot.send_message(GROUP, "hello")) == said


def test_a_channel_takes_what_its_administrators_write(api, ask, refused):
    channel = api.room(GROUP, "channel", bot="member")
    said = refused(BadRequest, lambda bot: bot.send_message(GROUP, "hello"))
    assert said == "Bad Request: need administrator rights in the channel chat"
    channel.adds_the_bot(api.person(7001), "administrator")
    ask(lambda bot: bot.send_message(GROUP, "hello"))

    assert [seen.text for seen in channel.sees] == ["hello"]


def test_a_group_that_has_grown_is_elsewhere(api, ask):
    old = api.room(-95, "group", bot="member")
    new = old.becomes_supergroup(GROUP)

    with pytest.raises(ChatMigrated) as moved:
        ask(lambda bot: bot.send_message(-95, "hello"))
    ask(lambda bot: bot.send_message(moved.value.new_chat_id, "hello"))

    assert new.sees[-1].text == "hello"


def test_what_a_text_leads_to_need_not_be_shown(api, colleague, ask):
    ask(lambda bot: bot.send_message(7001, "x", link_preview_options=LinkPreviewOptions(is_disabled=True)))

    (call,) = api.called("sendMessage")
    assert call.fields["link_preview_options"] == {"is_disabled": True}
    assert (call.status, call.answer["result"]["text"]) == (200, "x")


def test_own_words_can_be_changed_and_nobody_elses(api, colleague, ask, refused):
    theirs = colleague.types("mine")
    own = ask(lambda bot: bot.send_message(7001, "Sending ...")).message_id

    changed = ask(lambda bot: bot.edit_message_text("Sent.", 7001, own))

    assert changed.edit_date is not None
    assert [(seen.text, seen.is_edited) for seen in colleague.heard] == [("Sent.", True)]
    for number, text, said in (
        (own, "Sent.", NOT_MODIFIED),
        (theirs, "yours", "Bad Request: message can't be edited"),
        (9, "gone", "Bad Request: message to edit not found"),
    ):
        what = partial(_edit, number=number, text=text)
        assert refused(BadRequest, what) == said


def test_a_chat_action_is_one_that_telegram_knows(colleague, ask, refused):
    assert ask(lambda bot: bot.send_chat_action(7001, "typing"))
    said = refused(BadRequest, lambda bot: bot.send_chat_action(7001, "thinking"))
    assert said == "Bad Request: wrong parameter action in request"


def test_a_supergroup_numbers_its_own_messages(api, colleague):
    room = api.room(GROUP, bot="member")
    private, there = colleague.types("here"), colleague.types("there", to=room)
    api.happens(EVERY_UPDATE["message_text"], by=7001)

    assert there == 1
    assert [seen.id for seen in colleague.sees] == [private, private + 1]

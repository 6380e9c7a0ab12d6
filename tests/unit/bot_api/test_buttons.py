"""Buttons under a message: what they may carry, and what comes when they are pressed."""

import pytest
from bot_api.seen import CannotBeDone
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest


def keyboard(*rows):
    buttons = [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in rows]
    return InlineKeyboardMarkup(buttons)


YES_NO = keyboard([("Yes", "a:yes"), ("No", "a:no")])
OLD_QUERY = "^Query is too old and response timeout expired or query id is invalid$"


def test_a_pressed_button_tells_its_data_and_its_message(colleague, ask):
    async def pressed(bot):
        sent = await bot.send_message(7001, "Is anybody in danger?", reply_markup=YES_NO)
        colleague.presses("No")
        (update,) = await bot.get_updates()
        return sent, update.callback_query

    sent, query = ask(pressed)

    assert (query.data, query.from_user.id, query.message.message_id) == ("a:no", 7001, sent.message_id)
    assert query.message.reply_markup == YES_NO
    assert colleague.heard[0].labels == ["Yes", "No"]


def test_a_query_is_answered_once_and_soon(api, colleague, ask):
    async def pressed(bot):
        await bot.send_message(7001, "?", reply_markup=YES_NO)
        first, late = colleague.presses("Yes"), colleague.presses("Yes")
        assert await bot.answer_callback_query(first, "Thank you")
        with pytest.raises(BadRequest, match=OLD_QUERY):
            await bot.answer_callback_query(first)
        api.passes(minutes=1)
        with pytest.raises(BadRequest, match=OLD_QUERY):
            await bot.answer_callback_query(late)
        with pytest.raises(BadRequest, match=OLD_QUERY):
            await bot.answer_callback_query("12")

    ask(pressed)

    assert colleague.toasts == ["Thank you"]


@pytest.mark.parametrize("data", ["a" * 65, "é" * 33])
def test_data_of_more_than_64_bytes_is_refused(colleague, refused, data):
    said = refused(BadRequest, lambda bot: bot.send_message(7001, "?", reply_markup=keyboard([("Yes", data)])))
    assert said == "Bad Request: BUTTON_DATA_INVALID"
    assert colleague.sees == ()


def test_data_of_64_bytes_is_taken(colleague, ask):
    ask(lambda bot: bot.send_message(7001, "?", reply_markup=keyboard([("Yes", "é" * 32)])))

    assert colleague.heard[0].buttons[0][0].data == "é" * 32


@pytest.mark.parametrize(
    ("button", "said"),
    [
        (("Yes", None, ""), "BUTTON_DATA_INVALID"),
        (("Yes",), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (("", None, "a"), 'can\'t parse inline keyboard button: Field "text" must be of type String'),
        (("Yes", "nowhere"), "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
    ],
)
def test_a_button_that_does_nothing_is_refused(colleague, refused, button, said):
    one = InlineKeyboardMarkup([[InlineKeyboardButton(*button)]])

    assert refused(BadRequest, lambda bot: bot.send_message(7001, "?", reply_markup=one)) == f"Bad Request: {said}"


def test_a_hundred_buttons_are_enough(colleague, refused):
    rows = [[(str(number), "a")] for number in range(101)]

    said = refused(BadRequest, lambda bot: bot.send_message(7001, "?", reply_markup=keyboard(*rows)))
    assert said == "Bad Request: reply markup is too long"


def test_buttons_can_be_taken_away_and_changed(colleague, ask):
    async def changed(bot):
        sent = await bot.send_message(7001, "?", reply_markup=YES_NO)
        await bot.edit_message_reply_markup(7001, sent.message_id, reply_markup=keyboard([("Maybe", "a:maybe")]))
        maybe = colleague.heard[0].labels
        await bot.edit_message_reply_markup(7001, sent.message_id)
        with pytest.raises(BadRequest, match=r"^Message is not modified"):
            await bot.edit_message_reply_markup(7001, sent.message_id)
        return maybe

    assert ask(changed) == ["Maybe"]
    assert (colleague.heard[0].text, colleague.heard[0].labels) == ("?", [])


def test_new_words_take_the_buttons_with_them(colleague, ask):
    async def changed(bot):
        sent = await bot.send_message(7001, "?", reply_markup=YES_NO)
        await bot.edit_message_text("Thank you.", 7001, sent.message_id)

    ask(changed)

    assert colleague.heard[0].labels == []


def test_a_button_can_be_pressed_when_its_message_has_just_gone(colleague, ask):
    async def pressed(bot):
        sent = await bot.send_message(7001, "?", reply_markup=YES_NO)
        button = colleague.heard[0].buttons[0][0]
        await bot.delete_message(7001, sent.message_id)
        colleague.presses(button)
        (update,) = await bot.get_updates()
        return update.callback_query

    query = ask(pressed)

    assert query.data == "a:yes"
    assert not query.message.is_accessible


def test_nobody_presses_what_is_not_there(colleague, ask):
    link = InlineKeyboardMarkup([[InlineKeyboardButton("Read", url="https://x.example/help")]])
    ask(lambda bot: bot.send_message(7001, "?", reply_markup=link))

    with pytest.raises(CannotBeDone, match="no button 'Yes' is there"):
        colleague.presses("Yes")
    with pytest.raises(CannotBeDone, match="opens an address"):
        colleague.presses("Read")

"""What a bot says of itself, and the methods that are about nothing else."""

import asyncio

import httpx
import pytest
from telegram import BotCommand, BotCommandScopeChat
from telegram.error import BadRequest, RetryAfter

LEAVES_NO_PERSON = "Bad Request: chat member status can't be changed in private chats"


def test_a_bot_knows_itself(api, ask):
    me = ask(lambda bot: bot.get_me())

    assert (me.id, me.username, me.is_bot) == (5_550_001, "noname_test_bot", True)
    assert api.token.startswith(f"{me.id}:")


def test_commands_are_kept_by_scope_and_language(ask):
    async def told(bot):
        await bot.set_my_commands([BotCommand("help", "What this is")])
        await bot.set_my_commands([("stop", "Leave")], scope=BotCommandScopeChat(7001), language_code="en")
        special = await bot.get_my_commands(scope=BotCommandScopeChat(7001), language_code="en")
        return await bot.get_my_commands(), special, await bot.get_my_commands(language_code="de")

    usual, special, german = ask(told)

    assert usual == (BotCommand("help", "What this is"),)
    assert special == (BotCommand("stop", "Leave"),)
    assert german == ()


@pytest.mark.parametrize("name", ["Help", "who is who", "a" * 33])
def test_a_command_that_cannot_be_is_refused(refused, name):
    said = refused(BadRequest, lambda bot: bot.set_my_commands([(name, "x")]))
    assert said == "Bad Request: BOT_COMMAND_INVALID"


def test_a_command_says_what_it_does(refused):
    said = refused(BadRequest, lambda bot: bot.set_my_commands([("help", "")]))
    assert said == "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"


def test_descriptions_are_kept_and_have_an_end(ask):
    async def told(bot):
        await bot.set_my_description("Staff can tell their DSL.")
        await bot.set_my_short_description("For staff.")
        with pytest.raises(BadRequest):
            await bot.set_my_short_description("a" * 121)
        return await bot.get_my_description(), await bot.get_my_short_description()

    long, short = ask(told)

    assert (long.description, short.short_description) == ("Staff can tell their DSL.", "For staff.")


def test_whoever_asks_for_a_file_leaves_a_trace(api, colleague, ask):
    colleague.sends_voice()

    async def fetched(bot):
        (update,) = await bot.get_updates()
        file = await bot.get_file(update.message.voice.file_id)
        with pytest.raises(Exception, match="Not Found"):
            await file.download_as_bytearray()

    ask(fetched)

    (call,) = api.called("getFile")
    assert call.fields == {"file_id": "file-voice"}
    assert [call.method for call in api.calls][-1].startswith("file/bot")


def test_a_bot_that_has_logged_out_is_elsewhere(ask):
    async def leaves(bot):
        assert await bot.log_out()
        with pytest.raises(BadRequest, match="Logged out"):
            await bot.get_me()

    ask(leaves)


def test_a_bot_is_not_closed_in_its_first_ten_minutes(api, ask):
    async def closes(bot):
        with pytest.raises(RetryAfter):
            await bot.close()
        api.passes(minutes=11)
        return await bot.close()

    assert ask(closes)


def test_a_bot_can_leave_a_room_and_no_private_chat(api, colleague, ask, refused):
    room = api.room(-1_009_000_000_001)
    room.adds_the_bot(colleague)

    assert ask(lambda bot: bot.leave_chat(room.id))
    assert room.chat.bot == "left"
    assert refused(BadRequest, lambda bot: bot.leave_chat(7001)) == LEAVES_NO_PERSON


def test_every_call_is_kept_in_order_with_its_fields_in_their_kinds(api, colleague, ask):
    async def calls(bot):
        await bot.send_message(7001, "123", protect_content=True)
        await bot.delete_messages(7001, [1, 2])

    ask(calls)

    in_order = [(call.number, call.method) for call in api.calls]
    assert in_order == [(1, "getMe"), (2, "sendMessage"), (3, "deleteMessages")]
    assert api.called("sendMessage")[0].fields == {"chat_id": 7001, "text": "123", "protect_content": True}
    assert api.called("deleteMessages")[0].fields == {"chat_id": 7001, "message_ids": [1, 2]}


@pytest.mark.parametrize(
    "how",
    [
        {"params": {"chat_id": 7001, "text": "hello"}},
        {"json": {"chat_id": 7001, "text": "hello"}},
        {"data": {"chat_id": 7001, "text": "hello"}},
        {"data": {"chat_id": 7001, "text": "hello"}, "files": {"extra": ("a.txt", b"abc")}},
    ],
    ids=["address", "json", "form", "parts"],
)
def test_fields_come_in_any_of_four_ways_and_methods_in_any_case(api, colleague, how):
    async def asked():
        async with httpx.AsyncClient(trust_env=False, verify=False) as http:
            return (await http.post(f"{api.url}{api.token}/SENDMESSAGE", **how)).json()

    assert asyncio.run(asked())["ok"] is True
    assert [seen.text for seen in colleague.sees] == ["hello"]
    assert api.calls[0].files == (("extra",) if "files" in how else ())

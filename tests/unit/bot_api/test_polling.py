"""How a bot that asks for its updates gets them."""

import asyncio

import pytest
from bot_api.library import request
from telegram.error import Conflict
from telegram.ext import Application, MessageHandler, filters


def _texts(updates):
    return [update.message.text for update in updates]


def test_updates_come_in_order_with_rising_numbers(colleague, ask):
    for text in ("one", "two", "three"):
        colleague.types(text)

    updates = ask(lambda bot: bot.get_updates())

    assert _texts(updates) == ["one", "two", "three"]
    first = updates[0].update_id
    assert [update.update_id for update in updates] == [first, first + 1, first + 2]


def test_an_offset_confirms_and_forgets_what_lies_before_it(api, colleague, ask):
    colleague.types("one")
    colleague.types("two")

    async def polled(bot):
        again = [await bot.get_updates(), await bot.get_updates()]
        return [_texts(got) for got in [*again, await bot.get_updates(offset=again[0][0].update_id + 1)]]

    assert ask(polled) == [["one", "two"], ["one", "two"], ["two"]]
    assert len(api.pending) == 1


def test_a_negative_offset_counts_from_the_end_and_forgets_the_rest(api, colleague, ask):
    for text in ("one", "two", "three"):
        colleague.types(text)

    assert _texts(ask(lambda bot: bot.get_updates(offset=-1))) == ["three"]
    assert len(api.pending) == 1


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (0, 1), (2, 2), (1000, 100)])
def test_a_limit_is_brought_between_one_and_a_hundred(colleague, ask, limit, count):
    for number in range(101):
        colleague.types(str(number))

    assert len(ask(lambda bot: bot.get_updates(limit=limit))) == count


def test_a_long_poll_waits_until_something_happens(api, colleague, ask):
    async def polled(bot):
        waiting = asyncio.create_task(bot.get_updates(timeout=20))
        await api.soon(lambda: api.called("getUpdates"))
        await asyncio.sleep(0.02)
        assert not waiting.done()
        colleague.types("now")
        return await asyncio.wait_for(waiting, 5)

    assert _texts(ask(polled)) == ["now"]


def test_a_long_poll_ends_empty_after_its_time(ask):
    assert ask(lambda bot: bot.get_updates(timeout=1)) == ()


def test_a_second_poll_ends_the_first(api, colleague, ask):
    async def polled(bot):
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await api.soon(lambda: len(api.called("getUpdates")) == 1)
        second = asyncio.create_task(bot.get_updates(timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        colleague.types("for the second")
        return await second

    assert _texts(ask(polled)) == ["for the second"]


def test_only_the_kinds_that_were_asked_for_come(api, colleague, ask):
    async def polled(bot):
        await bot.get_updates(allowed_updates=["callback_query"])
        colleague.types("nobody asked")
        unasked = await bot.get_updates()
        await bot.get_updates(allowed_updates=[])
        colleague.types("the usual")
        return unasked, await bot.get_updates()

    unasked, usual = ask(polled)

    assert unasked == ()
    assert _texts(usual) == ["the usual"]


def test_an_update_that_nobody_fetches_is_gone_after_a_day(api, colleague, ask):
    colleague.types("too late")
    api.passes(hours=25)

    assert api.pending == []
    assert ask(lambda bot: bot.get_updates()) == ()


def test_a_webhook_and_polling_are_not_had_together(api, ask):
    async def both(bot):
        await bot.set_webhook(f"{api.root}/nowhere")
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        return await bot.get_updates()

    assert ask(both) == ()


def test_a_webhook_that_is_set_ends_a_poll(api, ask):
    async def both(bot):
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await api.soon(lambda: api.called("getUpdates"))
        await bot.set_webhook(f"{api.root}/nowhere")
        await poll

    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        ask(both)


def test_a_whole_application_answers_by_polling(api, colleague):
    async def echo(update, context):
        await update.message.reply_text(f"You said: {update.message.text}")

    async def whole():
        builder = Application.builder().token(api.token).base_url(api.url).base_file_url(api.file_url)
        application = builder.request(request()).get_updates_request(request()).build()
        application.add_handler(MessageHandler(filters.TEXT, echo))
        async with application:
            await application.updater.start_polling(poll_interval=0, timeout=5)
            await application.start()
            colleague.types("hello")
            await api.soon(lambda: colleague.heard)
            await application.updater.stop()
            await application.stop()

    asyncio.run(whole())

    assert [seen.text for seen in colleague.sees] == ["hello", "You said: hello"]
    assert api.pending == []

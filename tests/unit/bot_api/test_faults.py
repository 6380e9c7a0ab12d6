"""What can go wrong between a bot and Telegram, made to go wrong."""

import asyncio
import datetime
import time

import pytest
from bot_api.library import bot_at
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TimedOut


def _send(bot, text="hello", chat=7001):
    return bot.send_message(chat, text)


def test_too_many_requests_say_how_long_to_wait_so_often_as_asked(api, colleague, ask):
    api.faults.too_many(retry_after=3, times=2)

    for _ in range(2):
        with pytest.raises(RetryAfter) as refused:
            ask(_send)
        assert refused.value.retry_after == datetime.timedelta(seconds=3)
    ask(_send)

    assert [call.status for call in api.called("sendMessage")] == [429, 429, 200]
    assert [seen.text for seen in colleague.sees] == ["hello"]


@pytest.mark.parametrize(("status", "said"), [(500, "^Internal Server Error$"), (502, "^Bad Gateway")])
def test_a_server_that_breaks_does_nothing(api, colleague, ask, status, said):
    api.faults.breaks(status)

    with pytest.raises(NetworkError, match=said):
        ask(_send)
    assert colleague.sees == ()
    ask(_send)
    assert len(colleague.sees) == 1


def test_a_connection_cut_before_leaves_nothing(api, colleague, ask):
    api.faults.cuts_before()

    with pytest.raises(NetworkError) as cut:
        ask(_send)

    assert not isinstance(cut.value, BadRequest)
    assert colleague.sees == ()
    assert [call.status for call in api.called("sendMessage")] == [0]


def test_a_connection_cut_after_leaves_the_message_and_a_caller_who_does_not_know(api, colleague, ask):
    api.faults.cuts_after()

    with pytest.raises(NetworkError):
        ask(_send)

    assert [seen.text for seen in colleague.sees] == ["hello"]


def test_an_answer_that_is_held_comes_when_the_message_has_been_there_for_a_while(api, colleague, ask):
    api.faults.holds(0.3)

    async def sent(bot):
        sending = asyncio.ensure_future(_send(bot))
        await api.soon(lambda: colleague.sees)
        was_done = sending.done()
        await sending
        return was_done

    assert ask(sent) is False
    assert [call.status for call in api.called("sendMessage")] == [200]


def test_an_answer_that_comes_too_late_is_timed_out_and_the_message_is_there(api, colleague, ask):
    api.faults.waits(0.15)

    with pytest.raises(TimedOut):
        ask(lambda bot: bot.send_message(7001, "slow", read_timeout=0.05))
    api.until(lambda: colleague.sees)

    assert [seen.text for seen in colleague.sees] == ["slow"]


def test_a_fault_keeps_to_its_method_and_its_chat(api, colleague, ask):
    other = api.person(7002)
    api.faults.too_many(times=9, chat=7001)
    api.faults.breaks(on="getUpdates")

    ask(lambda bot: _send(bot, chat=7002))
    with pytest.raises(RetryAfter):
        ask(_send)
    with pytest.raises(NetworkError):
        ask(lambda bot: bot.get_updates())
    api.faults.heal()
    ask(_send)

    assert (len(other.sees), len(colleague.sees)) == (1, 1)


def test_any_method_can_fail(api, colleague):
    async def begins():
        async with bot_at(api):
            return

    api.faults.breaks(on=None)
    with pytest.raises(NetworkError):
        asyncio.run(begins())
    asyncio.run(begins())


def test_a_server_that_is_down_comes_back_at_the_same_place_with_what_was_written_meanwhile(api, colleague, ask):
    async def through_it(bot):
        api.goes_down()
        with pytest.raises(NetworkError, match="ConnectError"):
            await _send(bot)
        colleague.types("are you there?")
        api.comes_back()
        await _send(bot, "Yes.")
        return await bot.get_updates()

    (update,) = ask(through_it)

    assert update.message.text == "are you there?"
    assert [seen.text for seen in colleague.sees] == ["are you there?", "Yes."]


def test_a_server_that_goes_down_hangs_up_on_who_is_waiting(api, ask):
    async def waits(bot):
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await api.soon(lambda: api.called("getUpdates"))
        began = time.monotonic()
        await asyncio.to_thread(api.goes_down)
        with pytest.raises(NetworkError):
            await poll
        return time.monotonic() - began

    assert ask(waits) < 2
    assert not api.is_up
    api.comes_back()


@pytest.mark.parametrize(("token", "said"), [("5550001:wrong", "Unauthorized"), ("nonsense", "Not Found")])
def test_a_wrong_token_is_refused(api, token, said):
    async def begins():
        async with bot_at(api, token):
            return

    with pytest.raises(InvalidToken):
        asyncio.run(begins())
    assert api.called("getMe")[0].answer["description"] == said


def test_an_unknown_method_is_not_found(api, ask):
    with pytest.raises(Exception, match="Endpoint 'sendTelegraph' not found"):
        ask(lambda bot: bot.do_api_request("sendTelegraph"))
    assert api.called("sendTelegraph")[0].status == 404

"""A conversation as it happens, as Server-Sent Events.

`message` events carry the message number as their id, so a browser that lost the connection gets
what it missed by Last-Event-ID. `state` says who has the consultation, `typing` who is writing, and
`signed_out` that the session is over. The first `state` comes after the messages there were so far.
"""

import asyncio
from collections.abc import AsyncIterator

from sse_starlette import EventSourceResponse, ServerSentEvent

from bot.desk.ports import Message, NotKept, Person
from bot.desk.watch import Follower
from bot.web.door import Door
from bot.web.outward import StateOut, message_out, state_out
from bot.web.talk_out import talk_out
from bot.web.typing_notice import Following

# The longest that a stream waits before it looks whether the session still holds.
LONGEST_WAIT = 10.0
# After so many of them in which nothing was heard it looks how things stand: another process may have written.
QUIET_WAITS = 3
RETRY_AFTER = 2000  # milliseconds


def stream(events: AsyncIterator[ServerSentEvent]) -> EventSourceResponse:
    """Return an answer that sends the events, with a sign of life every 15 seconds.

    It is an event, not a comment: a page that hears none knows that its connection has died without a word.
    """
    # X-Accel-Buffering: a proxy that collects an answer before passing it on would hold the events back.
    headers = {"X-Accel-Buffering": "no"}
    return EventSourceResponse(events, ping=15, ping_message_factory=_alive, sep="\n", headers=headers)


def _alive() -> ServerSentEvent:
    return ServerSentEvent("alive", event="alive", sep="\n")


async def follow(
    door: Door, person: Person, token: str, consultation_id: str, after: int
) -> AsyncIterator[ServerSentEvent]:
    """Yield what is said after message `after`, until the session ends or the case is no longer theirs to see.

    It goes on after the end of a consultation: what has ended can be asked again. While nothing happens it asks
    for little: whether the session holds, and now and then how things stand, in case that no bell was heard.
    """
    shown, quiet = None, 0
    yield ServerSentEvent(comment="following", retry=RETRY_AFTER)
    with door.typing.followed(consultation_id) as writing, door.house.followed(consultation_id, person.id) as news:
        while True:
            # Who was writing is told before what was written, or it would seem that more is to come.
            for speaker in writing.take():
                yield ServerSentEvent(speaker, event="typing")
            if person.answers:
                door.house.duty.here(person, door.clock())
            if shown is None or news.take() or quiet >= _looks_after(shown):
                quiet = 0
                # The state is read before the messages: when it says closed, the last message is there.
                try:
                    state = await read_state(door, person, consultation_id)
                except NotKept:
                    yield ServerSentEvent("gone", event="gone")
                    return
                for message in await door.house.conversation(person, consultation_id, after):
                    after = message.number
                    yield _message_event(message)
                if state != shown:
                    shown = state
                    yield ServerSentEvent(state.model_dump_json(), event="state")
            quiet += await is_quiet(news, writing)
            if await door.house.whoami(token, door.clock(), active=False) is None:
                yield ServerSentEvent("signed_out", event="signed_out")
                return


def _looks_after(shown: StateOut) -> int:
    """Return after how many quiet waits it is looked all the same: what place one has, others change too."""
    return 1 if shown.place is not None else QUIET_WAITS


def _message_event(message: Message) -> ServerSentEvent:
    return ServerSentEvent(message_out(message).model_dump_json(), event="message", id=str(message.number))


async def read_state(door: Door, person: Person, consultation_id: str) -> StateOut:
    """Return the state of a consultation as its page shows it."""
    consultation, case = await door.house.who_has(person, consultation_id)
    return state_out(
        consultation,
        case,
        door.emergency(consultation.area or person.area),
        place=door.house.asking.place(case, door.clock()) if case else None,
        seen=door.house.asking.seen_by_the_other(person, consultation),
        staff_urgent_at=door.house.staff.urgent_unseen_at(person),
        talk=talk_out(door.house.talk.standing(person, consultation), door.say),
    )


async def is_quiet(*bells: Follower | Following) -> bool:
    """Wait until one of them rings, or it is time to look at the session: then it was quiet."""
    waits = [asyncio.ensure_future(bell.wait()) for bell in bells]
    try:
        done, _ = await asyncio.wait(waits, timeout=LONGEST_WAIT, return_when=asyncio.FIRST_COMPLETED)
        return not done
    finally:
        for wait in waits:
            wait.cancel()

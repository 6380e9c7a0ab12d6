"""What several web processes share, on a real PostgreSQL: each ground here is what one process stands on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import pytest

from bot.desk.turnstile import NotFree, TurnLost
from bot.desk.watch import Watch
from bot.storage.engine import libpq_address
from bot.together import Bells, Ground, TurnsTogether, lead
from bot.together.turns import numbered
from tests.until import until


@pytest.fixture
def address(postgresql: Any) -> Iterator[str]:
    """A database of the test's own."""
    name = postgresql.make()
    yield libpq_address(postgresql.url(name))
    postgresql.drop(name)


@asynccontextmanager
async def grounds(address: str, how_many: int, grace: float = 0.3) -> AsyncIterator[list[Ground]]:
    """Give the grounds of so many processes."""
    made = [Ground(address, grace) for _ in range(how_many)]
    for one in made:
        one.begin()
    async with asyncio.timeout(10):
        while not all(one.is_there() for one in made):
            await asyncio.sleep(0.01)
    try:
        yield made
    finally:
        for one in made:
            await one.close()


def cut_off(address: str) -> None:
    """End every connection on which locks are held, as a server does that starts again."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'noname: locks'"
        )


def run(does: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(does())


# turns


def test_of_two_processes_one_has_the_turn_and_the_other_waits(address: str) -> None:
    async def does() -> None:
        async with grounds(address, 2) as (one, other):
            here, there = TurnsTogether(one), TurnsTogether(other)
            inside, most = 0, 0

            async def turn(turns: TurnsTogether) -> None:
                nonlocal inside, most
                async with turns.of("c1"):
                    inside += 1
                    most = max(most, inside)
                    await asyncio.sleep(0.005)
                    inside -= 1

            await asyncio.gather(*(turn(turns) for turns in (here, there) * 8))
            assert most == 1

    run(does)


def test_turns_of_two_consultations_do_not_wait_for_each_other(address: str) -> None:
    async def does() -> None:
        async with grounds(address, 2) as (one, other), TurnsTogether(one).of("c1"):
            assert await other.try_to_take(numbered("c2"))

    run(does)


def test_a_turn_within_a_turn_is_had_where_its_key_is_another(address: str) -> None:
    async def does() -> None:
        async with grounds(address, 1) as (one,):
            turns = TurnsTogether(one)
            async with asyncio.timeout(2), turns.of("c1"), turns.of("dialogue c1"):
                pass

    run(does)


def test_who_waits_too_long_is_told_so_and_the_next_has_the_turn(address: str) -> None:
    async def does() -> None:
        async with grounds(address, 2) as (one, other):
            impatient = TurnsTogether(other, patience=0.2)
            async with TurnsTogether(one).of("c1"):
                with pytest.raises(NotFree):
                    async with impatient.of("c1"):
                        pass
            async with impatient.of("c1"):
                pass

    run(does)


def test_a_turn_is_free_as_soon_as_the_process_that_had_it_is_gone(address: str) -> None:
    async def does() -> None:
        async with grounds(address, 2) as (one, other):
            assert await one.try_to_take(numbered("c1"))
            assert not await other.try_to_take(numbered("c1"))
            await one.close()
            async with TurnsTogether(other, patience=3).of("c1"):
                pass

    run(does)


def test_who_stops_waiting_leaves_nothing_held(address: str) -> None:
    async def does() -> None:
        async with grounds(address, 2) as (one, other):
            for _ in range(20):
                waiting = asyncio.ensure_future(one.try_to_take(numbered("c1")))
                await asyncio.sleep(0)
                waiting.cancel()
                await asyncio.wait([waiting])
            async with TurnsTogether(other, patience=2).of("c1"):
                pass

    run(does)


def test_a_turn_whose_ground_is_lost_is_broken_off_and_can_be_had_again(address: str) -> None:
    async def does() -> None:
        async with grounds(address, 1) as (one,):
            turns = TurnsTogether(one, patience=8)

            async def lose_it() -> None:
                async with turns.of("c1"), turns.of("dialogue c1"):
                    cut_off(address)
                    await asyncio.sleep(8)

            with pytest.raises(TurnLost):
                await lose_it()
            assert asyncio.current_task().cancelling() == 0
            async with turns.of("c1"):
                await asyncio.sleep(0)

    run(does)


def test_who_gets_the_ground_back_gives_the_others_time_to_notice(address: str) -> None:
    async def does() -> None:
        async with grounds(address, 1, grace=1.0) as (one,):
            cut_off(address)
            await until(lambda: not one.is_there())
            begun = asyncio.get_running_loop().time()
            await until(one.is_there)
            assert asyncio.get_running_loop().time() - begun >= 1.0

    run(does)


# leading


def test_one_process_leads_and_another_takes_over_when_it_ends(address: str) -> None:
    async def does() -> None:
        at_work: list[str] = []

        def work(name: str) -> Callable[[], Awaitable[None]]:
            async def working() -> None:
                at_work.append(name)
                try:
                    await asyncio.Event().wait()
                finally:
                    at_work.remove(name)

            return working

        async with grounds(address, 2) as (one, other):
            leading = asyncio.ensure_future(lead(one, work("one")))
            await until(lambda: at_work == ["one"])
            following = asyncio.ensure_future(lead(other, work("other")))
            await asyncio.sleep(1.3)
            assert at_work == ["one"]
            leading.cancel()
            await until(lambda: at_work == ["other"])
            following.cancel()
            await asyncio.wait([leading, following])
            assert at_work == []

    run(does)


def test_the_next_begins_only_when_the_work_of_the_one_before_has_come_to_its_end(address: str) -> None:
    async def does() -> None:
        log: list[str] = []

        async def slow_to_end() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                await asyncio.sleep(1.5)
                log.append("ended")

        async def next_work() -> None:
            log.append("next")
            await asyncio.Event().wait()

        async with grounds(address, 2) as (one, other):
            leading = asyncio.ensure_future(lead(one, slow_to_end))
            await asyncio.sleep(0.3)
            following = asyncio.ensure_future(lead(other, next_work))
            leading.cancel()
            await until(lambda: len(log) == 2)
            following.cancel()
            await asyncio.wait([following])
            assert log == ["ended", "next"]

    run(does)


def test_who_loses_the_ground_stops_and_leads_again_when_it_is_back(address: str) -> None:
    async def does() -> None:
        begun: list[int] = []

        async def work() -> None:
            begun.append(1)
            await asyncio.Event().wait()

        async with grounds(address, 1) as (one,):
            leading = asyncio.ensure_future(lead(one, work))
            await until(lambda: len(begun) == 1)
            cut_off(address)
            await until(lambda: len(begun) == 2)
            leading.cancel()
            await asyncio.wait([leading])

    run(does)


# bells


@asynccontextmanager
async def two_with_bells(address: str) -> AsyncIterator[tuple[Bells, Bells, list[tuple[str, ...]]]]:
    """Give the bells of two processes that both listen, and what the second hears of news."""
    async with grounds(address, 2) as (one, other):
        here, there, heard = Bells(address, one), Bells(address, other), []
        ready: list[Bells] = []
        for bells in (here, there):
            bells.on_news = lambda about, bells=bells: ready.append(bells)
            bells.begin()
        await until(lambda: len(ready) == 2)  # whoever begins to listen looks at everything once
        there.on_news = lambda about: heard.append(tuple(about))
        try:
            yield here, there, heard
        finally:
            await here.close()
            await there.close()


def test_a_bell_wakes_in_the_other_process_who_follows_just_that(address: str) -> None:
    async def does() -> None:
        async with two_with_bells(address) as (here, there, _):
            ringing, watch = Watch(tell_others=here.news), Watch(tell_others=there.news)
            there.on_news = lambda about: watch.ring(*about)
            with watch.followed("c1", "p1") as follower, watch.followed("c2") as another:
                ringing.wake("c1", "queues")
                async with asyncio.timeout(5):
                    await follower.wait()
                assert not another.take()

    run(does)


def test_a_process_does_not_hear_itself_and_nobody_passes_on_what_was_heard(address: str) -> None:
    async def does() -> None:
        async with two_with_bells(address) as (here, there, heard):
            again: list[object] = []
            here.on_news = again.append
            watch = Watch(tell_others=there.news)
            there.on_news = lambda about: (heard.append(tuple(about)), watch.ring(*about))
            here.news(("c1",))
            await until(lambda: heard == [("c1",)])
            await asyncio.sleep(0.1)
            assert (again, heard) == ([], [("c1",)])

    run(does)


def test_who_is_writing_is_told_with_an_id_alone(address: str) -> None:
    async def does() -> None:
        async with two_with_bells(address) as (here, there, _):
            typed: list[tuple[str, str]] = []
            there.on_typing = lambda consultation_id, speaker: typed.append((consultation_id, speaker))
            here.typing("c1", "dsl")
            await until(lambda: typed == [("c1", "dsl")])

    run(does)


def test_what_rang_last_is_passed_on_before_the_bells_are_closed(address: str) -> None:
    async def does() -> None:
        async with two_with_bells(address) as (here, _, heard):
            here.news(("c1",))
            await here.close()
            await until(lambda: heard == [("c1",)])

    run(does)


def test_what_rang_while_the_ground_was_lost_is_told_when_it_is_back(address: str) -> None:
    async def does() -> None:
        async with two_with_bells(address) as (here, _, heard):
            cut_off(address)
            await until(lambda: not here._ground.is_there())
            here.news(("c1",))
            await until(lambda: heard == [("c1",)])

    run(does)


class Told:
    """A ground that notes what is told."""

    pid = None

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def tell(self, channel: str, words: str) -> bool:
        self.sent.append(words)
        return True


def test_nothing_but_ids_and_a_side_goes_over_the_wire_and_each_rings_once() -> None:
    async def does() -> None:
        ground = Told()
        bells = Bells("host=127.0.0.1 port=1", ground)
        for _ in range(5):
            bells.news(("c1", "p1"))
        bells.typing("c1", "assistant")
        await until(lambda: len(ground.sent) == 2)
        await bells.close()
        assert ground.sent == ["news c1 p1", "typing assistant c1"]

    run(does)


@pytest.mark.parametrize(("how_many", "notices"), [(120, 3), (2001, 1)])
def test_many_are_told_in_few_notices_and_beyond_many_everybody_is_woken(how_many: int, notices: int) -> None:
    async def does() -> None:
        ground = Told()
        bells = Bells("host=127.0.0.1 port=1", ground)
        bells.news([f"{number:032x}" for number in range(how_many)])
        await until(lambda: len(ground.sent) == notices)
        await bells.close()
        assert max(map(len, ground.sent)) < 8000
        assert (ground.sent == ["news"]) == (how_many > 2000)

    run(does)

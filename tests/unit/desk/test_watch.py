"""The bells of a house: who follows something is woken by it alone, and misses nothing between two waits."""

import asyncio

import pytest

from bot.desk.watch import QUEUES, Follower, Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


def woken_by(watch: Watch, about: tuple[str, ...], *wakes: str) -> bool:
    with watch.followed(*about) as follower:
        watch.wake(*wakes)
        return follower.take()


@pytest.mark.parametrize(
    ("about", "wakes", "woken"),
    [
        (("c1", "ann"), ("c1",), True),
        (("c1", "ann"), ("ann",), True),
        (("c1", "ann"), ("c2", QUEUES), False),
        ((QUEUES, "sam"), ("c2", QUEUES), True),
        ((QUEUES, "sam"), ("c2",), False),
        (("c1",), (), True),
    ],
)
def test_who_follows_something_is_woken_by_it_and_by_what_concerns_all(watch, about, wakes, woken) -> None:
    assert woken_by(watch, about, *wakes) is woken


def test_what_rings_before_the_wait_ends_it_at_once(watch) -> None:
    async def follow() -> None:
        with watch.followed("c1") as follower:
            watch.wake("c1")
            await asyncio.wait_for(follower.wait(), 1)
            assert follower.take()
            assert not follower.take(), "it was heard"

    asyncio.run(follow())


def test_every_follower_is_woken_and_one_who_has_left_is_forgotten(watch) -> None:
    with watch.followed("c1") as one:
        with watch.followed("c1") as other:
            watch.wake("c1")
            assert (one.take(), other.take()) == (True, True)
        watch.wake("c1")
        assert (one.take(), other.take()) == (True, False)
    assert watch._followers == {}


def test_what_is_in_no_hurry_wakes_everybody_once_and_one_after_the_other(watch) -> None:
    async def tell() -> list[int]:
        with watch.followed("c1", "ann") as one, watch.followed("c2", "bea") as other:
            telling = asyncio.create_task(watch.one_by_one(apart=0.01))
            await asyncio.sleep(0)
            first = one.take() + other.take()
            await telling
            return [first, one.take() + other.take()]

    assert asyncio.run(tell()) == [1, 1]


def test_other_processes_are_told_and_what_they_tell_is_not_told_back() -> None:
    told: list[tuple[str, ...]] = []
    watch = Watch(lambda about: told.append(tuple(about)))
    watch.wake("c1", QUEUES)
    assert woken_by(watch, ("c1",), "c1")
    with watch.followed("c1") as follower:
        watch.ring("c1")
        assert follower.take()
    assert told == [("c1", QUEUES), ("c1",)]


def test_a_follower_waits_until_it_rings() -> None:
    async def wait() -> bool:
        waiting = asyncio.create_task((follower := Follower()).wait())
        await asyncio.sleep(0)
        is_waiting = not waiting.done()
        follower.ring()
        await asyncio.wait_for(waiting, 1)
        return is_waiting

    assert asyncio.run(wait())

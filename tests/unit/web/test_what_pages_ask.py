"""How often pages and streams ask the records: no more because there are more cases, and not while it is quiet."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.consultation import RawText
from bot.desk.duty import board
from bot.desk.duty.rounds import Rounds
from bot.desk.sentences import sentences
from bot.web import console_pages, events
from bot.web.console_pages import follow_queue
from evaluation.speed.counting import Cost, counted
from tests import chaos_house
from tests.many_cases import Scene, house_with
from tests.until import until

FEW, MANY = 3, 30
PAGES = {
    "the queue": "/duty/",
    "the queue's rows": "/duty/queue",
    "the shift list": "/duty/shift",
    "a search": "/duty/search?urgency=green",
    "a search by kind of worry": "/duty/search?kind=neglect",
    "a case": "/duty/cases/case-1",
    "a consultation": "/api/consultations/c0",
}


def costs(folder: Path, cases: int, asked: Callable[[Scene], Awaitable[None]]) -> Cost:
    """Return what is counted the second time that something is asked of a house with so many open cases."""
    folder.mkdir()
    with house_with(folder, cases) as scene:

        async def twice() -> Cost:
            await asked(scene)
            with counted(scene.engines) as cost:
                await asked(scene)
            return cost

        return asyncio.run(twice())


def page(path: str) -> Callable[[Scene], Awaitable[None]]:
    """Return what opens a page."""

    async def opened(scene: Scene) -> None:
        async with scene.client() as client:
            assert (await client.get(path)).status_code == 200

    return opened


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_no_more_because_there_are_more_cases(name: str, tmp_path: Path, monkeypatch) -> None:
    for held in ("AT_MOST", "ASKED_AT_MOST"):  # how quick the machine is does not matter
        monkeypatch.setattr(board, held, timedelta())
    few, many = (costs(tmp_path / str(n), n, page(PAGES[name])) for n in (FEW, MANY))
    assert few.queries > 0
    assert many.statements.keys() - few.statements.keys() == set()
    assert many.queries == few.queries


@pytest.mark.parametrize("name", ["the queue", "the shift list", "a search"])
def test_a_list_opens_no_seal(name: str, tmp_path: Path) -> None:
    assert costs(tmp_path / "house", MANY, page(PAGES[name])).opened == 0


def test_how_a_consultation_stands_opens_none_of_the_words_of_its_case(tmp_path: Path) -> None:
    with house_with(tmp_path, FEW) as scene:
        read = scene.records.listed_case_of("c1")
        whole = scene.records.case_of("c1")
        with counted(scene.engines) as cost:
            scene.records.listed_case_of("c1")
    assert (cost.queries, cost.opened) == (1, 0)
    assert (whole.dsl_reason, read.dsl_reason) == ("thin", "")
    assert replace(whole, dsl_reason="") == read
    assert (read.id, read.claimed_by) == ("case-1", scene.worker.id)


def test_a_round_asks_no_more_because_there_are_more_cases(tmp_path: Path) -> None:
    async def look(scene: Scene) -> None:
        desks = scene.house.asking.desks
        Rounds(scene.records, scene.records, desks, sentences(scene.house.counsel)).look(chaos_house.clock())

    few, many = (costs(tmp_path / str(n), n, look) for n in (FEW, MANY))
    assert few.queries == many.queries
    assert many.opened == 0


def test_who_is_signed_in_is_asked_once_and_written_at_most_once_a_minute(tmp_path: Path) -> None:
    async def whoami(scene: Scene) -> None:
        for token in scene.tokens.values():
            assert await scene.house.whoami(token, chaos_house.clock())

    cost = costs(tmp_path / "house", 0, whoami)
    assert (cost.queries, cost.writes) == (2, 0)


# streams


def streams(scene: Scene) -> dict[str, AsyncIterator]:
    """Return the three kinds of streams that are open all day."""
    door, dsl, worker = scene.door(), scene.tokens["dsl"], scene.tokens["worker"]
    return {
        "a DSL's": events.follow(door, scene.dsl, dsl, "c0", 0),
        "a worker's, of a case": events.follow(door, scene.worker, worker, "c1", 0),
        "a worker's, of the queue": follow_queue(door, scene.worker, worker),
    }


async def quiet(scene: Scene) -> None:
    """Wait until nobody has asked the records anything for a while."""
    async with asyncio.timeout(30):
        while True:
            with counted(scene.engines) as cost:
                await asyncio.sleep(0.4)
            if not cost.queries:
                return


async def heard(told: list[str], event: str, times: int = 1) -> None:
    """Wait for an event; less long than a stream does before it looks without having been told (LONGEST_WAIT)."""
    await until(lambda: told.count(event) >= times, seconds=5.0)


def heard_while(
    folder: Path,
    name: str,
    happens: Callable[[Scene], Awaitable[None]],
    event: str | None = None,
    told: list[str] | None = None,
) -> tuple[Cost, list[str]]:
    """Return what a stream that has told all it knew asks, and tells, while something happens.

    `told` grows with it, and an event is waited for.
    """
    told = [] if told is None else told

    async def listen(stream: AsyncIterator) -> None:
        async for event in stream:
            if event.event:
                told.append(event.event)

    with house_with(folder, FEW) as scene:

        async def followed() -> Cost:
            listener = asyncio.create_task(listen(streams(scene)[name]))
            await quiet(scene)
            assert not listener.done()
            told.clear()
            with counted(scene.engines) as cost:
                await happens(scene)
                if event is not None:
                    await heard(told, event)
            listener.cancel()
            return cost

        return asyncio.run(followed()), told


NAMES = ("a DSL's", "a worker's, of a case", "a worker's, of the queue")


async def nothing(scene: Scene) -> None:
    """Let two seconds go by."""
    await asyncio.sleep(2)


async def elsewhere(scene: Scene) -> None:
    """Let something be said in a consultation that nobody follows."""
    scene.house.watch.wake("c2")
    await asyncio.sleep(0.2)


@pytest.mark.parametrize("happens", [nothing, elsewhere])
@pytest.mark.parametrize("name", NAMES)
def test_a_quiet_stream_asks_nothing(name: str, happens: Callable, tmp_path: Path) -> None:
    cost, told = heard_while(tmp_path, name, happens)
    assert (cost.queries, cost.writes, cost.opened, told) == (0, 0, 0, [])


def test_what_is_said_is_heard_at_once_by_who_follows_it(tmp_path: Path) -> None:
    async def reply(scene: Scene) -> None:
        said = (scene.worker, "case-1", "client-id-1", RawText("hello there"), chaos_house.clock())
        await scene.house.duty.reply(*said)

    heard_while(tmp_path, "a worker's, of a case", reply, "message")


def test_a_claim_is_heard_at_once_by_the_queue_and_the_dsl(tmp_path: Path) -> None:
    async def claim(scene: Scene) -> None:
        await scene.house.duty.claim(scene.worker, "case-0", chaos_house.clock())

    for number, (name, event) in enumerate([("a DSL's", "state"), ("a worker's, of the queue", "queue")]):
        folder = tmp_path / str(number)
        folder.mkdir()
        heard_while(folder, name, claim, event)


def test_of_many_changes_in_a_moment_the_first_is_told_of_at_once_and_the_rest_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first: list[str] = []

    async def many(scene: Scene) -> None:
        duty, now = scene.house.duty, chaos_house.clock()
        for number, change in enumerate((duty.claim, duty.release, duty.claim, duty.release)):
            await change(scene.worker, "case-0", now)
            if not number:
                await heard(told, "queue")
                first.extend(told)
        await heard(told, "queue", 2)
        await quiet(scene)

    told: list[str] = []
    monkeypatch.setattr(console_pages, "TOGETHER", 1.0)
    heard_while(tmp_path, "a worker's, of the queue", many, told=told)
    assert (first, told) == (["queue"], ["queue", "queue"])


@pytest.mark.parametrize(("name", "whose"), [("a DSL's", "dsl"), *((name, "worker") for name in NAMES[1:])])
def test_a_session_that_is_ended_ends_its_open_pages_at_once(name: str, whose: str, tmp_path: Path) -> None:
    async def sign_out(scene: Scene) -> None:
        await scene.house.sign_out(scene.tokens[whose])

    assert heard_while(tmp_path, name, sign_out, "signed_out")[1] == ["signed_out"]


@pytest.mark.parametrize("name", NAMES)
def test_a_session_that_ended_without_a_bell_is_found_out_after_a_while(name: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(events, "LONGEST_WAIT", 1.0)
    monkeypatch.setattr(console_pages, "LONGEST_WAIT", 1.0)

    async def unheard(scene: Scene) -> None:
        scene.house.sign_ins.out(scene.tokens["dsl" if name == NAMES[0] else "worker"])
        for _ in range(20):  # and a queue that is never quiet
            scene.house.watch.ring("queues")
            await asyncio.sleep(0.1)

    assert heard_while(tmp_path, name, unheard, "signed_out")[1][-1] == "signed_out"


def test_a_queue_that_changes_asks_nobody_who_they_are(tmp_path: Path) -> None:
    async def changes(scene: Scene) -> None:
        for _ in range(5):
            scene.house.watch.ring("queues")
            await asyncio.sleep(0.4)

    cost, _ = heard_while(tmp_path, "a worker's, of the queue", changes)
    assert cost.queries, "it looked how the queue stands"
    assert not [statement for statement in cost.statements if "sessions" in statement]


def test_who_is_writing_is_told_without_a_look_at_the_conversation(tmp_path: Path, monkeypatch) -> None:
    doors = []
    door = Scene.door
    monkeypatch.setattr(Scene, "door", lambda scene: doors.append(door(scene)) or doors[-1])

    async def writes(scene: Scene) -> None:
        doors[-1].typing.notice("c0", "duty_worker")

    cost, told = heard_while(tmp_path, "a DSL's", writes, "typing")
    assert (told, cost.queries) == (["typing"], 1), "whether the session holds, and no more"


def test_what_no_bell_told_of_is_found_after_a_while(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(events, "LONGEST_WAIT", 1.0)

    async def unheard(scene: Scene) -> None:
        said = chaos_house.Utterance("service", "from another process")
        scene.records.add_outgoing("c1", [said], chaos_house.clock(), unless_held=False)

    heard_while(tmp_path, "a worker's, of a case", unheard, "message")

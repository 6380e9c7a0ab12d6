"""What many look at is worked out once, and never older than the last change that was rung or a second."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.desk.duty.board import Board
from bot.desk.duty.routing import Turn
from bot.desk.watch import QUEUES, Watch
from tests.factories import NOW, create_worker, make_case
from tests.fakes import FakeRecords


class Room:
    """A board, and how often its records were asked for each area."""

    def __init__(self, watch: Watch | None = None) -> None:
        self.cases, self.asked, self.watch = {"kent": [make_case()]}, Counter(), watch or Watch()
        self.turns_asked = 0
        at_once = SimpleNamespace(names_of=lambda ids: {"sam": "Sam"})
        self.board = Board(self, SimpleNamespace(turns=self._turns, at_once=at_once), self.watch)

    def queue(self, area: str) -> tuple:
        self.asked[area] += 1
        return tuple(self.cases.get(area, ()))

    def _turns(self, cases, now) -> dict:
        self.turns_asked += 1
        return {case.id: Turn(frozenset({"sam"})) for case in cases}


@pytest.fixture
def room() -> Room:
    return Room()


def test_thirty_who_look_in_one_moment_ask_once(room: Room) -> None:
    seen = {room.board.at("kent", NOW) for _ in range(30)}
    for stand in seen:
        for number in range(30):
            stand.standings(replace(create_worker(FakeRecords()), id=f"worker-{number}"))
    assert (len(seen), room.asked["kent"], room.turns_asked) == (1, 1, 1)


def test_another_area_is_another_queue(room: Room) -> None:
    room.board.at("kent", NOW)
    assert room.board.at("derby", NOW).cases == ()


def test_after_a_change_that_was_rung_nothing_old_is_shown(room: Room) -> None:
    room.board.at("kent", NOW)
    room.cases["kent"].append(make_case(id="case-2", consultation_id="c2", urgency="red"))
    room.watch.wake("c2", QUEUES)
    assert [case.id for case in room.board.at("kent", NOW).cases] == ["case-2", "case-1"]


def test_everybody_who_is_woken_one_by_one_finds_what_is_new(room: Room) -> None:
    room.board.at("kent", NOW)
    room.cases["kent"].clear()
    asyncio.run(room.watch.ring_one_by_one(apart=0))
    assert room.board.at("kent", NOW).cases == ()


def test_a_page_that_was_told_of_a_change_is_not_worked_out_for_again_at_once(room: Room) -> None:
    told = room.board.at("kent", NOW)
    room.cases["kent"].clear()
    room.watch.wake(QUEUES)
    assert room.board.told_of("kent", NOW + timedelta(seconds=0.4)) is told, "of the next change it will be told too"
    assert room.board.told_of("kent", NOW + timedelta(seconds=0.5)).cases == ()


def test_a_page_that_another_process_may_have_told_is_always_shown_what_is_there_now() -> None:
    room = Room(Watch(lambda about: None))
    room.board.at("kent", NOW)
    room.cases["kent"].clear()
    assert room.board.told_of("kent", NOW).cases == ()


@pytest.mark.parametrize("later", [timedelta(seconds=1), timedelta(hours=-1)])
def test_what_no_bell_told_of_is_seen_after_a_second_however_the_clock_jumps(room: Room, later: timedelta) -> None:
    room.board.at("kent", NOW)
    room.cases["kent"].clear()
    assert room.board.at("kent", NOW + timedelta(seconds=0.9)).cases
    assert room.board.at("kent", NOW + later).cases == ()


def test_who_asks_anew_is_shown_what_is_there_now_and_so_is_who_looks_after(room: Room) -> None:
    room.board.at("kent", NOW)
    room.cases["kent"].clear()
    assert room.board.anew("kent", NOW).cases == room.board.at("kent", NOW).cases == ()


def test_cases_that_stand_as_before_are_the_very_same(room: Room) -> None:
    assert room.board.anew("kent", NOW).cases is room.board.anew("kent", NOW + timedelta(minutes=1)).cases


def test_each_sees_whose_turn_it_is_with_their_own_eyes(room: Room) -> None:
    stand, sam = room.board.at("kent", NOW), create_worker(FakeRecords())
    said = [stand.standings(replace(sam, id=id))[0].reasons[-1] for id in ("sam", "ann")]
    assert [name for name, _ in said] == ["utter_queue_yours_first", "utter_queue_first_for"]

"""Rows of a queue are written once for all who see them alike; never are they those of another moment or other eyes."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.web import queue_rows
from bot.web.pages import templates
from tests import chaos_house
from tests.at_the_desk import wording
from tests.many_cases import MINUTE, Scene, house_with


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with house_with(tmp_path, 6) as scene:
        yield scene


class Page:
    """A page of the queue that is open, and how many rows were written for it and others."""

    def __init__(self, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        self.scene, self.written, self.door = scene, 0, scene.door()
        pages = templates("console", say=wording().say)
        template = pages.get_template

        def counted(name: str):
            self.written += 1
            return template(name)

        monkeypatch.setattr(pages, "get_template", counted)
        object.__setattr__(self.door, "templates", pages)

    def rows(self, worker=None, later: timedelta = timedelta()) -> list[str]:
        worker, now = worker or self.scene.worker, chaos_house.clock() + later
        return queue_rows.rows(self.door, self.scene.house.duty.stand_seen(worker, now), worker)


@pytest.fixture
def page(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Page:
    now = chaos_house.clock()
    monkeypatch.setattr(chaos_house, "clock", lambda: now)
    return Page(scene, monkeypatch)


def test_a_second_who_looks_has_only_what_differs_written_for_them(page: Page) -> None:
    other = page.scene.records.worker_by_sign_in("worker.2")[0]
    mine, theirs = page.rows(), page.rows(other)
    differ = [row for row, other in zip(mine, theirs, strict=True) if row != other]
    assert page.written == 6 + len(differ) < 12
    assert ["<strong>You</strong>" in row for row in mine].count(True) == 2
    assert not any("<strong>You</strong>" in row for row in theirs)


def test_a_case_that_changes_hands_is_written_anew_and_no_other(page: Page) -> None:
    page.rows()
    asyncio.run(page.scene.house.duty.claim(page.scene.worker, "case-0", chaos_house.clock()))
    again = page.rows()
    assert page.written == 6 + 1
    assert ["<strong>You</strong>" in row for row in again].count(True) == 3


def test_what_is_said_of_time_goes_on_with_it(page: Page) -> None:
    assert all("came in 30 min ago" in row for row in page.rows())
    assert all("came in 31 min ago" in row for row in page.rows(later=MINUTE))
    late = page.rows(later=181 * MINUTE)
    assert all("late by" in row for row in late)
    assert page.written == 18


def test_a_case_that_is_gone_leaves_nothing_behind(page: Page) -> None:
    page.rows()
    page.scene.house.watch.wake()
    area = page.scene.worker.area
    stand = page.scene.house.duty.board.anew(area, chaos_house.clock())
    assert {key[0] for key in stand.written} == {case.id for case in stand.cases}
    kept = stand.cases[:1]
    assert {key[0] for key in type(stand)(kept, stand.now, None, before=stand).written} == {kept[0].id}

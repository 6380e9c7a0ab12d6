"""Rows of a queue are written once for all who see them alike; never are they those of another moment or other eyes."""

import asyncio
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.web import queue_rows
from bot.web.pages import templates
from tests import chaos_house
from tests.at_the_desk import wording
from tests.fakes_back_office import AtTheConsole
from tests.many_cases import MINUTE, Scene, house_with

MARKED = re.compile(r'<tr [^>]*data-as="([\da-f]{12})" data-case="case-\d"')
NAMED = re.compile(r'<tr data-as="[\da-f]{12}" data-case="case-\d"></tr>')


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

    def rows(self, worker=None, later: timedelta = timedelta(), had: frozenset[str] = frozenset()) -> list[str]:
        worker, now = worker or self.scene.worker, chaos_house.clock() + later
        return queue_rows.rows(self.door, self.scene.house.duty.stand_seen(worker, now), worker, had)


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


# what a page has already


def marks(rows: list[str]) -> list[str]:
    """Return the mark of each row."""
    return [MARKED.match(row.strip())[1] for row in rows]


def test_a_page_is_only_named_what_it_has(page: Page) -> None:
    whole = page.rows()
    had = frozenset(marks(whole))
    assert len(had) == 6
    named = page.rows(had=had)
    assert all(NAMED.fullmatch(row) for row in named)
    assert marks(named) == marks(whole)


def test_a_row_that_changed_since_comes_whole_and_one_that_is_as_it_was_again_does_not(page: Page) -> None:
    duty, worker = page.scene.house.duty, page.scene.worker
    before = page.rows()
    asyncio.run(duty.claim(worker, "case-0", chaos_house.clock()))
    (changed,) = [row for row in page.rows(had=frozenset(marks(before))) if not NAMED.fullmatch(row)]
    assert 'data-case="case-0"' in changed
    assert "<strong>You</strong>" in changed
    now = frozenset(marks(page.rows()))
    asyncio.run(duty.release(worker, "case-0", chaos_house.clock()))
    (changed,) = [row for row in page.rows(had=now) if not NAMED.fullmatch(row)]
    assert "Nobody yet" in changed
    again = page.rows(had=frozenset(marks(before)))
    assert all(NAMED.fullmatch(row) for row in again)


def test_marks_that_are_nobodys_bring_the_whole_table(page: Page) -> None:
    nonsense = frozenset(("", "x" * 8, "<script>", "../../"))
    assert page.rows(had=nonsense) == page.rows()


def test_the_same_row_is_marked_alike_by_every_process() -> None:
    assert queue_rows._marked((), "<tr a>", "case-1").mark == "152ddbda94aa", "written down here, by another process"


def test_the_marks_of_as_many_rows_as_a_page_names_are_taken() -> None:
    (most,) = re.findall(r"\.slice\(0, (\d+)\)\.join", (ROOT / "bot/web/static/duty.js").read_text(encoding="utf-8"))
    asked = ".".join(["152ddbda94aa"] * int(most))
    console = AtTheConsole()
    console.as_worker()
    assert console.get(f"/duty/queue?have={asked}").status_code == 200
    assert console.get(f"/duty/queue?have={asked * 2}").status_code == 422, "or anything would be"
    console.close()

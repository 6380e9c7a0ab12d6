"""Rounds of re-scoring as they are kept: each case once, nothing after the end, each change in the audit chain."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk.rescoring import AlreadyAnswered, NoSuchRound, Placed, Reason, Round, RoundClosed, RoundOpen
from bot.storage import RescoringShelf
from tests.factories import NOW, create_worker

LATER = NOW + timedelta(days=1)
CASES = {"always-hungry": "3", "going-well": "person"}


@pytest.fixture
def records(sql_records):
    records = sql_records()
    records.mia, records.sam = (create_worker(records, name).id for name in ("mia", "sam"))
    return records


@pytest.fixture
def held(records) -> Round:
    return Round("r1", "kent", CASES, records.mia, NOW)


@pytest.fixture
def placed(records) -> Placed:
    return Placed("r1", "always-hungry", records.sam, "3", (Reason.HARM, Reason.AGE), NOW)


@pytest.fixture
def shelf(records) -> RescoringShelf:
    return records.beside(RescoringShelf)


def test_a_round_is_kept_with_what_was_placed_in_it_and_noted(records, shelf, held, placed) -> None:
    shelf.open_round(held)
    shelf.place(placed)
    assert shelf.rescoring_round("r1") == held
    assert shelf.placed("r1") == (placed,)
    assert shelf.rescoring_rounds("kent") == (held,)
    assert shelf.rescoring_rounds("medway") == shelf.placed("r2") == ()
    shelf.close_round("r1", records.mia, LATER)
    assert shelf.rescoring_round("r1") == replace(held, closed_at=LATER)
    noted = [records.times_noted(f"rescoring.{what}", "r1") for what in ("opened", "placed", "closed")]
    assert noted == [1, 1, 1]
    assert records.verify_audit() is None


def test_a_case_is_placed_once_by_each_worker(records, shelf, held, placed) -> None:
    shelf.open_round(held)
    shelf.place(placed)
    with pytest.raises(AlreadyAnswered):
        shelf.place(placed)
    shelf.place(replace(placed, worker_id=records.mia))
    assert len(shelf.placed("r1")) == 2
    assert records.times_noted("rescoring.placed", "r1") == 2


def test_one_round_of_an_area_is_open_at_a_time(records, shelf, held) -> None:
    shelf.open_round(held)
    another = replace(held, id="r2", opened_at=LATER)
    with pytest.raises(RoundOpen):
        shelf.open_round(another)
    shelf.open_round(replace(held, id="r3", area="medway"))
    shelf.close_round("r1", records.mia, LATER)
    shelf.open_round(another)
    assert [one.id for one in shelf.rescoring_rounds("kent")] == ["r2", "r1"]


def test_nothing_is_placed_in_a_round_that_is_closed_or_not_there(records, shelf, held, placed) -> None:
    with pytest.raises(NoSuchRound):
        shelf.place(placed)
    with pytest.raises(NoSuchRound):
        shelf.close_round("r1", records.mia, NOW)
    shelf.open_round(held)
    shelf.close_round("r1", records.mia, LATER)
    for late in (lambda: shelf.place(placed), lambda: shelf.close_round("r1", records.mia, LATER)):
        with pytest.raises(RoundClosed):
            late()
    assert shelf.placed("r1") == ()

"""Disagreements in the database: kept whole, one open at a time, moved under a lock, gone with their consultation."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.consultation import Stage
from bot.desk.duty.ladder import (
    About,
    Disagreement,
    GoodPractice,
    LadderMove,
    LadderRefused,
    LadderStep,
    MovedOn,
    Resolution,
)
from bot.desk.ports import NotKept, UncleanWrite
from bot.storage import SqlRecords
from tests.factories import NOW, create_consultation, create_dsl, create_worker
from tests.fakes_ladder import FakeLadders

FIRST = LadderStep(1, "1", "you and the worker", NOW, NOW + timedelta(days=1))
SECOND = LadderStep(2, "2", "the managers", NOW + timedelta(hours=1), None)
LATER = NOW + timedelta(hours=1)


def finds_canaries(said: str, put_back=()) -> tuple:
    return ("found",) if "Canary" in said else ()


@pytest.fixture
def records(sql_records) -> SqlRecords:
    records = sql_records(scan=finds_canaries)
    create_consultation(records, create_dsl(records), stage=Stage.CLOSED)
    return records


@pytest.fixture
def sam(records):
    return create_worker(records)


def disagreement(**values) -> Disagreement:
    return replace(Disagreement("d1", "c1", None, "kent", NOW, "ann", About.NO_ANSWER, (FIRST,)), **values)


def practice(**values) -> GoodPractice:
    return GoodPractice(**{"id": "g1", "consultation_id": "c1", "area": "kent", "at": NOW, "by": "ann", "side": "dsl",
                           "words": "a clear account"} | values)  # fmt: skip


def audited(records: SqlRecords) -> list[tuple[str, str, str]]:
    ours = "what LIKE 'disagree%' OR what LIKE 'good%'"
    lines = text(f"SELECT what, who, subject FROM audit WHERE {ours} ORDER BY number")
    with records._reading.connect() as connection:
        return [tuple(line) for line in connection.execute(lines)]


def test_what_is_kept_is_what_comes_back(records: SqlRecords) -> None:
    opened = records.open_disagreement(disagreement())
    assert opened == disagreement() == records.disagreement("d1")
    assert records.disagreements_of("c1") == records.open_disagreements("kent") == (opened,)
    assert records.open_disagreements("buckinghamshire") == ()
    assert records.disagreement("d2") is None


def test_the_fake_and_the_database_agree_on_a_whole_disagreement(records: SqlRecords, sam) -> None:
    fake = FakeLadders()
    moves = [
        LadderMove(sam, LATER, 1, answer="We look again"),
        LadderMove(sam, LATER, 1, answer="and again"),
        LadderMove(sam, LATER, 1, resolution=Resolution.MOVED_UP, begins=SECOND, learning="ring sooner"),
        LadderMove(sam, LATER, 1, resolution=Resolution.KEPT),
        LadderMove(sam, LATER, 2, resolution=Resolution.WITHDRAWN),
        LadderMove(sam, LATER, 2, resolution=Resolution.CHANGED, learning="and listen"),
        LadderMove(sam, LATER, 2, answer="too late"),
    ]
    for store in (records, fake):
        store.open_disagreement(disagreement())
    for move in moves:
        came = []
        for store in (records, fake):
            try:
                came.append(store.move_disagreement("d1", move))
            except LadderRefused as raised:
                came.append(type(raised))
        assert came[0] == came[1]
        assert records.disagreement("d1") == fake.disagreement("d1")
    assert records.disagreement("d1").learning == "ring sooner\nand listen"
    assert records.open_disagreements("kent") == ()


def test_there_is_one_open_at_a_time_whoever_asks_and_however_many(records: SqlRecords) -> None:
    many = [disagreement(id=f"d{n}") for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(records.open_disagreement, many))
    assert len({one.id for one in opened}) == 1
    assert len(records.disagreements_of("c1")) == 1


def test_of_many_that_move_it_up_at_once_one_does(records: SqlRecords, sam) -> None:
    records.open_disagreement(disagreement())
    up = LadderMove(sam, LATER, 1, resolution=Resolution.MOVED_UP, begins=SECOND)

    def does(_: int) -> bool:
        try:
            records.move_disagreement("d1", up)
        except MovedOn:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(does, range(8))) == 1
    assert [step.number for step in records.disagreement("d1").steps] == [1, 2]


def test_after_an_end_another_can_be_opened(records: SqlRecords, sam) -> None:
    records.open_disagreement(disagreement())
    records.move_disagreement("d1", LadderMove(sam, LATER, 1, resolution=Resolution.KEPT))
    records.open_disagreement(disagreement(id="d2", opened_at=LATER))
    assert [one.id for one in records.disagreements_of("c1")] == ["d1", "d2"]
    assert [one.id for one in records.open_disagreements("kent")] == ["d2"]


def test_a_text_that_still_points_to_somebody_is_not_kept(records: SqlRecords, sam) -> None:
    records.open_disagreement(disagreement())
    for move in (
        LadderMove(sam, LATER, 1, answer="Jayden Canary"),
        LadderMove(sam, LATER, 1, resolution=Resolution.KEPT, learning="Jayden Canary"),
    ):
        with pytest.raises(UncleanWrite):
            records.move_disagreement("d1", move)
    with pytest.raises(UncleanWrite):
        records.keep_good_practice(practice(words="Jayden Canary"))
    assert records.disagreement("d1") == disagreement()
    assert records.good_practice("kent") == ()


def test_what_is_not_there_is_said_to_be_so(records: SqlRecords, sam) -> None:
    with pytest.raises(NotKept):
        records.move_disagreement("d1", LadderMove(sam, LATER, 1, answer="hello"))
    with pytest.raises(NotKept):
        records.open_disagreement(disagreement(consultation_id="c9"))
    with pytest.raises(NotKept):
        records.keep_good_practice(practice(consultation_id="c9"))


def test_good_practice_comes_back_the_newest_first_and_by_area(records: SqlRecords) -> None:
    records.keep_good_practice(practice())
    records.keep_good_practice(practice(id="g2", at=LATER))
    records.keep_good_practice(practice(id="g3", area="buckinghamshire"))
    assert [one.id for one in records.good_practice("kent")] == ["g2", "g1"]
    assert records.good_practice("kent")[1] == practice()


def test_every_change_is_in_the_audit_chain_as_ids(records: SqlRecords, sam) -> None:
    records.open_disagreement(disagreement())
    records.move_disagreement("d1", LadderMove(sam, LATER, 1, answer="We look again"))
    records.move_disagreement("d1", LadderMove(sam, LATER, 1, resolution=Resolution.MOVED_UP, begins=SECOND))
    records.move_disagreement("d1", LadderMove(sam, LATER, 2, resolution=Resolution.CHANGED, learning="ring sooner"))
    records.keep_good_practice(practice())
    assert audited(records) == [
        ("disagreement.opened", "ann", "d1"),
        ("disagreement.answered", sam.id, "d1"),
        ("disagreement.moved_up", sam.id, "d1"),
        ("disagreement.changed", sam.id, "d1"),
        ("good_practice.recorded", "ann", "g1"),
    ]
    assert records.verify_audit() is None


def test_they_are_deleted_with_their_consultation(records: SqlRecords, sam) -> None:
    records.open_disagreement(disagreement())
    records.move_disagreement("d1", LadderMove(sam, LATER, 1, resolution=Resolution.MOVED_UP, begins=SECOND))
    records.keep_good_practice(practice())
    records.delete_consultation("c1", LATER)
    with records._reading.connect() as connection:
        for table in ("consultations", "disagreements", "disagreement_steps", "good_practice"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table

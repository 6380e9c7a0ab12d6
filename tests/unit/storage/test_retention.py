"""What is kept for how long, and that what is deleted is gone from the file."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Date, Table, func, insert, select

from bot.consultation import Facts, Stage
from bot.desk.ports import NotKept
from bot.desk.purging import Going, Kind, Purging, Staying, Times, Why
from bot.storage.belongings import belongings
from bot.storage.columns import AnyText, UtcDateTime
from bot.storage.tables import Base, MessageRow
from tests.duty_moves import answer, claim, release
from tests.engines import on_sqlite
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_dsl, make_case

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class FakeTracker:
    def __init__(self, *held: str) -> None:
        self.held, self.tidied = set(held), 0

    def consultations(self) -> frozenset[str]:
        return frozenset(self.held)

    def forget(self, consultation_ids) -> int:
        self.held -= set(consultation_ids)
        return 0

    def tidy(self) -> None:
        self.tidied += 1


@pytest.fixture
def records(sql_records):
    return sql_records()


@pytest.fixture
def dsl(records):
    return create_dsl(records)


def dialogues(going: tuple[Going, ...]) -> list[str]:
    return [one.subject for one in going if one.kind is Kind.DIALOGUE]


def test_a_talk_is_remembered_while_it_goes_on_and_forgotten_a_day_after_its_last_word(records, dsl):
    create_consultation(records, dsl)
    records.add_incoming("c1", "a", from_dsl("hungry"), NOW + 5 * HOUR)
    purging = Purging(records, FakeTracker("c1"), Times(silence=DAY))
    assert dialogues(purging.going(NOW + 28 * HOUR)) == []
    assert dialogues(purging.going(NOW + 30 * HOUR)) == ["c1"]


def test_what_the_records_do_not_know_is_forgotten(records):
    purging = Purging(records, FakeTracker("nobody"), Times(silence=DAY))
    assert dialogues(purging.going(NOW)) == ["nobody"]


@pytest.mark.parametrize("stage", ["waiting", "claimed", "released", "answered"])
def test_a_talk_is_forgotten_as_soon_as_the_assistant_is_silent_in_it(records, dsl, stage):
    create_consultation(records, dsl)
    sam, case = create_worker(records), records.hand_over(make_case())
    if stage != "waiting":
        case = claim(records, case.id, sam, NOW)
    if stage == "released":
        release(records, case.id, sam, NOW)
    if stage == "answered":
        answer(records, replace(case, outcome_level="3"), NOW)
    purging = Purging(records, FakeTracker("c1"), Times(silence=DAY))
    assert dialogues(purging.going(NOW)) == ([] if stage == "waiting" else ["c1"])


def test_looking_changes_nothing_and_purging_does(records, dsl):
    create_consultation(records, dsl)
    tracker = FakeTracker("c1")
    records.start_session(dsl, "token", NOW, NOW + HOUR)
    records.start_session(dsl, "idle", NOW, NOW + 9 * DAY, idle=2 * HOUR)
    records.start_session(dsl, "lasting", NOW, NOW + 9 * DAY)
    purging = Purging(records, tracker, Times(silence=DAY))
    later = NOW + 2 * DAY
    going = purging.going(later)
    assert [one.kind for one in going] == [Kind.DIALOGUE, Kind.SESSION, Kind.SESSION]
    assert tracker.held == {"c1"}
    assert purging.purge(later) == going
    assert (tracker.held, tracker.tidied) == (set(), 1)
    assert purging.going(later) == ()
    assert records.session_person("lasting", later) == dsl
    assert records.consultation("c1") is not None, "records stay unless a time to keep them was set"


def test_without_a_time_to_keep_them_records_stay_for_good(records, dsl):
    create_consultation(records, dsl)
    purging = Purging(records, FakeTracker(), Times(silence=DAY))
    assert purging.going(NOW + 4000 * DAY) == ()


@on_sqlite
def test_a_consultation_past_its_time_leaves_no_byte_and_a_line_in_the_chain(records, dsl, engine, tmp_path: Path):
    create_consultation(records, dsl, facts=Facts(answers={"worry": "canary in the facts"}))
    create_consultation(records, dsl, id="c2")
    for number in range(40):
        records.add_incoming("c1", f"a{number}", from_dsl(f"canary {number} is hungry " * 9), NOW)
    records.save_facts("c1", Facts(answers={"worry": "canary again"}), NOW)
    records.save_assessment("c1", {"outcome": "canary"}, Facts(), NOW)
    records.add_incoming("c2", "b", from_dsl("still talking"), NOW + 29 * DAY)
    with engine.connect() as connection:
        texts = dict.fromkeys(("c1", "c2"))
        for of in texts:
            sealed = select(MessageRow.text).where(MessageRow.consultation_id == of)
            texts[of] = [text[:60].encode() for text in connection.scalars(sealed)]
    purging = Purging(records, FakeTracker("c1"), Times(silence=DAY, keep=30 * DAY))
    assert [one.subject for one in purging.going(NOW + 30 * DAY) if one.kind is Kind.CONSULTATION] == []
    gone = purging.purge(NOW + 31 * DAY)
    assert [(one.subject, one.last) for one in gone if one.kind is Kind.CONSULTATION] == [("c1", NOW)]
    assert records.consultation("c1") is None
    assert records.messages("c2")
    assert records.times_noted("consultation.deleted", "c1") == 1
    assert records.verify_audit() is None
    engine.dispose()
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("noname.db*"))
    assert all(text in kept for text in texts["c2"])
    assert len(texts["c1"]) == 40
    assert not any(text in kept for text in texts["c1"]), "not even as it was sealed"


def over(going: tuple[Going, ...]) -> list[str]:
    return [one.subject for one in going if one.kind is Kind.CONSULTATION]


def test_an_area_has_its_own_time_and_the_others_have_everybodys(records, dsl):
    create_consultation(records, dsl, id="kent")
    create_consultation(records, dsl, id="medway", area="medway")
    create_consultation(records, dsl, id="nowhere", area=None, school_area="medway")
    create_consultation(records, dsl, id="practice", practice="always-hungry", area="medway")
    purging = Purging(records, FakeTracker(), Times(silence=DAY, keep=30 * DAY), lambda: {"medway": 90})
    assert over(purging.going(NOW + 31 * DAY)) == ["kent", "practice"]
    assert sorted(over(purging.going(NOW + 91 * DAY))) == ["kent", "medway", "nowhere", "practice"]
    for_good = Purging(records, FakeTracker(), Times(silence=DAY), lambda: {"medway": 90})
    assert sorted(over(for_good.going(NOW + 4000 * DAY))) == ["medway", "nowhere", "practice"]


def test_what_is_held_stays_until_the_hold_is_lifted_and_is_said_to(records, dsl):
    create_consultation(records, dsl)
    purging = Purging(records, FakeTracker(), Times(silence=DAY, keep=DAY))
    assert records.hold("c1", "command", "court", NOW)
    assert not records.hold("c1", "command", "police", NOW), "one hold is enough"
    later = NOW + 9 * DAY
    assert purging.going(later) == ()
    assert purging.staying(later) == (Staying("c1", NOW, Why.HELD, "court"),)
    records.delete_consultation("c1", later)
    assert records.consultation("c1") is not None, "the store itself lets it stay"
    assert records.lift_hold("c1", "command", later)
    assert not records.lift_hold("c1", "command", later)
    assert over(purging.purge(later)) == ["c1"]
    assert records.consultation("c1") is None
    assert [records.times_noted(f"consultation.{what}", "c1") for what in ("held", "hold_lifted", "deleted")] == [1] * 3


def test_a_hold_has_a_reason_of_the_list(records, dsl):
    create_consultation(records, dsl)
    with pytest.raises(ValueError, match="HoldReason"):
        records.hold("c1", "command", "because of Oliver", NOW)
    with pytest.raises(NotKept):
        records.hold("nobody", "command", "court", NOW)


def test_an_answer_that_was_not_read_yet_stays(records, dsl):
    create_consultation(records, dsl)
    create_consultation(records, dsl, id="c2")
    purging = Purging(records, FakeTracker(), Times(silence=DAY, keep=DAY), unread={"c1"}.__contains__)
    assert over(purging.purge(NOW + 9 * DAY)) == ["c2"]
    assert purging.staying(NOW + 9 * DAY) == (Staying("c1", NOW, Why.UNREAD),)


def test_nothing_stays_for_a_reason_before_its_time_is_up(records, dsl):
    create_consultation(records, dsl)
    records.hold("c1", "command", "court", NOW)
    assert Purging(records, FakeTracker(), Times(silence=DAY, keep=30 * DAY)).staying(NOW + DAY) == ()


def row_for(table: Table, number: int, of: str) -> dict[str, Any]:
    """Return a value for every column of a table; what points to a consultation, a case or another row is `of`."""
    made = {}
    for column in table.columns:
        is_text, points = isinstance(column.type, AnyText), column.name in ("consultation_id", "case_id")
        if points or column.foreign_keys or column.primary_key:
            made[column.name] = of if is_text else number
        elif isinstance(column.type, UtcDateTime):
            made[column.name] = NOW
        elif isinstance(column.type, JSON | Boolean):
            made[column.name] = {} if isinstance(column.type, JSON) else False
        else:
            made[column.name] = f"{of}-{number}" if is_text else NOW.date() if isinstance(column.type, Date) else number
    return made


# What holds rows to each other.
OFF = {"sqlite": "PRAGMA foreign_keys = OFF", "postgresql": "SET session_replication_role = replica"}
ON = {"sqlite": "PRAGMA foreign_keys = ON", "postgresql": "SET session_replication_role = DEFAULT"}


def test_every_row_of_a_consultation_goes_with_it_whatever_table_it_is_in(records, engine, dsl):
    create_consultation(records, dsl, id="gone")
    create_consultation(records, dsl, id="kept")
    theirs = [table for table, _ in belongings("gone") if table.name not in ("consultations", "audit")]
    named = {t for t in Base.metadata.sorted_tables if {"consultation_id", "case_id"} & set(t.columns.keys())}
    assert named <= set(theirs), "a table that names a consultation is not emptied"
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql(OFF[engine.dialect.name])
        for number, of in enumerate(("gone", "kept"), start=1):
            for table in theirs:
                values = row_for(table, number, of)
                # A hold that stands would let everything stay.
                connection.execute(insert(table).values(values | ({"lifted_at": NOW} if "lifted_at" in values else {})))
        connection.exec_driver_sql(ON[engine.dialect.name])
        connection.commit()
    records.delete_consultation("gone", NOW)
    with engine.connect() as connection:
        left = {table.name: connection.scalar(select(func.count()).select_from(table)) for table in theirs}
    assert left == dict.fromkeys(left, 1), "of each table the other consultation's row alone is left"
    assert records.consultation("gone") is None


@pytest.mark.parametrize("stage", [Stage.WAITING, Stage.CLAIMED])
def test_nothing_is_deleted_that_somebody_waits_in(records, dsl, stage):
    create_consultation(records, dsl)
    case = records.hand_over(make_case())
    if stage is Stage.CLAIMED:
        claim(records, case.id, create_worker(records), NOW)
    purging = Purging(records, FakeTracker(), Times(silence=DAY, keep=DAY))
    assert over(purging.purge(NOW + 99 * DAY)) == []
    assert [one.why for one in purging.staying(NOW + 99 * DAY)] == [Why.WAITS]
    records.delete_consultation("c1", NOW)
    assert records.consultation("c1") is not None

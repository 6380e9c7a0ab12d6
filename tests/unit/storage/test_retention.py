"""What is kept for how long, and that what is deleted is gone from the file."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.consultation import Facts, Stage
from bot.desk.purging import Going, Kind, Purging, Times
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


@pytest.mark.parametrize("stage", ["waiting", "claimed", "released", "closed"])
def test_a_talk_is_forgotten_as_soon_as_the_assistant_is_silent_in_it(records, dsl, stage):
    create_consultation(records, dsl)
    sam, case = create_worker(records), records.hand_over(make_case())
    if stage != "waiting":
        case = records.claim(case.id, sam, NOW)
    if stage == "released":
        records.release(case.id, sam, NOW)
    if stage == "closed":
        records.close(case, NOW)
    purging = Purging(records, FakeTracker("c1"), Times(silence=DAY))
    assert dialogues(purging.going(NOW)) == ([] if stage in ("waiting", "released") else ["c1"])


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


def test_a_consultation_past_its_time_leaves_no_byte_and_a_line_in_the_chain(records, dsl, engine, tmp_path: Path):
    create_consultation(records, dsl, facts=Facts(answers={"worry": "canary in the facts"}))
    create_consultation(records, dsl, id="c2")
    for number in range(40):
        records.add_incoming("c1", f"a{number}", from_dsl(f"canary {number} is hungry " * 9), NOW)
    records.save_facts("c1", Facts(answers={"worry": "canary again"}), NOW)
    records.save_assessment("c1", {"outcome": "canary"}, Facts(), NOW)
    records.add_incoming("c2", "b", from_dsl("still talking"), NOW + 29 * DAY)
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
    assert b"still talking" in kept
    assert b"canary" not in kept


@pytest.mark.parametrize("stage", [Stage.WAITING, Stage.CLAIMED])
def test_nothing_is_deleted_that_somebody_waits_in(records, dsl, stage):
    create_consultation(records, dsl)
    case = records.hand_over(make_case())
    if stage is Stage.CLAIMED:
        records.claim(case.id, create_worker(records), NOW)
    purging = Purging(records, FakeTracker(), Times(silence=DAY, keep=DAY))
    assert [one for one in purging.purge(NOW + 99 * DAY) if one.kind is Kind.CONSULTATION] == []
    records.delete_consultation("c1", NOW)
    assert records.consultation("c1") is not None

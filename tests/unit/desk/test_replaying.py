"""Old decisions are worked out again, to the byte, from the facts and the pack version that were kept."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.consultation import Facts, Status
from bot.desk.changing import facts_since, impact_of
from bot.desk.replaying import Replaying, Verdict, as_bytes
from bot.knowledge import load_area, load_national
from bot.knowledge.bundle import NoSuchPlace, bundle_of, content_of, days_of, lay_out
from bot.thresholds import assess, facts_from, to_record
from bot.thresholds.impact import Way
from bot.thresholds.unheld import assess_unheld
from tests.factories import CODE, create_consultation, create_dsl
from tests.fakes import FakeRecords

CASES = Path(__file__).resolve().parents[2] / "cases" / "replay"
OLD = CASES / "old_knowledge"
ON = date(2024, 6, 1)
THEN = datetime(2024, 6, 1, 10, tzinfo=UTC)
GOLDEN = json.loads((CASES / "decisions.json").read_text("utf-8"))
HUNGRY = Facts({"hungry_often": Status.PRESENT}, {"trend": "worse"})


@pytest.fixture
def records():
    return FakeRecords()


def decide(records, facts, area="oldshire", consultation="c1", keep=True):
    """Open a consultation, decide on its facts and keep both, as the service does."""
    national, pack = load_national(OLD, ON), load_area(OLD, area, ON)
    if records.consultation(consultation) is None:
        create_consultation(records, create_dsl(records, code=f"{CODE}{consultation}"), id=consultation)
    record = to_record(assess(facts, pack, national, ON))
    if keep:
        records.keep_pack(content_of(record["pack_version"]), bundle_of(OLD, area))
    records.save_assessment(consultation, record, facts, THEN)
    return record


@pytest.mark.parametrize("case", GOLDEN, ids=[case["name"] for case in GOLDEN])
def test_a_decision_of_long_ago_comes_out_today_as_it_did_then(case):
    """The records were written in November 2026. One that differs now would change decisions that were made.

    If the engine has to decide otherwise from some day on, it has to go on deciding as before for earlier packs.
    """
    national, pack = load_national(OLD, ON), load_area(OLD, "oldshire", ON)

    record = to_record(assess(facts_from(case["facts"], national), pack, national, ON)) | {"pack_version": "LEFT OUT"}

    assert json.dumps(record, sort_keys=True) == case["record"]


def test_a_kept_decision_replays_to_the_byte(records, tmp_path):
    record = decide(records, HUNGRY)

    (replayed,) = Replaying(records, tmp_path).since(THEN)

    assert replayed.verdict is Verdict.SAME
    assert as_bytes(replayed.again) == as_bytes(record)


def test_a_decision_replays_though_the_knowledge_base_has_changed_since(records, tmp_path):
    decide(records, HUNGRY)
    (tmp_path / "laid").mkdir()

    # Nothing but the records is read: the old folder could be gone.
    (replayed,) = Replaying(records, tmp_path / "laid").since(THEN)

    assert (replayed.verdict, replayed.again["local_code"]) == (Verdict.SAME, "3")


def test_a_decision_whose_record_was_touched_differs(records, tmp_path):
    record = decide(records, HUNGRY)
    record["local_code"] = "2"
    records.save_assessment("c1", record, HUNGRY, THEN)

    assert [r.verdict for r in Replaying(records, tmp_path).since(THEN)][-1] is Verdict.DIFFERS


def test_words_that_were_not_understood_are_kept_with_the_facts(records, tmp_path):
    decide(records, Facts({"strong_friends": Status.PRESENT}, unread=True))

    (replayed,) = Replaying(records, tmp_path).since(THEN)

    assert (replayed.verdict, replayed.again["outcome"]) == (Verdict.SAME, "person")


def test_a_decision_whose_pack_was_not_kept_is_said_to_be_so(records, tmp_path):
    decide(records, HUNGRY, keep=False)

    assert [r.verdict for r in Replaying(records, tmp_path).since(THEN)] == [Verdict.NOT_KEPT]


def test_a_decision_about_a_council_that_was_not_held_replays_by_the_national_floor(records, tmp_path):
    national = load_national(OLD, ON)
    record = to_record(assess_unheld(Facts({"dirty_often": Status.PRESENT}), "other", national, ON))
    decide(records, HUNGRY, area="england")
    records.save_assessment("c1", record, Facts({"dirty_often": Status.PRESENT}), THEN)

    replayed = list(Replaying(records, tmp_path).since(THEN))[-1]

    assert (replayed.verdict, replayed.again["outcome"]) == (Verdict.SAME, "person")


# --- versions and bundles ---------------------------------------------------------------------------


def test_the_content_of_a_version_is_its_name_without_the_days():
    assert content_of("kent-1a2b-2026-11-22/national-9f-2026-11-22") == "kent-1a2b/national-9f"
    assert days_of("east-sussex-1a2b-2026-11-22/national-9f-2026-11-20") == (date(2026, 11, 22), date(2026, 11, 20))


def test_a_version_without_a_day_is_refused():
    with pytest.raises(ValueError, match="does not name two days"):
        days_of("none/national-9f-2026-11-22")


def test_a_decision_of_a_service_that_was_started_days_before_replays(records, tmp_path):
    national, pack = load_national(OLD, date(2024, 5, 28)), load_area(OLD, "oldshire", ON)
    record = to_record(assess(HUNGRY, pack, national, ON))
    decide(records, HUNGRY)
    records.save_assessment("c1", record, HUNGRY, THEN)

    assert [r.verdict for r in Replaying(records, tmp_path).since(THEN)] == [Verdict.SAME, Verdict.SAME]


def test_a_bundle_that_is_laid_out_has_the_same_version(tmp_path):
    laid_out = lay_out(bundle_of(OLD, "oldshire"), tmp_path)

    assert load_area(laid_out, "oldshire", ON).version == load_area(OLD, "oldshire", ON).version
    assert load_national(laid_out, ON).version == load_national(OLD, ON).version


@pytest.mark.parametrize("name", ["../outside.yml", "/tmp/outside.yml", "areas/../../outside.yml"])
def test_a_bundle_writes_nothing_outside_its_folder(tmp_path, name):
    with pytest.raises(NoSuchPlace):
        lay_out({name: "x"}, tmp_path / "inside")


# --- what a change would have done ------------------------------------------------------------------


def draft(**changes):
    """Return the files of Oldshire with some words put for others."""
    here = OLD / "areas" / "E00000001-oldshire"
    files = {file.name: file.read_text("utf-8") for file in here.glob("*.yml")}
    for old, new in changes.items():
        assert old in files["thresholds.yml"]
        files["thresholds.yml"] = files["thresholds.yml"].replace(old, new)
    return files


def test_the_impact_of_a_draft_counts_a_consultation_once_by_its_last_facts(records, tmp_path):
    decide(records, Facts({"hungry": Status.PRESENT}), consultation="c1")
    decide(records, Facts({"hungry": Status.PRESENT, "injury": Status.PRESENT}), consultation="c1")
    decide(records, Facts({"dirty_often": Status.PRESENT}), consultation="c2")

    facts = facts_since(records, "oldshire", THEN)
    higher = draft(**{'level: "2"': 'level: "3"'})
    found = impact_of(higher, OLD, "oldshire", facts, ON, tmp_path)

    assert (found.total, found.changed) == (2, 1)
    assert found.moves == {(Way.HIGHER, "2", "3"): 1}
    assert set(found.rows) == {(Way.HIGHER, "old-2-hungry")}


def test_consultations_of_other_areas_and_of_earlier_are_not_counted(records):
    decide(records, HUNGRY)

    assert facts_since(records, "kent", THEN) == ()
    assert facts_since(records, "oldshire", datetime(2025, 1, 1, tzinfo=UTC)) == ()


def test_the_files_of_a_draft_are_laid_beside_the_others_and_change_none(records, tmp_path):
    before = bundle_of(OLD, "oldshire")
    impact_of(draft(), OLD, "oldshire", [HUNGRY], ON, tmp_path)

    assert bundle_of(OLD, "oldshire") == before

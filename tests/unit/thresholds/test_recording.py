"""The plain form of an assessment, as it is printed and kept."""

import json

from bot.thresholds import to_record

SHAPE = [
    "outcome",
    "local_code",
    "local_name",
    "neutral",
    "exit",
    "because",
    "runner_up",
    "would_change",
    "unknown",
    "pack_version",
]


def test_a_level_is_recorded_with_its_local_name_and_its_neutral_range(assessed):
    record = to_record(assessed("hungry_often no_heating", how_often="unknown"))

    assert list(record)[: len(SHAPE)] == SHAPE
    assert record["outcome"] == "level"
    assert (record["local_code"], record["local_name"]) == ("3", "Intensive")
    assert record["neutral"] == ["N2", "N3"]
    assert record["exit"] is None
    assert record["at_least"] is None
    assert record["runner_up"] == "4"
    assert record["tips"]["indicator"] == "4-growth"
    assert record["unknown"] == ["how_often"]
    assert record["pack_version"] == "ashford-1/england-1"


def test_each_reason_is_recorded_with_its_level_and_source(assessed):
    because = to_record(assessed("hungry"))["because"]

    assert because == [
        {
            "indicator": "2-hungry",
            "level": "2",
            "source": "ashford-2026",
            "words": "words of 2-hungry",
            "title": "Support levels",
            "section": "section 2",
            "dated": "2026-01",
            "verified": "2026-11-02",
            "url": "https://x.example",
            "held_by": ["hungry"],
            "basis": "published",
        }
    ]


def test_an_exit_for_danger_is_recorded_at_the_level_of_significant_harm(assessed):
    record = to_record(assessed("strangled hungry"))

    assert record["outcome"] == "exit"
    assert record["exit"] == "front_door_now"
    assert (record["local_code"], record["local_name"], record["neutral"]) == ("4", "Specialist", ["N3", "N4"])
    assert [b["level"] for b in record["because"]] == [None, "2"]


def test_an_exit_of_another_kind_is_recorded_at_the_level_that_the_rows_reach(assessed):
    record = to_record(assessed("private_fostering hungry"))

    assert (record["outcome"], record["exit"], record["local_code"]) == ("exit", "private_fostering", "2")


def test_an_exit_with_nothing_else_is_recorded_without_a_level(assessed):
    record = to_record(assessed("private_fostering"))

    assert (record["local_code"], record["local_name"], record["neutral"]) == (None, None, [])


def test_a_person_is_recorded_without_a_level_but_with_what_was_reached(assessed):
    record = to_record(assessed("hungry", in_danger="unknown"))

    assert record["outcome"] == "person"
    assert (record["local_code"], record["local_name"], record["neutral"]) == (None, None, [])
    assert record["at_least"] == {"code": "2", "name": "Additional"}


def test_a_person_for_whom_nothing_was_reached_is_recorded_with_nothing(assessed):
    assert to_record(assessed())["at_least"] is None


def test_a_record_survives_json_unchanged(assessed):
    for assessment in (assessed("hungry"), assessed("strangled"), assessed(in_danger="unknown")):
        record = to_record(assessment)
        assert json.loads(json.dumps(record)) == record

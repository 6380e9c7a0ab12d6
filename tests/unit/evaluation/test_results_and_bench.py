"""RESULTS.md keeps its sections apart, and bench measures what it says."""

import os
from datetime import date

import pytest

from evaluation import bench
from evaluation.results import Provenance, read_sections, write_section

BY = Provenance(date(2026, 11, 21), "abc1234", "2 cores", "./noname bench")


def test_a_section_replaces_its_old_self_and_leaves_the_others(tmp_path):
    file = tmp_path / "RESULTS.md"
    write_section("bench", "Speed", "slow", BY, file)
    write_section("vignettes", "Cases", "49 of 60", BY, file)
    write_section("bench", "Speed", "fast", BY, file)
    text = file.read_text()
    assert list(read_sections(file)) == ["bench", "vignettes"]
    assert "slow" not in text
    assert "49 of 60" in text
    assert "abc1234" in text
    assert text.count("# Results\n") == 1


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 50), (0.95, 95), (1.0, 100)])
def test_a_quantile_is_the_value_that_the_share_does_not_exceed(share, value):
    assert bench.quantile(range(100, 0, -1), share) == value


def test_a_quantile_of_one_value_is_that_value():
    assert bench.quantile([3.0], 0.95) == 3.0


class House:
    """Offers one question after another; notes what was said."""

    def __init__(self, *questions):
        self.questions, self.said = list(questions), []

    def open(self, area):
        return {"id": "c"}

    def messages(self, consultation, after):
        return [self.questions.pop(0)]

    def say(self, consultation, **said):
        self.said.append(said)
        replies = [self.questions.pop(0)] if self.questions else []
        return {"stage": "with_assistant", "replies": replies}


def ask(*titles, ticks=()):
    card = {"options": [{"id": title, "title": title} for title in ticks]} if ticks else None
    return {"buttons": [{"id": title, "title": title} for title in titles], "card": card}


def test_bench_walks_through_a_consultation_to_its_end():
    house = House(
        ask("Yes", "No", "Why do you ask?"),
        ask(),
        ask("Why do you ask?"),
        ask("Done", ticks=("Police", "None")),
    )
    seconds = bench.turns(house, 1, clock=iter(range(100)).__next__)
    assert house.said == [
        {"choice": "No"},
        {"text": bench.WORRY},
        {"text": bench.WORRY},
        {"choices": ["None"]},
    ]
    assert seconds == [1, 1, 1, 1]


def test_bench_stops_when_nothing_more_is_wanted():
    house = House(ask("My situation has changed", "No, thank you"), ask("Something else"))
    bench.turns(house, 1)
    assert house.said == [{"choice": "No, thank you"}]


def test_this_process_holds_some_memory_and_no_process_holds_none():
    assert bench.resident_megabytes(os.getpid()) > 1
    assert bench.resident_megabytes(2**22 + 1) is None


def test_a_report_names_every_figure():
    report = bench.report(
        {"first": {"train": 61.2}, "latest": {"ready": 14.0}},
        [0.1, 0.2, 0.4],
        1,
        {"Rasa": 512.3, "the service": None},
    )
    for figure in ("61.2", "14.0", "200 ms", "400 ms", "512 MB", "not known"):
        assert figure in report

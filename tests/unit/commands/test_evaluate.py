"""What `evaluate` reads before it measures."""

import argparse

from bot.commands.evaluate import MEASURES, reading
from evaluation import reading_report
from evaluation.act_scores import held_out


def test_every_held_out_example_is_read_with_its_act():
    rows = held_out()

    assert len({row["intent"] for row in rows}) > 40
    assert all(row["text"] and not row["text"].startswith("- ") for row in rows)


def test_the_reading_is_scored_on_texts_its_patterns_were_not_made_from(monkeypatch):
    # One set shows that it is measured; all five take a minute and a half.
    monkeypatch.setattr(reading_report, "SETS", {"heldout": reading_report.SETS["heldout"]})
    report = reading(argparse.Namespace())

    assert "category micro f1" in report
    assert "red flag recall" in report


def test_each_measure_has_a_title():
    assert all(title for title, _ in MEASURES.values())

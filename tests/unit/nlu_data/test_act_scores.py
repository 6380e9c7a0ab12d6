"""The scores that pipelines are chosen by, on rows small enough to count by hand."""

import pytest

from evaluation.act_scores import accuracy, confusions, cost_of_fallback, costly, hits, macro_f1, report, sets
from evaluation.acts_report import of_confusions, of_sets


def row(intent: str, act: str, sure: float = 0.9, ahead: float = 0.8) -> dict:
    return {"text": f"{intent}!", "intent": intent, "act": act, "top": act, "sure": sure, "ahead": ahead}


ROWS = [
    row("affirm", "affirm"),
    row("affirm", "affirm", sure=0.25),
    row("affirm", "ask_person", sure=0.2),
    row("ask_person", "ask_person", ahead=0.01),
    row("ask_person", "deny"),
]


def test_accuracy_is_the_share_answered_with_their_own_act():
    assert accuracy(ROWS) == 3 / 5


def test_hits_tell_a_missed_act_from_an_invented_one():
    assert hits("ask_person", ROWS) == (1, 2, 2), "one of two found, and one of two answers was wrong"


def test_macro_f1_counts_a_rare_act_as_much_as_a_frequent_one():
    affirm, person = 2 * 2 / (3 + 2), 2 * 1 / (2 + 2)
    assert macro_f1(ROWS) == (affirm + person) / 2


def test_a_threshold_stops_the_unsure_right_or_wrong():
    cost = cost_of_fallback(ROWS, threshold=0.3, lead=0.0)
    assert cost == {"right_lost": 1, "right": 3, "wrong_stopped": 1, "wrong": 2}


def test_a_lead_stops_what_two_acts_compete_for():
    cost = cost_of_fallback(ROWS, threshold=0.0, lead=0.05)
    assert cost == {"right_lost": 1, "right": 3, "wrong_stopped": 0, "wrong": 2}


def test_confusions_name_what_was_taken_for_what():
    assert confusions(ROWS) == [("affirm", "ask_person", 1), ("ask_person", "deny", 1)]


def test_a_report_without_folds_says_so_instead_of_failing():
    timing = dict.fromkeys(
        ("train_seconds", "import_seconds", "load_seconds", "parse_median_ms", "parse_p95_ms", "peak_mib"),
        1.0,
    )
    text = report({"small": {"rows": ROWS, "fold_rows": [], "train_peak_mib": 1.0} | timing})
    assert "| small | 0.600 |" in text
    assert "- affirm taken for ask_person: 1 (affirm!)" in text


@pytest.mark.parametrize(
    ("was", "heard", "found"),
    [
        # found
        ("describe_concern", "out_of_scope", True),
        ("describe_concern", "ask_person", True),
        ("ask_person", "deny", True),
        ("child_writing", "parent_writing", True),
        ("thank", "ringing_now", True),
        ("give_answer", "goodbye", True),
        # left alone
        ("describe_concern", "give_answer", False),
        ("describe_concern", "nlu_fallback", False),
        ("give_answer", "describe_concern", False),
        ("cannot_ring", "ask_person", False),
        ("greet", "thank", False),
        ("ringing_now", "ringing_now", False),
    ],
)
def test_a_confusion_is_costly_when_a_worry_or_a_call_for_help_is_lost(was, heard, found):
    assert bool(costly([row(was, heard)])) is found


def test_every_set_of_acts_is_found_by_its_folder():
    found = sets()
    assert {"heldout", "development"} <= set(found)
    assert all(rows for rows in found.values())


def test_a_set_is_reported_with_what_was_taught_word_for_word():
    line = of_sets({"heldout": ROWS}, {"affirm"}).splitlines()[2]
    assert line.split("|")[1:3] == [" heldout ", " 5 "]
    assert "0.600" in line
    assert line.split("|")[-2].strip() == "3 (60.0 %)"


def test_costly_confusions_are_named_with_their_texts():
    assert "a call for help that is not heard" in of_confusions(ROWS)

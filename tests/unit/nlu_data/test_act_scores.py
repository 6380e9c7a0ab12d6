"""The scores that pipelines are chosen by, on rows small enough to count by hand."""

from evaluation.act_scores import accuracy, confusions, cost_of_fallback, hits, macro_f1, report


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

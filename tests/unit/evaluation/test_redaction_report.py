"""The report says what was measured, set by set and system by system, and makes nothing up."""

from evaluation.redaction.__main__ import errors, summary
from evaluation.redaction.markup import parse
from evaluation.redaction.measuring import measure
from evaluation.redaction.report import report
from evaluation.redaction.scoring import judge
from evaluation.redaction.systems import Answered, Cost, System
from evaluation.redaction.variants import lower

OURS, OTHER = System("ours", ("ours",)), System("other", ("other",))
WRITTEN = [
    parse("a", "{NAME:Keiran|white_british} met {NAME:Gaz|nickname}"),
    parse("b", "{KEEP:Mum} rang {PHONE:07700 900123}"),
    parse("c", "Nobody rang"),
]


def answer(system, texts):
    """Ours takes out all; the other takes out one name and a harmless word."""
    made = {
        "ours": lambda text: "[name] met [name]" if "met" in text else text.replace("07700 900123", "[phone]"),
        "other": lambda text: text.replace("Keiran", "[name]").replace("Nobody", "[name]"),
    }[system.name]
    return Answered(tuple(map(made, texts)), 2, Cost(1.25, 3.5, 9.75, 123.4))


def measured():
    sets = {name: [*WRITTEN, *map(lower, WRITTEN)] for name in ("unseen", "templates", "practice")}
    return measure(sets, {OURS: list(sets), OTHER: ["unseen", "templates"]}, answer)


def test_each_set_gets_the_outcomes_of_the_systems_that_were_asked():
    outcomes = measured().outcomes
    assert list(outcomes["unseen"]) == ["ours", "other"]
    assert list(outcomes["practice"]) == ["ours"]
    assert [bool(o.leaked) for o in outcomes["unseen"]["other"]] == [True, True, False] * 2
    assert not any(o.leaked for o in outcomes["unseen"]["ours"])


def test_the_report_has_every_table_with_the_figures_as_counted():
    written = report(measured(), Cost(0.75, 2.5, 4.5, None))
    lines = written.splitlines()
    recall = [line for line in lines if line.startswith("| identifiers removed |")]
    assert [line.split(" | ")[1] for line in recall] == ["ours", "other", "ours", "other", "ours"]
    assert recall[0].split(" | ")[2] == "100.0 (43.9–100.0)"
    assert recall[1].split(" | ")[2] == "33.3 (6.1–79.2)"
    assert recall[1].split(" | ")[4] == ""  # nothing was asked in capitals
    assert "| nickname | 1 | 2 | 100.0 (+0.0) | 0.0 (-25.0) |" in lines
    assert "| white british | 1 | 2 | 100.0 (+0.0) | 50.0 (+25.0) |" in lines
    assert "| PHONE | 2 | 100.0 | 0.0 |" in lines
    assert "| ours, called in one process | 0.8 s | 2.5 ms | 4.5 ms |  |  |" in lines
    assert "| other | 1.2 s | 3.5 ms | 9.8 ms | 123 MB | 2 |" in lines
    assert "2 messages with identifiers and 1 without" in written


def test_no_set_is_shown_without_saying_who_wrote_it_or_that_it_was_tuned_on():
    told = report(measured(), Cost(0.75, 2.5, 4.5, None))
    unseen, templates, practice = (told.index(f"### {name}") for name in ("Unseen", "From templates", "Practice"))
    assert "nobody has read what it misses" in told[unseen:templates]
    assert "its mistakes here were read and mended" in told[templates:practice]
    assert "tuned on these" in told[practice : told.index("### Names")]


def test_the_door_for_those_who_work_on_it_shows_what_was_missed_and_what_was_taken_in_vain():
    made = ("[name] met Gaz", "[name]", "[name] rang")
    outcomes = [judge(*pair) for pair in zip(WRITTEN, made, strict=True)]
    assert "identifiers removed" in "\n".join(summary(outcomes))
    shown = "\n".join(errors(outcomes, 1))
    missed, in_vain = shown.split("REMOVED IN VAIN")
    assert "NAME 'Gaz'" in missed
    assert "MISSED: 1 messages" in missed
    assert ": 2 messages" in in_vain
    assert "'rang'" in in_vain
    assert "Nobody" not in in_vain  # only one was asked for

"""`packs compare`: what two areas publish differently, and what they make of the same facts, each with its source."""

import pytest

from bot.cli import main

KENT_BUCKS = ["packs", "compare", "kent", "buckinghamshire", "--on", "2026-11-22"]


def test_without_facts_the_differences_are_listed_by_category_with_both_sources(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(KENT_BUCKS) == 0
    printed = capsys.readouterr().out
    assert "\nchild mental health\n" in printed
    block = printed.split("\n  self-harm\n")[1].splitlines()[:2]
    assert "Kent: 2 Additional Support (N2)" in block[0]
    assert "Buckinghamshire: 4 " in block[1]
    assert all("verified 2026-" in line for line in block)
    assert "[national]" in printed, "where one of them is silent"


def test_with_facts_both_answers_and_the_rows_that_make_the_difference_are_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*KENT_BUCKS, "--facts", '{"self_harm": "yes", "age_band": "13_15"}']) == 0
    printed = capsys.readouterr().out
    assert "Kent: 2 Additional Support" in printed
    assert "Buckinghamshire: 4 Significant harm" in printed
    assert printed.endswith("The answers differ.\n")


def test_a_worry_in_words_is_read_for_its_facts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*KENT_BUCKS, "--text", "she is 14 and has been cutting herself, self harm on her arms"]) == 0
    assert "self-harm" in capsys.readouterr().out.replace("harms themselves", "self-harm")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["packs", "compare", "kent", "atlantis"], "no such area: atlantis"),
        ([*KENT_BUCKS, "--facts", "self_harm"], "an object as JSON"),
        ([*KENT_BUCKS, "--facts", '["self_harm"]'], "an object as JSON"),
        ([*KENT_BUCKS, "--facts", '{"no_such_fact": "yes"}'], "no_such_fact"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert main(arguments) == 1
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1

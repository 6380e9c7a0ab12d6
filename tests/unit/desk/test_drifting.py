"""Drift in words: what was found, how large it may be, and never that nothing moved."""

from dataclasses import replace
from typing import Any

import pytest

from bot.desk.drifting import DriftPart, drift_part
from bot.desk.report_pictures import intervals, on_paper, picture_of
from bot.desk.reporting import report
from bot.scrutiny.moved import Moved
from bot.scrutiny.releasing import from_plain
from tests.at_the_desk import wording

SAY = wording().say
KENT = Moved("kent", 7765, (51, 50, 49, 51), ((53, 50, 56), (50, 47, 53), (50, 47, 52), (47, 44, 50)),
             (-6, -11, -1), (-0.1, -0.2, 0.0))  # fmt: skip
ALL = replace(KENT, area="all", base=9000, share=(1, -3, 5), mean=(0.0, -0.1, 0.1))
UP = replace(KENT, share=(4, 2, 7), mean=(0.1, 0.0, 0.2))


def release(*drift: Moved, looked: bool = True) -> Any:
    base = {"kent": 8000, "derby": 300, "all": 8300}
    opened = {"name": "opened", "areas": ["derby", "kent"], "base": base, "rows": {"opened": base}}
    kept = {"year": 2025, "under": 5, "rounding": 5, "tables": [opened]}
    return from_plain(kept | ({"drift": [one.plain() for one in drift]} if looked else {}))


def made(area: str, *drift: Moved) -> DriftPart:
    return drift_part(release(*drift), area, SAY, str.title)


def every_word(part: DriftPart) -> str:
    return " ".join([*part.says, part.instead, *(words for panel in part.panels for words in panel.said)])


def test_an_areas_report_says_what_was_found_there_and_over_all() -> None:
    part = made("kent", KENT, ALL)
    kent, everywhere = part.panels
    assert kent.said[0] == "Kent: of 7,765 consultations with a worker's level, where there were enough to say."
    assert kent.said[1].startswith("Moved down: ")
    assert kent.said[2] == "By −6 points over the year; likely between −11 and −1."
    assert "moved by −0.1; likely between −0.2 and 0.0" in kent.said[3]
    assert everywhere.name == "All areas"
    assert part.areas == ()


def test_more_often_is_up_and_says_so() -> None:
    said = made("kent", UP).panels[0].said
    assert "more often" in said[1]
    assert said[2] == "By +4 points over the year; likely between +2 and +7."


def test_where_none_was_found_it_says_what_would_still_fit() -> None:
    said = made("", KENT, ALL).panels[0].said
    assert said[1:3] == (
        "No movement was found. That does not show that there was none.",
        "The figures would fit any movement between −3 and +5 points over the year.",
    )


@pytest.mark.parametrize("drift", [(KENT, ALL), (UP,), (ALL,), ()])
def test_no_words_say_that_nothing_moved_or_that_somebody_was_wrong(drift: tuple[Moved, ...]) -> None:
    words = " ".join(every_word(made(area, *drift)) for area in ("", "kent", "derby")).lower()
    for never in ("have not moved", "did not move", "no change", "stable", "unchanged", "too strict", "too lax"):
        assert never not in words


def test_a_quarter_has_the_share_as_it_was_and_for_the_same_facts() -> None:
    part = made("kent", KENT)
    assert part.heads == ("Quarter", "As it was", "For the same facts", "Likely between")
    assert part.panels[0].rows[3] == ("January to March", "51%", "47%", "44% to 50%")


def test_over_all_each_area_has_what_was_found_and_small_ones_too_few() -> None:
    assert made("", KENT, ALL).areas == (
        ("Derby", "Too few to say", "", ""),
        ("Kent", "Moved down", "−6", "−11 to −1"),
    )


def test_an_area_with_too_few_is_told_so_and_nothing_of_the_others() -> None:
    part = made("derby", KENT, ALL)
    assert part.instead.startswith("Too few to say. It takes 100 ")
    assert part.panels == ()


def test_a_year_that_was_published_before_says_that_it_was_not_looked_at() -> None:
    part = drift_part(release(looked=False), "kent", SAY, str.title)
    assert part.instead == "This was not looked at when the report was made."


def test_the_chart_has_both_shares_of_each_quarter_and_an_interval_for_one() -> None:
    shown = intervals(made("kent", KENT, ALL), SAY)
    assert shown is not None
    (_, crude), (_, adjusted) = shown.columns
    assert crude[0] == (51.0, None)
    assert adjusted[0] == (53.0, (50.0, 56.0))
    assert "April to June: As it was 51%; For the same facts 53% (50% to 56%)." in shown.about


def test_it_stands_in_the_report_and_on_paper_with_its_picture() -> None:
    whole = report(release(KENT, ALL), "kent", SAY, str.title)
    assert whole.drift == made("kent", KENT, ALL)
    assert picture_of(whole, "drift", SAY).startswith("<svg")
    assert picture_of(report(release(), "kent", SAY, str.title), "drift", SAY) == ""
    paper = on_paper(whole, SAY)["drift"]
    assert paper["svg"].startswith("<svg")
    assert paper["alt"].startswith("Kent: ")

"""Intervals: bars with a line from low to high across them, plain enough to be read without colours."""

from xml.etree import ElementTree

import pytest

from bot.charts import Intervals, drawn_intervals

_SVG = "{http://www.w3.org/2000/svg}"
STEPS = ("April to June", "January to March")
SHOWN = Intervals(
    "Level 3 or 4",
    "It shows both.",
    STEPS,
    (("As it was", ((40.0, None), (20.0, None))), ("For the same facts", ((30.0, (25.0, 35.0)), (30.0, (20.0, 40.0))))),
)


def lines(svg: str) -> list[float]:
    """Return how high the lines of intervals are."""
    paths = ElementTree.fromstring(svg).iter(f"{_SVG}path")
    thick = [one.get("d", "") for one in paths if one.get("stroke-width") == "2"]
    ends = [sorted({float(pair.split()[1]) for pair in d.replace("M", "L").split("L") if pair.strip()}) for d in thick]
    return [one[-1] - one[0] for one in ends]


def test_a_line_is_as_long_as_its_interval_and_what_has_none_has_no_line() -> None:
    short, long = sorted(lines(drawn_intervals(SHOWN)))
    assert long == pytest.approx(2 * short, rel=0.01)


def test_steps_and_columns_are_named_in_full() -> None:
    words = [one.text for one in ElementTree.fromstring(drawn_intervals(SHOWN)).iter(f"{_SVG}text")]
    assert {*STEPS, "As it was", "For the same facts"} <= set(words)


def test_who_does_not_see_it_hears_what_it_is_and_nothing_in_it_runs() -> None:
    root = ElementTree.fromstring(drawn_intervals(SHOWN))
    assert root.findtext(f"{_SVG}desc") == "It shows both."
    assert not {one.tag.removeprefix(_SVG) for one in root.iter()} & {"script", "style", "a", "image"}


def test_the_same_is_drawn_the_same() -> None:
    assert drawn_intervals(SHOWN) == drawn_intervals(SHOWN)

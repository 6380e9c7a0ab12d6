"""Bars: each share is drawn as long as it is, told in words, and tells itself apart without colours."""

import re
from xml.etree import ElementTree

import pytest

from bot.charts import Bars, drawn, in_words

ROWS = ("Up to four hours", "Longer <b>&", "=never")
ONE = Bars("How long", "It shows how long.", ROWS, (("Kent", (50.0, None, 25.0)),))
TWO = Bars("How long", "It shows how long.", ROWS, (("Kent", (50.0, None, 25.0)), ("All areas", (40.0, 20.0, 0.0))))
_SVG = "{http://www.w3.org/2000/svg}"


def bars(svg: str, fill: str) -> list[float]:
    """Return how long the bars of a fill are, boxes of the legend apart."""
    found = [one for one in ElementTree.fromstring(svg).iter(f"{_SVG}rect") if one.get("fill") == f"url(#{fill})"]
    sizes = [(float(one.get("width", 0)), float(one.get("height", 0))) for one in found]
    return [wide for wide, high in sizes if wide and wide != high]


def words(svg: str) -> str:
    return " ".join(one.text or "" for one in ElementTree.fromstring(svg).iter(f"{_SVG}text"))


def test_a_bar_is_as_long_as_its_share_and_what_is_not_shown_has_none() -> None:
    short, long = sorted(bars(drawn(ONE), "bar-0"))
    assert long == pytest.approx(2 * short, rel=0.01)


def test_each_column_has_a_pattern_of_its_own_and_a_name() -> None:
    svg = drawn(TWO)
    assert bars(svg, "bar-0")
    assert bars(svg, "bar-1")
    assert "Kent" in words(svg)
    assert "All areas" in words(svg)
    assert len(re.findall(r"<pattern ", svg)) == 3


def test_every_share_stands_beside_its_bar_in_figures() -> None:
    assert {"50%", "25%", "40%", "20%"} <= set(words(drawn(TWO)).split())


def test_who_does_not_see_it_hears_what_it_is() -> None:
    root = ElementTree.fromstring(drawn(ONE))
    assert root.get("role") == "img"
    assert root.findtext(f"{_SVG}title") == "How long"
    assert root.findtext(f"{_SVG}desc") == "It shows how long."


def test_nothing_in_it_runs_styles_or_leads_elsewhere() -> None:
    svg = drawn(TWO)
    for element in ElementTree.fromstring(svg).iter():
        assert element.tag.removeprefix(_SVG) in {
            "svg", "title", "desc", "defs", "pattern", "g", "rect", "path", "line", "text", "tspan", "circle",
        }  # fmt: skip
        assert not {name for name in element.attrib if name.startswith("on") or "href" in name or name == "style"}
    assert "<!--" not in svg
    assert "<b>" not in svg


def test_the_same_bars_are_drawn_the_same() -> None:
    assert drawn(TWO) == drawn(TWO)


def test_a_whole_of_nothing_and_shares_of_all_can_be_drawn() -> None:
    for shares in ((None, None, None), (100.0, 0.0, 0.0), (0.0, 0.0, 0.0)):
        assert "<svg" in drawn(Bars("T", "A", ROWS, (("Kent", shares),)))


def test_shares_in_words_say_what_is_not_shown() -> None:
    assert in_words((50.0, None), ("First", "Second"), "not shown") == "First: 50%; Second: not shown"

"""Contrast of colours: what WCAG counts, and shades that are far enough from a paper."""

import pytest

from bot.knowledge.contrast import MARKS, WORDS, mixed, ratio, shade

# Worked out with the formula of WCAG 2.2 by others' tools, to two places.
KNOWN = [
    ("#000000", "#ffffff", 21.0),
    ("#ffffff", "#ffffff", 1.0),
    ("#777777", "#ffffff", 4.48),
    ("#767676", "#ffffff", 4.54),
    ("#949494", "#ffffff", 3.03),
    ("#ff0000", "#ffffff", 4.0),
    ("#0000ff", "#ffffff", 8.59),
    ("#1d70b8", "#ffffff", 5.17),
]


@pytest.mark.parametrize(("one", "other", "expected"), KNOWN)
def test_it_counts_as_wcag_does_whichever_comes_first(one: str, other: str, expected: float) -> None:
    assert ratio(one, other) == ratio(other, one) == pytest.approx(expected, abs=0.005)


def test_a_mix_goes_from_one_to_the_other() -> None:
    assert [mixed("#000000", "#ffffff", share) for share in (0, 0.5, 1)] == ["#000000", "#808080", "#ffffff"]


def test_a_colour_that_can_be_read_is_left_as_it_is() -> None:
    assert shade("#0b3d91", "#000000", ("#ffffff",), WORDS) == "#0b3d91"


def test_a_colour_that_cannot_be_read_gets_no_darker_than_it_has_to() -> None:
    found = shade("#00a499", "#000000", ("#ffffff",), WORDS)

    assert ratio("#00a499", "#ffffff") > MARKS
    assert WORDS <= ratio(found, "#ffffff") < 5.2


def test_where_no_shade_will_do_it_goes_all_the_way() -> None:
    assert shade("#777777", "#ffffff", ("#777777",), WORDS) == "#ffffff"

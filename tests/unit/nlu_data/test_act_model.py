"""How much the recognised acts hang on chance: which examples are drawn, and in which order they are taught."""

import pytest

from evaluation.acts_report import in_rasas_python

MOST_POINTS = 0.02


def spread(share: str, seeds: str) -> dict[str, float]:
    """Return, for each set of acts, how far the best and the worst draw of the examples lie apart."""
    draws = in_rasas_python("--seeds", seeds, "--share", share)["seeds"]
    names = [name for name in draws[0] if name != "examples"]
    return {name: max(draw[name] for draw in draws) - min(draw[name] for draw in draws) for name in names}


@pytest.mark.timeout(600)
def test_the_order_of_the_examples_moves_no_figure_by_two_points():
    assert all(apart < MOST_POINTS for apart in spread("1.0", "2").values())


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_which_tenth_of_the_examples_is_left_out_moves_no_figure_by_two_points():
    assert all(apart < MOST_POINTS for apart in spread("0.9", "5").values())

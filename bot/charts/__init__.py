"""Charts: bars, with or without intervals, as a picture (SVG). It needs no script, no style sheet and no colours.

Shares of a whole go in, with the words for them; a picture comes out, drawn by pygal and then made plain: patterns
beside colours, a title and a description for who does not see it. May import: nothing of ours.
"""

from bot.charts.bars import MOST, Bars, drawn, in_words
from bot.charts.intervals import Intervals, drawn_intervals

__all__ = ["MOST", "Bars", "Intervals", "drawn", "drawn_intervals", "in_words"]

"""Charts: bars as a picture (SVG) that needs no script, no style sheet and no colours to be read.

Shares of a whole go in, with the words for them; a picture comes out, drawn by pygal and then made plain: patterns
beside colours, a title and a description for who does not see it. May import: nothing of ours.
"""

from bot.charts.bars import MOST, Bars, drawn, in_words

__all__ = ["MOST", "Bars", "drawn", "in_words"]

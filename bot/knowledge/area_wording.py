"""Wording with what an area's own questions are called: their labels, and the titles of their answers."""

from collections.abc import Iterable

from bot.knowledge.model import AreaQuestion
from bot.knowledge.responses import Response
from bot.knowledge.wording import Wording


class AreaWording(Wording):
    """Says all that another wording says, and `utter_label_<question>` for each question of the area's own."""

    def __init__(self, wording: Wording, questions: Iterable[AreaQuestion]) -> None:
        asked = tuple(questions)
        labels = {f"utter_label_{one.id}": Response(one.label, ()) for one in asked}
        titles = {(one.id, value): title for one in asked for value, title in one.titles.items()}
        self._responses = wording._responses | labels
        self._titles = wording._titles | titles

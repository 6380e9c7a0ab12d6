"""Reads what was typed to a question of an area's own, as carefully as to any other."""

from collections.abc import Mapping
from dataclasses import replace

from bot.desk.answers import Answer, AnswerReader
from bot.desk.plain_words import plainly
from bot.knowledge.model import AreaQuestion

_YES_NO = frozenset({"yes", "no", "unknown"})


class OwnReader(AnswerReader):
    """An answer reader that knows one question more: by its titles, and by what its pack says people type."""

    def __init__(self, others: AnswerReader, one: AreaQuestion) -> None:
        words = replace(others._words, questions={**others._words.questions, one.id: _phrases(one)})
        super().__init__(words, {**others._questions, one.id: one.question})
        self._own = one

    def read(self, question: str, text: str, intent: str, also_read: Mapping[str, Answer]) -> Answer | None:
        """Return the value of `question` that `text` gives, as AnswerReader does."""
        if question == self._own.id and set(self._own.titles) == _YES_NO:
            return self._yes_or_no(question, plainly(text), intent, also_read)
        return super().read(question, text, intent, also_read)


def _phrases(one: AreaQuestion) -> dict[str, tuple[str, ...]]:
    # To a yes-or-no question every phrase that is known means yes.
    values = ["yes"] if set(one.titles) == _YES_NO else [value for value in one.titles if value != "unknown"]
    return {
        value: tuple(dict.fromkeys(plainly(said) for said in (one.titles[value], *one.said[value]))) for value in values
    }

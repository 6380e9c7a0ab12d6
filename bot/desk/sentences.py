"""Sentences: a response of ours, with an area's numbers at hand for it to name."""

from typing import Protocol

from bot.desk.consult import Counsel


class Sentence(Protocol):
    """Says a response by its name, for an area, with its other blanks filled in."""

    def __call__(self, name: str, area: str | None, /, **values: str) -> str: ...


def sentences(counsel: Counsel) -> Sentence:
    """Return what says sentences from the counsel's wording."""

    def sentence(name: str, area: str | None, /, **values: str) -> str:
        return counsel.wording.say(name, **counsel.numbers({"child_area": area}), **values)

    return sentence

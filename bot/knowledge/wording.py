"""Wording: every sentence said to a person, from the dialogue's own response files."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.responses import ANSWER, BLANK, Response, entries, response
from bot.knowledge.translation import translated


class UnknownWording(LookupError):
    """Tried to say a response that no file has, or one with a blank that was not filled."""


class Wording:
    """The responses by name. Sentences live in YAML, so that an editor can change them.

    Reads every `*.yml` below a folder in the dialogue's `responses:` format; of a response with
    several variations the first is used. `over` is a folder of the same kind in another language: what
    it has and fits is said in its place. Raises PackError on a name that is given twice.
    """

    def __init__(self, folder: Path, over: Path | None = None) -> None:
        self._responses = {name: response(entry) for name, entry in entries(folder).items()}
        if over:
            self._responses |= translated(self._responses, over)
        self._titles = dict(self._answers())

    def names(self) -> frozenset[str]:
        """Return the names of all responses."""
        return frozenset(self._responses)

    def say(self, name: str, /, **values: object) -> str:
        """Return the sentence with its blanks filled, of which one may be called `name` too.

        Raises UnknownWording rather than leave a blank open.
        """
        text = self._response(name).text

        def fill(blank: re.Match[str]) -> str:
            if blank[1] not in values:
                raise UnknownWording(f"{name} has a blank {blank[0]} that was not filled")
            return str(values[blank[1]])

        return BLANK.sub(fill, text)

    def template(self, name: str) -> str:
        """Return the sentence with its blanks as they stand, for whoever checks the wording. Raises UnknownWording."""
        return self._response(name).text

    def buttons(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return the quick replies of a response as pairs of title and payload."""
        return self._response(name).buttons

    def title_of(self, question: str, value: str) -> str:
        """Return the title of the button that gives this answer, or nothing if no button does."""
        return self._titles.get((question, value), "")

    def _response(self, name: str) -> Response:
        if name not in self._responses:
            raise UnknownWording(name)
        return self._responses[name]

    def _answers(self) -> Iterator[tuple[tuple[str, str], str]]:
        """Yield ((question, value), title) for every button that answers its own question."""
        for name, held in self._responses.items():
            for title, payload in held.buttons:
                if payload.startswith(ANSWER + "{"):
                    given = json.loads(payload.removeprefix(ANSWER))
                    for question, value in given.items():
                        if name == f"utter_ask_{question}":
                            yield (question, str(value)), title

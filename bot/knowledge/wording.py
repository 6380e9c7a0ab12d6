"""Wording: every sentence said to a person, from the dialogue's own response files."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.entry import Entry, read

_ANSWER = "/answer"
_BLANK = re.compile(r"\{([a-z_]+)\}")


class UnknownWording(LookupError):
    """Tried to say a response that no file has, or one with a blank that was not filled."""


@dataclass(frozen=True, slots=True)
class _Response:
    text: str
    buttons: tuple[tuple[str, str], ...]


class Wording:
    """The responses by name. Sentences live in YAML, so that an editor can change them.

    Reads every `*.yml` below a folder in the dialogue's `responses:` format; of a response with
    several variations the first is used. Raises PackError on a name that is given twice.
    """

    def __init__(self, folder: Path) -> None:
        self._responses: dict[str, _Response] = {}
        for file in sorted(folder.rglob("*.yml")):
            for name, entry in read(file).fields(("responses",), ("version",))["responses"].members().items():
                if name in self._responses:
                    entry.fail(f"the response {name!r} is in another file already")
                self._responses[name] = _response(entry)
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

        return _BLANK.sub(fill, text)

    def buttons(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return the quick replies of a response as pairs of title and payload."""
        return self._response(name).buttons

    def title_of(self, question: str, value: str) -> str:
        """Return the title of the button that gives this answer, or nothing if no button does."""
        return self._titles.get((question, value), "")

    def _response(self, name: str) -> _Response:
        if name not in self._responses:
            raise UnknownWording(name)
        return self._responses[name]

    def _answers(self) -> Iterator[tuple[tuple[str, str], str]]:
        """Yield ((question, value), title) for every button that answers its own question."""
        for name, response in self._responses.items():
            for title, payload in response.buttons:
                if payload.startswith(_ANSWER + "{"):
                    given = json.loads(payload.removeprefix(_ANSWER))
                    for question, value in given.items():
                        if name == f"utter_ask_{question}":
                            yield (question, str(value)), title


def _response(entry: Entry) -> _Response:
    variations = entry.items()
    if not variations:
        entry.fail("a response needs at least one variation")
    # Channels may add keys of their own to a response (images, ticks): they are not wording.
    held = variations[0].members()
    offered = held["buttons"].items() if "buttons" in held else []
    buttons = [button.fields(("title", "payload")) for button in offered]
    return _Response(
        text=held["text"].prose() if "text" in held else "",
        buttons=tuple((button["title"].text(), _payload(button["payload"])) for button in buttons),
    )


def _payload(entry: Entry) -> str:
    # The dialogue fills blanks in payloads too, so that a brace which is meant is written twice.
    payload = entry.text().replace("{{", "{").replace("}}", "}")
    if payload.startswith(_ANSWER + "{"):
        try:
            given = json.loads(payload.removeprefix(_ANSWER))
        except ValueError:
            entry.fail(f'{payload!r} is not an answer such as {_ANSWER}{{"age_band":"5_9"}}')
        if not isinstance(given, dict):
            entry.fail(f"{payload!r} names no question")
    return payload

"""One response in the dialogue's format: its text with blanks, and its buttons."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.entry import Entry, read

ANSWER = "/answer"
BLANK = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Response:
    """A text, and the buttons beneath it as pairs of title and payload."""

    text: str
    buttons: tuple[tuple[str, str], ...]


def entries(folder: Path) -> dict[str, Entry]:
    """Return the place of every response in the files below a folder. Raises PackError on a name given twice."""
    found: dict[str, Entry] = {}
    for file in sorted(folder.rglob("*.yml")):
        for name, entry in read(file).fields(("responses",), ("version",))["responses"].members().items():
            if name in found:
                entry.fail(f"the response {name!r} is in another file already")
            found[name] = entry
    return found


def response(entry: Entry) -> Response:
    """Read a response; of one with several variations the first is used. Raises PackError."""
    variations = entry.items()
    if not variations:
        entry.fail("a response needs at least one variation")
    # Channels may add keys of their own to a response (images, ticks): they are not wording.
    held = variations[0].members()
    offered = held["buttons"].items() if "buttons" in held else []
    buttons = [button.fields(("title", "payload")) for button in offered]
    return Response(
        text=held["text"].prose() if "text" in held else "",
        buttons=tuple((button["title"].text(), _payload(button["payload"])) for button in buttons),
    )


def misfit(english: Response, other: Response) -> str:
    """Return why a translation cannot stand for the English response, or nothing if it can."""
    ours, theirs = set(BLANK.findall(english.text)), set(BLANK.findall(other.text))
    if other.text and ours != theirs:
        differing = ", ".join(f"{{{blank}}}" for blank in sorted(ours ^ theirs))
        return f"the blanks are not those of the English text: {differing}"
    unknown = {payload for _, payload in other.buttons} - {payload for _, payload in english.buttons}
    return f"no English button does {min(unknown)}" if unknown else ""


def laid_over(english: Response, other: Response) -> Response:
    """Return the response in the other language: buttons in the English order, English where it is silent."""
    titles: Mapping[str, str] = {payload: title for title, payload in other.buttons}
    buttons = tuple((titles.get(payload, title), payload) for title, payload in english.buttons)
    return Response(other.text or english.text, buttons)


def _payload(entry: Entry) -> str:
    # The dialogue fills blanks in payloads too, so that a brace which is meant is written twice.
    payload = entry.text().replace("{{", "{").replace("}}", "}")
    if payload.startswith(ANSWER + "{"):
        try:
            given = json.loads(payload.removeprefix(ANSWER))
        except ValueError:
            entry.fail(f'{payload!r} is not an answer such as {ANSWER}{{"age_band":"5_9"}}')
        if not isinstance(given, dict):
            entry.fail(f"{payload!r} names no question")
    return payload

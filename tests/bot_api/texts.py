"""The text of a message: how it is cleaned, how long it may be, and whether its entities fit it."""

import re
from itertools import accumulate

from bot_api.fields import Fields, json_field
from bot_api.markdown import Entity, read_markdown, units
from bot_api.refusals import Refused, bad_request

LONGEST = 4096  # characters, after entities were read; entities alone are measured in UTF-16 units

# What Telegram marks by itself in what people type. A command ends at what no command may contain.
_FOUND = {
    "bot_command": re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?!\w)"),
    "mention": re.compile(r"(?<![\w@.])@[A-Za-z0-9_]{4,32}\b"),
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "url": re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)]"),
}


def text_of(fields: Fields) -> tuple[str, list[Entity]]:
    """Return the text of a request and its entities, cleaned; raises Refused if it cannot be read or is empty."""
    text, entities = fields.get("text", ""), json_field(fields, "entities", [])
    mode = fields.get("parse_mode", "").lower()
    if mode == "markdownv2":
        text, entities = read_markdown(text)
    elif mode in {"html", "markdown"}:
        raise Refused(501, f"Not Implemented: the tests' server does not read parse_mode {mode}")
    elif mode:
        raise bad_request("unsupported parse_mode")
    _check(text, entities)
    text, entities = _trimmed(text.replace("\r", ""), entities)
    if not text:
        raise bad_request("message text is empty")
    return text, entities


def check_length(text: str) -> None:
    """Raise Refused if a text is longer than a message may be."""
    if len(text) > LONGEST:
        raise bad_request("message is too long")


def found_in(text: str) -> list[Entity]:
    """Return the entities that Telegram finds by itself in what a person typed."""
    found = [
        {"type": kind, "offset": units(text[: at.start()]), "length": units(at[0])}
        for kind, pattern in _FOUND.items()
        for at in pattern.finditer(text)
    ]
    return sorted(found, key=lambda entity: entity["offset"])


def _check(text: str, entities: list[Entity]) -> None:
    whole = list(accumulate((units(character) for character in text), initial=0))
    for entity in entities:
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        if begin >= whole[-1]:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {begin}")
        if end > whole[-1]:
            where = f"ends after the end of the text at UTF-16 offset {end}"
            raise bad_request(f"entity beginning at UTF-16 offset {begin} {where}")
        for edge, said in ((begin, "entity begins"), (end, f"entity beginning at UTF-16 offset {begin} ends")):
            if edge not in whole:
                raise bad_request(f"{said} in a middle of a UTF-16 symbol at byte offset {_byte(text, edge)}")


def _byte(text: str, edge: int) -> int:
    return len(text.encode("utf-16-le")[: edge * 2].decode("utf-16-le", "ignore").encode()) + 4


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Take white space off both ends, at the front only as far as the first entity."""
    text = text.rstrip()
    first = min((entity["offset"] for entity in entities), default=len(text))
    front = min(len(text) - len(text.lstrip()), first)
    end = units(text)
    cut = [entity | {"length": min(entity["length"], end - entity["offset"])} for entity in entities]
    kept = [entity | {"offset": entity["offset"] - front} for entity in cut if entity["length"] > 0]
    return text[front:], kept

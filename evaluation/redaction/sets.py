"""The sets that are measured, by name or path, each message in every spelling."""

import json
import random
from pathlib import Path

import yaml

from evaluation.redaction.markup import KEEP, Message, Span, parse_all
from evaluation.redaction.templates import expand
from evaluation.redaction.variants import in_every_spelling

FOLDER = Path(__file__).resolve().parent
NAMED = ("unseen", "templates", "hard", "practice")
SEED = 20261122


def messages(name: str, seed: int = SEED) -> list[Message]:
    """Return the messages of a named set, of a marked YAML file or of a JSON Lines file, in every spelling.

    The same seed gives the same messages. Raises OSError without the file, BadMarkup.
    """
    path = FOLDER / f"{name}.yml" if name in NAMED else Path(name)
    if path.suffix == ".jsonl":
        return [_from_json(json.loads(line)) for line in path.read_text("utf-8").splitlines()]
    data, chance = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader), random.Random(seed)
    written = expand(data, chance) if "templates" in data else parse_all(data["messages"])
    return in_every_spelling(written, chance)


def _from_json(row: dict) -> Message:
    """Return a message that was marked and spelt elsewhere, its offsets given."""
    spans = [Span(s["start"], s["end"], s["label"], s.get("community") or "") for s in row["spans"]]
    spans += [Span(start, end, KEEP) for start, end in row.get("keep", ())]
    return Message(row["id"], row["text"], tuple(sorted(spans, key=lambda s: s.start)), row.get("variant", "normal"))

"""From the examples to what is taught: token ids, and what each text speaks of."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.concern_model.model import folder, tokenizer_of
from bot.knowledge.vocabulary import CATEGORIES

EXAMPLES = Path(__file__).with_name("examples")
NAMES = (*CATEGORIES, "danger")


def examples(folder: Path = EXAMPLES) -> Iterator[dict[str, Any]]:
    """Yield every example: `text`, `speaks_of`, `fair` (labels that count neither way) and `danger`."""
    for file in sorted(folder.glob("*.yml")):
        held = yaml.safe_load(file.read_text("utf-8"))
        for row in held.get("concerns", ()):
            yield {
                "text": row["text"],
                "speaks_of": row["categories"],
                "fair": row.get("also") or [],
                "danger": row["red_flag"],
            }
        for text in (*held.get("no_concern", ()), *(row["text"] for row in held.get("not_so", ()))):
            yield {"text": text, "speaks_of": [], "fair": [], "danger": False}


def as_lesson(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return `ids`, `is_so` and `counts` (0 or 1 by name of NAMES) of each example."""
    tokenizer = tokenizer_of(folder())
    return [
        {
            "ids": tokenizer.encode(row["text"]).ids,
            "is_so": [int(name in row["speaks_of"]) for name in CATEGORIES] + [int(row["danger"])],
            "counts": [int(name not in row["fair"]) for name in CATEGORIES] + [1],
        }
        for row in rows
    ]


def write_lesson(file: Path) -> int:
    """Write what is to be taught as JSON; return how many examples it holds."""
    rows = as_lesson(examples())
    model = str(folder() / "model.safetensors")
    file.write_text(json.dumps({"names": NAMES, "model": model, "rows": rows}), encoding="utf-8")
    return len(rows)

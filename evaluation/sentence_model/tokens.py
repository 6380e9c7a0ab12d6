"""From the examples to what is taught: token ids, and what each text speaks of."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge import load_everything
from bot.knowledge.vocabulary import CATEGORIES
from bot.sentence_model.model import folder, tokenizer_of
from bot.sentence_model.pieces import PLACES, places
from bot.settings import ROOT
from evaluation.act_scores import rows_in

EXAMPLES = Path(__file__).with_name("examples")
MESSAGES = ROOT / "nlu_data" / "nlu"
# Beside the kinds of worry: danger, and that what is spoken of is denied, supposed, asked about or of somebody else.
NAMES = (*CATEGORIES, "danger", "not_so")
# Whoever tells of a worry describes it; that counts a little, so that a worry is heard however it is told.
TELLS, OF_A_CONCERN, OF_A_MESSAGE = "describe_concern", 0.2, 1.5
# The knowledge base names one kind of worry for its words, where there may be more, and says nothing of danger.
OF_OUR_OWN_WORDS = 0.5
# Messages that speak of no child teach as much about worries: that there is none in them.
OF_NO_WORRY = 0.3
OF_NO_CHILD = frozenset(
    "greet thank goodbye skip_question ask_why change_answer show_answers start_again stop_for_now carry_on say_again "
    "ask_person ask_who_to_ring ask_who_sees_this ask_what_is_this ask_level_meaning ask_what_is_term "
    "ask_how_to_escalate ask_other_area reference_kept agree_view out_of_scope".split()
)


def examples(folder: Path = EXAMPLES) -> Iterator[dict[str, Any]]:
    """Yield every example: `text`, `speaks_of`, `fair` (labels that count neither way), `danger` and `not_so`.

    `not_so` is None where nothing is spoken of that could be so or not.
    """
    for file in sorted(folder.glob("*.yml")):
        held = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        for row in held.get("concerns", ()):
            yield {
                "text": row["text"],
                "speaks_of": row["categories"],
                "fair": row.get("also") or [],
                "danger": row["red_flag"],
                "not_so": False,
            }
        no_worry = {"speaks_of": [], "fair": [], "danger": False}
        for text in held.get("no_concern", ()):
            yield {"text": text, "not_so": None, **no_worry}
        for row in held.get("not_so", ()):
            yield {"text": row["text"], "not_so": True, **no_worry}


def own_words(on: date) -> Iterator[dict[str, Any]]:
    """Yield the words of indicators and of every area's rows, as examples() does; a DSL may quote them."""
    national, areas = load_everything(ROOT / "knowledge_base", on)
    of = {one.id: one.category for one in national.indicators.values()}
    said = [(one.words, [one.category]) for one in national.indicators.values()]
    rows = (row for area in areas.values() for row in area.rows if row.needs)
    said += [(row.words, [of[indicator] for indicator in row.needs[0]]) for row in rows]
    for words, of_kind in said:
        kinds = sorted({*of_kind} & {*CATEGORIES})
        yield {"text": words, "speaks_of": kinds, "fair": [], "danger": False, "not_so": False, "ours": True}


def messages(folder: Path = MESSAGES) -> list[tuple[str, str]]:
    """Return (text, act) of every example of an act, in order."""
    return [(row["text"], row["intent"]) for row in rows_in(folder)]


def as_lesson(rows: Iterable[dict[str, Any]], acts: list[str]) -> list[dict[str, Any]]:
    """Return `ids`, `places`, `is_so` and `counts` (by name of NAMES), `act` and `act_counts` of each example."""
    tokenizer = tokenizer_of(folder())
    return [
        {
            "ids": tokenizer.encode(row["text"]).ids,
            "places": places(row["text"]),
            "is_so": [*(name in row["speaks_of"] for name in CATEGORIES), row["danger"], row["not_so"] or False],
            "counts": _counts(row),
            "act": acts.index(TELLS),
            "act_counts": OF_A_CONCERN if row["speaks_of"] and not row.get("ours") else 0.0,
        }
        for row in rows
    ]


def _counts(row: dict[str, Any]) -> list[float]:
    """Return how much each name of NAMES counts."""
    if row.get("ours"):
        return [OF_OUR_OWN_WORDS] * len(CATEGORIES) + [0.0, OF_OUR_OWN_WORDS]
    return [float(name not in row["fair"]) for name in CATEGORIES] + [1.0, float(row["not_so"] is not None)]


def as_messages(rows: Iterable[tuple[str, str]], acts: list[str]) -> list[dict[str, Any]]:
    """Return what as_lesson returns for each (text, act)."""
    tokenizer = tokenizer_of(folder())
    return [
        {
            "ids": tokenizer.encode(text).ids,
            "places": places(text),
            "is_so": [0] * len(NAMES),
            "counts": [OF_NO_WORRY if act in OF_NO_CHILD else 0.0] * (len(NAMES) - 1) + [0.0],
            "act": acts.index(act),
            "act_counts": OF_A_MESSAGE,
        }
        for text, act in rows
    ]


def write_lesson(file: Path, on: date) -> int:
    """Write what is to be taught, with the words that hold on the day, as JSON; return how many examples it holds."""
    said = messages()
    acts = sorted({act for _, act in said})
    lesson = {"concerns": as_lesson(chain(examples(), own_words(on)), acts), "messages": as_messages(said, acts)}
    about = {"names": NAMES, "acts": acts, "places": PLACES, "model": str(folder() / "model.safetensors")}
    file.write_text(json.dumps(about | lesson), encoding="utf-8")
    return sum(map(len, lesson.values()))

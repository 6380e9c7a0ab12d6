"""Many consultations counted: how they ended, what the judges found, how long a reply took."""

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.bench import quantile
from evaluation.conversations.judges import JUDGES, Found
from evaluation.conversations.scene import Walked
from evaluation.results import table

ABOUT = (
    "A simulated DSL (a case, an area and a temperament drawn from a number) held {consultations} consultations, "
    "{turns} turns in all, through the widget's door, with the trained model. It answers truly to its case by button, "
    "in words, several things at once or that it does not know; asks, thanks, corrects, adds, changes, stops, comes "
    "back, starts again, types nonsense and invented names. What it says comes from tables that the author of this "
    "measure wrote: it shows that no talk gets stuck, not how well unseen words are read. Seeds {first} to {last}."
)
_SHOWN = 3


def figures(walks: Sequence[Walked], found: Sequence[Found], scripted: int = 0) -> dict[str, Any]:
    """Return the counts as plain values, to be written to a file."""
    turns = [turn for walked in walks for turn in walked.turns]
    seconds = [turn.seconds for turn in turns if turn.move.kind != "silence"]
    in_words = [t for t in turns if t.move.by == "words" and t.move.kind == "answer" and t.asked != t.asks]
    asked_in_words = [t for t in turns if t.move.by == "words" and t.move.kind == "answer"]
    outcomes = Counter(_outcome(walked) for walked in walks)
    return {
        "consultations": len(walks),
        "turns": len(turns),
        "first": min((walked.seed for walked in walks), default=0),
        "last": max((walked.seed for walked in walks), default=0),
        "outcomes": dict(outcomes.most_common()),
        "moves": dict(Counter(turn.move.kind for turn in turns).most_common()),
        "acts": len({turn.move.act for turn in turns if turn.move.kind == "aside"}),
        "found": {what: sum(f.what == what for f in found) for what in JUDGES},
        "examples": [f"{f.what}: seed {f.seed}, turn {f.turn}: {f.words}" for f in _few(found)],
        "median": statistics.median(seconds) if seconds else 0.0,
        "most": quantile(seconds, 0.95) if seconds else 0.0,
        "words_answered": len(asked_in_words),
        "words_followed": len(in_words),
        "scripted": scripted,
    }


def report(counted: Mapping[str, Any]) -> str:
    """Return the section for RESULTS.md."""
    rows = [
        ("scripted conversations, all green in the test suite", counted["scripted"]),
        ("different acts along the way", counted["acts"]),
        ("answers in words that led on at once", f"{counted['words_followed']} of {counted['words_answered']}"),
        ("median reply", f"{counted['median'] * 1000:.0f} ms"),
        ("95 in 100 replies within", f"{counted['most'] * 1000:.0f} ms"),
    ]
    parts = [
        ABOUT.format(**counted),
        table(("what was looked for in every turn", "found"), list(counted["found"].items())),
        table(("how it ended", "consultations"), list(counted["outcomes"].items())),
        table(("what the DSL did", "turns"), list(counted["moves"].items())),
        table(("figure", "value"), rows),
    ]
    if counted["examples"]:
        parts.append("What was found:\n\n" + "\n".join(f"- {line}" for line in counted["examples"]))
    return "\n\n".join(parts)


def _outcome(walked: Walked) -> str:
    made = walked.turns[-1].behind.assessment if walked.turns else None
    kind = (made or {}).get("exit") or (made or {}).get("outcome") or "none"
    return f"{walked.ended}, after {kind}"


def _few(found: Sequence[Found]) -> list[Found]:
    seen: Counter[str] = Counter()
    few = []
    for one in found:
        seen[one.what] += 1
        if seen[one.what] <= _SHOWN:
            few.append(one)
    return few

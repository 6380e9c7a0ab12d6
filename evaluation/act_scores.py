"""Scores of predicted acts: accuracy, F1, what a fallback would cost, and who is taken for whom.

Pure functions over rows `{"text", "intent", "act", "top", "sure", "ahead"}`: `act` is what was
answered (perhaps the fallback), `top` the best intent, `sure` its confidence, `ahead` its lead.
"""

from collections import Counter
from pathlib import Path

import yaml

THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
LEADS = (0.0, 0.05, 0.1)
# The acts whose loss or invention costs most: a worry unheard, a person not fetched, a child or a
# victim taken for a professional, a call that was never made taken for one that was.
DEAREST = (
    "describe_concern",
    "ask_person",
    "ask_who_to_ring",
    "cannot_ring",
    "ringing_now",
    "you_misunderstood",
    "child_writing",
    "adult_at_risk",
)


# What keeps a worry or an answer in the conversation, as one or the other; a fallback asks again.
HEARD = frozenset(
    "describe_concern give_answer affirm deny unsure add_something correct_answer change_answer say_again "
    "nlu_fallback".split()
)
# Whoever says one of these needs a person, a number or help of their own, and gets it by no other act.
CALLS = {
    "ask_person": {"ask_person", "ask_who_to_ring", "cannot_ring"},
    "ask_who_to_ring": {"ask_who_to_ring", "ask_person"},
    "cannot_ring": {"cannot_ring", "ask_person", "ask_who_to_ring"},
    "child_writing": {"child_writing"},
}
SETS = Path(__file__).resolve().parent / "acts"


def sets() -> dict[str, list[dict]]:
    """Return every set of evaluation/acts by the name of its folder, as rows of `text` and `intent`."""
    return {place.name: rows_in(place) for place in sorted(SETS.iterdir()) if place.is_dir()}


def held_out() -> list[dict]:
    """Return the held-out examples as rows of `text` and `intent`."""
    return rows_in(SETS / "heldout")


def rows_in(folder: Path) -> list[dict]:
    """Return the examples of a folder's files, in order, as rows of `text` and `intent`."""
    found = []
    for file in sorted(folder.glob("*.yml")):
        for block in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            lines = (line.strip().removeprefix("- ") for line in block["examples"].splitlines())
            found += [{"text": text, "intent": block["intent"]} for text in lines if text.strip()]
    return found


def costly(rows: list[dict]) -> list[dict]:
    """Return the rows whose confusion may cost a child something, each with `why`.

    A worry or an answer taken for an act that leads away from it, a call for help that is not heard, and a call to
    the front door that nobody made. A fallback is none of them: it asks again, and fetches a person in the end.
    """
    return [{**row, "why": why} for row in rows if (why := _why_costly(row["intent"], row["act"]))]


def _why_costly(was: str, heard: str) -> str:
    if heard in (was, "nlu_fallback"):
        return ""
    if was == "describe_concern" and heard not in HEARD:
        return "a worry that is not heard as one"
    if was in CALLS and heard not in CALLS[was]:
        return "a call for help that is not heard"
    if heard == "ringing_now":
        return "a call that nobody made"
    if was == "give_answer" and heard not in HEARD:
        return "an answer taken for something else"
    return ""


def accuracy(rows: list[dict]) -> float:
    """Share of rows answered with their own intent (for one label a row, also the micro F1)."""
    return sum(row["act"] == row["intent"] for row in rows) / len(rows)


def hits(intent: str, rows: list[dict]) -> tuple[int, int, int]:
    """How often the intent was found, how often it was there to find, how often it was answered."""
    found = sum(row["act"] == row["intent"] == intent for row in rows)
    return found, sum(row["intent"] == intent for row in rows), sum(row["act"] == intent for row in rows)


def macro_f1(rows: list[dict]) -> float:
    """The mean F1 over intents, each counting the same; an intent never found counts 0."""
    scores = []
    for intent in sorted({row["intent"] for row in rows}):
        found, due, answered = hits(intent, rows)
        scores.append(2 * found / (due + answered))
    return sum(scores) / len(scores)


def cost_of_fallback(rows: list[dict], threshold: float, lead: float) -> dict[str, int]:
    """How many right answers a fallback with these two numbers loses, and how many wrong ones it stops."""
    wrong = sum(row["top"] != row["intent"] for row in rows)
    stopped = [row for row in rows if row["sure"] < threshold or row["ahead"] < lead]
    lost = sum(row["top"] == row["intent"] for row in stopped)
    return {
        "right_lost": lost,
        "right": len(rows) - wrong,
        "wrong_stopped": len(stopped) - lost,
        "wrong": wrong,
    }


def confusions(rows: list[dict]) -> list[tuple[str, str, int]]:
    """(what it was, what it was taken for, how often), the most frequent first."""
    pairs = Counter((row["intent"], row["act"]) for row in rows if row["act"] != row["intent"])
    return [(was, taken, n) for (was, taken), n in pairs.most_common()]


def report(results: dict[str, dict]) -> str:
    """All figures of all pipelines as Markdown."""
    lines = [
        "| pipeline | held out | macro F1 | folds | macro F1 | train CPU s | import CPU s "
        "| load CPU s | parse CPU ms median / p95 | peak MiB serving / training |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [figures(name, result) for name, result in results.items()]
    for name, result in results.items():
        lines += ["", f"## {name}", "", *dearest_table(result["rows"]), "", *fallback_table(result)]
        lines += ["", *confusion_list(result["rows"])]
    return "\n".join(lines)


def figures(name: str, result: dict) -> str:
    """One row of the table of figures."""
    rows, folds = result["rows"], result["fold_rows"]
    crossed = f"{accuracy(folds):.3f} | {macro_f1(folds):.3f}" if folds else "- | -"
    return (
        f"| {name} | {accuracy(rows):.3f} | {macro_f1(rows):.3f} | {crossed} | {result['train_seconds']:.1f} "
        f"| {result['import_seconds']:.1f} | {result['load_seconds']:.1f} "
        f"| {result['parse_median_ms']:.1f} / {result['parse_p95_ms']:.1f} "
        f"| {result['peak_mib']:.0f} / {result['train_peak_mib']:.0f} |"
    )


def dearest_table(rows: list[dict]) -> list[str]:
    """Found and invented, for the acts whose loss costs most."""
    lines = ["| act | found | wrongly answered |", "|---|---|---|"]
    for intent in DEAREST:
        found, due, answered = hits(intent, rows)
        lines.append(f"| {intent} | {found} of {due} | {answered - found} |")
    return lines


def fallback_table(result: dict) -> list[str]:
    """Right answers lost and wrong ones stopped, for a grid of thresholds and leads."""
    lines = [
        "| threshold | lead | held out: right lost, wrong stopped | folds: the same |",
        "|---|---|---|---|",
    ]
    for lead in LEADS:
        for threshold in THRESHOLDS:
            costs = [cost_text(rows, threshold, lead) for rows in (result["rows"], result["fold_rows"])]
            lines.append(f"| {threshold} | {lead} | {costs[0]} | {costs[1]} |")
    return lines


def cost_text(rows: list[dict], threshold: float, lead: float) -> str:
    """One cell of the table of fallbacks, "-" where nothing was measured."""
    if not rows:
        return "-"
    cost = cost_of_fallback(rows, threshold, lead)
    return f"{cost['right_lost']} of {cost['right']}, {cost['wrong_stopped']} of {cost['wrong']}"


def confusion_list(rows: list[dict]) -> list[str]:
    """What was taken for what, with the texts."""
    lines = []
    for was, taken, n in confusions(rows):
        texts = "; ".join(row["text"] for row in rows if (row["intent"], row["act"]) == (was, taken))
        lines.append(f"- {was} taken for {taken}: {n} ({texts})")
    return lines

"""`evaluate`: measure reading and acts on texts they were not made from; write evaluation/RESULTS.md."""

import argparse
from collections.abc import Callable
from datetime import date

from bot.commands.act import serving_acts
from bot.commands.knowing import TextReader
from bot.consultation import RedactedText
from evaluation import act_scores, score_reading
from evaluation.results import FILE, provenance, table, write_section


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure."""
    parser.add_argument("what", nargs="*", choices=[*MEASURES, []], help=f"{', '.join(MEASURES)} (all of them)")


def run(options: argparse.Namespace) -> None:
    """Measure, print and write one section for each."""
    for what in options.what or MEASURES:
        title, measure = MEASURES[what]
        report = measure()
        write_section(what, title, report, provenance(date.today(), f"./noname evaluate {what}"))
        print(f"{report}\n")
    print(f"Written to {FILE.name}.")


def reading() -> str:
    """Return how the reading does on the held-out texts, which its own author wrote."""
    rows = score_reading.held_out()
    reader = TextReader(date.today()).reader
    score = score_reading.score(rows, lambda text: reader.read(RedactedText(text)))
    del score["misses"]
    note = "The texts were written by whoever wrote the patterns, and two misses were mended after the first look."
    return f"{note}\n\n{table(('figure', 'value'), [(name.replace('_', ' '), value) for name, value in score.items()])}"


def acts() -> str:
    """Return how the trained model does on the held-out acts, its fallback included."""
    with serving_acts() as act:
        rows = act_scores.held_out()
        for row in rows:
            heard = act(row["text"])
            row["act"] = heard["name"]
    figures = [
        ("examples", len(rows)),
        ("accuracy (micro-F1)", f"{act_scores.accuracy(rows):.3f}"),
        ("macro-F1", f"{act_scores.macro_f1(rows):.3f}"),
    ]
    taken = [(was, heard, times) for was, heard, times in act_scores.confusions(rows)[:12]]
    return f"{table(('figure', 'value'), figures)}\n\n{table(('was', 'was taken for', 'times'), taken)}"


MEASURES: dict[str, tuple[str, Callable[[], str]]] = {
    "reading": ("Reading, on held-out texts", reading),
    "acts": ("Acts, on held-out texts", acts),
}

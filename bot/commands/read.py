"""`read`: which concerns a text describes."""

import argparse
from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.commands.json_lines import answer_lines, text_of
from bot.commands.knowing import TextReader, place_in_text, plain
from bot.consultation import Concern, Redaction

SOUNDS_GRAVE = "sounds_grave"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: lines in, lines out."""


def run(options: argparse.Namespace) -> None:
    """Add `concerns`, `red_flags` and `facts` to every line, and `strengths` where there are some."""
    reader = TextReader(date.today())

    def answer(record: dict[str, Any]) -> dict[str, Any]:
        read = reader.read(text_of(record))
        answered: dict[str, Any] = {
            "concerns": _placed(read.reading.concerns, read.redaction),
            # What sounds grave and is no red flag yet is asked about outright, as a red flag is.
            "red_flags": [*read.reading.red_flags, *([SOUNDS_GRAVE] if read.reading.sounds_grave else [])],
            "facts": plain(read.reading.answers),
        }
        if read.reading.strengths:
            answered["strengths"] = _placed(read.reading.strengths, read.redaction)
        return answered

    answer_lines(answer)


def _placed(found: Iterable[Concern], redaction: Redaction) -> list[dict[str, Any]]:
    """Return what was found, with its place in the text as it was typed."""
    placed = []
    for concern in found:
        start, end = place_in_text(concern, redaction)
        what = {"category": concern.category, "indicator": concern.indicator, "status": concern.status.value}
        placed.append({**what, "start": start, "end": end})
    return placed

"""`read`: which concerns a text describes."""

import argparse
from datetime import date
from typing import Any

from bot.commands.json_lines import answer_lines, text_of
from bot.commands.knowing import TextReader, place_in_text, plain


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: lines in, lines out."""


def run(options: argparse.Namespace) -> None:
    """Add `concerns`, `red_flags` and `facts` to every line."""
    reader = TextReader(date.today())

    def answer(record: dict[str, Any]) -> dict[str, Any]:
        read = reader.read(text_of(record))
        concerns = []
        for concern in read.reading.concerns:
            start, end = place_in_text(concern, read.redaction)
            what = {
                "category": concern.category,
                "indicator": concern.indicator,
                "status": concern.status.value,
            }
            concerns.append({**what, "start": start, "end": end})
        return {
            "concerns": concerns,
            "red_flags": list(read.reading.red_flags),
            "facts": plain(read.reading.answers),
        }

    answer_lines(answer)

"""`redact`: what would be taken out of a text at the door."""

import argparse
from datetime import date
from typing import Any

from bot.commands.json_lines import answer_lines, text_of
from bot.consultation import RawText
from bot.redactor import load_redactor
from bot.settings import ROOT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to show besides the text."""
    parser.add_argument("--record", action="store_true", help="add what may be written down of it")


def run(options: argparse.Namespace) -> None:
    """Add `redacted` and `findings` to every line."""
    redactor = load_redactor(ROOT / "knowledge_base")
    today = date.today()

    def answer(record: dict[str, Any]) -> dict[str, Any]:
        redaction = redactor.redact(RawText(text_of(record)), on=today)
        findings = [{"start": f.start, "end": f.end, "kind": f.kind} for f in redaction.findings]
        answered = {"redacted": str(redaction.text), "findings": findings}
        return {**answered, "record": str(redaction.record)} if options.record else answered

    answer_lines(answer)

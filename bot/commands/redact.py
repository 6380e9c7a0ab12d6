"""`redact`: what would be taken out of a text at the door."""

import argparse
from typing import Any

from bot import anonymiser
from bot.commands.json_lines import answer_lines, text_of
from bot.consultation import RawText


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: lines in, lines out."""


def run(options: argparse.Namespace) -> None:
    """Add `redacted` and `findings` to every line."""
    redactor = anonymiser.load()

    def answer(record: dict[str, Any]) -> dict[str, Any]:
        redaction = redactor.redact(RawText(text_of(record)))
        findings = [{"start": f.start, "end": f.end, "kind": f.kind} for f in redaction.findings]
        return {"redacted": str(redaction.text), "findings": findings}

    answer_lines(answer)

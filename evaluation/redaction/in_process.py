"""Our redactor in this process, built as the service and the `redact` command build it."""

from collections.abc import Callable
from datetime import date

from bot import anonymiser
from bot.consultation import RawText
from bot.redactor import load_redactor
from bot.settings import ROOT


class RedactorShut(Exception):
    """Tried to measure our redactor, and it refuses every text, because its model or a list is missing."""


def redactor(on: date, record: bool = False) -> Callable[[str], str]:
    """Return a function from a text to its redacted text, or to what may be written down of it.

    Of a text that is refused nothing is left. Raises RedactorShut.
    """
    ours = load_redactor(ROOT / "knowledge_base")
    if isinstance(ours, anonymiser.Shut):
        raise RedactorShut("Our redactor is shut: its name model or a list of words is missing.")

    def redact(text: str) -> str:
        try:
            redaction = ours.redact(RawText(text), on=on)
        except anonymiser.AnonymiserFailed:
            return ""
        return str(redaction.record if record else redaction.text)

    return redact

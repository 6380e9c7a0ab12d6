"""Reasons: why a level was raised, held up or not given, beside the rows that matched."""

from collections.abc import Iterable

from bot.desk import cards
from bot.desk.cards import Card
from bot.desk.consult import Counsel


def lines(counsel: Counsel, reasons: Iterable[str]) -> list[Card]:
    """Return the reasons of an assessment in words, those of the knowledge base with their source."""
    say = counsel.wording.say
    adjustments = {adjustment.id: adjustment for adjustment in counsel.national.adjustments}
    found = []
    for reason in reasons:
        if reason in adjustments:
            held = adjustments[reason]
            kind = "raise" if held.kind == "raise" else "adjustment"
            line = say(f"utter_line_{kind}_{held.basis}", words=held.words)
            found.append(cards.item(line, held.citation, say))
        elif f"utter_reason_{reason}" in counsel.wording.names():
            found.append(cards.item(say(f"utter_reason_{reason}")))
    return found

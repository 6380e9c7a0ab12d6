"""Consultation: the words of the field, as plain types.

What a consultation, a fact, a level, a citation and an assessment are, and which moves a
consultation may make between the assistant and a person. Nothing here reads a file, asks
the time or draws a random number. May import: nothing of ours, nothing foreign.
"""

from bot.consultation.assessment import (
    Assessment,
    Citation,
    HardExit,
    MatchedIndicator,
    Outcome,
)
from bot.consultation.decision import Decision
from bot.consultation.facts import Facts, Status
from bot.consultation.levels import Level, Neutral
from bot.consultation.lifecycle import MOVES, OPEN, OVER, Actor, IllegalMove, Move, Stage, may_move, move
from bot.consultation.reading import Concern, Likely, Reading
from bot.consultation.text import Finding, RawText, RedactedText, Redaction

__all__ = [
    "MOVES",
    "OPEN",
    "OVER",
    "Actor",
    "Assessment",
    "Citation",
    "Concern",
    "Decision",
    "Facts",
    "Finding",
    "HardExit",
    "IllegalMove",
    "Level",
    "Likely",
    "MatchedIndicator",
    "Move",
    "Neutral",
    "Outcome",
    "RawText",
    "Reading",
    "RedactedText",
    "Redaction",
    "Stage",
    "Status",
    "may_move",
    "move",
]

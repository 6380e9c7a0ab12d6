"""Anonymiser: takes what identifies a child out of a text, before anything else sees it.

RawText in, Redaction out; the only room that may `reveal` a raw text. Rules and word lists, one identifier
a detector file (see `detectors`); fails closed, and no exception of its carries a word of the text. It will
miss some names: nothing here is a promise that none is left. May import: bot.consultation; nothing foreign.
"""

from bot.anonymiser.anonymiser import LONGEST, Anonymiser, load, second_scan
from bot.anonymiser.errors import AnonymiserFailed, TextTooLong, UnreadableScript
from bot.anonymiser.memory import Memory

__all__ = [
    "LONGEST",
    "Anonymiser",
    "AnonymiserFailed",
    "Memory",
    "TextTooLong",
    "UnreadableScript",
    "load",
    "second_scan",
]

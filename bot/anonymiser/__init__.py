"""Anonymiser: takes what identifies a child out of a text, before anything else sees it.

RawText in, Redaction out; the only room that may `reveal` a raw text. Rules, word lists and the odds of a
name model that is handed in, one identifier a detector file (see `detectors`); fails closed and in time, and
no exception of its carries a word of the text. It will miss some names: nothing here is a promise that none
is left. May import: bot.consultation; nothing foreign.
"""

from bot.anonymiser.anonymiser import LONGEST, Anonymiser, load
from bot.anonymiser.errors import AnonymiserFailed, AnonymiserShut, TextTooLong, TookTooLong, UnreadableScript
from bot.anonymiser.in_time import InTime
from bot.anonymiser.memory import Memory
from bot.anonymiser.second_look import SecondLook
from bot.anonymiser.shut import Shut

__all__ = [
    "LONGEST",
    "Anonymiser",
    "AnonymiserFailed",
    "AnonymiserShut",
    "InTime",
    "Memory",
    "SecondLook",
    "Shut",
    "TextTooLong",
    "TookTooLong",
    "UnreadableScript",
    "load",
]

"""Thresholds: from facts to a level, with reasons.

Pure functions over plain data. Red flags come before levels, unknown never lowers anything,
and where too little is known the answer is a person. Knows nothing of who asked, on which
channel, or what day it is (the day is given). May import: bot.consultation, bot.knowledge;
nothing foreign.
"""

from bot.thresholds.assessing import assess
from bot.thresholds.conditions import flags_that_hold
from bot.thresholds.recording import to_record
from bot.thresholds.resolving import Resolved, resolve
from bot.thresholds.statutory import routes_that_apply
from bot.thresholds.telling import UnknownFact, facts_from
from bot.thresholds.urgency import urgency

__all__ = [
    "Resolved",
    "UnknownFact",
    "assess",
    "facts_from",
    "flags_that_hold",
    "resolve",
    "routes_that_apply",
    "to_record",
    "urgency",
]

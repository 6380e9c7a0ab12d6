"""Gauges: what the house says of itself in numbers, for whoever runs it.

Counts turns, refusals and seconds as they happen, looks at the queue when it is asked, and writes all of it as
Prometheus reads it. Every label comes from a list that is closed beforehand: no id, no name and nothing that anybody
typed is in it. May import: bot.desk, bot.consultation, bot.dialogue, prometheus_client.
"""

from bot.gauges.gauges import Gauges
from bot.gauges.labels import OTHER, Labels
from bot.gauges.scraping import Counted, Scraping
from bot.gauges.turns import CountedReception, CountedSignIn, TimedDialogue, TimedRedaction, timed_actions

__all__ = [
    "OTHER",
    "Counted",
    "CountedReception",
    "CountedSignIn",
    "Gauges",
    "Labels",
    "Scraping",
    "TimedDialogue",
    "TimedRedaction",
    "timed_actions",
]

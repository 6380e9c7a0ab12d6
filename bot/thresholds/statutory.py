"""Which duties in law stand beside an assessment, whatever its level."""

from bot.knowledge.model import National, StatutoryRoute
from bot.thresholds.conditions import may_hold
from bot.thresholds.resolving import Resolved


def routes_that_apply(known: Resolved, national: National) -> tuple[StatutoryRoute, ...]:
    """Return the duties that are switched on and hold or may hold, in the order of the file.

    What is unsure counts: a duty that may have to be done is told, with its condition, and not kept back
    until somebody is certain. A duty that is switched off is never told.
    """
    return tuple(
        route
        for route in national.routes
        if route.is_on and any(may_hold(indicators, answers, known) for indicators, answers in route.when)
    )

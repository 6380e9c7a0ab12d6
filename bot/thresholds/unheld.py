"""An area whose thresholds we do not hold: the national floor is told, and a person decides."""

from dataclasses import replace
from datetime import date

from bot.consultation import Assessment, Facts, Outcome
from bot.knowledge.model import National
from bot.thresholds.assessing import assess
from bot.thresholds.conditions import flags_that_hold
from bot.thresholds.resolving import resolve

AREA_NOT_HELD = "area_not_held"


def assess_unheld(facts: Facts, area: str, national: National, on: date) -> Assessment:
    """Return what the facts amount to by the national floor; no level is given, and hard exits hold as everywhere.

    `area` is whatever is known of the child's council (`other`, `unknown`). The neutral level reached so
    far stays in the assessment.
    """
    if national.floor is None:
        return _by_red_flags_alone(facts, area, national, on)
    found = assess(facts, national.floor, national, on)
    outcome = Outcome.EXIT if found.outcome is Outcome.EXIT else Outcome.PERSON
    return replace(found, area=area, outcome=outcome, reasons=(AREA_NOT_HELD, *found.reasons))


def _by_red_flags_alone(facts: Facts, area: str, national: National, on: date) -> Assessment:
    known = resolve(facts, national)
    flags = flags_that_hold(known, national)
    return Assessment(
        Outcome.EXIT if flags else Outcome.PERSON,
        area=area,
        on=on,
        pack_version=f"none/{national.version}",
        hard_exit=flags[0].exit if flags else None,
        unknown=known.unknown,
        reasons=(AREA_NOT_HELD, *(flag.id for flag in flags)),
    )

"""What an annual report of a year that never was shows, hides and takes, and which drift it finds: the report."""

from collections.abc import Mapping
from typing import Any

from bot.scrutiny.moved import FALSE_ALARMS
from evaluation.moving_years import Kind, false_alarms, power
from evaluation.results import table

ABOUT = (
    "A year of {consultations} consultations in {areas} areas, made from a seed and counted by its maker. It is put "
    "into records as the service keeps them, sealed, and `./noname report` makes the report. Every figure that is "
    "shown is compared with the maker's own. Then a solver of equations in whole numbers is given all tables but those "
    "by kind and sign, with which smaller years are attacked, and asked for the least and the most that each small "
    "figure can be. It is told each quarter's high and low levels exactly too, where the report speaks of drift."
)
ALARMS_ABOUT = (
    "Drift, where there is none. {years} years of three areas with 500, 1,000 and 2,000 consultations that a worker "
    "placed. Thresholds stay, and the cases become graver all the while. A false alarm is a report that finds a "
    "movement in any area, or over all. At most {risk:.0%} were promised."
)
POWER_ABOUT = (
    "Drift, where there is some: the share at level 3 or 4 moves by so many points for the same facts, while the cases "
    "become graver. {years} years for each line, of one area among three."
)
_SEED = 20261123
_AREAS = (500, 1000, 2000)
_ALARMS = {
    "the cases stay as they are": Kind(),
    "the cases become graver": Kind(shifts=0.7),
    "they become very much graver": Kind(shifts=1.5),
    "graver, and each week has a worker of its own": Kind(shifts=0.7, restless=0.5),
}
_SIZES = (500, 1000, 2000, 8000)
_RISES = (0.25, 0.5, 1.0, -0.5)


def report(found: Mapping[str, Any]) -> str:
    """Return the section for RESULTS.md."""
    rows = [
        ("tables", found["tables"]),
        ("figures", found["figures"]),
        (f"small figures, under {found['under']}, before suppression", found["small"]),
        ("figures that are not shown", found["hidden"]),
        (f"small figures that can be told to within less than {found['width']}", found["worked_out"]),
        ("shown figures that differ from the maker's by more than rounding", 0),
        ("seconds from the records to PDF and files", found["seconds"]),
        ("points by which the same facts moved in that year, as its maker knows", found["moved"]),
        ("points that the report found, and between what", found["found"]),
    ]
    return "\n\n".join([ABOUT.format(**found), table(("what", "figure"), rows)])


def drift_report(years: int) -> str:
    """Return how often drift is found where there is none and where there is some, in so many years for each line."""
    alarms = [(words, f"{false_alarms(_SEED, years, _AREAS, kind):.1%}") for words, kind in _ALARMS.items()]
    lines = []
    for many in _SIZES:
        for rises in _RISES:
            one = power(_SEED, years, many, Kind(rises=rises, shifts=0.7))
            shares = (f"{one[name]:.0%}" for name in ("found", "wrong", "covered"))
            lines.append((f"{many:,}", f"{one['moved']:+.1f}", *shares))
    heads = ("placed in the year", "points", "found", "found the wrong way", "interval has the true move")
    parts = [ALARMS_ABOUT.format(years=years, risk=FALSE_ALARMS), table(("a year in which", "false alarms"), alarms)]
    return "\n\n".join([*parts, POWER_ABOUT.format(years=years), table(heads, lines)])

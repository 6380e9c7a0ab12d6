"""Drifting: what is said of drift in a report, in words and figures. All of it was published as it stands here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.desk.numbers import Say
from bot.scrutiny.moved import FEWEST, Moved
from bot.scrutiny.releasing import Release
from bot.scrutiny.withholding import ALL

NAME = "drift"
_MINUS = "−"


@dataclass(frozen=True, slots=True)
class Panel:
    """One area's drift, or that of all. `said` is what was found, `rows` a quarter each; `figures` the same as numbers.

    Each figure has the share as it was, that for the same facts, and between what the second is likely to be.
    """

    name: str
    said: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class DriftPart:
    """The part of a report on drift: `instead` of panels a sentence. `areas` is by area what was found."""

    heading: str
    says: tuple[str, ...]
    instead: str
    heads: tuple[str, ...]
    panels: tuple[Panel, ...] = ()
    area_heads: tuple[str, ...] = ()
    areas: tuple[tuple[str, ...], ...] = ()


def drift_part(release: Release, area: str, say: Say, name_of: Callable[[str], str]) -> DriftPart:
    """Return what a report says of drift: of one area beside all, or of all and what was found in each."""
    heading, heads = say("utter_report_drift"), _heads(("quarter", "crude", "adjusted", "between"), say)
    if release.drift is None:
        return DriftPart(heading, (), say("utter_report_drift_not_looked"), heads)
    told = {one.area: one for one in release.drift}
    wanted = [told[name] for name in ((area, ALL) if area else (ALL,)) if name in told]
    if not area and ALL not in told:
        wanted = list(told.values())
    if not wanted or (area and area not in told):
        return DriftPart(heading, _says(say), say("utter_report_drift_too_few", fewest=str(FEWEST)), heads)
    panels = tuple(_panel(one, say, name_of) for one in wanted)
    of_areas = () if area else tuple(_in_short(one, told, say, name_of) for one in release.tables[0].areas)
    area_heads = _heads(("area", "finding", "points", "between"), say)
    return DriftPart(heading, _says(say), "", heads, panels, area_heads, of_areas)


def _says(say: Say) -> tuple[str, ...]:
    return tuple(say(f"utter_report_drift_{name}") for name in ("says", "shares", "rule", "ask_why"))


def _heads(names: Sequence[str], say: Say) -> tuple[str, ...]:
    return tuple(say(f"utter_report_drift_column_{name}") for name in names)


def _panel(one: Moved, say: Say, name_of: Callable[[str], str]) -> Panel:
    points, low, high = map(_signed, one.share)
    level, least, most = (_signed(figure) for figure in one.mean)
    said = (
        say("utter_report_drift_of", area=area_words(one.area, say, name_of), many=f"{one.base:,}"),
        say(f"utter_report_drift_found_{one.finding}"),
        say(f"utter_report_drift_size_{one.finding}", points=points, low=low, high=high),
        say("utter_report_drift_level", level=level, low=least, high=most),
    )
    figures = tuple((float(crude), *map(float, held)) for crude, held in zip(one.crude, one.adjusted, strict=True))
    rows = tuple(
        (say(f"utter_report_quarters_quarter_{place}"), f"{crude:.0f}%", f"{value:.0f}%", _between(low, high, say, "%"))
        for place, (crude, value, low, high) in enumerate(figures, start=1)
    )
    return Panel(area_words(one.area, say, name_of), said, rows, figures)


def area_words(area: str, say: Say, name_of: Callable[[str], str]) -> str:
    """Return what an area, or all of them, is called."""
    return say("utter_report_all_areas") if area == ALL else name_of(area)


def _in_short(area: str, told: dict[str, Moved], say: Say, name_of: Callable[[str], str]) -> tuple[str, ...]:
    one = told.get(area)
    if one is None:
        return name_of(area), say("utter_report_drift_short_too_few"), "", ""
    points, low, high = one.share
    return name_of(area), say(f"utter_report_drift_short_{one.finding}"), _signed(points), _between(low, high, say)


def _between(low: float, high: float, say: Say, unit: str = "") -> str:
    ends = (f"{low:.0f}{unit}", f"{high:.0f}{unit}") if unit else (_signed(low), _signed(high))
    return say("utter_report_drift_low_to_high", low=ends[0], high=ends[1])


def _signed(figure: float) -> str:
    """Return a move with its sign: a hyphen could be read as a dash."""
    return f"{figure:+}".replace("-", _MINUS) if figure else f"{figure}"

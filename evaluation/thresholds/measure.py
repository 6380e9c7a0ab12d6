"""`evaluate thresholds`, put together."""

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path

from bot.consultation import Assessment, Facts
from bot.knowledge import areas, load_everything
from bot.knowledge.national import FLOOR
from bot.thresholds import assess
from bot.thresholds.telling import facts_of_row
from evaluation.thresholds import report, rows, speed, vignettes

SIZES = (100, 300, 1000, 3000)
Read = Callable[[str], Facts]

NOTE = (
    "A row is a sign that an area publishes at a level. Told as facts, and typed in the words that we use for "
    "it, each is asked in its own area. A person instead of a level is no mistake of the level, so both are "
    "counted. The worked cases were seen while the rules were written: they show that nothing is badly wrong, and not "
    "how good the rules are on cases not met before. Agreement is with what was published; where only an outcome was "
    "published, the level was put to it afterwards."
)


def measure(root: Path, on: date, read: Read, phrases: Path | None = None, cases: Path | None = None) -> str:
    """Return the report. `read` makes facts of a text; the two files are published phrases and cases as JSON lines."""
    national, packs = load_everything(root, on)

    def told(area: str, facts: Facts) -> Assessment:
        return assess(facts, packs[area], national, on)

    def typed(area: str, text: str) -> Assessment:
        return told(area, read(text))

    parts = [
        NOTE,
        report.rows_section("Published rows, told as facts", list(rows.by_facts(packs.values(), told))),
        report.rows_section("Published rows, typed in our words", list(rows.by_words(packs.values(), typed))),
    ]
    slug_of = partial(_slug_of, root)
    if phrases:
        came = list(rows.by_phrases(phrases, slug_of, typed))
        parts.append(report.rows_section("Published rows, typed as they were noted down", came))
    parts.append(report.vignettes_section("Worked cases, in our words", vignettes.judge(vignettes.own(), typed)))
    if cases:
        given = vignettes.from_lines(cases, lambda source: slug_of(source) or FLOOR)
        parts.append(report.vignettes_section("Worked cases, as they were noted down", vignettes.judge(given, typed)))
    some = [facts_of_row(row) for row in packs[FLOOR].rows]
    timed = speed.a_call(packs.values(), national, some[::5])
    grown = speed.growth(packs["kent"], national, some[::10], SIZES)
    parts.append(report.speed_section(speed.loading(root, on), timed, grown))
    return "\n\n".join(parts)


def _slug_of(root: Path, name: str) -> str | None:
    """Return the area that a name speaks of: the one whose own name stands in it, at its beginning first."""
    return next((slug for slug, known in _names(root) if name.casefold().startswith(known)), None)


@cache
def _names(root: Path) -> tuple[tuple[str, str], ...]:
    named = ((area.slug, area.name.casefold()) for area in areas(root) if area.slug != FLOOR)
    return tuple(sorted(named, key=lambda pair: -len(pair[1])))

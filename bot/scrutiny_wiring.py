"""Scrutiny wiring: who counts a year, with which levels and hours. The web's wiring and a command call it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path

from bot.consultation import Facts, Level, Outcome, Status
from bot.desk.consult import Counsel
from bot.desk.house import House
from bot.desk.numbers import Say
from bot.desk.practice import assessed
from bot.desk.rescoring import EXIT, PERSON, Rescoring, Rounds
from bot.desk.sampling import Sampling
from bot.desk.scrutinising import Scrutinising
from bot.desk.working_time import NeverOpen, WorkingTime, working_time
from bot.keeping import desk_settings
from bot.knowledge import closed_days
from bot.knowledge.model import National, Pack
from bot.knowledge.practice import PracticeCase
from bot.knowledge.vocabulary import STRENGTHS
from bot.paper import Printing
from bot.scrutiny.alike import Gravity
from bot.scrutiny.entry import Band
from bot.scrutiny.placing import Placing, band_of
from bot.settings import Settings
from bot.storage import ReleaseShelf, RescoringShelf, ScrutinyShelf, SqlRecords
from bot.thresholds import flags_that_hold, resolve
from bot.thresholds.matching import rows_that_hold
from bot.web.report_pages import Reports

PAPER_SECONDS = 30.0
DANGER = 5  # on the yardstick, one above the highest level

type PackOf = Callable[[str], Pack | None]


def scrutinising_of(
    settings: Settings, records: SqlRecords, national: National, pack_of: PackOf, say: Say, today: Callable[[], date]
) -> Scrutinising:
    """Return the reports' use-cases."""
    root = settings.root / "knowledge_base"

    def area_name(area: str) -> str:
        pack = pack_of(area)
        return pack.name if pack else area

    def told(indicator: str) -> str:
        known = national.indicators.get(indicator)
        return known.words if known else indicator

    def placing() -> Placing:
        return placing_of(root, national, pack_of, today())

    shelves = records.beside(ReleaseShelf), records.beside(ScrutinyShelf)
    return Scrutinising(*shelves, placing, settings.running.report_rules, say, area_name, told)


def scrutiny_behind(
    settings: Settings, house: House, records: SqlRecords, new_id: Callable[[], str]
) -> dict[str, Reports | Sampling | Rescoring]:
    """Return what stands behind the pages of scrutiny, by the names of `bot.web.two_apps.Behind`."""
    counsel = house.counsel

    def pack_of(area: str) -> Pack | None:
        return counsel.pack({"child_area": area})

    say, national = counsel.wording.say, counsel.national
    scrutiny = scrutinising_of(settings, records, national, pack_of, say, counsel.today)
    shelves = scrutiny.releases, scrutiny.consultations
    sampling = Sampling(*shelves, scrutiny, scrutiny.placing, national, say, new_id)
    rescoring = rescoring_of(counsel, records.beside(RescoringShelf), new_id)
    reports = Reports(scrutiny, Printing(seconds=PAPER_SECONDS))
    return {"reports": reports, "sampling": sampling, "rescoring": rescoring}


def rescoring_of(counsel: Counsel, rounds: Rounds, new_id: Callable[[], str]) -> Rescoring:
    """Return re-scoring on practice cases and levels as they are today."""

    def levels(area: str) -> Sequence[Level]:
        pack = counsel.pack({"child_area": area})
        return pack.levels if pack else ()

    def assistant(case: PracticeCase, area: str) -> str:
        found = assessed(counsel, case.facts, area)
        if found.outcome is Outcome.EXIT:
            return EXIT
        return found.level.code if found.outcome is Outcome.LEVEL and found.level else PERSON

    return Rescoring(rounds, lambda: counsel.practice, levels, assistant, new_id)


def placing_of(root: Path, national: National, pack_of: PackOf, today: date) -> Placing:
    """Return what places entries: by the levels and the working days of each area as they are today."""
    shut, settings_of = closed_days(root), desk_settings(root, today)

    @cache
    def bands(area: str) -> Mapping[str, Band]:
        pack = pack_of(area)
        return {level.code: band_of(tuple(one.name for one in level.neutral)) for level in pack.levels} if pack else {}

    @cache
    def hours(area: str) -> WorkingTime:
        pack = pack_of(area)
        return working_time(pack.said() if pack else {}, shut, settings_of(area, today) if pack else None)

    @cache
    def by_when(area: str, at: datetime, days: int) -> datetime:
        try:
            return hours(area).after_days(at, days)
        except NeverOpen:
            return at  # whatever comes later came late

    # What protects a child is told and read too; it is no kind of worry.
    kinds = {one.id: one.category for one in national.indicators.values() if one.category != STRENGTHS}
    return Placing(kinds, bands, by_when, yardstick(national))


def yardstick(national: National) -> Gravity:
    """Return how grave what was told is by England's rows and signs of danger of one day, whatever an area says."""

    @cache
    def gravity(told: frozenset[str], age: str) -> int:
        known = resolve(Facts(dict.fromkeys(told, Status.PRESENT), {"age_band": age} if age else {}), national)
        if any(flag.exit.is_danger for flag in flags_that_hold(known, national)):
            return DANGER
        rows = rows_that_hold(known, national.floor) if national.floor else ()
        return max((max(held.level.neutral) for held in rows), default=0)

    return lambda told, answers: gravity(told, answers.get("age_band", ""))

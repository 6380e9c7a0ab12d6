"""Running wiring: the part of the list of who gets what that whoever runs the house needs. `bot.wiring` calls it."""

import shutil
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.desk.consult import Counsel
from bot.desk.house import House
from bot.dialogue.model import is_whole, model_file
from bot.gauges import Counted, Gauges, Labels, Scraping
from bot.knowledge.bank_holidays import calendar_ends
from bot.masters import masters_there
from bot.settings import Settings
from bot.storage import CountShelf, NotAHead, SqlRecords, noted_heads, time_statements
from bot.web.refusals import REASONS
from bot.web.upkeep import Upkeep

LEAST_FREE_BYTES = 200_000_000  # below this nothing more is sure to be written
LOW_BYTES = 1_000_000_000
BACK = timedelta(seconds=60)  # clocks are set right by less than this all the time

type Now = Callable[[], datetime]
type Looks = Mapping[str, Callable[[], Any]]


def gauges_of(areas: tuple[str, ...]) -> Gauges:
    """Return the numbers of a house, told by its areas and the doors' own refusals."""
    return Gauges(Labels(areas, REASONS))


def upkeep_of(
    settings: Settings, house: House, records: SqlRecords, gauges: Gauges, now: Now, looks: Looks, warnings: Looks
) -> Upkeep:
    """Return what the doors need for whoever runs the house, with what else is to be looked at."""
    time_statements(records, gauges.statement_took)
    root, counsel = settings.root / "knowledge_base", house.counsel
    return Upkeep(
        looks={
            "keys": lambda: records.keys.are_opened_by(masters_there(settings.masters)),
            "model": lambda: is_whole(model_file(settings)),
            "knowledge": lambda: knowledge_is_read(counsel) and not house.editing.in_force.unreadable,
            "disk": partial(has_room, settings.var, LEAST_FREE_BYTES),
            "clock": Clock(now, time.monotonic, last_noted(settings.audit_heads)).is_well,
            **looks,
        },
        warnings={
            "bank_holidays": lambda: calendar_ends(root) >= counsel.today(),
            "disk_low": partial(has_room, settings.var, LOW_BYTES),
            **warnings,
        },
        scrape=Scraping(gauges, partial(counted, records.beside(CountShelf)), house.dialogue.is_healthy, now),
        metrics_token=settings.running.metrics_token,
        security_contact=settings.running.security_contact,
        refused=gauges.door_refused,
    )


def counted(shelf: CountShelf, now: datetime) -> Counted:
    """Return what stands in the records at a moment, as numbers."""
    return Counted(shelf.open_cases(), shelf.oldest_waiting(), shelf.late(now), shelf.outbox())


def knowledge_is_read(counsel: Counsel) -> bool:
    """Whether every area's pack can be read today."""
    floor = counsel.national.floor
    nobodys = (floor.area, floor.code) if floor else ()
    return all(counsel.pack({"child_area": area}) for area in counsel.areas if area not in nobodys)


def has_room(folder: Path, least: int) -> bool:
    """Whether that many bytes are free where things are written."""
    return shutil.disk_usage(folder).free >= least


def last_noted(heads: Path) -> datetime | None:
    """Return when the end of the audit chain was noted last, None where nobody can say."""
    try:
        noted = noted_heads(heads)
    except (OSError, NotAHead):
        return None
    return noted[-1].at if noted else None


class Clock:
    """Notices that the time went back: promises, sessions and second factors go by it.

    `stopwatch` gives seconds that only grow, `not_before` a moment that has been. What was noticed stays so until a
    restart: somebody should look.
    """

    def __init__(self, now: Now, stopwatch: Callable[[], float], not_before: datetime | None = None) -> None:
        self._now, self._stopwatch = now, stopwatch
        self._furthest = self._begun()
        self._is_well = not_before is None or now() >= not_before - BACK

    def is_well(self) -> bool:
        """Whether the time has only gone on, small corrections apart."""
        begun = self._begun()
        self._is_well = self._is_well and begun >= self._furthest - BACK
        self._furthest = max(self._furthest, begun)
        return self._is_well

    def _begun(self) -> datetime:
        """Return when the stopwatch was at nothing, as the clock has it."""
        return self._now() - timedelta(seconds=self._stopwatch())

"""Keeping: how long things are kept, by the settings and by what each duty desk has set for itself."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache, partial
from pathlib import Path

from bot.desk.purging import Purging, Times
from bot.desk.readings import is_unread
from bot.knowledge import areas
from bot.knowledge.desk_settings import DeskSettings, load_desk_settings
from bot.settings import Settings
from bot.storage import SqlRecords, StaffShelf, Tracker

type SettingsOf = Callable[[str, date], DeskSettings]


@cache
def desk_settings(root: Path, today: date) -> SettingsOf:
    """Return what desks have set for themselves, read once a day.

    All are read now, so that a slip stops the start and never a hand-over.
    """
    settings_of = lru_cache(maxsize=256)(partial(load_desk_settings, root))
    for area in areas(root):
        settings_of(area.slug, today)
    return settings_of


def times_of(settings: Settings) -> Times:
    """Return how long the settings let things be kept."""
    keep = timedelta(days=settings.keep_days) if settings.keep_days else None
    return Times(timedelta(hours=settings.forget_hours), keep)


def purging_of(
    settings: Settings, records: SqlRecords, tracker: Tracker, settings_of: SettingsOf, today: Callable[[], date]
) -> Purging:
    """Return what lets go of what need not be kept: by area, and never while something is unread or disputed."""
    held = [area.slug for area in areas(settings.root / "knowledge_base")]

    def keep_days() -> dict[str, int]:
        days = {area: settings_of(area, today()).keep_days for area in held}
        return {area: own for area, own in days.items() if own is not None}

    staff = records.beside(StaffShelf)

    def is_unsettled(consultation_id: str) -> bool:
        disputes = records.disagreements_of(consultation_id)
        unseen = is_unread(records, consultation_id) or staff.is_unseen(consultation_id)
        return unseen or any(one.closed_at is None for one in disputes)

    return Purging(records, tracker, times_of(settings), keep_days, is_unsettled)

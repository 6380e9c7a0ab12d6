"""The year of a report: from the first of April, as councils report. Whole years alone, and only when they are over."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ENGLAND = ZoneInfo("Europe/London")
# Answers and disagreements of the last weeks are to be in it, and it is counted only once.
SETTLES = timedelta(days=28)


def bounds(year: int) -> tuple[datetime, datetime]:
    """Return when a year begins and when the next one does, in UTC. 2026 is from April 2026 to March 2027."""
    begins, ends = (datetime(of, 4, 1, tzinfo=ENGLAND).astimezone(UTC) for of in (year, year + 1))
    return begins, ends


def is_over(year: int, now: datetime) -> bool:
    """Whether a year is over and has settled."""
    return bounds(year)[1] + SETTLES <= now


def in_words(year: int) -> str:
    """Return a year as a report names it: 2026-27."""
    return f"{year}-{(year + 1) % 100:02d}"

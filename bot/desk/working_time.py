"""Working time: when a duty desk is open, and when so much working time will have passed.

Clocks are read where the desk is, so that summer time moves neither an opening nor a promise.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ENGLAND = ZoneInfo("Europe/London")
_SATURDAY = 5
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
# Farther than any run of closed days; without a bound, a calendar with no open day would never end.
_FAR_ENOUGH = 60


class NeverOpen(Exception):
    """Tried to count working time at a desk that does not open within two months."""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The opening hours of a desk: Monday to Friday, but not on closed days (bank holidays)."""

    closed_days: frozenset[date] = frozenset()
    opens: time = time(9)
    closes: time = time(17)
    zone: ZoneInfo = ENGLAND

    def is_open(self, now: datetime) -> bool:
        """Whether the desk is open."""
        return any(start <= now < end for start, end in self._stretches(now, days=1))

    def next_opening(self, now: datetime) -> datetime:
        """Return when the desk opens next, in UTC; `now` itself when it is open."""
        start, _ = next(self._stretches(now))
        return max(start, now.astimezone(UTC))

    def closing(self, now: datetime) -> datetime:
        """Return when the desk closes that is open now, or that opens next, in UTC."""
        _, end = next(self._stretches(now))
        return end

    def after(self, now: datetime, working: timedelta) -> datetime:
        """Return the moment, in UTC, at which so much working time will have passed."""
        left = working
        for start, end in self._stretches(now):
            begin = max(start, now.astimezone(UTC))
            if left <= end - begin:
                return begin + left
            left -= end - begin
        raise NeverOpen

    def after_days(self, now: datetime, days: int) -> datetime:
        """Return the moment, in UTC, at which so many working days will have passed."""
        on = date.min
        return self.after(now, days * (datetime.combine(on, self.closes) - datetime.combine(on, self.opens)))

    def _stretches(self, now: datetime, days: int = _FAR_ENOUGH) -> Iterator[tuple[datetime, datetime]]:
        """Yield the times at which the desk opens and closes, in UTC, from the one that is not over yet."""
        today = now.astimezone(self.zone).date()
        for day in (today + timedelta(days=n) for n in range(days)):
            if day.weekday() >= _SATURDAY or day in self.closed_days:
                continue
            start, end = (self._moment(day, clock) for clock in (self.opens, self.closes))
            if end > now:
                yield start, end
        if days == _FAR_ENOUGH:
            raise NeverOpen

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


def working_time(profile: Mapping[str, str], closed_days: frozenset[date]) -> WorkingTime:
    """Return the working time of an area, from its profile (`opens`, `closes`, as 09:00)."""
    usual = WorkingTime()
    return WorkingTime(
        closed_days,
        opens=_clock(profile.get("opens")) or usual.opens,
        closes=_clock(profile.get("closes")) or usual.closes,
    )


def moment_today(now: datetime, clock: str, zone: ZoneInfo = ENGLAND) -> datetime | None:
    """Return today at a time such as `15:30`, in UTC, or None when that is no time."""
    read = _clock(clock)
    return datetime.combine(now.astimezone(zone).date(), read, zone).astimezone(UTC) if read else None


def in_words(moment: datetime, zone: ZoneInfo = ENGLAND) -> str:
    """Return a moment as people write it: Mon 23 Nov 2026, 12:30."""
    local = moment.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def _clock(written: str | None) -> time | None:
    # Not time.fromisoformat: that reads 15.30 as the first second after three.
    read = _CLOCK.fullmatch(written or "")
    return time(int(read[1]), int(read[2])) if read else None

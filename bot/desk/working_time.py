"""Working time: when a duty desk is open, and when so much working time will have passed.

Clocks are read where the desk is, so that summer time moves neither an opening nor a promise. A working day
is a day on which the desk opens at all, however long (ADR 15).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.knowledge.desk_settings import DeskSettings, Week

ENGLAND = ZoneInfo("Europe/London")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_OPENS, _CLOSES = time(9), time(17)
_DAY = timedelta(days=1)
# Farther than any run of closed days; without a bound, a calendar with no open day would never end.
_FAR_ENOUGH = 60


class NeverOpen(Exception):
    """Tried to count working time at a desk that does not open within two months."""


def alike(opens: time = _OPENS, closes: time = _CLOSES) -> Week:
    """Return a week in which the desk opens from Monday to Friday, at the same hours."""
    return (((opens, closes),),) * 5 + ((),) * 2


_USUAL = alike()


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The opening hours of a desk: its week from Monday to Sunday, but not on closed days (bank holidays, its own).

    Of each day of the week there are the stretches in which the desk is open, in their order and apart from each
    other. A stretch ends on the day that it begins; midnight as its end is the one that ends the day.
    """

    closed_days: frozenset[date] = frozenset()
    week: Week = _USUAL
    zone: ZoneInfo = ENGLAND

    def is_open(self, now: datetime) -> bool:
        """Whether the desk is open."""
        return any(start <= now < end for start, end in self._stretches_of(self._day(now)))

    def next_opening(self, now: datetime) -> datetime:
        """Return when the desk opens next, in UTC; `now` itself when it is open."""
        start, _ = next(self._stretches(now))
        return max(start, now.astimezone(UTC))

    def closing(self, now: datetime) -> datetime:
        """Return when the desk closes for the day, in UTC: for the day on which it is open now or opens next.

        A break in the middle of the day is no such closing.
        """
        _, end = next(self._stretches(now))
        # The end itself may be midnight, which is the next day already.
        return self._stretches_of(self._day(end - timedelta.resolution))[-1][1]

    def after(self, now: datetime, working: timedelta) -> datetime:
        """Return the moment, in UTC, at which so much working time will have passed.

        Where that is the end of a stretch, it is not the start of the next one, which is just as far away.
        """
        left = working
        for start, end in self._stretches(now):
            begin = max(start, now.astimezone(UTC))
            if left <= end - begin:
                return begin + left
            left -= end - begin
        raise NeverOpen

    def after_days(self, now: datetime, days: int) -> datetime:
        """Return the moment, in UTC, at which so many working days will have passed.

        That is the same time on the clock, so many days on which the desk opens later; where it is closed at that
        time, when it had last closed before, and where it has not opened yet, as it opens. Who comes while the
        desk is closed for the day, or as it opens, has until it closes on the last of these days.
        """
        today = self._stretches_of(self._day(now))
        is_within = bool(today) and today[0][0] < now < today[-1][1]
        to_come = (day for day in self._open_days(self._day(now)) if self._stretches_of(day)[-1][1] > now)
        last = next(islice(to_come, days if is_within else days - 1, None))
        stretches = self._stretches_of(last)
        if not is_within:
            return stretches[-1][1]
        same_clock = self._moment(last, now.astimezone(self.zone).time())
        begun = [(start, end) for start, end in stretches if start < same_clock]
        return min(begun[-1][1], same_clock) if begun else stretches[0][0]

    def working_between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much working time passes from one moment to another; none if the other is no later."""
        passed, day = timedelta(), self._day(start)
        while day <= self._day(end):
            for opened, closed in self._stretches_of(day):
                passed += max(min(closed, end) - max(opened, start), timedelta())
            day += _DAY
        return passed

    def _stretches(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the times at which the desk opens and closes, in UTC, from the one that is not over yet."""
        for day in self._open_days(self._day(now)):
            yield from ((start, end) for start, end in self._stretches_of(day) if end > now)

    def _open_days(self, day: date) -> Iterator[date]:
        """Yield the days on which the desk opens, from a day on."""
        shut = 0
        while shut < _FAR_ENOUGH:
            is_open = bool(self._stretches_of(day))
            shut = 0 if is_open else shut + 1
            if is_open:
                yield day
            day += _DAY
        raise NeverOpen

    def _stretches_of(self, day: date) -> list[tuple[datetime, datetime]]:
        found: list[tuple[datetime, datetime]] = []
        for opens, closes in () if day in self.closed_days else self.week[day.weekday()]:
            start = self._moment(day, opens)
            end = self._moment(day + _DAY if closes == time(0) else day, closes)
            # In the hour that is left out as summer time begins, clocks do not go forward with time.
            start = max(start, found[-1][1]) if found else start
            if start < end:
                found.append((start, end))
        return found

    def _day(self, now: datetime) -> date:
        return now.astimezone(self.zone).date()

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


def working_time(
    profile: Mapping[str, str], closed_days: frozenset[date], settings: DeskSettings | None = None
) -> WorkingTime:
    """Return the working time of an area: by its desk's settings, or by its profile (`opens`, `closes`, as 09:00).

    `closed_days` are the bank holidays; the desk's own come to them. Where neither names hours that can be, the
    usual ones hold.
    """
    settings = settings or DeskSettings()
    opens, closes = _clock(profile.get("opens")) or _OPENS, _clock(profile.get("closes")) or _CLOSES
    published = alike(opens, closes) if opens < closes else _USUAL
    return WorkingTime(closed_days.union(settings.closed), settings.week or published)


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

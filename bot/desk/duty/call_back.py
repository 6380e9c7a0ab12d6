"""Call-back: when a duty desk can ring a school back. Only times at which the desk is open are offered."""

from datetime import datetime, timedelta

from bot.desk.working_time import WorkingTime

MOST_OFFERED = 8
# Time for somebody to read the case first.
_NOT_BEFORE = timedelta(minutes=30)
# Farther than this nobody plans a call; a desk that never opens offers none.
_HOURS_LOOKED_AT = 24 * 14


def call_back_times(hours: WorkingTime, now: datetime) -> tuple[datetime, ...]:
    """Return the next full hours at which the desk is open for at least half an hour more, in order."""
    first = (now + _NOT_BEFORE).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    times = (first + timedelta(hours=n) for n in range(_HOURS_LOOKED_AT))
    offered = (at for at in times if hours.is_open(at) and hours.is_open(at + timedelta(minutes=29)))
    return tuple(at for at, _ in zip(offered, range(MOST_OFFERED), strict=False))

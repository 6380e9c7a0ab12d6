"""The shift list: what one shift leaves to the next, each case once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.consultation import OPEN, Stage
from bot.desk.case import Case
from bot.desk.duty.ordering import in_order
from bot.desk.working_time import ENGLAND


@dataclass(frozen=True, slots=True)
class Shift:
    """Open cases in the order of the queue, each in one list alone.

    `late` and `today` are promised and not answered, `later` are the other open ones. `offered` are on their way to
    somebody else. `unread` were answered and the DSL has not read it; `unsettled` were read and not settled.
    """

    late: tuple[Case, ...]
    today: tuple[Case, ...]
    later: tuple[Case, ...]
    offered: tuple[Case, ...]
    unread: tuple[Case, ...]
    unsettled: tuple[Case, ...]


def shift(cases: Iterable[Case], now: datetime, has_read: Callable[[Case], bool]) -> Shift:
    """Sort the cases of a desk into what the next shift has to know. Closed ones are left out."""
    lists: dict[str, list[Case]] = {name: [] for name in Shift.__slots__}
    for case in in_order((one for one in cases if one.stage in OPEN), now):
        lists[_list_of(case, now, has_read)].append(case)
    return Shift(**{name: tuple(held) for name, held in lists.items()})


def _list_of(case: Case, now: datetime, has_read: Callable[[Case], bool]) -> str:
    if case.stage is Stage.ANSWERED:
        return "unsettled" if has_read(case) else "unread"
    if case.stage is Stage.TRANSFERRED:
        return "offered"
    if case.due_at <= now:
        return "late"
    due, today = (moment.astimezone(ENGLAND).date() for moment in (case.due_at, now))
    return "today" if due == today else "later"

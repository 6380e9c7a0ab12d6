"""A desk's own settings: what `desk.yml` in an area's folder says of how its duty desk works.

The file stands beside the pack and outside its digest: no level rests on it, so that a new opening hour makes no
new pack version. All of it may be left out, and so may the file.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path

from bot.knowledge.area import area_folder
from bot.knowledge.dated import Shape, held_on
from bot.knowledge.entry import Entry, read
from bot.knowledge.errors import UnknownArea
from bot.knowledge.replies import Reply, load_replies
from bot.knowledge.shared import folder
from bot.knowledge.sources import CITED, Source, cite, load_sources, sources_in

type Shift = tuple[time, time]
type Week = tuple[tuple[Shift, ...], ...]

FILE = "desk.yml"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KEYS = ("sources", "hours", "closed", "promise", "fallback", "stalled", "keep_days", "replies")
_STRETCH = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class Promised:
    """By when the desk says it answers: red in working hours, the others in working days. None is not said."""

    red_hours: int | None = None
    amber_days: int | None = None
    green_days: int | None = None


@dataclass(frozen=True, slots=True)
class Fallback:
    """Minutes of working time that a case waits for each before somebody else is called as well.

    First for the school's link worker, then for whoever is on duty, then for the manager before being told again.
    """

    link_worker: int = 30
    duty: int = 60
    manager: int = 120


@dataclass(frozen=True, slots=True)
class Stalled:
    """Minutes of working time since the last word of a worker who holds a case.

    After the first the worker is reminded, after the next the case goes back to the queue, then the manager is told.
    """

    remind: int = 30
    give_back: int = 60
    tell_manager: int = 120


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """How a duty desk works on a day.

    `week` has the stretches of each day from Monday to Sunday in which the desk is open, as it opens and as it closes
    (midnight there is the one that ends the day); none at all where the settings name no hours, so that those of the
    area's profile hold, or Monday to Friday 09:00 to 17:00. `closed` are days on which the desk is closed beside
    the bank holidays, with the reason. `keep_days` is None where the house's own time of keeping holds. `replies`
    are those whose approval holds on the day. Everything else that is left out is as the classes above have it.
    """

    week: Week = ()
    closed: Mapping[date, str] = field(default_factory=dict)
    promise: Promised = Promised()
    fallback: Fallback = Fallback()
    stalled: Stalled = Stalled()
    keep_days: int | None = None
    replies: tuple[Reply, ...] = ()


def load_desk_settings(root: Path, area: str, on: date) -> DeskSettings:
    """Return the settings of an area's desk as they stand on the day; the usual ones where it has none, or no folder.

    `area` may be its short name or its code. Raises PackError with file and line.
    """
    try:
        here = area_folder(root, area)
    except UnknownArea:
        return DeskSettings()
    if not (here / FILE).exists():
        return DeskSettings()
    shared = load_sources(folder(root) / "sources.yml")
    return desk_settings(here / FILE, load_sources(here / "sources.yml", shared), on)


def desk_settings(file: Path, sources: Mapping[str, Source], on: date) -> DeskSettings:
    """Return what one file says on the day. It may cite `sources` and its own. Raises PackError."""
    fields = read(file).fields((), _KEYS)
    sources = sources_in(fields["sources"], sources) if "sources" in fields else sources

    def held[T](name: str, shape: Shape[T]) -> Iterator[T]:
        now = held_on(shape.changes(fields[name]), on) if name in fields else None
        if now is not None:
            yield now

    def numbers[T](make: Callable[..., T], keys: Mapping[str, str], rising: bool = False) -> Shape[T]:
        return _numbers(make, keys, sources, rising=rising)

    usual = DeskSettings()
    return DeskSettings(
        week=next(held("hours", _hours(sources)), usual.week),
        closed=_closed(fields["closed"], sources) if "closed" in fields else {},
        promise=next(held("promise", numbers(Promised, _SAME_PROMISE)), usual.promise),
        fallback=next(held("fallback", numbers(Fallback, _SAME_FALLBACK)), usual.fallback),
        stalled=next(held("stalled", numbers(Stalled, _STALLED, rising=True)), usual.stalled),
        keep_days=next(held("keep_days", _keep_days(sources)), usual.keep_days),
        replies=load_replies(fields["replies"], on) if "replies" in fields else (),
    )


# What a promise is called in the profile, where an area publishes it.
PUBLISHED = {"red_hours": "answer_red_hours", "amber_days": "answer_amber_days", "green_days": "answer_green_days"}
# What a key of the file is called in Python.
_SAME_PROMISE = {name: name for name in PUBLISHED}
_SAME_FALLBACK = {name: name for name in ("link_worker", "duty", "manager")}
_STALLED = {"remind": "remind", "return": "give_back", "manager": "tell_manager"}


def _numbers[T](
    make: Callable[..., T], keys: Mapping[str, str], sources: Mapping[str, Source], *, rising: bool
) -> Shape[T]:
    def made(fields: dict[str, Entry], entry: Entry) -> T:
        cite(fields, sources)
        given = {called: fields[name].number() for name, called in keys.items() if name in fields}
        if not given:
            entry.fail(f"name at least one of: {', '.join(keys)}")
        now = make(**given)
        times = [getattr(now, called) for called in keys.values()]
        if rising and times != sorted(set(times)):
            entry.fail(f"{', '.join(keys)} come one after the other: each takes longer than the one before it")
        return now

    return Shape(CITED, tuple(keys), made)


def _keep_days(sources: Mapping[str, Source]) -> Shape[int]:
    def made(fields: dict[str, Entry], entry: Entry) -> int:
        cite(fields, sources)
        return fields["days"].number()

    return Shape(("days", *CITED), (), made)


def _hours(sources: Mapping[str, Source]) -> Shape[Week]:
    def made(fields: dict[str, Entry], entry: Entry) -> Week:
        cite(fields, sources)
        week = tuple(_shifts(fields[day]) if day in fields else () for day in DAYS)
        if not any(week):
            entry.fail(f"a desk that never opens is none: name at least one of {', '.join(DAYS)}")
        return week

    return Shape(CITED, DAYS, made)


def _shifts(entry: Entry) -> tuple[Shift, ...]:
    shifts: list[Shift] = []
    for item in entry.items():
        opens, closes = _stretch(item)
        if shifts and (shifts[-1][1] == _MIDNIGHT or opens <= shifts[-1][1]):
            item.fail(f"{item.text()!r} begins before the stretch ahead of it is over: put them in order, apart")
        shifts.append((opens, closes))
    return tuple(shifts)


def _stretch(item: Entry) -> Shift:
    read_as = _STRETCH.fullmatch(item.text())
    if read_as is None or (read_as[3] == "24" and read_as[4] != "00"):
        item.fail(f"{item.text()!r} is no stretch of a day such as 08:30-12:30")
    opens, closes = time(int(read_as[1]), int(read_as[2])), time(int(read_as[3]) % 24, int(read_as[4]))
    if read_as[3] != "24" and closes <= opens:
        item.fail(
            f"{item.text()!r} does not end on the day that it begins: a desk that is open over midnight has "
            "a stretch to 24:00, and one from 00:00 on the day after"
        )
    return opens, closes


def _closed(entry: Entry, sources: Mapping[str, Source]) -> dict[date, str]:
    fields = entry.fields(("days", *CITED))
    cite(fields, sources)
    return {_day(day, reason): reason.text() for day, reason in fields["days"].members().items()}


def _day(written: str, entry: Entry) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        entry.fail(f"{written!r} is not a day such as 2026-12-29")

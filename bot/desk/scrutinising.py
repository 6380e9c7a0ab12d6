"""Scrutinising: the reports of whole years, counted once and then kept as they were published."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.desk.numbers import Say
from bot.desk.people import Person
from bot.desk.report_agreement import in_files, with_agreement
from bot.desk.reporting import AreaName, Report, report, row_words
from bot.scrutiny.counting import counted
from bot.scrutiny.files import dictionary, figures
from bot.scrutiny.placing import Placing
from bot.scrutiny.releasing import Release, from_plain, released
from bot.scrutiny.rules import Rules
from bot.scrutiny.seen import Seen
from bot.scrutiny.year import bounds, is_over

_FIRST = 2000
SERVICE = "service"


class NoSuchYear(LookupError):
    """Tried to read the report of a year that is not over, or of which none was made."""


class Releases(Protocol):
    """Where releases are kept, of each year one for good."""

    def release(self, year: int) -> dict[str, Any] | None: ...
    def releases(self) -> tuple[int, ...]: ...
    def keep_release(self, published: dict[str, Any], who: str, now: datetime) -> dict[str, Any]: ...


class Consultations(Protocol):
    """The one door to what is counted."""

    def seen(self, since: datetime, until: datetime) -> Iterator[Seen]: ...


@dataclass(frozen=True, slots=True)
class Files:
    """A report as comma-separated values, and what they mean."""

    figures: str
    dictionary: str


@dataclass(frozen=True, slots=True)
class Scrutinising:
    """What may be known of many consultations. `placing` is asked when a year is counted, `told` words indicators."""

    releases: Releases
    consultations: Consultations
    placing: Callable[[], Placing]
    rules: Rules
    say: Say
    area_name: AreaName
    told: Callable[[str], str] = str
    _known: dict[int, Release] = field(default_factory=dict, init=False, repr=False, compare=False)

    def years(self) -> tuple[int, ...]:
        """Return the years of which there is a report, the newest first."""
        return self.releases.releases()

    def to_make(self, now: datetime) -> int | None:
        """Return the last year that is over, if there is no report of it yet."""
        year = now.year - 1 if is_over(now.year - 1, now) else now.year - 2
        return None if year in self.years() else year

    def make(self, year: int, who: Person | None, now: datetime) -> Release:
        """Count a year and publish it, or return what was published. Raises NoSuchYear if it is not over."""
        held = self.releases.release(year)
        if held is None:
            if not _FIRST < year <= now.year or not is_over(year, now):
                raise NoSuchYear
            place = self.placing()
            entries = map(place.entry, self.consultations.seen(*bounds(year)))
            made = released(year, counted(entries, kind_of=place.kinds), self.rules).plain()
            held = self.releases.keep_release(made, who.id if who else SERVICE, now)
        return from_plain(held)

    def release(self, year: int) -> Release:
        """Return what was published of a year, which is never published anew. Raises NoSuchYear."""
        if year not in self._known:
            held = self.releases.release(year)
            if held is None:
                raise NoSuchYear
            self._known[year] = from_plain(held)
        return self._known[year]

    def areas(self, year: int) -> dict[str, str]:
        """Return the names of the areas that a report speaks of. Raises NoSuchYear."""
        return {area: self.area_name(area) for area in self.release(year).tables[0].areas}

    def report(self, year: int, area: str) -> Report:
        """Return a report in words, over all for an empty `area`. Raises NoSuchYear."""
        release = self.release(year)
        if area and area not in release.tables[0].areas:
            raise NoSuchYear
        plain = report(release, area, self.say, self.area_name)
        return with_agreement(plain, release, self.say, self.area_name, self.told)

    def files(self, year: int, area: str) -> Files:
        """Return the same as files. Raises NoSuchYear."""
        release = self.release(year)
        if area and area not in release.tables[0].areas:
            raise NoSuchYear

        def words(table: str, row: str) -> str:
            return row_words(table, row, self.say, self.told) if row else self.say(f"utter_report_{table}")

        release = in_files(release)
        meaning = dictionary(release, words, lambda column: self.say(f"utter_report_field_{column}"))
        return Files(figures(release, area, words), meaning)

    async def made(self, year: int, who: Person, now: datetime) -> Release:
        """Do as `make` does, while others are served. Raises NoSuchYear."""
        return await asyncio.to_thread(self.make, year, who, now)

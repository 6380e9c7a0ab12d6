"""The calendar: bank holidays that run out, are too few, fall on a weekend, or differ from the library's."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bot.knowledge.bank_holidays import calendar_ends, library_days, listed_days
from bot.knowledge.checks.finding import Finding, note, problem
from bot.knowledge.entry import read
from bot.knowledge.shared import folder

# Next year's bank holidays are published long before this.
_AHEAD = timedelta(days=60)
_EACH_YEAR = 8
_SATURDAY = 5


def bank_holidays(root: Path, on: date) -> Iterator[Finding]:
    """What is wrong with our list of the days on which no duty desk is open. Raises PackError if it cannot be read."""
    fields = read(folder(root) / "bank_holidays.yml").members()
    days, until = listed_days(root), calendar_ends(root)
    if until - on < _AHEAD:
        yield problem(fields["until"], f"the bank holidays end on {until}: enter those of the year after")
    for day, place in fields["days"].members().items():
        if date.fromisoformat(day).weekday() >= _SATURDAY:
            yield problem(place, f"{day} is on a weekend: enter the weekday that stands in for it")
        if date.fromisoformat(day) > until:
            yield problem(place, f"{day} is after 'until': say how far the list is complete")
    a_year = Counter(day.year for day in days)
    first = min(a_year, default=until.year)
    for year in range(first, until.year + (until == date(until.year, 12, 31))):
        if a_year[year] < _EACH_YEAR:
            yield problem(fields["days"], f"{year} has {a_year[year]} bank holidays; England has at least {_EACH_YEAR}")
    library = library_days(first, until.year)
    for day in sorted(day for day in library - days if day.weekday() < _SATURDAY and day <= until):
        yield problem(fields["days"], f"{day} is a bank holiday by the library, and not in this list: compare both")
    for day, place in fields["days"].members().items():
        if date.fromisoformat(day) not in library:
            yield note(place, f"{day} is not known to the library: it counts as closed because it stands here")

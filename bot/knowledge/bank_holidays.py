"""Bank holidays in England, on which no duty desk is open: by a library, and by our own list beside it.

The library follows what is proclaimed for one year; our list was worked out from the Act, and has what somebody
entered before the library knew it. A day of either is closed: a promise is never made for a day that may be one.
"""

from datetime import date
from pathlib import Path

from bot.knowledge.entry import Entry, read
from bot.knowledge.shared import folder

FILE = "bank_holidays.yml"
_ENGLAND = "ENG"
# No promise and no plan reaches further than this beyond the list.
_YEARS_BEYOND = 10


def closed_days(root: Path) -> frozenset[date]:
    """Return the bank holidays from the first year of our list to ten years after its last.

    Christmas Day on a Saturday is one, and so is the weekday in its place: no desk opens on either.
    """
    listed = listed_days(root)
    first, last = min(listed, default=calendar_ends(root)).year, calendar_ends(root).year
    return listed | library_days(first, last + _YEARS_BEYOND)


def library_days(first: int, last: int) -> frozenset[date]:
    """Return the bank holidays that the library knows of some years, both ends among them. Some are on weekends."""
    # Imported here: it knows every country and takes a second, which most commands can do without.
    from holidays.countries.united_kingdom import UnitedKingdom

    return frozenset(UnitedKingdom(subdiv=_ENGLAND, years=range(first, last + 1)))


def listed_days(root: Path) -> frozenset[date]:
    """Return the bank holidays of our own list."""
    fields = read(folder(root) / FILE).fields(("source", "until", "days"))
    fields["source"].fields(("title", "publisher", "dated", "verified"), ("url",))["verified"].day()
    fields["until"].day()
    return frozenset(_bank_holiday(day, entry) for day, entry in fields["days"].members().items())


def calendar_ends(root: Path) -> date:
    """Return the last day for which somebody has compared all bank holidays. After it one may yet be proclaimed."""
    return read(folder(root) / FILE).members()["until"].day()


def _bank_holiday(day: str, entry: Entry) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        entry.fail(f"{day!r} is not a day such as 2026-12-25")

"""Sources: the documents that every statement of the knowledge base must name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.consultation import Citation
from bot.knowledge.entry import Entry, checked_id, read

CITED = ("source", "section", "verified")

# What is looked at more rarely than this is not looked at.
_MOST_MONTHS = 120
# A page shows these as links: nothing that runs or reads a file may stand there.
_ADDRESS = re.compile(r"https?://[^\s/?#<>\"']+[^\s<>\"']*", re.IGNORECASE)

_REQUIRED = ("title", "publisher", "dated", "verified", "review_months")


@dataclass(frozen=True, slots=True)
class Source:
    """A document: what it is, how it dates itself and when it is due to be looked at again."""

    id: str
    title: str
    publisher: str
    dated: str
    url: str
    verified: date
    review_months: int
    entry: Entry

    def review_by(self, verified: date) -> date:
        """Return the day after which something read in it on `verified` is past its check."""
        months = verified.year * 12 + verified.month - 1 + self.review_months
        year, month = divmod(months, 12)
        return date(year, month + 1, min(verified.day, 28))


def load_sources(file: Path, others: Mapping[str, Source] | None = None) -> dict[str, Source]:
    """Return the sources of a file beside `others`; refuses an id that the others have."""
    return sources_in(read(file).fields(("sources",))["sources"], others or {})


def sources_in(entry: Entry, others: Mapping[str, Source]) -> dict[str, Source]:
    """Return the sources that are written at a place beside `others`; refuses an id that the others have."""
    found = dict(others)
    for name, held in entry.members().items():
        if checked_id(name, held) in found:
            held.fail(f"source {name!r} exists already")
        fields = held.fields(_REQUIRED, ("url",))
        found[name] = Source(
            id=name,
            title=fields["title"].text(),
            publisher=fields["publisher"].text(),
            dated=fields["dated"].text(),
            url=_address(fields["url"]) if "url" in fields else "",
            verified=fields["verified"].day(),
            review_months=_months(fields["review_months"]),
            entry=held,
        )
    return found


def _address(entry: Entry) -> str:
    words = entry.text()
    if not _ADDRESS.fullmatch(words):
        entry.fail("this is no address of a page, such as https://www.kent.gov.uk/page")
    return words


def _months(entry: Entry) -> int:
    months = entry.number()
    if months > _MOST_MONTHS:
        entry.fail(f"a check that lasts {months} months is too long: {_MOST_MONTHS} at most")
    return months


def source_of(fields: Mapping[str, Entry], sources: Mapping[str, Source]) -> Source:
    """Return the source that a value names, or refuse the value."""
    name = fields["source"].text()
    if name not in sources:
        fields["source"].fail(f"source {name!r} is in no sources.yml")
    return sources[name]


def cite(fields: Mapping[str, Entry], sources: Mapping[str, Source]) -> Citation:
    """Return the citation of a value that has the keys of CITED."""
    source = source_of(fields, sources)
    return Citation(
        source=source.id,
        title=f"{source.publisher}: {source.title}",
        section=fields["section"].text(),
        dated=source.dated,
        verified=fields["verified"].day(),
        url=source.url,
    )

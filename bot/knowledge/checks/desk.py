"""A desk's own settings: what they promise later than the area publishes, and whose approval is over."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.knowledge.checks import dates
from bot.knowledge.checks.finding import Finding, note, problem
from bot.knowledge.desk_settings import FILE, PUBLISHED, desk_settings
from bot.knowledge.entry import Entry, read
from bot.knowledge.model import Pack
from bot.knowledge.replies import written_replies
from bot.knowledge.sources import Source, sources_in


def own_settings(here: Path, pack: Pack, sources: Mapping[str, Source], on: date) -> Iterator[Finding]:
    """What is wrong or due in the `desk.yml` of an area's folder, if it has one. Raises PackError if it is refused."""
    if not (here / FILE).exists():
        return
    promise = desk_settings(here / FILE, sources, on).promise
    places = read(here / FILE).members()
    for name, said in PUBLISHED.items():
        promised, published = getattr(promise, name), pack.said().get(said)
        if promised and published and promised > int(published):
            yield problem(places["promise"], f"{name}: {promised} is later than {published}, which the area publishes")
    if "sources" in places:
        every = sources_in(places["sources"], sources)
        own = {name: source for name, source in every.items() if name not in sources}
        yield from dates.due(own, on)
        yield from dates.checks_due((here / FILE,), own, on)
    if "replies" in places:
        yield from _replies(places["replies"], on)


def _replies(entry: Entry, on: date) -> Iterator[Finding]:
    for reply, place in written_replies(entry):
        if reply.review_by < on:
            yield problem(
                place, f"reply {reply.id!r} was to be looked at again by {reply.review_by}: it is no longer offered"
            )
        elif reply.approved_on > on:
            yield note(place, f"reply {reply.id!r} is offered from {reply.approved_on} on")

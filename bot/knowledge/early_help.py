"""Early help as data: options, what changes when a child moves on, and what an area calls its lead practitioner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.consultation import Citation
from bot.knowledge.common import NEUTRAL
from bot.knowledge.dated import Shape, held_lines, held_on
from bot.knowledge.entry import Entry, read
from bot.knowledge.model import EarlyHelpOption, Indicator, Pack, Question, Transition
from bot.knowledge.rules import condition
from bot.knowledge.shared import folder, national_sources
from bot.knowledge.sources import CITED, Source, cite, load_sources, source_of
from bot.knowledge.vocabulary import CATEGORIES

AGES = ("unborn", "under_1", "1_4", "5_9", "10_12", "13_15", "16_17")
PHASES = ("early_years", "primary", "secondary", "post_16")

_OPTION = (
    ("name", "what", "categories", "levels", "access", "school_can_do_now", *CITED),
    ("parents_hear", "ages", "phases", "hours", "cost"),
)
_TRANSITION = (("name", "what", "when", *CITED), ("within", "parents_hear"))


@dataclass(frozen=True, slots=True)
class LeadPractitioner:
    """What an area calls the person who leads early help and the meeting they hold, and by when it is held first."""

    called: str
    meeting: str
    first_meeting: str
    citation: Citation
    review_by: date
    is_local: bool


def early_help(
    file: Path, sources: Mapping[str, Source], levels: Iterable[str], on: date
) -> tuple[EarlyHelpOption, ...]:
    """Return the options of help that hold on the day. `levels` are the codes they may name."""
    fields = _read(file)
    known = (*levels, *NEUTRAL)

    def make(name: str, held: dict[str, Entry], at: Entry) -> EarlyHelpOption:
        return _option(name, held, sources, known)

    return held_lines(fields["options"], _OPTION, make, on, fields.get("defaults"))


def load_transitions(
    file: Path,
    indicators: Mapping[str, Indicator],
    questions: Mapping[str, Question],
    sources: Mapping[str, Source],
    on: date,
) -> tuple[Transition, ...]:
    """Return the transitions that hold on the day, in the order of the file."""
    fields = read(file).fields(("transitions",), ("defaults",))

    def make(name: str, held: dict[str, Entry], at: Entry) -> Transition:
        citation = cite(held, sources)
        return Transition(
            id=name,
            name=held["name"].text(),
            what=held["what"].texts(),
            within=held["within"].text() if "within" in held else "",
            when=tuple(condition(line, indicators, questions) for line in held["when"].items()),
            parents_hear="parents_hear" in held and held["parents_hear"].yes_or_no(),
            citation=citation,
            review_by=source_of(held, sources).review_by(citation.verified),
        )

    return held_lines(fields["transitions"], _TRANSITION, make, on, fields.get("defaults"))


def lead_practitioner(root: Path, pack: Pack, on: date) -> LeadPractitioner | None:
    """Return what the pack's area says of its lead practitioner, or else what is said nationally."""
    national = national_sources(root)
    here = root / "areas" / f"{pack.code}-{pack.area}"
    own = _lead(here / "early_help.yml", load_sources(here / "sources.yml", national), on, is_local=True)
    return own or _lead(folder(root) / "early_help.yml", national, on, is_local=False)


def _lead(file: Path, sources: Mapping[str, Source], on: date, *, is_local: bool) -> LeadPractitioner | None:
    entry = _read(file).get("lead_practitioner")

    def make(held: dict[str, Entry], at: Entry) -> LeadPractitioner:
        citation = cite(held, sources)
        return LeadPractitioner(
            called=held["called"].text(),
            meeting=held["meeting"].text(),
            first_meeting=held["first_meeting"].text() if "first_meeting" in held else "",
            citation=citation,
            review_by=source_of(held, sources).review_by(citation.verified),
            is_local=is_local,
        )

    return held_on(Shape(("called", "meeting", *CITED), ("first_meeting",), make).changes(entry), on) if entry else None


def _read(file: Path) -> dict[str, Entry]:
    return read(file).fields(("options",), ("defaults", "lead_practitioner"))


def _option(
    name: str, held: Mapping[str, Entry], sources: Mapping[str, Source], known: tuple[str, ...]
) -> EarlyHelpOption:
    citation = cite(held, sources)
    return EarlyHelpOption(
        id=name,
        name=held["name"].text(),
        what=held["what"].text(),
        categories=_among(held["categories"], CATEGORIES),
        levels=_among(held["levels"], known),
        access=held["access"].text(),
        school_can_do_now=held["school_can_do_now"].yes_or_no(),
        citation=citation,
        parents_hear="parents_hear" in held and held["parents_hear"].yes_or_no(),
        ages=_among(held.get("ages"), AGES),
        phases=_among(held.get("phases"), PHASES),
        hours=held["hours"].text() if "hours" in held else "",
        cost=held["cost"].text() if "cost" in held else "",
        review_by=source_of(held, sources).review_by(citation.verified),
    )


def _among(entry: Entry | None, allowed: Iterable[str]) -> frozenset[str]:
    return frozenset(item.one_of(allowed) for item in entry.items()) if entry else frozenset()

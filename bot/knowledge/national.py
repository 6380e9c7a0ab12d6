"""The national part of the knowledge base, as it stands on one day."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.knowledge.common import NEUTRAL, contacts, early_help, version
from bot.knowledge.entry import Entry, read
from bot.knowledge.errors import NotInForce
from bot.knowledge.findability import load_findability
from bot.knowledge.model import Indicator, National
from bot.knowledge.rules import load_adjustments, load_questions, load_red_flags
from bot.knowledge.sources import Source, load_sources
from bot.knowledge.vocabulary import load_indicators, load_reading_patterns

# The words that reading recognises decide what is understood, not what it amounts to; how findable a
# record is has nothing to do with the level.
_NOT_IN_VERSION = ("reading", "answers.yml", "bank_holidays.yml", "findability.yml")


def folder(root: Path) -> Path:
    """Return the folder of the national part."""
    return root / "national" / "england"


def load_national(root: Path, on: date) -> National:
    """Return what is the same in every area on the day.

    Raises PackError with file and line if anything is wrong, and NotInForce on a day before the
    questions or the red flags start.
    """
    here = folder(root)
    sources = national_sources(root)
    indicators = national_indicators(root)
    questions = load_questions(here / "questions.yml", indicators, sources, on)
    flags = load_red_flags(here / "red_flags.yml", indicators, questions, sources, on) if questions else ()
    if not flags:
        raise NotInForce("the national questions and red flags", on, _first_day(here))
    return National(
        version=version("england", _files(here), on),
        indicators=indicators,
        red_flags=flags,
        adjustments=load_adjustments(here / "adjustments.yml", indicators, questions, sources, on),
        questions=questions,
        contacts=contacts(read(here / "contacts.yml").fields(("contacts",))["contacts"], sources, on),
        early_help=early_help(here / "early_help.yml", sources, NEUTRAL, on),
        findability=load_findability(here / "findability.yml", indicators, questions, sources, on),
    )


def national_sources(root: Path) -> dict[str, Source]:
    """Return the sources of the national part, which areas may cite too."""
    return load_sources(folder(root) / "sources.yml")


def national_indicators(root: Path) -> dict[str, Indicator]:
    """Return the shared vocabulary."""
    return load_indicators(folder(root) / "indicators")


def reading_patterns(root: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the patterns that recognise each indicator in a DSL's words."""
    return load_reading_patterns(folder(root) / "reading", national_indicators(root))


def closed_days(root: Path) -> frozenset[date]:
    """Return the bank holidays, on which no duty desk is open."""
    fields = read(folder(root) / "bank_holidays.yml").fields(("source", "until", "days"))
    fields["source"].fields(("title", "publisher", "dated", "verified"), ("url",))["verified"].day()
    fields["until"].day()
    return frozenset(_bank_holiday(day, entry) for day, entry in fields["days"].members().items())


def calendar_ends(root: Path) -> date:
    """Return the last day for which all bank holidays are entered."""
    return read(folder(root) / "bank_holidays.yml").members()["until"].day()


def _bank_holiday(day: str, entry: Entry) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        entry.fail(f"{day!r} is not a day such as 2026-12-25")


def _first_day(here: Path) -> date:
    fields = read(here / "questions.yml").members()
    starts = fields["values"].members() if "values" in fields else [fields["from"].text()]
    return min(date.fromisoformat(day) for day in starts)


def _files(here: Path) -> list[Path]:
    found = (file for file in here.rglob("*.yml") if file.relative_to(here).parts[0] not in _NOT_IN_VERSION)
    return sorted(found)

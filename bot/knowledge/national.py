"""The national part of the knowledge base, as it stands on one day."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.knowledge import terms
from bot.knowledge.area import area_files, load_area
from bot.knowledge.common import NEUTRAL, contacts, version
from bot.knowledge.early_help import early_help, load_transitions
from bot.knowledge.entry import read
from bot.knowledge.errors import NotInForce, PackError, UnknownArea
from bot.knowledge.findability import load_findability
from bot.knowledge.model import National
from bot.knowledge.routes import load_routes
from bot.knowledge.rules import load_adjustments, load_questions, load_red_flags
from bot.knowledge.shared import Shared, folder, national_indicators, shared
from bot.knowledge.terms import load_terms
from bot.knowledge.vocabulary import load_reading_patterns

# England as an area of its own: what stands in where an area is silent.
FLOOR = "england"

# The words that reading recognises decide what is understood, not what it amounts to; how findable a
# record is has nothing to do with the level, and neither have the practice cases and what words mean.
_NOT_IN_VERSION = ("reading", "answers.yml", "bank_holidays.yml", "findability.yml", "practice.yml", terms.FILE)


def load_national(root: Path, on: date, held: Shared | None = None) -> National:
    """Return what is the same in every area on the day. `held` saves reading the vocabulary again.

    Raises PackError with file and line if anything is wrong, and NotInForce on a day before the
    questions or the red flags start.
    """
    here = folder(root)
    held = held or shared(root)
    sources, indicators = held.sources, held.indicators
    questions = load_questions(here / "questions.yml", indicators, sources, on)
    flags = load_red_flags(here / "red_flags.yml", indicators, questions, sources, on) if questions else ()
    if not flags:
        raise NotInForce("the national questions and red flags", on, _first_day(here))
    return National(
        version=version("national", (*_files(here), *_floor_files(root)), on),
        indicators=indicators,
        red_flags=flags,
        adjustments=load_adjustments(here / "adjustments.yml", indicators, questions, sources, on),
        questions=questions,
        contacts=contacts(read(here / "contacts.yml").fields(("contacts",))["contacts"], sources, on),
        early_help=early_help(here / "early_help.yml", sources, NEUTRAL, on),
        findability=load_findability(here / "findability.yml", indicators, questions, sources, on),
        routes=load_routes(here / "routes.yml", indicators, questions, sources, on),
        transitions=load_transitions(here / "transitions.yml", indicators, questions, sources, on),
        terms=load_terms(here / terms.FILE, sources, on),
        floor=load_area(root, FLOOR, on, held),
    )


def _floor_files(root: Path) -> tuple[Path, ...]:
    try:
        return area_files(root, FLOOR)
    except UnknownArea:
        raise PackError(root / "areas", 1, "the national floor is missing: the folder of England") from None


def reading_patterns(root: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the patterns that recognise each indicator in a DSL's words."""
    return load_reading_patterns(folder(root) / "reading", national_indicators(root))


def _first_day(here: Path) -> date:
    fields = read(here / "questions.yml").members()
    starts = fields["values"].members() if "values" in fields else [fields["from"].text()]
    return min(date.fromisoformat(day) for day in starts)


def _files(here: Path) -> list[Path]:
    found = (file for file in here.rglob("*.yml") if file.relative_to(here).parts[0] not in _NOT_IN_VERSION)
    return sorted(found)

"""Practice cases: made-up stories with all their facts, by which a DSL can try a consultation.

Each says what to look back on, with its source, and what it amounts to in some areas, for `packs check` to
work out again. Nothing in one is a real child's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.consultation import Citation, Facts, Status
from bot.knowledge.area import areas
from bot.knowledge.dated import held_lines
from bot.knowledge.entry import Entry, read
from bot.knowledge.errors import PackError
from bot.knowledge.model import Indicator, National, Question
from bot.knowledge.shared import folder, national_sources
from bot.knowledge.sources import CITED, Source, cite

FILE = "practice.yml"
PERSON = "person"

_REQUIRED = ("title", "words", "facts", "notice", "areas", *CITED)
_OPTIONAL = ("published",)
_SAID = ("words", "source", "section")
_FEWEST_TO_NOTICE = 2
# A DSL is asked for these in their own words or as a number: a case leaves them to whoever tells it.
_FREE = ("text", "scale")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with where it comes from."""

    words: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class PracticeCase:
    """A story as a DSL would know it, and all that is in it.

    `areas` says what the facts amount to in some areas, by their short names: a level's code, the name of a
    red flag's route, or `person`. `published` is what the account it is drawn from came to, where that is printed.
    """

    id: str
    title: str
    words: str
    facts: Facts
    notice: tuple[Said, ...]
    areas: Mapping[str, str]
    citation: Citation
    entry: Entry
    published: Said | None = None


def load_practice(root: Path, national: National, on: date) -> dict[str, PracticeCase]:
    """Return the practice cases of the day by their ids, in the order of the file.

    Raises PackError with file and line for a fact, a source or an area that the knowledge base does not have.
    """
    fields = read(folder(root) / FILE).fields(("cases",), ("defaults",))
    sources, known = national_sources(root), frozenset(area.slug for area in areas(root))

    def make(name: str, held: dict[str, Entry], at: Entry) -> PracticeCase:
        if len(held["notice"].items()) < _FEWEST_TO_NOTICE:
            held["notice"].fail(f"a case has at least {_FEWEST_TO_NOTICE} points to notice")
        return PracticeCase(
            id=name,
            title=held["title"].text(),
            words=held["words"].prose(),
            facts=_facts(held["facts"], national),
            notice=tuple(_said(line, held, sources) for line in held["notice"].items()),
            areas=_areas(held["areas"], known),
            citation=cite(held, sources),
            entry=at,
            published=_said(held["published"], held, sources) if "published" in held else None,
        )

    found = held_lines(fields["cases"], (_REQUIRED, _OPTIONAL), make, on, fields.get("defaults"))
    return {case.id: case for case in found}


def _said(entry: Entry, held: Mapping[str, Entry], sources: Mapping[str, Source]) -> Said:
    fields = entry.fields(_SAID, ("verified",), {"verified": held["verified"]})
    return Said(fields["words"].text(), cite(fields, sources))


def _areas(entry: Entry, known: frozenset[str]) -> dict[str, str]:
    found = {}
    for area, value in entry.members().items():
        if area not in known:
            value.fail(f"{area!r} is no area that the knowledge base holds")
        found[area] = value.text()
    return found or entry.fail("say for at least one area what the case amounts to there")


def _facts(entry: Entry, national: National) -> Facts:
    fields = entry.fields(("answers",), ("indicators",))
    indicators = fields["indicators"].members() if "indicators" in fields else {}
    answers = fields["answers"].members()
    return Facts(
        indicators={name: _status(name, value, national.indicators) for name, value in indicators.items()},
        answers={name: _answer(name, value, national.questions) for name, value in answers.items()},
    )


def _status(name: str, entry: Entry, indicators: Mapping[str, Indicator]) -> Status:
    if name not in indicators:
        entry.fail(f"{name!r} is not a known indicator")
    return Status(entry.one_of([status.value for status in Status]))


def _answer(name: str, entry: Entry, questions: Mapping[str, Question]) -> str | tuple[str, ...]:
    question = questions.get(name)
    if question is None:
        entry.fail(f"{name!r} is not a known question")
    if question.kind == "many":
        return tuple(item.one_of(question.options) for item in entry.items())
    if question.kind in _FREE and not _is_option(entry, question):
        entry.fail(f"{name!r} is answered freely: a case says of it no more than {', '.join(question.options)}")
    return entry.one_of(question.options)


def _is_option(entry: Entry, question: Question) -> bool:
    try:
        return entry.text() in question.options
    except PackError:
        return False

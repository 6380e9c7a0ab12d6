"""One area's pack: levels, rows, contacts, help and ways to challenge, as they stand on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.consultation import Citation, Level, Neutral
from bot.knowledge.area_questions import load_area_questions
from bot.knowledge.common import NEUTRAL, ROLES, contacts, version
from bot.knowledge.dated import Shape, Word, held_on, in_force
from bot.knowledge.early_help import early_help
from bot.knowledge.entry import Entry, read
from bot.knowledge.errors import PackError, UnknownArea
from bot.knowledge.model import Pack
from bot.knowledge.profile import load_profile
from bot.knowledge.rows import load_rows
from bot.knowledge.shared import Shared, shared
from bot.knowledge.sources import CITED, Source, cite, load_sources

_AREA = ("name", "levels", "contacts", "profile", "escalation", "missing")
_AREA_TOO = ("also_called", "roles_not_published", "questions")
_FILES = ("area.yml", "thresholds.yml", "early_help.yml", "sources.yml")


@dataclass(frozen=True, slots=True)
class AreaName:
    """An area that the knowledge base holds: its folder's code and slug, and its name."""

    slug: str
    code: str
    name: str


def areas(root: Path) -> tuple[AreaName, ...]:
    """Return every area of the knowledge base, by name."""
    found = []
    for here in sorted((root / "areas").iterdir()):
        if here.is_dir() and (here / "area.yml").is_file():
            code, slug = _code_and_slug(here)
            found.append(
                AreaName(slug, code, read(here / "area.yml").fields(("name",), (*_AREA, *_AREA_TOO))["name"].text())
            )
    return tuple(sorted(found, key=lambda area: area.name))


def area_files(root: Path, slug: str) -> tuple[Path, ...]:
    """Return the files that an area's pack is read from. Raises UnknownArea."""
    here = area_folder(root, slug)
    return tuple(here / name for name in _FILES)


def load_area(root: Path, slug: str, on: date, held: Shared | None = None) -> Pack:
    """Return an area's pack as it stands on the day. `slug` may also be the area's code.

    `held` saves reading the shared vocabulary again. Raises UnknownArea, PackError with file and line,
    or NotInForce on a day before the area's levels or a part of its rows start.
    """
    here = area_folder(root, slug)
    code, slug = _code_and_slug(here)
    fields = read(here / "area.yml").fields(_AREA, _AREA_TOO)
    held = held or shared(root)
    sources = load_sources(here / "sources.yml", held.sources)
    levels, levels_from = _levels(fields["levels"], sources, fields["name"].text(), on)
    rows, gone = load_rows(here / "thresholds.yml", levels, held.indicators, sources, on)
    return Pack(
        area=slug,
        code=code,
        name=fields["name"].text(),
        version=version(slug, (here / name for name in _FILES), on),
        on=on,
        levels=levels,
        rows=rows,
        contacts=contacts(fields["contacts"], sources, on),
        early_help=early_help(here / "early_help.yml", sources, [level.code for level in levels], on),
        escalation=_escalation(fields["escalation"], sources, on),
        profile=load_profile(fields["profile"], sources, on),
        missing=(*fields["missing"].texts(), *gone),
        also_called=fields["also_called"].texts() if "also_called" in fields else (),
        roles_not_published=_roles(fields["roles_not_published"]) if "roles_not_published" in fields else (),
        questions=load_area_questions(fields.get("questions"), slug, held.indicators, sources, on),
        levels_from=levels_from,
    )


def area_folder(root: Path, slug: str) -> Path:
    """Return the folder of an area by its short name or its code. Raises UnknownArea."""
    every = sorted((root / "areas").glob("*-*"))
    places = [here for here in every if slug in (here.name, *_code_and_slug(here))]
    if not places:
        raise UnknownArea(slug)
    if len(places) > 1:
        raise PackError(places[1], 1, f"{slug!r} is also what {places[0].name} is called")
    return places[0]


def _code_and_slug(here: Path) -> tuple[str, str]:
    code, _, slug = here.name.partition("-")
    return code, slug


def _levels(
    entry: Entry, sources: Mapping[str, Source], name: str, on: date
) -> tuple[tuple[Level, ...], Citation]:
    def make(fields: dict[str, Entry], at: Entry) -> tuple[tuple[Level, ...], Citation]:
        levels: list[Level] = []
        for rank, held in enumerate(fields["scheme"].items(), start=1):
            level = _level(held, rank)
            if level.code in [lower.code for lower in levels]:
                held.fail(f"the code {level.code!r} is given twice")
            levels.append(level)
        return tuple(levels), cite(fields, sources)

    change = in_force(Shape(("scheme", *CITED), (), make).changes(entry), on, f"{name}'s levels")
    if isinstance(change.held, Word):
        change.entry.fail(f"the levels are {change.held} on {on.isoformat()}: no level can be given")
    return change.held


def _level(entry: Entry, rank: int) -> Level:
    fields = entry.fields(("code", "name", "neutral", "consent", "route"))
    neutral = tuple(Neutral[item.one_of(NEUTRAL)] for item in fields["neutral"].items())
    if not neutral or list(neutral) != list(range(neutral[0], neutral[0] + len(neutral))):
        fields["neutral"].fail("name one neutral level, or neighbouring ones from low to high")
    return Level(
        code=fields["code"].text(),
        name=fields["name"].text(),
        rank=rank,
        neutral=neutral,
        consent=fields["consent"].text(),
        route=fields["route"].text(),
    )


def _escalation(entry: Entry, sources: Mapping[str, Source], on: date) -> tuple[Mapping[str, str], ...]:
    def make(fields: dict[str, Entry], at: Entry) -> tuple[Mapping[str, str], ...]:
        said = _cited(cite(fields, sources))
        return tuple(
            {name: held.text() for name, held in step.fields(("stage", "role", "within"), ("days",)).items()} | said
            for step in fields["steps"].items()
        )

    return held_on(Shape(("steps", *CITED), (), make).changes(entry), on) or ()


def _cited(citation: Citation) -> dict[str, str]:
    return {"source": citation.title, "section": citation.section, "checked": citation.verified.isoformat()}


def _roles(entry: Entry) -> tuple[str, ...]:
    return tuple(item.one_of(ROLES) for item in entry.items())

"""What is seen of a house when its papers are written: its settings, its knowledge on a day, and its words."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.everything import load_everything
from bot.knowledge.model import National, Pack
from bot.knowledge.sources import Source, load_sources
from bot.settings import ROOT, Settings, load_settings

WORDS = Path(__file__).with_name("words.yml")


@dataclass(frozen=True, slots=True)
class Seen:
    """A house as its papers see it on a day.

    `sources` are the documents of each area by its short name, those of the national part excepted. `is_running` is
    false for the house as it is shipped, with no settings.
    """

    settings: Settings
    on: date
    national: National
    packs: Mapping[str, Pack]
    sources: Mapping[str, tuple[Source, ...]]
    is_running: bool = False


@cache
def words() -> dict[str, Any]:
    """Return the words of the tables."""
    return yaml.safe_load(WORDS.read_text("utf-8"))


def shipped_settings() -> Settings:
    """Return the settings of a house that has set nothing. Secrets are drawn into a folder that goes at once."""
    with tempfile.TemporaryDirectory() as empty:
        settings = load_settings({"NONAME_VAR": f"{empty}/var"}, root=Path(empty))
    return replace(settings, root=ROOT)


def as_shipped(on: date) -> Seen:
    """Return the house as it is shipped, with the knowledge of a day."""
    national, packs = load_everything(ROOT / "knowledge_base", on)
    sources = {area: sources_of(ROOT / "knowledge_base", pack) for area, pack in packs.items()}
    return Seen(shipped_settings(), on, national, packs, sources)


def sources_of(root: Path, pack: Pack) -> tuple[Source, ...]:
    """Return the documents of an area, from the root of the knowledge base that its pack was read from."""
    return tuple(load_sources(root / "areas" / f"{pack.code}-{pack.area}" / "sources.yml").values())


def day_in_words(day: date) -> str:
    """Return a day as people write it: 23 November 2026."""
    return f"{day.day} {day:%B %Y}"

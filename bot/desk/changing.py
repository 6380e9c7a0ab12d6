"""What a change of an area's pack would have done: stored facts, replayed against a draft.

Reads the facts of past consultations, which name nobody, and gives back counts alone.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

from bot.consultation import Facts
from bot.desk.ports import Records
from bot.knowledge import load_area, load_national
from bot.knowledge.draft import cleaned, files_of, overlay
from bot.knowledge.shared import shared
from bot.thresholds.impact import Impact, impact


def facts_since(records: Records, area: str, moment: datetime) -> tuple[Facts, ...]:
    """Return the facts of every consultation about the area since a moment, as they stood last."""
    last: dict[str, Facts] = {}
    for decision in records.decisions_since(moment):
        if decision.result["area"] == area:
            last[decision.consultation_id] = decision.facts
    return tuple(last.values())


def impact_of(draft: Mapping[str, str], root: Path, area: str, facts: Iterable[Facts], on: date, into: Path) -> Impact:
    """Return what the draft would do beside what is in force at `root`.

    `draft` are files of the area by name, those left out stay as they are; it is laid out below `into`. Both packs are
    taken as they stand on the day. Raises NotADraft, and PackError or NotInForce where the draft cannot be read.
    """
    drafted = overlay(root, area, cleaned(files_of(root, area) | draft), into)
    # A draft changes one area: the vocabulary and the national part are the same for both.
    held = shared(root)
    now, then = (load_area(place, area, on, held) for place in (root, drafted))
    return impact(facts, now, then, load_national(root, on, held))

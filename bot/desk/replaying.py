"""Replaying: working an old decision out again, from the facts and the pack version that were kept with it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.consultation import Assessment, Decision
from bot.desk.ports import Records
from bot.knowledge import load_area, load_national
from bot.knowledge.bundle import content_of, days_of, lay_out
from bot.knowledge.model import National, Pack
from bot.knowledge.shared import shared
from bot.thresholds import assess, to_record
from bot.thresholds.unheld import AREA_NOT_HELD, assess_unheld

_DIGEST = re.compile(r"-[0-9a-f]{12}/")


class Verdict(StrEnum):
    """How an old decision came out."""

    SAME = "same"
    DIFFERS = "differs"
    NOT_KEPT = "not_kept"


@dataclass(frozen=True, slots=True)
class Replayed:
    """A decision and how it came out when it was worked out again; `again` is None if it could not be."""

    decision: Decision
    verdict: Verdict
    again: Mapping[str, Any] | None = None


class Replaying:
    """Works old decisions out again. `into` is an empty folder in which pack versions are laid out."""

    def __init__(self, records: Records, into: Path) -> None:
        self._records = records
        self._into = into
        self._packs = lru_cache(maxsize=64)(self._load)

    def since(self, moment: datetime) -> Iterator[Replayed]:
        """Yield every decision since a moment, worked out again."""
        for decision in self._records.decisions_since(moment):
            yield self.replay(decision)

    def replay(self, decision: Decision) -> Replayed:
        """Return a decision worked out again, compared byte for byte."""
        packs = self._packs(str(decision.result["pack_version"]))
        if packs is None:
            return Replayed(decision, Verdict.NOT_KEPT)
        again = to_record(_again(decision, *packs))
        same = as_bytes(again) == as_bytes(decision.result)
        return Replayed(decision, Verdict.SAME if same else Verdict.DIFFERS, again)

    def _load(self, pack_version: str) -> tuple[Pack, National] | None:
        content = content_of(pack_version)
        files = self._records.kept_pack(content)
        if files is None:
            return None
        # The version begins with the pack's own name: England's, for a council that was not held.
        area = _DIGEST.split(content)[0]
        root = lay_out(files, self._into / content.replace("/", "_"))
        # The service reads the national part when it starts, an area's once a day: the days can differ.
        on, since = days_of(pack_version)
        held = shared(root)
        return load_area(root, area, on, held), load_national(root, since, held)


def _again(decision: Decision, pack: Pack, national: National) -> Assessment:
    on = date.fromisoformat(decision.result["on"])
    if AREA_NOT_HELD in decision.result["reasons"]:
        return assess_unheld(decision.facts, str(decision.result["area"]), national, on)
    return assess(decision.facts, pack, national, on)


def as_bytes(record: Mapping[str, Any]) -> bytes:
    """Return a record as the bytes that are compared."""
    return json.dumps(record, sort_keys=True, ensure_ascii=False).encode()

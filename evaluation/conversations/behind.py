"""What stands behind the door of a running house, for the judges: facts, assessments, everything kept."""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.knowledge.model import National
from bot.settings import ROOT
from bot.thresholds import assess, to_record
from bot.thresholds.unheld import assess_unheld
from bot.wiring import Built
from evaluation.conversations.scene import Behind, Turn

RESPONSES = ROOT / "nlu_data" / "responses"
DOMAIN: Path = ROOT / "domain.yml"
_RULES_OUT = frozenset({"no", "none", "none_seen"})


class BehindTheDoor:
    """Reads the records of a house that runs in this process, and Rasa's tracker by `tracker_of`."""

    def __init__(self, built: Built, tracker_of: Callable[[str], Mapping[str, Any]]) -> None:
        self._built, self._tracker_of = built, tracker_of
        self.national: National = built.house.counsel.national

    def behind(self, consultation: str) -> Behind:
        """Return what is kept of a consultation now."""
        records = self._built.records
        held = records.consultation(consultation)
        facts = held.facts if held else None
        return Behind(
            answers=dict(facts.answers) if facts else {},
            assessment=records.latest_assessment(consultation),
            has_case=records.case_of(consultation) is not None,
            facts=facts,
            questions=frozenset(self.national.questions),
        )

    def kept(self, consultation: str) -> str:
        """Return everything that the records and Rasa's tracker hold of it, as text."""
        records = self._built.records
        stored = (records.messages(consultation), records.consultation(consultation), records.case_of(consultation))
        return f"{stored!r} {records.latest_assessment(consultation)!r} {json.dumps(self._tracker_of(consultation))}"

    def forget(self, consultation: str) -> None:
        """Let the dialogue forget a talk, as it does by itself after hours of silence."""
        dialogue: Any = self._built.house.dialogue
        asyncio.run(dialogue.forget_all([consultation]))

    def assess_again(self, turn: Turn) -> dict[str, Any] | None:
        """Work out once more what the facts of a turn come to, in the area and on the day of its assessment."""
        made = turn.behind.assessment or {}
        on = date.fromisoformat(made["on"])
        pack = self._built.house.counsel.pack({"child_area": made["area"]})
        if pack is None:
            return to_record(assess_unheld(turn.behind.facts, made["area"], self.national, on))
        return to_record(assess(turn.behind.facts, pack, self.national, on))

    def ruled_out(self) -> dict[str, frozenset[str]]:
        """Return every red-flag question with the values that say a danger is not so."""
        return {
            question.id: frozenset(v for v, option in question.options.items() if option.absent or v in _RULES_OUT)
            for question in self.national.questions.values()
            if question.red_flag
        }

    def options(self) -> dict[str, list[str]]:
        """Return the values that each question can have, those of free text without."""
        return {q.id: list(q.options) for q in self.national.questions.values() if q.options and q.kind != "scale"}

    def areas(self) -> list[str]:
        """Return the names of the councils that are held."""
        return [pack.name for pack in self._built.house.counsel.places().packs]

"""A check of the practice cases that needs the engine: whether each amounts to what is written of it."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from bot.consultation import Assessment, Outcome
from bot.knowledge.area import load_area
from bot.knowledge.check import known_nationally
from bot.knowledge.checks.finding import Finding, problem
from bot.knowledge.checks.written import Nation
from bot.knowledge.errors import NotInForce, PackError
from bot.knowledge.practice import PERSON, PracticeCase, load_practice
from bot.thresholds.assessing import assess


def findings(root: Path, on: date) -> list[Finding]:
    """Return the practice cases that amount to something else in an area than is written of them.

    What cannot be read is left out: `bot.knowledge.check` tells of it.
    """
    with suppress(PackError, NotInForce):
        nation = known_nationally(root, on)
        cases = load_practice(root, nation.national, on)
        return [finding for case in cases.values() for finding in _of_case(case, root, nation)]
    return []


def in_short(found: Assessment) -> str:
    """Return an assessment as a case has it: a level's code, the name of a red flag's route, or `person`."""
    if found.hard_exit:
        return found.hard_exit.value
    return found.level.code if found.outcome is Outcome.LEVEL and found.level else PERSON


def _of_case(case: PracticeCase, root: Path, nation: Nation) -> Iterator[Finding]:
    places = case.entry.members()["areas"].members()
    for area, expected in case.areas.items():
        with suppress(PackError, NotInForce):
            pack = load_area(root, area, nation.on, nation.shared)
            came = in_short(assess(case.facts, pack, nation.national, nation.on))
            if came != expected:
                yield problem(
                    places[area], f"practice case {case.id!r} amounts to {came} in {pack.name}, not to {expected}"
                )

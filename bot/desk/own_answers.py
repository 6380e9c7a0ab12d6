"""What was answered to an area's own questions, and what those answers say of indicators."""

from collections.abc import Mapping
from typing import Any

from bot.consultation import Facts, Status
from bot.knowledge.model import Pack

ANSWERS = "area_answers"  # the slot that keeps them, by question


def own_answers(pack: Pack | None, slots: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers to questions that the area asks today: those of another area say nothing here."""
    held = slots.get(ANSWERS) or {}
    return {one.id: held[one.id] for one in pack.questions if held.get(one.id) in one.titles} if pack else {}


def facts_with_own(facts: Facts, pack: Pack | None, slots: Mapping[str, Any]) -> Facts:
    """Return facts with the answers to the area's own questions and what those say of indicators.

    As everywhere, present wins over unsure and unsure over absent.
    """
    given = own_answers(pack, slots)
    if pack is None or not given:
        return facts
    said: dict[str, set[Status]] = {i: {status} for i, status in facts.indicators.items()}
    for one in pack.questions:
        option = one.question.options.get(given.get(one.id, ""))
        for status in Status if option else ():
            for indicator in getattr(option, status.value):
                said.setdefault(indicator, set()).add(status)
    order = (Status.PRESENT, Status.UNSURE, Status.ABSENT)
    indicators = {i: next(status for status in order if status in held) for i, held in said.items()}
    return Facts(indicators, {**facts.answers, **given}, facts.unread)

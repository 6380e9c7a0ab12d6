"""Steps: where in the questions a talk is, and about how many are left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.consultation import Facts
from bot.desk.needed import OWN, form_order, needed
from bot.knowledge.model import National

# By the question that each begins with. A question added to the form is in the step in whose place it stands.
STEPS: Mapping[str, str] = {
    "where": "child_area",
    "worry": "worry",
    "child": "open_case",
    "home": "household",
    "wishes": "parents_know",
    "check": "answers_checked",
    "outcome": "view",
}
AFTER_THE_FORM = ("view", "view_reason", "reference_kept", "anything_else")
_LAST = "answers_checked"


@dataclass(frozen=True, slots=True)
class Step:
    """One of the steps, counted from 1. `left` are the questions still to be asked, the open one among them."""

    number: int
    of: int
    name: str
    left: int


def step_at(national: National, asked: Sequence[str], facts: Facts, own_left: int) -> Step | None:
    """Return the step of the question that is open, the last of those `asked`.

    `own_left` are the area's own questions without an answer. None where the open question is in no step: an exit.
    """
    order = [*form_order(national), *AFTER_THE_FORM]
    in_order = [question for question in asked if question in order and question != OWN]
    if not asked or (asked[-1] not in order and asked[-1] != OWN) or not in_order:
        return None
    # An area's own question belongs to what was asked before it.
    place = order.index(in_order[-1])
    number = sum(order.index(first) <= place for first in STEPS.values())
    is_over = place >= order.index(_LAST)
    left = 0 if is_over else _left(national, asked, facts.answers, own_left)
    return Step(number, len(STEPS), list(STEPS)[number - 1], left)


def _left(national: National, asked: Sequence[str], answers: Mapping[str, Any], own_left: int) -> int:
    known = {*asked, *answers} - {asked[-1], _LAST}
    to_come = [one for one in needed(form_order(national), answers, leaves=False) if one not in known and one != OWN]
    return len(to_come) + own_left

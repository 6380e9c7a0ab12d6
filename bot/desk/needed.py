"""Which questions are still needed, given what has been answered.

Safety first and in the order of the form. A hard exit or a wish for a person needs no question.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.knowledge.model import National

ALIAS, OWN = "school_alias", "area_question"

# An unborn child says nothing, wants nothing, and has no injury to show.
_NOT_OF_UNBORN = frozenset({"child_said", "injury", "effect", "child_wants", "safe_scale"})


def form_order(national: National) -> list[str]:
    """Return the questions of the form in order: the national ones, with those that are no facts in their places."""
    questions = list(national.questions)
    worry = questions.index("worry")
    first, rest = questions[:worry], questions[worry + 1 :]
    return ["child_area", *first, ALIAS, "worry", "understood", *rest, OWN, "answers_checked"]


def needed(form: Iterable[str], slots: Mapping[str, Any], *, leaves: bool) -> list[str]:
    """Return the questions of the form that apply to this child, in order; none when it ends now."""
    if leaves or slots.get("wants_person"):
        return []
    left_out = _NOT_OF_UNBORN if slots.get("age_band") == "unborn" else frozenset()
    return [question for question in form if question not in left_out]

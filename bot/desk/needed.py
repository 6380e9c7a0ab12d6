"""Which questions are still needed, given what has been answered.

Safety first and in the order of the form. A hard exit or a wish for a person needs no question.
"""

from collections.abc import Iterable, Mapping
from typing import Any

# An unborn child says nothing, wants nothing, and has no injury to show.
_NOT_OF_UNBORN = frozenset({"child_said", "injury", "effect", "child_wants", "safe_scale"})


def needed(form: Iterable[str], slots: Mapping[str, Any], *, leaves: bool) -> list[str]:
    """Return the questions of the form that apply to this child, in order; none when it ends now."""
    if leaves or slots.get("wants_person"):
        return []
    left_out = _NOT_OF_UNBORN if slots.get("age_band") == "unborn" else frozenset()
    return [question for question in form if question not in left_out]

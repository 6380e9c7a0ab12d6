"""What leaves through the widget's door beside the words of a talk: how it stands, and what is understood so far."""

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from bot.desk.talking.desk import Standing
from bot.desk.talking.understood import Row, Understood
from bot.web.outward import StepOut


class RowOut(BaseModel):
    """Something that is known, with the DSL's words that it came from. `change` is what to choose to change it."""

    label: str
    value: str
    words: list[str]
    change: str | None


class UnderstoodOut(BaseModel):
    """What is understood so far. `unsure` are answers that are not known, `removed` placeholders in what was said."""

    child: list[RowOut]
    worries: list[RowOut]
    answers: list[RowOut]
    unsure: list[RowOut]
    removed: list[str]


def talk_out(standing: Standing | None, say: Callable[..., str]) -> dict[str, Any]:
    """Return how a talk stands as its page shows it, nothing for who is not its DSL."""
    if standing is None:
        return {}
    step = standing.step
    told = step and StepOut(number=step.number, of=step.of, title=say(f"utter_step_{step.name}"), left=step.left)
    return {"step": told, "understood": standing.understood, "keep_reference": standing.reference.value}


def understood_out(known: Understood) -> UnderstoodOut:
    """Return what is understood as a browser may have it."""
    groups = {name: [_row_out(row) for row in getattr(known, name)] for name in _GROUPS}
    return UnderstoodOut(**groups, removed=list(known.removed))


_GROUPS = ("child", "worries", "answers", "unsure")


def _row_out(row: Row) -> RowOut:
    return RowOut(label=row.label, value=row.value, words=list(row.words), change=row.change or None)

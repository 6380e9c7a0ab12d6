"""Facts told as one flat object, as on the command line and in the cases of a pack."""

import re
from collections.abc import Mapping
from typing import Any

from bot.consultation import Facts, Status
from bot.knowledge.model import National, Question, Row
from bot.thresholds.resolving import UNKNOWN

_STATUS = {
    "yes": Status.PRESENT,
    "true": Status.PRESENT,
    "present": Status.PRESENT,
    "no": Status.ABSENT,
    "false": Status.ABSENT,
    "absent": Status.ABSENT,
    "unknown": Status.UNSURE,
    "unsure": Status.UNSURE,
}

# The time that belongs to "goes home today" is kept beside the answer and is no question itself.
_TIMES = frozenset({"goes_home_time"})
_TIME_OF_DAY = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")


class UnknownFact(ValueError):
    """Tried to tell a fact under a name, or with a value, that the vocabulary does not have."""


def facts_from(told: Mapping[str, Any], national: National) -> Facts:
    """Return the facts of a flat mapping of question ids and indicator ids.

    A question takes its value, or a list of values if it takes several; an indicator takes yes,
    no, unknown, present, absent, unsure or a boolean. A name that is both is read as the question.
    Raises UnknownFact, which names what was not understood: a misspelt fact must never fall
    through to a low level.
    """
    indicators: dict[str, Status] = {}
    answers: dict[str, str | tuple[str, ...]] = {}
    for name, value in told.items():
        question = national.questions.get(name)
        if question is not None:
            answers[name] = _answer(question, value)
        elif name in _TIMES:
            answers[name] = _time(name, value)
        elif name in national.indicators:
            indicators[name] = _status(name, value)
        else:
            raise UnknownFact(f"{name}: neither a question nor an indicator")
    return Facts(indicators=indicators, answers=answers)


def facts_of_row(row: Row) -> Facts:
    """Return what a row's first alternative says, with the answers that the row needs, and nothing else."""
    answers = {question: min(values) for question, values in row.given.items()}
    return Facts(dict.fromkeys(sorted(row.needs[0]), Status.PRESENT), answers)


def _answer(question: Question, value: Any) -> str | tuple[str, ...]:
    values = [_plain(v) for v in value] if isinstance(value, (list, tuple)) else [_plain(value)]
    if not values or (len(values) > 1 and question.kind != "many"):
        raise UnknownFact(f"{question.id}: {value!r} is not {'an' if not values else 'one'} answer")
    for one in values:
        if not _is_answer(question, one):
            raise UnknownFact(f"{question.id}: {one!r} is not one of its answers")
    return tuple(values) if question.kind == "many" else values[0]


def _is_answer(question: Question, value: str) -> bool:
    if value == UNKNOWN or value in question.options:
        return True
    if question.kind == "scale":
        return value.isascii() and value.isdigit() and int(value) <= 10
    return question.kind == "text" and bool(value.strip())


def _plain(value: Any) -> str:
    # YAML and JSON have their own yes and no.
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, (str, int)) else repr(value)


def _status(name: str, value: Any) -> Status:
    status = _STATUS.get(_plain(value).strip().lower())
    if status is None:
        raise UnknownFact(f"{name}: {value!r} is neither yes, no nor unknown")
    return status


def _time(name: str, value: Any) -> str:
    if not isinstance(value, str) or not _TIME_OF_DAY.fullmatch(value):
        raise UnknownFact(f"{name}: {value!r} is not a time such as 15:30")
    return value

"""Facts that nobody can tell: indicators without a pattern or an answer, and answers that do not exist."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.knowledge.checks.finding import Finding, note, problem
from bot.knowledge.checks.written import Written, places
from bot.knowledge.entry import Entry, read
from bot.knowledge.model import National, Question
from bot.knowledge.vocabulary import CATEGORIES, as_a_whole

UNKNOWN = "unknown"
_HIGHEST_ON_A_SCALE = 10

# National files whose conditions rest on indicators.
_CONDITIONS = ("red_flags.yml", "adjustments.yml", "routes.yml", "transitions.yml")


def tellable(patterns: Iterable[str], national: National) -> frozenset[str]:
    """Return the indicators that a DSL's words or an answer can make present, with what follows from them."""
    told = {*patterns, *(name for name in map(as_a_whole, CATEGORIES) if name in national.indicators)}
    for question in national.questions.values():
        told.update(*(option.present for option in question.options.values()))
    implied = (national.indicators[i].implies for i in told)
    return frozenset(told).union(*implied)


def untold(seen: Written) -> Iterator[Finding]:
    """Rows, or ways in which a row holds, that rest on what nothing tells."""
    told = seen.tellable
    for row in seen.pack.rows:
        never = not any(needed <= told for needed in row.needs)
        for place in dict.fromkeys(_untold_places(seen.rows[row.id].members()["needs"], told)):
            what = "is never reached" if never else "has a way that is never reached"
            yield problem(
                place,
                f"row {row.id!r} {what}: nothing tells {place.text()!r}. "
                "Give it a pattern in reading/, or let an answer in questions.yml tell it",
            )


def _untold_places(needs: Entry, told: frozenset[str]) -> Iterator[Entry]:
    for way in needs.items():
        yield from (place for place in way.items() if place.text() not in told)


def untold_nationally(here: Path, told: frozenset[str]) -> Iterator[Finding]:
    """Conditions of the national part that rest on what nothing tells."""
    for file in (here / name for name in _CONDITIONS if (here / name).is_file()):
        for name, entry in places(read(file)):
            for place in entry.items() if name == "indicators" else ():
                if place.text() not in told:
                    yield problem(place, f"nothing tells {place.text()!r}: give it a pattern in reading/, or an answer")


def answers_nobody_gives(seen: Written) -> Iterator[Finding]:
    """Answers under `given` that no question has."""
    for name, row in seen.rows.items():
        given = row.members().get("given")
        for question, values in given.members().items() if given else ():
            known = seen.national.questions.get(question)
            if known is None:
                yield problem(values, f"row {name!r}: {question!r} is not a question; questions.yml has them")
                continue
            for value in values.items():
                wrong = _wrong(value.text(), known)
                if wrong:
                    yield problem(value, f"row {name!r}: {value.text()!r} {wrong}")


def _wrong(value: str, question: Question) -> str:
    if value == UNKNOWN:
        return "means that nobody knows: a row cannot rest on it"
    if value in question.options:
        return ""
    if (
        question.kind == "scale"
        and value.isascii()
        and value.isdigit()
        and len(value) < 3
        and int(value) <= _HIGHEST_ON_A_SCALE
    ):
        return ""
    return f"is not an answer to {question.id!r}; it has: {', '.join(question.options)}"


def unknown_adjustments(seen: Written) -> Iterator[Finding]:
    """What a row says it has weighed already, and nothing weighs."""
    raises = {adjustment.id for adjustment in seen.national.adjustments if adjustment.kind == "raise"}
    every = {adjustment.id for adjustment in seen.national.adjustments}
    for name, row in seen.rows.items():
        for place in row.members()["weighed"].items() if "weighed" in row.members() else ():
            if place.text() not in every:
                yield problem(place, f"row {name!r}: {place.text()!r} is not an adjustment; adjustments.yml has them")
            elif place.text() not in raises:
                yield note(
                    place, f"row {name!r}: {place.text()!r} does not raise a level, so there is nothing to weigh"
                )

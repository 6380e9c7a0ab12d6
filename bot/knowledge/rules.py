"""The national rules: red flags, adjustments and questions."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.consultation import HardExit
from bot.knowledge.common import checked
from bot.knowledge.dated import Shape, held_lines, held_on
from bot.knowledge.entry import Entry, read
from bot.knowledge.model import Adjustment, Indicator, Option, Question, RedFlag
from bot.knowledge.rule_model import Condition
from bot.knowledge.sources import CITED, Source, cite
from bot.knowledge.vocabulary import known_indicators

KINDS = ("choice", "many", "text", "scale", "confirm")
ADJUSTMENTS = ("raise", "floor", "person")
BASES = ("published", "professional_judgement")

_FLAG = (("exit", "words", "when", *CITED), ())
_ADJUSTMENT = (("kind", "words", "basis", *CITED), ("when", "floor", "core_unknown", "where_silent"))


def load_questions(
    file: Path, indicators: Mapping[str, Indicator], sources: Mapping[str, Source], on: date
) -> dict[str, Question]:
    """Return the questions in the order they are asked, as they stand on the day."""
    shape = Shape(("questions", *CITED), (), lambda fields, at: _questions(fields, indicators, sources))
    held = held_on(shape.changes(read(file)), on)
    return held or {}


def load_red_flags(
    file: Path,
    indicators: Mapping[str, Indicator],
    questions: Mapping[str, Question],
    sources: Mapping[str, Source],
    on: date,
) -> tuple[RedFlag, ...]:
    """Return the red flags that hold on the day, in the order of the file."""
    fields = read(file).fields(("flags",), ("defaults",))

    def make(name: str, held: dict[str, Entry], at: Entry) -> RedFlag:
        present, answers = condition(held["when"], indicators, questions)
        return RedFlag(
            id=name,
            exit=HardExit(held["exit"].one_of([e.value for e in HardExit])),
            words=held["words"].text(),
            indicators=present,
            answers=answers,
            citation=cite(held, sources),
        )

    return held_lines(fields["flags"], _FLAG, make, on, fields.get("defaults"))


def load_adjustments(
    file: Path,
    indicators: Mapping[str, Indicator],
    questions: Mapping[str, Question],
    sources: Mapping[str, Source],
    on: date,
) -> tuple[Adjustment, ...]:
    """Return the adjustments that hold on the day, in the order of the file."""
    fields = read(file).fields(("adjustments",), ("defaults",))

    def make(name: str, held: dict[str, Entry], at: Entry) -> Adjustment:
        when = held["when"].items() if "when" in held else []
        return Adjustment(
            id=name,
            kind=_kind(held, at),
            words=held["words"].text(),
            when=tuple(condition(line, indicators, questions) for line in when),
            floor=_floor(held),
            basis=held["basis"].one_of(BASES),
            citation=cite(held, sources),
            core_unknown=held["core_unknown"].number() if "core_unknown" in held else None,
            where_silent=_where_silent(held),
        )

    return held_lines(fields["adjustments"], _ADJUSTMENT, make, on, fields.get("defaults"))


def _kind(held: Mapping[str, Entry], at: Entry) -> str:
    kind = held["kind"].one_of(ADJUSTMENTS)
    if (kind == "floor") != ("floor" in held):
        at.fail("a floor names the neutral level under 'floor', and nothing else does")
    if "core_unknown" in held and kind != "person":
        held["core_unknown"].fail("only kind 'person' counts unknown answers")
    if ("when" in held) == ("core_unknown" in held):
        at.fail("say either 'when' it holds or how many core questions are unknown ('core_unknown')")
    return kind


def _where_silent(held: Mapping[str, Entry]) -> bool:
    if "where_silent" not in held:
        return False
    # A raise or a floor is about the child and holds whatever the area publishes.
    if held["kind"].text() != "person" or "core_unknown" in held:
        held["where_silent"].fail("only kind 'person' with 'when' can count just where the area is silent")
    return held["where_silent"].yes_or_no()


def _floor(held: Mapping[str, Entry]) -> int | None:
    return int(held["floor"].one_of(("1", "2", "3", "4"))) if "floor" in held else None


def condition(entry: Entry, indicators: Mapping[str, Indicator], questions: Mapping[str, Question]) -> Condition:
    """Return the indicators and answers that a line asks for, all of which the knowledge base must have."""
    fields = entry.fields((), ("indicators", "answers"))
    present = known_indicators(fields["indicators"], indicators) if "indicators" in fields else frozenset()
    answers: dict[str, frozenset[str]] = {}
    for question, values in fields["answers"].members().items() if "answers" in fields else ():
        if question not in questions:
            values.fail(f"{question!r} is not a question")
        known = questions[question].options
        answers[question] = frozenset(item.one_of(known) for item in values.items())
    if not (present or answers):
        entry.fail("a condition names at least one indicator or answer")
    return present, answers


def _questions(
    fields: Mapping[str, Entry], indicators: Mapping[str, Indicator], sources: Mapping[str, Source]
) -> dict[str, Question]:
    cite(fields, sources)
    found = {}
    for name, entry in fields["questions"].members().items():
        held = checked(name, entry).fields(("kind", "options"), ("core", "red_flag"))
        options = {value: _option(value, at, indicators) for value, at in held["options"].members().items()}
        if "unknown" not in options:
            held["options"].fail("'unknown' must always be an answer")
        found[name] = Question(
            id=name,
            kind=held["kind"].one_of(KINDS),
            core=held["core"].yes_or_no() if "core" in held else False,
            red_flag=held["red_flag"].yes_or_no() if "red_flag" in held else False,
            options=options,
        )
    return found


def _option(value: str, entry: Entry, indicators: Mapping[str, Indicator]) -> Option:
    said = entry.fields((), ("present", "absent", "unsure"))
    return Option(value, **{status: known_indicators(held, indicators) for status, held in said.items()})

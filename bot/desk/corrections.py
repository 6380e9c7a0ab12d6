"""Corrections: what a DSL changed, from the facts as they stood and stand, and what had been made of it before.

Nothing is overwritten in the record: every change of the facts and every assessment is kept. What is told here is
the first and the last of each answer that differs, so that whoever reads it sees both.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.consultation import Decision, Facts, Outcome, Status
from bot.desk.cards import Card, item, shown
from bot.desk.history import HistoryRecords
from bot.knowledge.model import National
from bot.knowledge.wording import Wording

# These grow or are worked out beside the answers: that they change is no correction.
_NOT_ANSWERS = frozenset({"goes_home_time", "referrals"})

type Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """An answer that was put right: what was said first, what stands now, and since when."""

    question: str
    before: Value
    after: Value
    at: datetime


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A sign that was told of and then taken back."""

    indicator: str
    at: datetime


def changed(history: Iterable[tuple[datetime, Facts]]) -> tuple[Changed, ...]:
    """Return the answers whose last value is another than the first, in the order they were first given.

    An answer that was left open in between counts as changed all the same. More ticks than before are no correction.
    """
    first: dict[str, Value] = {}
    last: dict[str, Value] = {}
    since: dict[str, datetime] = {}
    for at, facts in history:
        for question, value in facts.answers.items():
            if last.get(question) != value:
                since[question] = at
            first.setdefault(question, value)
            last[question] = value
    return tuple(
        Changed(question, before, last[question], since[question])
        for question, before in first.items()
        if question not in _NOT_ANSWERS and not _only_grew(before, last[question])
    )


def taken_back(history: Sequence[tuple[datetime, Facts]]) -> tuple[TakenBack, ...]:
    """Return the signs that were present once and are denied or doubted now."""
    if not history:
        return ()
    stands = history[-1][1].indicators
    back: dict[str, datetime] = {}
    was: set[str] = set()
    for at, facts in history:
        was |= facts.present()
        for indicator in was:
            status = facts.indicators.get(indicator)
            if status in (Status.ABSENT, Status.UNSURE):
                back.setdefault(indicator, at)
            elif status is Status.PRESENT:
                back.pop(indicator, None)
    return tuple(TakenBack(i, at) for i, at in back.items() if stands.get(i) is not Status.PRESENT)


def told(
    records: HistoryRecords, consultation_id: str, national: National, wording: Wording
) -> list[Card]:
    """Return what the DSL changed and what was worked out before, as lines of a card; nothing if nothing changed."""
    history = records.facts_history(consultation_id)
    lines = [_line(one, wording) for one in changed(history) if _has_label(one, wording)]
    lines += [
        wording.say("utter_line_taken_back", words=national.indicators[one.indicator].words)
        for one in taken_back(history)
        if one.indicator in national.indicators
    ]
    if not lines:
        return []
    return [item(line) for line in (*lines, *_before(records.decisions_of(consultation_id), wording))]


def in_brief(
    records: HistoryRecords, consultation_id: str, national: National, wording: Wording, when: Any
) -> list[str]:
    """Return the same for the duty worker, with the time of each. `when` puts a moment in words."""
    history = records.facts_history(consultation_id)
    lines = [
        wording.say(
            "utter_desk_line_changed",
            label=wording.say(f"utter_label_{one.question}"),
            before=shown(one.question, one.before, wording),
            after=shown(one.question, one.after, wording),
            at=when(one.at),
        )
        for one in changed(history)
        if _has_label(one, wording)
    ]
    for back in taken_back(history):
        if back.indicator in national.indicators:
            words = national.indicators[back.indicator].words
            lines.append(wording.say("utter_desk_line_taken_back", words=words, at=when(back.at)))
    if lines:
        for decision in _others(records.decisions_of(consultation_id)):
            result = _result(decision.result, wording)
            lines.append(wording.say("utter_desk_line_earlier_result", at=when(decision.at), result=result))
    return lines or [wording.say("utter_desk_line_nothing_changed")]


def _line(one: Changed, wording: Wording) -> str:
    return wording.say(
        "utter_line_changed",
        label=wording.say(f"utter_label_{one.question}"),
        before=shown(one.question, one.before, wording),
        after=shown(one.question, one.after, wording),
    )


def _before(decisions: Sequence[Decision], wording: Wording) -> Iterator[str]:
    """Yield what was worked out last from other facts than those that stand."""
    others = _others(decisions)
    if not others:
        return
    before, now = others[-1].result, decisions[-1].result
    if before["outcome"] == Outcome.LEVEL:
        is_same = (before["outcome"], before["local_code"]) == (now["outcome"], now["local_code"])
        line = "utter_line_level_before_same" if is_same else "utter_line_level_before"
        yield wording.say(line, name=before["local_name"], code=before["local_code"])
    else:
        yield wording.say(f"utter_line_{before['outcome']}_before")


def _others(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions on other facts than the last one's, the last of each run of the same."""
    kept: list[Decision] = []
    for decision in decisions:
        if kept and kept[-1].facts == decision.facts:
            kept.pop()
        kept.append(decision)
    return kept[:-1]


def _result(found: Mapping[str, Any], wording: Wording) -> str:
    if found["exit"]:
        return wording.say(f"utter_desk_line_exit_{found['exit']}")
    basis = {"area": found["area"], "version": found["pack_version"], "on": found["on"]}
    if found["local_code"]:
        return wording.say("utter_desk_line_level", code=found["local_code"], name=found["local_name"], **basis)
    return wording.say("utter_desk_line_no_level", **basis)


def _has_label(one: Changed, wording: Wording) -> bool:
    return f"utter_label_{one.question}" in wording.names()


def _only_grew(before: Value, after: Value) -> bool:
    if isinstance(before, tuple) and isinstance(after, tuple):
        return set(before) <= set(after)
    return before == after

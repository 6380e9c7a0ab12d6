"""`assess`: what facts, or a text, amount to in one area on one day.

A line that cannot be assessed never gets a low level: it gets a person, and the error by name.
"""

import argparse
import re
from datetime import date
from functools import cache
from typing import Any

from bot.anonymiser import AnonymiserFailed
from bot.commands.json_lines import BadLine, answer_lines, text_of
from bot.commands.knowing import TextReader, national, pack, told_and_read
from bot.consultation import Assessment, Outcome
from bot.knowledge import NotInForce, UnknownArea
from bot.thresholds import UnknownFact, assess, facts_from, to_record

_FACT = re.compile(r"[a-z][a-z0-9_]{0,60}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: lines in, lines out."""


def run(options: argparse.Namespace) -> None:
    """Add `assessment` to every line."""
    today = date.today()
    answer_lines(lambda record: _answer(record, today))


def _answer(record: dict[str, Any], today: date) -> dict[str, Any]:
    try:
        on = _day(record.get("on"), today)
        return {"assessment": to_record(_assessment(record, on))}
    except UnknownArea:
        error = "unknown_area"
    except NotInForce:
        error = "not_in_force"
    except UnknownFact as problem:
        # The fact's name is a word of ours; a value may be somebody's words and stays unsaid.
        name = _FACT.fullmatch(str(problem).partition(":")[0])
        error = f"unknown_fact: {name[0]}" if name else "unknown_fact"
    except BadLine as bad:
        error = str(bad)
    except AnonymiserFailed as failed:
        error = f"the text could not be anonymised ({type(failed).__name__})"
    return {"assessment": _a_person(record, today), "error": error}


def _assessment(record: dict[str, Any], on: date) -> Assessment:
    area, told = record.get("area"), record.get("facts", {})
    if not isinstance(area, str):
        raise BadLine("area must be a string")
    if not isinstance(told, dict):
        raise BadLine("facts must be an object")
    if "text" not in record and "facts" not in record:
        raise BadLine("give text or facts")
    read = _reader(on).read(text_of(record)).reading if "text" in record else None
    there = pack(area, on)
    facts = told_and_read(facts_from(told, national(on).asked_in(there)), read)
    return assess(facts, there, national(on), on)


@cache
def _reader(on: date) -> TextReader:
    return TextReader(on)


def _day(said: Any, today: date) -> date:
    try:
        return today if said is None else date.fromisoformat(said)
    except (TypeError, ValueError):
        raise BadLine("on must be a day such as 2026-11-21") from None


def _a_person(record: dict[str, Any], today: date) -> dict[str, Any]:
    area = record.get("area") if isinstance(record.get("area"), str) else ""
    return to_record(Assessment(Outcome.PERSON, area, today, pack_version=""))

"""`packs compare`: what two areas publish differently, or what they make of the same facts."""

import argparse
import json
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from bot.commands import CannotRun
from bot.commands.knowing import KNOWLEDGE_BASE, TextReader, national, pack, told_and_read
from bot.consultation import Assessment, Facts, MatchedIndicator, Outcome
from bot.knowledge import UnknownArea, areas
from bot.knowledge.model import Pack
from bot.thresholds import UnknownFact, facts_from
from bot.thresholds.comparing import Comparison, Difference, compare, differences


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Of which two areas, on which day, and with which facts."""
    parser.add_argument("first", help="an area's short name or code, such as kent")
    parser.add_argument("second", help="another, such as buckinghamshire")
    parser.add_argument("--on", type=date.fromisoformat, default=date.today(), help="a day (today)")
    parser.add_argument("--facts", help='facts as JSON, such as \'{"self_harm": "yes", "age_band": "13_15"}\'')
    parser.add_argument("--text", help="a worry in words, without names; it is read, and not kept")


def run(options: argparse.Namespace) -> int:
    """Print it, or say what cannot be compared."""
    try:
        first, second = (pack(area, options.on) for area in (options.first, options.second))
    except UnknownArea as unknown:
        known = ", ".join(area.slug for area in areas(KNOWLEDGE_BASE))
        raise CannotRun(f"no such area: {unknown}; there are {known}.") from None
    lines = _facts_compared(first, second, options) if options.facts or options.text else listed(first, second)
    for line in lines:
        print(line)
    return 0


def listed(first: Pack, second: Pack) -> Iterator[str]:
    """Yield what the areas place differently, by category, each side with its source."""
    yield f"{first.name} ({first.version}) and {second.name} ({second.version})"
    found = differences(first, second, national(first.on))
    for category, held in groupby(found, key=lambda difference: difference.category):
        yield f"\n{category.replace('_', ' ')}"
        for difference in held:
            yield from _difference(difference, first, second)
    yield f"\n{len(found)} differences. 'national' stands where the area itself says nothing of it."


def compared(comparison: Comparison, first: Pack, second: Pack) -> Iterator[str]:
    """Yield both answers to the same facts and the rows that make the difference."""
    for area, found, rows in (
        (first, comparison.first, comparison.only_first),
        (second, comparison.second, comparison.only_second),
    ):
        yield f"{area.name}: {_answer(found)} ({found.pack_version})"
        yield from (f"  {_side(row)}" for row in rows)
    yield "The answers differ." if comparison.differs else "Both areas place these facts at the same height."


def _facts_compared(first: Pack, second: Pack, options: argparse.Namespace) -> Iterator[str]:
    facts = _facts(options)
    yield from compared(compare(facts, first, second, national(options.on), options.on), first, second)


def _facts(options: argparse.Namespace) -> Facts:
    try:
        told = facts_from(_object(options.facts or "{}"), national(options.on))
    except UnknownFact as unknown:
        raise CannotRun(f"--facts: {unknown}") from None
    read = TextReader(options.on).read(options.text).reading if options.text else None
    return told_and_read(told, read)


def _object(written: str) -> dict[str, Any]:
    try:
        told = json.loads(written)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise CannotRun("--facts takes an object as JSON")
    return told


def _difference(difference: Difference, first: Pack, second: Pack) -> Iterator[str]:
    yield f"  {difference.words}"
    for area, side in ((first, difference.first), (second, difference.second)):
        yield f"      {area.name}: {_side(side) if side else 'nothing'}"


def _side(row: MatchedIndicator) -> str:
    level = f"{row.level.code} {row.level.name} ({' to '.join(n.name for n in row.level.neutral)})"
    basis = "" if row.basis == "published" else f" [{row.basis.replace('_', ' ')}]"
    where = f"{row.citation.title}, {row.citation.section}".rstrip(", ")
    return f"{level}{basis}: {row.words} ({where}; verified {row.citation.verified})"


def _answer(found: Assessment) -> str:
    level = f"{found.level.code} {found.level.name}" if found.level else "no level"
    if found.outcome is Outcome.EXIT:
        return f"exit {found.hard_exit}, counts as {level}"
    return level if found.outcome is Outcome.LEVEL else f"a person, {level} so far: {', '.join(found.reasons)}"

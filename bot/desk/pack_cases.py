"""The worked cases of an area: what a professional wrote should come of some facts, and whether it does.

A case is a sentence, the facts it is about and what should come of them:

    - name: Basics often missing over months are intensive in Kent
      facts:
        indicators: {hungry_often: present, injury: absent}
        answers: {in_danger: no, how_often: over_6_months}
      expect: {outcome: level, level: 3, because: [chronic-neglect]}

Of `expect` what is written is checked: `outcome`; `level`, a local code (with a person or an exit, the level
reached so far); `exit`; and `because`, rows or red flags that must be among the reasons. `on` may give the
day of the assessment; without it a case is about the day that is given.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.knowledge import NotInForce, PackError, load_area, load_national
from bot.knowledge.draft import place_of
from bot.knowledge.entry import Entry, read
from bot.knowledge.model import National, Pack
from bot.thresholds import assess, facts_from, to_record
from bot.thresholds.telling import UnknownFact

_NOTHING = ("", "null", "none")


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """A case as it is written. `expect` has values as text, `because` as a tuple."""

    name: str
    on: date | None
    told: Mapping[str, Any]
    expect: Mapping[str, Any]
    entry: Entry


def worked_cases(file: Path) -> Iterator[WorkedCase]:
    """Yield the cases of a file. Raises PackError with file and line."""
    for case in read(file).items():
        fields = case.fields(("name", "facts", "expect"), ("on",))
        facts = fields["facts"].fields((), ("indicators", "answers"))
        indicators, answers = (
            {name: _word_or_words(value) for name, value in facts[part].members().items()} if part in facts else {}
            for part in ("indicators", "answers")
        )
        if twice := sorted(set(indicators) & set(answers)):
            facts["answers"].fail(f"{twice[0]!r} is told twice")
        yield WorkedCase(
            name=fields["name"].text(),
            on=fields["on"].day() if "on" in fields else None,
            told={**indicators, **answers},
            expect=_expected(fields["expect"]),
            entry=case,
        )


def failures(root: Path, slug: str, on: date, known: National | None = None) -> list[str]:
    """Return, for each case of the area that does not come out as it says, its name and why. Raises PackError.

    `known` is the national part of that day, to save reading it again.
    """
    packs: dict[date, tuple[Pack, National]] = {}
    found = []
    for case in worked_cases(place_of(root, slug) / "cases.yml"):
        day = case.on or on
        try:
            if day not in packs:
                packs[day] = load_area(root, slug, day), (known if known and day == on else load_national(root, day))
        except NotInForce as early:
            found.append(f"{case.name}: {early}")
            continue
        if why := "; ".join(wrong(case, *packs[day], day)):
            found.append(f"{case.name}: {why}")
    return found


def wrong(case: WorkedCase, pack: Pack, national: National, on: date) -> Iterator[str]:
    """Yield what of a case does not come out as it says."""
    try:
        facts = facts_from(case.told, national.asked_in(pack))
    except UnknownFact as unknown:
        yield str(unknown)
        return
    record = to_record(assess(facts, pack, national, on))
    came = {
        "outcome": record["outcome"],
        "level": record["local_code"] or (record["at_least"] or {}).get("code"),
        "exit": record["exit"],
    }
    for part, value in came.items():
        if part in case.expect:
            wanted = None if case.expect[part] in _NOTHING else case.expect[part]
            if value != wanted:
                yield f"{part} should be {wanted or 'none'} and is {value or 'none'}"
    reasons = [reason["indicator"] for reason in record["because"]]
    for missing in sorted(set(case.expect.get("because", ())) - set(reasons)):
        yield f"{missing} should be among the reasons, which are {', '.join(reasons) or 'none'}"


def _expected(entry: Entry) -> dict[str, Any]:
    fields = entry.fields((), ("outcome", "level", "exit", "because"))
    if not fields:
        entry.fail("a case that expects nothing cannot fail")
    return {part: held.texts() if part == "because" else _word(held) for part, held in fields.items()}


def _word(entry: Entry) -> str:
    """Return the words, or nothing where nothing, null or ~ is written."""
    with suppress(PackError):
        return entry.text()
    return ""


def _word_or_words(entry: Entry) -> Any:
    with suppress(PackError):
        return [item.text() for item in entry.items()]
    return entry.text()

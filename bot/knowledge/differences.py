"""Differences between two packs of one area, as data that can be said in words.

A difference names what it is about, which part of it changed, and what stood and stands there. One that makes
answers lower, or takes something away that answers rested on, says so: those are looked at first.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from bot.consultation import Citation
from bot.knowledge.entry import read
from bot.knowledge.model import AreaQuestion, Contact, EarlyHelpOption, National, Pack, ProfileLine, Row
from bot.knowledge.standing_in import says_less_than_stood_in

# The parts by which a row, or the case that holds it in place, can be made to say less.
_THAT_LOWER = frozenset({"level", "needs", "given", "weighed", "neutral", "facts", "expect", "options", "red_flag"})
_STATUSES = ("present", "absent", "unsure")


class Change(StrEnum):
    """What became of a thing."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not in both packs, or not the same in both.

    `kind` is what it is (`row`, `level`, `contact`, ...), `name` which one, `part` what of it changed (empty
    if all of it came or went). `lowers` marks what can make an answer lower or poorer.
    """

    change: Change
    kind: str
    name: str
    part: str = ""
    before: str = ""
    after: str = ""
    lowers: bool = False


def differences(before: Pack, after: Pack, national: National) -> tuple[Difference, ...]:
    """Return what differs, levels and rows first. `national` says indicators in words, and what stands in for rows."""
    words = {one.id: one.words for one in national.indicators.values()}
    return (
        *_levels(before, after),
        *_rows(before, after, words, says_less_than_stood_in(before, after, national)),
        *_compared("contact", before.contacts, after.contacts, _contact, named=lambda one, key: one.label),
        *_compared("profile", before.profile, after.profile, _profile),
        *_compared("question", _by_id(before.questions), _by_id(after.questions), _question, lambda was, now: True),
        *_compared("step", _steps(before), _steps(after), dict),
        *_compared("help", _by_id(before.early_help), _by_id(after.early_help), _help, named=lambda one, key: one.name),
        *_area(before, after),
    )


def differences_of_cases(before: Path, after: Path) -> tuple[Difference, ...]:
    """Return which worked cases of two `cases.yml` came, went or changed. Each that went or changed is marked as
    lowering: a case may have been made to fit the rows. Raises PackError.
    """
    return tuple(_compared("case", _cases(before), _cases(after), dict, lambda was, now: True))


type _Parts = Mapping[str, str]


def _compared(
    kind: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    parts: Callable[[Any], _Parts],
    falls: Callable[[Any, Any], bool] = lambda was, now: False,
    named: Callable[[Any, str], str] = lambda one, key: key,
    lowers_anew: Callable[[Any], bool] = lambda now: False,
) -> Iterator[Difference]:
    for key in (*before, *(key for key in after if key not in before)):
        name = named(after[key] if key in after else before[key], key)
        if key not in after:
            yield Difference(Change.GONE, kind, name, before=_whole(parts(before[key])), lowers=True)
        elif key not in before:
            yield Difference(Change.NEW, kind, name, after=_whole(parts(after[key])), lowers=lowers_anew(after[key]))
        else:
            was, now = parts(before[key]), parts(after[key])
            for part in (*was, *(part for part in now if part not in was)):
                said, says = was.get(part, ""), now.get(part, "")
                if said != says:
                    lowers = part in _THAT_LOWER and falls(before[key], after[key])
                    yield Difference(Change.CHANGED, kind, name, part, said, says, lowers)


def _whole(parts: _Parts) -> str:
    # What comes first names the thing; the rest is on the sheet.
    return "; ".join([said for said in parts.values() if said][:3])


def _levels(before: Pack, after: Pack) -> Iterator[Difference]:
    def parts(level: Any) -> _Parts:
        reach = " ".join(neutral.name for neutral in level.neutral)
        return {"name": level.name, "neutral": reach, "consent": level.consent, "route": level.route}

    was, now = ({level.code: level for level in pack.levels} for pack in (before, after))
    # What a level reaches decides which of them stands in for the national ones: a new one may take their place.
    yield from _compared("level", was, now, parts, lambda was, now: True, lowers_anew=lambda now: True)
    if list(was) != list(now) and set(was) == set(now):
        yield Difference(Change.CHANGED, "area", after.name, "order", ", ".join(was), ", ".join(now), lowers=True)


def _row(row: Row, words: Mapping[str, str]) -> _Parts:
    ways = (" + ".join(sorted(words.get(name, name) for name in way)) for way in row.needs)
    given = (f"{question}: {' / '.join(sorted(values))}" for question, values in row.given.items())
    return {
        "level": row.level.code,
        "words": row.words,
        "needs": " | ".join(ways),
        "given": "; ".join(given),
        "weighed": ", ".join(sorted(row.weighed)),
        "domain": row.domain,
        "basis": row.basis,
        "published": row.published,
        **_said(row.citation),
    }


def _rows(before: Pack, after: Pack, words: Mapping[str, str], lowers: Callable[[Row], bool]) -> Iterator[Difference]:
    def falls(was: Row, now: Row) -> bool:
        return _row_falls(was, now) or lowers(now)

    rows = _by_id(before.rows), _by_id(after.rows)
    yield from _compared("row", *rows, lambda row: _row(row, words), falls, lowers_anew=lowers)


def _row_falls(was: Row, now: Row) -> bool:
    """Whether a row can make answers lower than it did: a lower level, harder to fulfil, or more weighed already."""
    lower = (max(now.level.neutral), now.level.rank) < (max(was.level.neutral), was.level.rank)
    fewer_ways = any(not any(way <= old for way in now.needs) for old in was.needs)
    return lower or fewer_ways or was.given != now.given or bool(now.weighed - was.weighed)


def _contact(contact: Contact) -> _Parts:
    return {
        "label": contact.label,
        "value": contact.value,
        "hours": contact.hours,
        "role": contact.role,
        "deputy": contact.deputy,
        "answers_to": contact.answers_to,
        "cluster": contact.cluster,
        **_said(contact.citation),
        "review_by": contact.review_by.isoformat(),
    }


def _profile(line: ProfileLine) -> _Parts:
    return {"value": line.value, "is": line.is_, **_said(line.citation)}


def _help(option: EarlyHelpOption) -> _Parts:
    return {
        "name": option.name,
        "what": option.what,
        "access": option.access,
        "levels": _listed(option.levels),
        "categories": _listed(option.categories),
        "ages": _listed(option.ages),
        "phases": _listed(option.phases),
        "hours": option.hours,
        "cost": option.cost,
        "school_can_do_now": str(option.school_can_do_now).lower(),
        "parents_hear": str(option.parents_hear).lower(),
        **_said(option.citation),
    }


def _question(one: AreaQuestion) -> _Parts:
    said = {
        value: "; ".join(
            (title, *(f"{status}: {_listed(getattr(one.question.options[value], status))}" for status in _STATUSES))
        )
        for value, title in one.titles.items()
    }
    flag = str(one.question.red_flag).lower()
    told = {"words": one.words, "label": one.label, "after": one.after, "red_flag": flag, "why": one.why}
    options = " | ".join(f"{value}: {words}" for value, words in said.items())
    return {**told, "in_other_words": one.in_other_words, "options": options, **_said(one.citation)}


def _steps(pack: Pack) -> dict[str, Mapping[str, str]]:
    return {f"{place}": step for place, step in enumerate(pack.escalation, start=1)}


def _area(before: Pack, after: Pack) -> Iterator[Difference]:
    if before.name != after.name:
        yield Difference(Change.CHANGED, "area", after.name, "name", before.name, after.name)
    for kind in ("missing", "also_called", "roles_not_published"):
        was, now = getattr(before, kind), getattr(after, kind)
        # What is no longer said to be missing is as weighty as a row that went.
        gone = (said for said in was if said not in now)
        yield from (Difference(Change.GONE, kind, after.name, before=said, lowers=kind == "missing") for said in gone)
        yield from (Difference(Change.NEW, kind, after.name, after=said) for said in now if said not in was)


def _cases(file: Path) -> dict[str, _Parts]:
    whole = read(file)
    # Says with file and line what is wrong with it.
    for case in (whole.fields(("cases",))["cases"] if whole.is_mapping() else whole).items():
        case.fields(("name", "facts", "expect"), ("on",))["name"].text()
    written = yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader)
    held = written["cases"] if whole.is_mapping() else written
    return {case["name"]: {part: _flat(held) for part, held in case.items() if part != "name"} for case in held}


def _flat(held: Any) -> str:
    if isinstance(held, dict):
        return "; ".join(f"{name}: {_flat(value)}" for name, value in held.items())
    return ", ".join(_flat(value) for value in held) if isinstance(held, list) else str(held)


def _by_id(held: Iterable[Any]) -> dict[str, Any]:
    return {one.id: one for one in held}


def _said(citation: Citation) -> _Parts:
    where = f"{citation.title}, {citation.section}; {citation.dated}"
    return {"source": where, "checked": citation.verified.isoformat()}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)).replace("_", " ")

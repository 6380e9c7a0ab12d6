"""Fact-check: everything the assistant would say for an area on a day, laid out for the people who check it.

What is on the sheet is what answers rest on, and nothing else: the same pack, the same national part, and
the same way in which national rows stand in where the area is silent.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from bot.consultation import Citation, Level
from bot.desk.own_questions import wording_of
from bot.knowledge.model import Adjustment, Contact, EarlyHelpOption, National, Pack, RedFlag, Row, StatutoryRoute
from bot.knowledge.rule_model import Condition
from bot.knowledge.wording import UnknownWording, Wording
from bot.thresholds.floor import levels_of, lowest_reaching, silent_about


@dataclass(frozen=True, slots=True)
class RowSaid:
    """A row with what has to be told for it to hold: any one of `ways`, each of them wholly."""

    row: Row
    ways: tuple[tuple[str, ...], ...]
    given: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelSaid:
    """A level with its own rows, and the national rows that stand in at it."""

    level: Level
    rows: tuple[RowSaid, ...]
    standing_in: tuple[RowSaid, ...]


@dataclass(frozen=True, slots=True)
class RuleSaid[T: (RedFlag, Adjustment, StatutoryRoute)]:
    """A national rule with what has to be told for it to hold: any one of `ways`."""

    rule: T
    ways: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Checked[T: (Contact, EarlyHelpOption)]:
    """A contact or option of help, and whether its check is past on the day."""

    held: T
    is_past: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that an answer for an area would rest on, on one day.

    `has_scheme` is false where the area's levels are not known: then `levels` are the neutral ones, and no
    level is given. `documents` are all that is cited, each once, with the latest day it was checked.
    """

    pack: Pack
    national: National
    has_scheme: bool
    levels: tuple[LevelSaid, ...]
    red_flags: tuple[RuleSaid[RedFlag], ...]
    adjustments: tuple[RuleSaid[Adjustment], ...]
    routes: tuple[RuleSaid[StatutoryRoute], ...]
    contacts: tuple[Checked[Contact], ...]
    national_contacts: tuple[Checked[Contact], ...]
    help: tuple[Checked[EarlyHelpOption], ...]
    national_help: tuple[Checked[EarlyHelpOption], ...]
    documents: tuple[Citation, ...]


def fact_check(pack: Pack, national: National, wording: Wording) -> Sheet:
    """Return the sheet of a pack, as it stands on the pack's day."""
    words = _InWords(national, wording_of(wording, pack))
    standing_in = tuple(_standing_in(pack, national))
    return Sheet(
        pack=pack,
        national=national,
        has_scheme=bool(pack.levels),
        levels=tuple(
            LevelSaid(
                level,
                tuple(words.row(row) for row in pack.rows if row.level.code == level.code),
                tuple(words.row(row) for row, at in standing_in if at.code == level.code),
            )
            for level in levels_of(pack, national)
        ),
        red_flags=tuple(words.rule(flag, [(flag.indicators, flag.answers)]) for flag in national.red_flags),
        adjustments=tuple(words.rule(one, one.when) for one in national.adjustments),
        routes=tuple(words.rule(route, route.when) for route in national.routes),
        contacts=_checked(pack.contacts.values(), pack),
        national_contacts=_checked(national.contacts.values(), pack),
        help=_checked(pack.early_help, pack),
        national_help=_checked(national.early_help, pack),
        documents=_documents(pack, national, standing_in),
    )


def _standing_in(pack: Pack, national: National) -> Iterator[tuple[Row, Level]]:
    """Yield the national rows that count here beside the area's own, each with its level here."""
    if national.floor is None or national.floor.code == pack.code:
        return
    levels = levels_of(pack, national)
    for row in national.floor.rows:
        level = lowest_reaching(max(row.level.neutral), levels)
        if level and (row.everywhere or silent_about(chain(*row.needs), pack)):
            yield row, level


def _checked[T: (Contact, EarlyHelpOption)](held: Iterable[T], pack: Pack) -> tuple[Checked[T], ...]:
    return tuple(Checked(one, one.review_by is not None and one.review_by < pack.on) for one in held)


def _documents(pack: Pack, national: National, standing_in: Iterable[tuple[Row, Level]]) -> tuple[Citation, ...]:
    of_area = (pack.rows, pack.contacts.values(), pack.early_help, pack.profile.values(), pack.questions)
    of_all = (national.red_flags, national.adjustments, national.routes, national.contacts.values())
    latest: dict[str, Citation] = {}
    for held in chain(*of_area, (row for row, _ in standing_in), *of_all, national.early_help):
        there = latest.setdefault(held.citation.source, held.citation)
        if there.verified < held.citation.verified:
            latest[held.citation.source] = held.citation
    return tuple(sorted(latest.values(), key=lambda citation: citation.title))


class _InWords:
    """Says conditions in the words of the vocabulary and of the questions' buttons."""

    def __init__(self, national: National, wording: Wording) -> None:
        self._indicators = national.indicators
        self._wording = wording

    def row(self, row: Row) -> RowSaid:
        ways = tuple(tuple(self._told(way)) for way in row.needs)
        return RowSaid(row, ways, tuple(self._answered(row.given)))

    def rule[T: (RedFlag, Adjustment, StatutoryRoute)](self, rule: T, when: Iterable[Condition]) -> RuleSaid[T]:
        return RuleSaid(rule, tuple((*self._told(told), *self._answered(answers)) for told, answers in when))

    def _told(self, indicators: Iterable[str]) -> Iterator[str]:
        return (self._indicators[name].words for name in sorted(indicators))

    def _answered(self, answers: Mapping[str, frozenset[str]]) -> Iterator[str]:
        for question, values in answers.items():
            titles = (self._wording.title_of(question, value) or value for value in sorted(values))
            yield f"{_or(self._wording.say, f'utter_label_{question}', question)}: {' / '.join(titles)}"


def _or(say: Callable[[str], str], name: str, otherwise: str) -> str:
    try:
        return say(name)
    except UnknownWording:
        return otherwise

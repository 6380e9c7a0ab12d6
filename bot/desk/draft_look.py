"""A look at a draft: what it would change, in words, what is wrong with it, and which worked cases fail.

The same look is shown to whoever writes a draft, to the second person who approves it, and on the command
line. Nothing is kept: the draft is laid out in a cache, read by the code that reads the knowledge base, and
compared with what is in force.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.desk.numbers import Say
from bot.desk.pack_cases import failures
from bot.desk.packs_in_force import PacksInForce
from bot.desk.revisions import Revision
from bot.knowledge import NotInForce, PackError, check, load_area
from bot.knowledge.checks.written import Nation
from bot.knowledge.differences import Change, Difference, differences, differences_of_cases
from bot.knowledge.draft import FILES, days_to_come, files_of, overlay, place_of
from bot.thresholds import pack_checks

# Knowledge names teams and roles. These look like a person: a title with a name, a mobile number, an address
# of somebody's own. They are pointed at, not refused: a school may be called after Dr Barnardo.
_PERSONAL = {
    "title": re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Mx|Prof)\.? [A-Z][a-z]"),
    "mobile": re.compile(r"(?<!\d)(?:\+44 ?7|07)\d(?:[ -]?\d){8}(?!\d)"),
    "address": re.compile(r"\b[A-Za-z]{2,}\.[A-Za-z]{2,}@"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A difference in words; `lowers` if it can make answers lower or poorer."""

    words: str
    lowers: bool


@dataclass(frozen=True, slots=True)
class DraftLook:
    """What a draft comes to on a day, beside the pack version `against` which it would be put in force.

    `wrong` are the problems that are not there without it, with file and line; `failing` the cases that do not
    come out as they say, and why. `personal` are places that look like a person's name or number. `changes`
    are pairs of a day and what differs from then on; `only_text` are files that differ without any effect.
    """

    on: date
    against: str
    wrong: tuple[str, ...]
    failing: tuple[str, ...]
    personal: tuple[str, ...]
    changes: tuple[tuple[date, tuple[Told, ...]], ...]
    only_text: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is in the way of putting it in force."""
        return not (self.wrong or self.failing)

    @property
    def changes_anything(self) -> bool:
        """Whether an answer could be other than before, on any day."""
        return any(told for _, told in self.changes)


def look_at(files: Mapping[str, str], root: Path, area: str, on: date, packs: PacksInForce, say: Say) -> DraftLook:
    """Return what these files would come to in place of the area's at `root`, on a day.

    Whatever the files say of days to come is loaded and compared too: on each it may fall, or change. Raises
    NotADraft for files that cannot be an area's, and UnknownArea.
    """
    personal = tuple(_personal(files, files_of(root, area), say))
    try:
        drafted = overlay(packs.root, area, files, packs.cache)
        sides = _Sides(root, drafted, area, on, packs.nation_of(on))
        wrong, failing = sides.problems(), tuple(sides.failing())
        later, fallen = sides.later()
        wrong = tuple(dict.fromkeys((*wrong, *fallen)))
        changes, only_text = sides.changes(later, files, say)
        against = load_area(root, area, on, sides.nation.shared).version
    except (PackError, NotInForce) as refused:
        return DraftLook(on, "", (_where(refused),), (), personal, (), ())
    return DraftLook(on, against, wrong, failing, personal, changes, only_text)


def look_without(revision: Revision, on: date, until: date | None, packs: PacksInForce, say: Say) -> DraftLook:
    """Return what would change from a day on if an approved revision were withdrawn.

    `until` is the day from which another one holds in any case. Raises UnknownArea.
    """
    area = revision.area
    try:
        held, then = (packs.root_of(area, on, without=left_out) for left_out in ("", revision.id))
        sides = _Sides(held, then, area, on, packs.nation_of(on), until)
        later, fallen = sides.later()
        changes, only_text = sides.changes(later, files_of(then, area), say)
        against = load_area(then, area, on, sides.nation.shared).version
    except (PackError, NotInForce) as refused:
        return DraftLook(on, "", (_where(refused),), (), (), (), ())
    return DraftLook(on, against, fallen, (), (), changes, only_text)


def _where(refused: PackError | NotInForce) -> str:
    if isinstance(refused, NotInForce):
        return str(refused)
    return f"{refused.file.name}, line {refused.line}: {refused.wrong}"


type _OnDays = tuple[tuple[date, tuple[Difference, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Sides:
    """What is in force and the draft beside it, and the national part, which is the same for both."""

    root: Path
    drafted: Path
    area: str
    on: date
    nation: Nation
    until: date | None = None

    def problems(self) -> tuple[str, ...]:
        """Return the draft's problems that are not there without it, wherever in the file they stand."""
        before = Counter((name, words) for name, _, words in self._found(self.root))
        told = []
        for name, line, words in self._found(self.drafted):
            if before[name, words] > 0:
                before[name, words] -= 1
            else:
                told.append(f"{name}, line {line}: {words}")
        return tuple(told)

    def _found(self, root: Path) -> list[tuple[str, int, str]]:
        here = place_of(root, self.area)
        found = sorted({*check.of_area(here, self.nation), *pack_checks.of_area(here, self.nation)})
        return [(one.file.name, one.line, one.words) for one in found if not one.is_note]

    def failing(self) -> list[str]:
        """Return the draft's own cases that do not come out as they say."""
        return failures(self.drafted, self.area, self.on, self.nation.national)

    def later(self) -> tuple[_OnDays, tuple[str, ...]]:
        """Return what differs on days to come, and in words on which of them the draft cannot be read."""
        named = {day for root in (self.root, self.drafted) for day in days_to_come(root, self.area, self.on)}
        found: list[tuple[date, tuple[Difference, ...]]] = []
        fallen: list[str] = []
        for day in sorted(named):
            if self.until is not None and day >= self.until:
                break
            try:
                load_area(self.drafted, self.area, day, self.nation.shared)
            except (PackError, NotInForce) as refused:
                said = _where(refused)
                fallen.append(said if day.isoformat() in said else f"{said} ({day.isoformat()})")
                continue
            # If what is in force falls on that day, there is nothing to compare with.
            with suppress(PackError, NotInForce):
                found.append((day, self._differ(day)))
        return tuple(found), tuple(fallen)

    def changes(
        self, later: _OnDays, files: Mapping[str, str], say: Say
    ) -> tuple[tuple[tuple[date, tuple[Told, ...]], ...], tuple[str, ...]]:
        """Return what differs on the day and besides on later ones, and the files that differ without any effect."""
        cases = (place_of(root, self.area) / "cases.yml" for root in (self.root, self.drafted))
        of_cases = differences_of_cases(*cases)
        told: list[tuple[date, tuple[Told, ...]]] = []
        known: set[Difference] = set()
        for day, differ in ((self.on, self._differ(self.on)), *later):
            found = [one for one in differ if one not in known]
            known |= set(found)
            if day == self.on:
                told.append((day, tuple(in_words((*found, *of_cases), say))))
            elif found:
                told.append((day, tuple(in_words(found, say))))
        now = files_of(self.root, self.area)
        changed = tuple(name for name in FILES if files[name] != now[name])
        return tuple(told), () if any(held for _, held in told) else changed

    def _differ(self, day: date) -> tuple[Difference, ...]:
        before, after = (load_area(root, self.area, day, self.nation.shared) for root in (self.root, self.drafted))
        return differences(before, after, self.nation.national)


def in_words(found: Iterable[Difference], say: Say) -> Iterator[Told]:
    """Yield differences as sentences, in the wording of the editing pages. The same change of many is said once."""
    nothing = say("utter_editing_nothing")
    for one, names in _together(found).items():
        what = say(f"utter_editing_kind_{one.kind}", name=", ".join(names))
        part = say(f"utter_editing_part_{one.part}") if one.part else ""
        blanks = {"what": what, "part": part, "before": one.before or nothing, "after": one.after or nothing}
        words = say(f"utter_editing_{one.change}", **blanks)
        yield Told(words[:1].upper() + words[1:], one.lowers)


def _together(found: Iterable[Difference]) -> dict[Difference, list[str]]:
    """Return the names of all things that changed alike."""
    together: dict[Difference, list[str]] = {}
    for one in found:
        alike = replace(one, name="") if one.change is Change.CHANGED else one
        together.setdefault(alike, []).append(one.name)
    return together


def _personal(files: Mapping[str, str], now: Mapping[str, str], say: Say) -> Iterator[str]:
    """Yield where a line that is new looks like a person. The line itself is not quoted."""
    for name in FILES:
        there = set(now[name].splitlines())
        for number, line in enumerate(files[name].splitlines(), start=1):
            if line in there:
                continue
            for kind, pattern in _PERSONAL.items():
                if pattern.search(line):
                    yield say(f"utter_editing_personal_{kind}", file=name, line=str(number))

"""What areas are called by, and which words cannot be a name: an area is recognised in what people type."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.entry import Entry, read
from bot.knowledge.errors import PackError
from bot.knowledge.national import FLOOR
from bot.knowledge.shared import folder

_ARTICLE = "the "
_APOSTROPHES = re.compile("['\u2019]")
_WORD = re.compile(r"[a-z0-9]+")


# The answer of answers.yml to "which council?" for one that is not held.
_NOT_HELD = "other"


@dataclass(frozen=True, slots=True)
class AreaNames:
    """The names of all areas, how people answer questions, and the words they tell worries in.

    `taken` are the areas (by slug) that go by a name. `answers` is, for each phrase of answers.yml, the area that
    it stands for, or nothing. All are plain: lower case, without signs.
    """

    taken: Mapping[str, frozenset[str]]
    answers: Mapping[str, str]
    common: frozenset[str]

    def of_others(self, plain: str, own: str) -> Iterator[str]:
        """Yield the other areas whose names stand in some words once the area's own are taken out."""
        mine = [name for name, held in self.taken.items() if own in held]
        rest = f" {plain} "
        for name in sorted(mine, key=len, reverse=True):
            # A name that two areas have is no longer the area's own.
            if self.taken[name] == {own} and name != plain:
                rest = rest.replace(f" {name} ", "  ")
        for name, held in self.taken.items():
            if f" {name} " in rest:
                yield from sorted(held - {own})

    def is_an_answer(self, plain: str, own: str, *, is_its_name: bool = False) -> bool:
        """Whether people answer a question with it and mean something else than the area.

        Councils that were not held are listed as some other one; a pack that bears the name comes before that.
        """
        means = self.answers.get(plain, own)
        return means != own and not (is_its_name and means == _NOT_HELD)

    def is_common(self, plain: str) -> bool:
        """Whether it is made of words with which people tell worries, or of single letters."""
        return all(word in self.common or len(word) == 1 for word in plain.split())


def plain_name(words: str) -> str:
    """Return a name in lower case without apostrophes, signs and article, single-spaced."""
    plain = " ".join(_WORD.findall(_APOSTROPHES.sub("", words.lower())))
    return plain.removeprefix(_ARTICLE)


def area_names(root: Path, told: Iterable[str]) -> AreaNames:
    """Read the names of all areas. `told` is what people tell worries in. Raises PackError for answers.yml."""
    taken: dict[str, frozenset[str]] = {}
    for here in sorted((root / "areas").glob("*-*")):
        slug = here.name.partition("-")[2]
        for plain in {plain_name(name) for name in (*_names(here / "area.yml"), slug)} if slug != FLOOR else ():
            taken[plain] = taken.get(plain, frozenset()) | {slug}
    answers = _answers(folder(root) / "answers.yml")
    common = frozenset(_WORD.findall(" ".join(told).lower()))
    return AreaNames(taken, answers, common)


def _names(file: Path) -> tuple[str, ...]:
    """Return what an area is called by its file; what is wrong with the file is told where the area is looked at."""
    names: list[str] = []
    with suppress(PackError):
        held = read(file).members()
        names += [held["name"].text()] if "name" in held else []
        names += held["also_called"].texts() if "also_called" in held else ()
    return tuple(names)


def _answers(file: Path) -> dict[str, str]:
    answers: dict[str, str] = {}
    for area, entry in _phrases(file) if file.is_file() else ():
        plain = plain_name(entry.text())
        # What means two things means no area.
        answers[plain] = area if answers.get(plain, area) == area else ""
    return answers


def _phrases(file: Path) -> Iterator[tuple[str, Entry]]:
    """Yield the phrases of the file, each with the area that it is an answer for."""
    for name, entry in read(file).members().items():
        for question, values in entry.members().items() if entry.is_mapping() else (("", entry),):
            for value, phrases in values.members().items() if values.is_mapping() else (("", values),):
                area = value if (name, question) == ("questions", "child_area") else ""
                yield from ((area, phrase) for phrase in phrases.items())

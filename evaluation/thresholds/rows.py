"""Every published row, given to the assessment in its own area: does it come out at the level it is published at?"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.consultation import Assessment, Facts, Outcome
from bot.knowledge.model import Pack, Row
from bot.thresholds.telling import facts_of_row

Assess = Callable[[str, Facts], Assessment]
AssessText = Callable[[str, str], Assessment]


@dataclass(frozen=True, slots=True)
class Published:
    """A sign as an area publishes it: the area's slug, the local code of its level, and its words."""

    area: str
    code: str
    words: str
    id: str


@dataclass(frozen=True, slots=True)
class Came:
    """At which level a published sign came out. `code` is None where no level was reached at all."""

    published: Published
    code: str | None
    outcome: str
    reasons: tuple[str, ...]

    @property
    def is_there(self) -> bool:
        """Whether it came out at its own level, as an answer or as what was reached before a person is asked."""
        return self.code == self.published.code

    @property
    def is_answered(self) -> bool:
        """Whether it came out at its own level as an answer, a hard exit included."""
        return self.is_there and self.outcome != Outcome.PERSON


def by_facts(packs: Iterable[Pack], assess: Assess) -> Iterator[Came]:
    """Yield how each published row comes out when its own facts alone are told."""
    for pack in packs:
        for row in pack.rows:
            if row.published:
                yield _came(_of(row, pack), assess(pack.area, facts_of_row(row)))


def by_words(packs: Iterable[Pack], assess: AssessText) -> Iterator[Came]:
    """Yield how each published row comes out when its words are typed."""
    for pack in packs:
        for row in pack.rows:
            if row.published:
                yield _came(_of(row, pack), assess(pack.area, row.words))


def by_phrases(file: Path, slug_of: Callable[[str], str | None], assess: AssessText) -> Iterator[Came]:
    """Yield how the phrases of a file come out, JSON lines of area, local_level, indicator and id."""
    for line in file.read_text("utf-8").splitlines():
        told = json.loads(line)
        area = slug_of(told["area"])
        code = told["local_level"].removesuffix(" of 5")
        published = Published(area or told["area"], code, told["indicator"], told["id"])
        yield _came(published, assess(area, told["indicator"])) if area else Came(published, None, "unknown_area", ())


def _of(row: Row, pack: Pack) -> Published:
    return Published(pack.area, row.level.code, row.words, row.published or row.id)


def _came(published: Published, found: Assessment) -> Came:
    code = found.level.code if found.level else None
    return Came(published, code, found.outcome.value, found.reasons)

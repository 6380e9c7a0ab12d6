"""Published worked cases: how the assessment of each compares with what was published of it."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.consultation import Assessment, Outcome

HERE = Path(__file__).resolve().parent
OWN = HERE / "vignettes.yml"
_NOTED = re.compile(r"basis=(?P<basis>\w+); acceptable=(?P<least>\d)(?:-(?P<most>\d))?")


@dataclass(frozen=True, slots=True)
class Vignette:
    """A worked case: its text, the area whose document is asked, and the neutral levels that are acceptable."""

    id: str
    area: str
    text: str
    basis: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Judged:
    """How one came out: `agrees`, `over`, `under` or `person`, and what was answered."""

    vignette: Vignette
    verdict: str
    answer: str


def own(file: Path = OWN) -> list[Vignette]:
    """Return the cases that are kept here, told in our own words."""
    return [Vignette(**told) for told in yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)["vignettes"]]


def from_lines(file: Path, area_of: Callable[[str], str]) -> list[Vignette]:
    """Return cases from JSON lines of id, source, scenario and notes (`basis=..; acceptable=2-3; ..`)."""
    found = []
    for line in file.read_text("utf-8").splitlines():
        told = json.loads(line)
        noted = _NOTED.search(told["notes"])
        if noted is None:
            raise ValueError(f"{told['id']}: its notes name no basis and no acceptable levels")
        least = int(noted["least"])
        area = area_of(told["source"])
        found.append(
            Vignette(told["id"], area, told["scenario"], noted["basis"], least, int(noted["most"] or least))
        )
    return found


def judge(vignettes: Iterable[Vignette], assess: Callable[[str, str], Assessment]) -> list[Judged]:
    """Return how each comes out. An exit for danger counts as significant harm."""
    return [_judged(vignette, assess(vignette.area, vignette.text)) for vignette in vignettes]


def _judged(vignette: Vignette, found: Assessment) -> Judged:
    answer = _in_words(found)
    if found.outcome is Outcome.PERSON:
        return Judged(vignette, "person", answer)
    low, high = _range(found)
    if high < vignette.least:
        return Judged(vignette, "under", answer)
    return Judged(vignette, "over" if low > vignette.most else "agrees", answer)


def _range(found: Assessment) -> tuple[int, int]:
    if found.hard_exit is not None and found.hard_exit.is_danger:
        return 4, 4
    # A route in law of its own is the answer; what level it would be is not asked.
    neutral = found.level.neutral if found.level else (1,)
    return min(neutral), max(neutral) if found.hard_exit is None else 4


def _in_words(found: Assessment) -> str:
    level = found.level.code if found.level else "none"
    if found.outcome is Outcome.EXIT and found.hard_exit:
        return f"exit {found.hard_exit.value}, level {level}"
    return f"person, so far {level}" if found.outcome is Outcome.PERSON else f"level {level}"

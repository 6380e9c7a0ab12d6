"""Levels of need: a local scheme's own, and the neutral scale they are compared on."""

from dataclasses import dataclass
from enum import IntEnum


class Neutral(IntEnum):
    """The neutral scale that every local scheme maps to.

    N1 universal; N2 early help; N3 targeted family help or section 17; N4 significant harm.
    """

    N1 = 1
    N2 = 2
    N3 = 3
    N4 = 4


@dataclass(frozen=True, slots=True)
class Level:
    """A level as an area names it.

    `neutral` holds one or more neighbouring neutral levels (Kent 3 is N2 and N3). `rank` is the
    level's place in its own scheme, lowest first: local codes are not numbers everywhere.
    """

    code: str
    name: str
    rank: int
    neutral: tuple[Neutral, ...]
    consent: str = ""
    route: str = ""

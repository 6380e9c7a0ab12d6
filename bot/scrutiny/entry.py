"""An entry: what is counted of one consultation. Nothing in it was typed, and nothing leads back to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

NOT_TOLD = "not_told"
NOT_RECORDED = "not_recorded"


class Band(StrEnum):
    """How grave it is: on the neutral scale that every area's levels map to, or why there is no level."""

    N1 = "n1"
    N2 = "n2"
    N3 = "n3"
    N4 = "n4"
    EXIT = "exit"
    PERSON = "person"
    NO_LEVEL = "no_level"

    @property
    def rank(self) -> int:
        """Return its place on the scale, 0 where it has none. An exit is danger, or a route that has no level."""
        return {Band.N1: 1, Band.N2: 2, Band.N3: 3, Band.N4: 4}.get(self, 0)


class Wait(StrEnum):
    """How long a school waited for the desk's answer."""

    FOUR_HOURS = "four_hours"
    ONE_DAY = "one_day"
    THREE_DAYS = "three_days"
    LONGER = "longer"


class Settled(StrEnum):
    """Where a disagreement ended."""

    STAGE_1 = "stage_1"
    STAGE_2 = "stage_2"
    STAGE_3 = "stage_3"
    STAGE_4 = "stage_4"
    WITHDRAWN = "withdrawn"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Entry:
    """One consultation, as it stands when the year is counted.

    `told` are the indicators of `kinds`. `assistant` is None where nothing was assessed, `worker` where nobody at the
    desk has answered. `dsl` is what the DSL thought should happen. `earlier` is how many consultations about the same
    child there had been in the 24 months before, None where the school gave no alias. `gravity` is where what was told
    stands by the yardstick of the year, and `signs` is how many were told.
    """

    area: str
    opened_at: datetime
    kinds: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    age: str = NOT_TOLD
    phase: str = NOT_RECORDED
    assistant: Band | None = None
    dsl: str = NOT_TOLD
    handed_over: bool = False
    worker: Band | None = None
    wait: Wait | None = None
    referral_advised: bool | None = None
    referral: str = NOT_TOLD
    earlier: int | None = None
    settled: Settled | None = None
    acting: frozenset[str] = frozenset()
    lead: str = NOT_RECORDED
    early_help: str = NOT_RECORDED
    taken_up: str = NOT_RECORDED
    meeting: str = NOT_RECORDED
    came: frozenset[str] = frozenset()
    gravity: int = 0
    signs: int = 0

    @property
    def answered(self) -> bool:
        """Whether somebody at the desk has answered."""
        return self.worker is not None

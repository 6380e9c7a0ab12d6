"""What came of it: what an annual report counts and nobody had written down. Chosen from lists, never typed."""

from dataclasses import dataclass
from enum import StrEnum


class Lead(StrEnum):
    """Who the desk asked to lead. A role, never a person."""

    SCHOOL = "school"
    DUTY_DESK = "duty_desk"
    EARLY_HELP = "early_help"
    PARENT_WITH_SCHOOL = "parent_with_school"
    OTHER_AGENCY = "other_agency"
    NOBODY = "nobody"


class EarlyHelp(StrEnum):
    """What the desk says of early help: MISSING is need that nothing meets."""

    OFFERED = "offered"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"


class TakenUp(StrEnum):
    """What became of early help that was offered."""

    TAKEN_UP = "taken_up"
    WAITING = "waiting"
    NOT_TAKEN_UP = "not_taken_up"


class Meeting(StrEnum):
    """Whether there was a meeting with the family."""

    HELD = "held"
    NOT_HELD = "not_held"


class Came(StrEnum):
    """Which agencies came to it."""

    SCHOOL = "school"
    SOCIAL_CARE = "social_care"
    EARLY_HELP = "early_help"
    HEALTH = "health"
    POLICE = "police"
    PARENT = "parent"
    NOBODY_ELSE = "nobody_else"


class Phase(StrEnum):
    """The phase of a school."""

    EARLY_YEARS = "early_years"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    ALL_THROUGH = "all_through"
    SPECIAL = "special"
    POST_16 = "post_16"


@dataclass(frozen=True, slots=True)
class CameOfIt:
    """What a DSL says afterwards. None is what they did not say; `came` counts where a meeting was held."""

    taken_up: TakenUp | None = None
    meeting: Meeting | None = None
    came: tuple[Came, ...] = ()

    @property
    def who_came(self) -> tuple[str, ...]:
        """Return who came to a meeting that was held, in the order of the list."""
        return tuple(one.value for one in Came if one in self.came) if self.meeting is Meeting.HELD else ()


def chosen(of: type[StrEnum], value: str) -> str | None:
    """Return a value that stands in a list; None for nothing, and for what does not."""
    return value if value in {one.value for one in of} else None

"""A reading: what one redacted text describes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.consultation.facts import Status


@dataclass(frozen=True, slots=True)
class Concern:
    """An indicator that a text speaks of, with the place of the words that say so."""

    category: str
    indicator: str
    status: Status
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Likely:
    """What a text as a whole speaks of: a probability (0 to 1) by category, and that someone must act at once.

    `not_so` is how likely it speaks of what is denied, supposed, asked about or of somebody else.
    """

    categories: Mapping[str, float]
    danger: float
    not_so: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one text.

    `red_flags` are the ids of present indicators (or combinations) that end the consultation.
    `answers` maps a question id to the value the text already answers (`age_band`: `5_9`). `strengths` are
    what the text says in the child's favour; they are no concerns. `unread` says that some clause of the
    text told us nothing. `dangers` are indicators of danger that the text speaks of, though not as a worry of their
    own kind ("dad threatened to kill mum and the children" is of domestic abuse): they count as present.
    `sounds_grave` says that it sounds as a child in danger does, though no red flag was
    found in it: then the DSL is asked outright.
    """

    concerns: tuple[Concern, ...] = ()
    red_flags: tuple[str, ...] = ()
    answers: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    strengths: tuple[Concern, ...] = ()
    unread: bool = False
    sounds_grave: bool = False
    dangers: tuple[str, ...] = ()

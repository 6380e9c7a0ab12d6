"""Rules: from which number on a figure is shown, how unsure what is not shown must stay, and to what it is rounded."""

from dataclasses import dataclass

USUAL = 5
MOST = 10


class BadRules(ValueError):
    """Tried to publish by rules that would protect nobody."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A figure from 1 up to, but not including, `under` is not shown; zero is.

    What is not shown for being small could be anything within `width` or more, as far as the rest tells. What is shown
    is rounded to the nearest multiple of `rounding`. Whatever a table counts in an area, of fewer than `base` it says
    nothing there.
    """

    under: int = USUAL
    rounding: int = USUAL

    def __post_init__(self) -> None:
        if not USUAL <= self.under <= MOST or not 1 <= self.rounding <= self.under:
            raise BadRules(f"small is under {USUAL} to {MOST}, rounding to 1 up to that")

    @property
    def width(self) -> int:
        """How far apart the least and the most are that a small figure could be."""
        return self.under

    @property
    def reach(self) -> int:
        """How far apart they are made within one table: others, of other questions, may take a little of it away."""
        return 2 * self.under

    @property
    def base(self) -> int:
        """How many there are at least in an area of which a table speaks."""
        return 2 * self.under

    @property
    def enough(self) -> int:
        """How many consultations told of something at least, before it is said where levels part over it."""
        return 6 * self.under

    def is_small(self, figure: int) -> bool:
        """Whether a figure is not to be shown."""
        return 0 < figure < self.under

    def rounded(self, figure: int) -> int:
        """Return a figure as it is shown, a half upwards."""
        return (2 * figure + self.rounding) // (2 * self.rounding) * self.rounding

"""Whether an option is for a child of this age, in this phase of school, and still within its check.

What is not known hides nothing: an age that was not asked for, or that nobody knows, fits every option.
"""

from datetime import date
from typing import Protocol

from bot.consultation import Facts
from bot.knowledge.model import EarlyHelpOption

# A band may lie across two phases: a child of four may be in nursery or in school. An unborn child is in
# none, and it may be any school that knows the family.
_PHASES = {
    "under_1": frozenset({"early_years"}),
    "1_4": frozenset({"early_years", "primary"}),
    "5_9": frozenset({"primary"}),
    "10_12": frozenset({"primary", "secondary"}),
    "13_15": frozenset({"secondary"}),
    "16_17": frozenset({"secondary", "post_16"}),
}


class Checked(Protocol):
    """Something that is due to be checked again after a day, or never."""

    @property
    def review_by(self) -> date | None: ...


def suits_the_age(option: EarlyHelpOption, facts: Facts) -> bool:
    """Whether the option is for the child's age band and a phase of school that goes with it."""
    given = facts.answers.get("age_band", "unknown")
    bands = frozenset((given,) if isinstance(given, str) else given)
    if not bands or "unknown" in bands:
        return True
    known = [_PHASES[band] for band in bands if band in _PHASES]
    fits_phase = not (option.phases and known) or bool(option.phases.intersection(frozenset().union(*known)))
    return fits_phase and (not option.ages or bool(option.ages & bands))


def is_due_to_be_checked(held: Checked, on: date) -> bool:
    """Whether it is past its check on the day: still shown, but never as sure."""
    return held.review_by is not None and held.review_by < on

"""How urgent an assessment is, so that two can be compared."""

from bot.consultation import Assessment, Outcome
from bot.thresholds.assessing import NOTHING_MATCHED
from bot.thresholds.conditions import EXIT_ORDER


def urgency(assessment: Assessment) -> tuple[int, int, int, int]:
    """Return a tuple that is greater for the more urgent of two assessments of one area.

    In this order: a hard exit before everything else; among exits the more urgent one; then the
    rank of the level reached (-1 for none), so that the top level follows the exits; then, at the
    same rank, a person before a level. A person is never a step down: the level reached so far
    stays in the assessment, and doubt only adds to it. The one person who counts no more than the
    level is the one asked because nothing matched, as hearing of a concern that matches may well
    settle it.
    """
    is_exit = assessment.hard_exit is not None
    exit_urgency = -EXIT_ORDER[assessment.hard_exit] if assessment.hard_exit else 0
    rank = assessment.level.rank if assessment.level else -1
    in_doubt = assessment.outcome is Outcome.PERSON and NOTHING_MATCHED not in assessment.reasons
    return (int(is_exit), exit_urgency, rank, int(in_doubt))

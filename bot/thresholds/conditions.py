"""Whether a combination of indicators and answers holds, may hold, or is ruled out.

Red flags and adjustments share one form of condition: every indicator named is present, and
every question named has one of the values named. A condition with no parts never holds.
"""

from collections.abc import Mapping

from bot.consultation import HardExit
from bot.knowledge.model import Adjustment, National, RedFlag
from bot.thresholds.resolving import UNKNOWN, Resolved, reach

EXIT_ORDER = {hard_exit: place for place, hard_exit in enumerate(HardExit)}

Answers = Mapping[str, frozenset[str]]


def holds(indicators: frozenset[str], answers: Answers, known: Resolved) -> bool:
    """Whether every part of the condition is known to be so."""
    if not (indicators or answers) or not indicators <= known.present:
        return False
    return answers_hold(answers, known)


def answers_hold(answers: Answers, known: Resolved) -> bool:
    """Whether every question named has one of the values named."""
    return all(known.answers.get(q, frozenset()) & values for q, values in answers.items())


def answers_may_hold(answers: Answers, known: Resolved) -> bool:
    """Whether every question named has one of the values named, or was answered "don't know"."""
    return all(known.answers.get(q, frozenset()) & (values | {UNKNOWN}) for q, values in answers.items())


def may_hold(indicators: frozenset[str], answers: Answers, known: Resolved) -> bool:
    """Whether every part is so, or is something we were told is not known."""
    if not (indicators or answers) or not indicators <= known.present | known.unsure:
        return False
    return answers_may_hold(answers, known)


def is_ruled_out(indicators: frozenset[str], answers: Answers, known: Resolved) -> bool:
    """Whether some part is known not to be so. What nobody spoke of rules nothing out."""
    if indicators & known.absent:
        return True
    answered = ((known.answers.get(q), values) for q, values in answers.items())
    return any(said and not said & (values | {UNKNOWN}) for said, values in answered)


def flags_that_hold(known: Resolved, national: National) -> tuple[RedFlag, ...]:
    """Return the red flags that hold, most urgent exit first, then in the order of the file."""
    held = [flag for flag in national.red_flags if holds(flag.indicators, flag.answers, known)]
    return tuple(sorted(held, key=lambda flag: EXIT_ORDER[flag.exit]))


def flags_that_may_hold(known: Resolved, national: National) -> tuple[RedFlag, ...]:
    """Return the red flags that would hold if what is unsure were so, most urgent exit first."""
    maybe = [
        flag
        for flag in national.red_flags
        # A flag that only may hold brings in a person if a child would be unsafe were it so. That a case
        # may be open elsewhere, or an arrangement may be private fostering, is asked about instead.
        if flag.exit.is_danger
        and may_hold(flag.indicators, flag.answers, known)
        and not holds(flag.indicators, flag.answers, known)
    ]
    return tuple(sorted(maybe, key=lambda flag: EXIT_ORDER[flag.exit]))


def open_red_flag_questions(known: Resolved, national: National) -> tuple[str, ...]:
    """Return the red-flag questions answered "don't know" that nothing else settles.

    Such a question is settled when every flag that an answer could raise has another part that is
    known not to be so. One that is tied to no flag is never settled: we cannot tell what it hides.
    """
    asked = (q for q in known.unknown if national.questions[q].red_flag)
    return tuple(q for q in asked if not _is_settled(q, known, national))


def adjustments_that_hold(kind: str, known: Resolved, national: National) -> tuple[Adjustment, ...]:
    """Return the adjustments of one kind that hold, in the order of the file."""
    core_unknown = core_questions_unknown(known, national)
    return tuple(
        adjustment
        for adjustment in national.adjustments
        if adjustment.kind == kind
        and (
            any(holds(*when, known) for when in adjustment.when)
            or (adjustment.core_unknown is not None and core_unknown >= adjustment.core_unknown)
        )
    )


def core_questions_unknown(known: Resolved, national: National) -> int:
    """Return how many core questions were answered "don't know"."""
    return sum(national.questions[q].core for q in known.unknown)


def _is_settled(question_id: str, known: Resolved, national: National) -> bool:
    could_tell = reach(national.questions[question_id], national)
    flags = national.red_flags
    tied = [flag for flag in flags if question_id in flag.answers or flag.indicators & could_tell]
    return bool(tied) and all(is_ruled_out(flag.indicators, flag.answers, known) for flag in tied)

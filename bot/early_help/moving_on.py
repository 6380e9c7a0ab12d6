"""What to see to when a child moves on: to another school, area or home, towards 18; or when consent is refused."""

from collections.abc import Mapping

from bot.consultation import Facts, Status
from bot.early_help.silence import parents_may_hear
from bot.knowledge.model import National, Transition


def transitions(facts: Facts, national: National) -> tuple[Transition, ...]:
    """Return what applies, in the order of the file. Advice beside an assessment: it never changes one.

    A line applies when each of its indicators is present or in doubt, and each of its answers was given.
    What would tell the parents of the worry is left out while that may put the child at risk. Where a
    consultation ended at a hard exit, the caller shows none of it: there is one thing to do then.
    """
    return tuple(
        one
        for one in national.transitions
        if any(_applies(line, answers, facts) for line, answers in one.when)
        and (not one.parents_hear or parents_may_hear(facts, national))
    )


def _applies(indicators: frozenset[str], answers: Mapping[str, frozenset[str]], facts: Facts) -> bool:
    maybe = {i for i, status in facts.indicators.items() if status is not Status.ABSENT}
    return indicators <= maybe and all(_given(facts, q) & values for q, values in answers.items())


def _given(facts: Facts, question: str) -> frozenset[str]:
    answer = facts.answers.get(question, ())
    return frozenset((answer,) if isinstance(answer, str) else answer)

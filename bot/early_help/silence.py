"""When the family must not hear of the worry at all.

Over female genital mutilation, forced marriage, honour and illness that may be made up, telling the
family can put the child in danger (guidance on each says so). A doubt is enough, and so is a sign
that was taken back.
"""

from bot.consultation import Facts, Status
from bot.knowledge.model import National

_CATEGORY = "fgm_forced_marriage_honour"
_INDICATORS = frozenset({"fabricated_illness", "illness_unexplained_repeated"})
_TICKS = frozenset({"fgm_marriage_honour", "fabricated_illness"})
# A DSL who has not said, or wants advice first, is not yet told to talk to the parents.
_PARENTS_MAY_HEAR = frozenset({"agree", "refuse", "safe_to_tell"})


def parents_may_hear(facts: Facts, national: National) -> bool:
    """Whether something may be offered that tells the parents of the worry."""
    return facts.answers.get("parents_know") in _PARENTS_MAY_HEAR and not must_not_hear(facts, national)


def must_not_hear(facts: Facts, national: National) -> bool:
    """Whether nothing may be said to the family, whatever the DSL thinks of telling them."""
    ticked = facts.answers.get("red_flag_list", ())
    if _TICKS & frozenset((ticked,) if isinstance(ticked, str) else ticked):
        return True
    spoken_of = (i for i, status in facts.indicators.items() if status is not Status.ABSENT)
    return any(_is_silent(indicator, national) for indicator in spoken_of)


def _is_silent(indicator: str, national: National) -> bool:
    held = national.indicators.get(indicator)
    return indicator in _INDICATORS or (held is not None and held.category == _CATEGORY)

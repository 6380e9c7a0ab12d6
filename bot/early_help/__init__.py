"""Early help: what may help this child before, or beside, a referral.

Matches the area's and the national options to an assessment (matching.py, age.py), says when the family must
not hear (silence.py) and what to see to when a child moves on or consent is refused (moving_on.py). Pure
functions over plain data; never a reason to refer less. May import: bot.consultation, bot.knowledge;
nothing foreign.
"""

from bot.early_help.age import is_due_to_be_checked
from bot.early_help.matching import match
from bot.early_help.moving_on import transitions
from bot.early_help.silence import must_not_hear

__all__ = ["is_due_to_be_checked", "match", "must_not_hear", "transitions"]

"""Early help: what may help this child before, or beside, a referral.

Matches the area's and the national options to an assessment. Pure functions over plain data;
never a reason to refer less. May import: bot.consultation, bot.knowledge; nothing foreign.
"""

from bot.early_help.matching import match
from bot.early_help.silence import must_not_hear

__all__ = ["match", "must_not_hear"]

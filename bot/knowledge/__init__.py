"""Knowledge: the knowledge base read into frozen objects, or refused with a reason.

Nothing without a start date, a source and the day it was verified gets in; there is no nearest
value and no default. The day is given. The only room that reads YAML. May import:
bot.consultation, yaml, holidays.
"""

from bot.knowledge.area import AreaName, areas, load_area
from bot.knowledge.bank_holidays import closed_days
from bot.knowledge.errors import NotInForce, PackError, UnknownArea
from bot.knowledge.everything import load_everything
from bot.knowledge.national import load_national, reading_patterns
from bot.knowledge.wording import UnknownWording, Wording

__all__ = [
    "AreaName",
    "NotInForce",
    "PackError",
    "UnknownArea",
    "UnknownWording",
    "Wording",
    "areas",
    "closed_days",
    "load_area",
    "load_everything",
    "load_national",
    "reading_patterns",
]

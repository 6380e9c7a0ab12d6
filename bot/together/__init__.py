"""Together: what several web processes of one house share beside the records, through PostgreSQL.

Whose turn it is in a consultation, who does what only one may do, and that something is new. Nothing that anybody said
passes through here: locks are numbers, and a bell carries the random id of a consultation at most. May import:
bot.desk, psycopg.
"""

from bot.together.bells import Bells
from bot.together.ground import Ground
from bot.together.leading import lead
from bot.together.redis import answers as redis_answers
from bot.together.standing import NotAnswering, Standing, who_stands
from bot.together.turns import TurnsTogether

__all__ = ["Bells", "Ground", "NotAnswering", "Standing", "TurnsTogether", "lead", "redis_answers", "who_stands"]

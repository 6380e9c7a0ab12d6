"""Findability: how easily a child could be found from a record that names nobody.

Weighs what only one has, what few share and what adds up, by the rules of the knowledge base, and says
which words did it and what vaguer ones would do. Pure: redacted texts and facts in, a Findability out;
the words of a text are taken as bot.reading.words takes them. It never finds that a record is not
findable: where nothing stands out, that is all it says. May import: bot.consultation, bot.knowledge.model,
bot.reading.words; nothing foreign.
"""

from bot.findability.instead import without
from bot.findability.weighing import Findability, Grade, Place, Reason, places_of, weigh

__all__ = ["Findability", "Grade", "Place", "Reason", "places_of", "weigh", "without"]

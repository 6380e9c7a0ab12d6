"""Knowledge: the knowledge base read into frozen objects, or refused with a reason.

Nothing without a start date, a source and the day it was verified gets in; there is no nearest
value and no default. The day is given. The only room that reads YAML. May import:
bot.consultation, yaml.
"""

"""The desk: what the service does, one use-case a module.

Receive a message, consult the thresholds, hand over, claim, answer, close. Knows people and
consultations, not HTTP, not SQL, not Rasa: those stand behind the ports. May import:
bot.consultation, bot.anonymiser, bot.reading, bot.knowledge, bot.thresholds, bot.early_help.
"""

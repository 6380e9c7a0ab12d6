"""Launch: from a checkout to a running house, and down again.

Takes the port, migrates, seeds, trains, starts Rasa as a child and our service in this process, waits
until both are well, and keeps Rasa running until somebody says stop. It decides nothing about
consultations. May import: bot.dialogue, bot.web.serve, bot.settings.
"""

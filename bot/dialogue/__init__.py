"""Dialogue: Rasa, at arm's length.

Talks to Rasa over loopback HTTP, trains its model, starts and stops its process. Nobody else
knows Rasa's shapes. What goes in is redacted text or a payload of our own; what comes out are
utterances. May import: bot.desk.ports, bot.settings,
bot.knowledge.translation, httpx.
"""

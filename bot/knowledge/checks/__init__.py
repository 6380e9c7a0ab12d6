"""Checks of a pack: one kind of fault a module, each finding with its file, its line and what to do about it.

A pack that is here has been read already: what cannot be read at all the loaders refuse. A problem has to be put
right before the pack is used; a note is something to know. May import: the rest of bot.knowledge.
"""

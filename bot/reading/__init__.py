"""Reading: from a redacted text to the concerns it describes, with the place of the words.

Patterns find what is spoken of; the scope of "no", "might", "if" and "dad denies" decides whether
it is present, unsure or absent. In doubt it finds: unsure rather than absent, present rather than
lost. Strengths are the other way round: only what is said outright, and in doubt the text counts as
not understood. It never says how serious anything is, and it opens no file: vocabulary, patterns and
spellings are given. May import: bot.consultation, bot.knowledge.model, spacy.
"""

from bot.reading.pattern import PatternError
from bot.reading.reader import Reader

__all__ = ["PatternError", "Reader"]

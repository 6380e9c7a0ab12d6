"""Sentence model: how likely a text speaks of each kind of worry and of present danger, and what its writer is doing.

A small sentence model (all-MiniLM-L6-v2, Apache-2.0) taught on our own examples: what words alone do not show, it
sees from the whole. It gives likelihoods and no more; what is made of them is the reading's business. Both files
are checked against their digests before they are opened; nothing is read from the network and nothing of a
text is kept but a keyed digest. May import bot.consultation, numpy, safetensors, tokenizers.
"""

from bot.sentence_model.model import SentenceModel, SentenceModelUnusable, load

__all__ = ["SentenceModel", "SentenceModelUnusable", "load"]

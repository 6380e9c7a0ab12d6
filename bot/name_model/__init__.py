"""Name model: how likely each character of a text belongs to a person's name, by a small token classifier.

Rampart (National Design Studio, CC BY 4.0) reads a text in any case and gives a probability to each piece of a
word; what to do with it is the anonymiser's business. The model file is checked against its digest before it is
opened, runs on one thread, and reads nothing from the network. May import onnxruntime, tokenizers, numpy.
"""

from bot.name_model.rampart import NameModel, NameModelUnusable, load

__all__ = ["NameModel", "NameModelUnusable", "load"]

"""Lightening: what Rasa is started with so that it does no work whose result is known (lighter_rasa.py does it there).

TensorFlow is left out where no component of config.yml learns with it. Training is left as it is;
where it is not installed at all, stand-ins are there for that too (without_tensorflow.py).
"""

from __future__ import annotations  # the launcher reads this, by whatever Python the machine has

import re
from collections.abc import Sequence
from pathlib import Path

FILE = Path(__file__).with_name("lighter_rasa.py")
WHOLE, WITHOUT_TENSORFLOW = "whole", "without-tensorflow"
# The components that were seen to need none of it. Any other keeps it in.
NEED_NONE = frozenset(
    {
        *("WhitespaceTokenizer", "CountVectorsFeaturizer", "LogisticRegressionClassifier", "FallbackClassifier"),
        *("RegexFeaturizer", "LexicalSyntacticFeaturizer", "EntitySynonymMapper", "KeywordIntentClassifier"),
        *("RegexEntityExtractor", "MemoizationPolicy", "AugmentedMemoizationPolicy", "RulePolicy"),
    }
)
_COMPONENT = re.compile(r"^\s*-\s*\{?\s*[\"']?name[\"']?\s*:\s*[\"']?(?P<name>[\w.]+)", re.MULTILINE)


def components(config: str) -> frozenset[str]:
    """Return the names of the components in the text of a config.yml."""
    return frozenset(found["name"] for found in _COMPONENT.finditer(config))


def needs_none(config: str) -> bool:
    """Whether no component in the text of a config.yml learns with TensorFlow."""
    named = components(config)
    return bool(named) and named <= NEED_NONE


def how(root: Path, arguments: Sequence[str]) -> str | None:
    """Return what Rasa is to go without, given its command line: None for a Rasa that is left as it is."""
    if list(arguments[1:2]) != ["run"]:
        return None
    config = (root / "config.yml").read_text(encoding="utf-8")
    return WITHOUT_TENSORFLOW if needs_none(config) else WHOLE

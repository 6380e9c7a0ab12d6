"""The pipeline of config.yml without Rasa around it, so that many trainings take seconds and not minutes.

`.venv/rasa/bin/python evaluation/act_model.py [--curve] [--folds N] [--seeds N] [--texts FILE]` runs in
Rasa's own interpreter, for its scikit-learn, reads nlu_data/nlu and the sets of evaluation/acts, and prints
JSON. Words are cut, figures replaced, features counted and weighed as Rasa 3.6 does it, with the numbers of
config.yml; a contract test holds it to what the served model answers.
"""

import argparse
import json
import random
import re
import sys
from pathlib import Path

import regex
import yaml
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)
# How Rasa's WhitespaceTokenizer cuts words.
_NO_WORD = regex.compile(
    r"[^\w#@&]+(?=\s|$)|(\s|^)[^\w#@&]+(?=[^0-9\s])|(?<=[^0-9\s])[^\w._~:/?#\[\]()@!$&*+,;=-]+(?=[^0-9\s])"
)
Example = tuple[str, str]


def examples_in(folder: Path) -> list[Example]:
    """Return (text, act) of every example in the folder's files, in order."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            found += [(line[2:].strip(), block["intent"]) for line in block["examples"].splitlines() if line.strip()]
    return found


def words(text: str) -> str:
    """Return the text as Rasa's tokenizer and its counting see it."""
    cut = _NO_WORD.sub(" ", text).split() or [text]
    return " ".join(re.sub(r"\b[0-9]+\b", "__NUMBER__", word).lower() for word in cut)


class ActModel:
    """Features and classifier of config.yml, trained on examples."""

    def __init__(self, config: dict, examples: list[Example]) -> None:
        parts = config["pipeline"]
        chosen = next(part for part in parts if part["name"] == "LogisticRegressionClassifier")
        self.fallback = next(part for part in parts if part["name"] == "FallbackClassifier")
        self.counters = [
            CountVectorizer(
                analyzer=part["analyzer"],
                ngram_range=(part["min_ngram"], part["max_ngram"]),
                min_df=part.get("min_df", 1),
                token_pattern=r"(?u)\b\w+\b",
            )
            for part in parts
            if part["name"] == "CountVectorsFeaturizer"
        ]
        # scikit-learn warns of a training that was stopped by max_iter; stopping it is meant.
        self.classifier = LogisticRegression(
            max_iter=chosen["max_iter"], class_weight="balanced", tol=1e-4, random_state=42
        )
        seen = [words(text) for text, _ in examples]
        features = hstack([counter.fit_transform(seen) for counter in self.counters]).tocsr()
        self.classifier.fit(features, [act for _, act in examples])

    def rows(self, examples: list[Example]) -> list[dict]:
        """Return a row for each example, as act_scores takes them."""
        seen = [words(text) for text, _ in examples]
        features: csr_matrix = hstack([counter.transform(seen) for counter in self.counters]).tocsr()
        return [
            self._row(text, act, sure)
            for (text, act), sure in zip(examples, self.classifier.predict_proba(features), strict=True)
        ]

    def _row(self, text: str, act: str, sure: list[float]) -> dict:
        best, second = sorted(range(len(sure)), key=lambda n: -sure[n])[:2]
        ahead = float(sure[best] - sure[second])
        stopped = sure[best] < self.fallback["threshold"] or ahead < self.fallback["ambiguity_threshold"]
        top = str(self.classifier.classes_[best])
        heard = "nlu_fallback" if stopped else top
        return {"text": text, "intent": act, "act": heard, "top": top, "sure": float(sure[best]), "ahead": ahead}


def right(rows: list[dict]) -> float:
    """Return the share of rows that were answered with their own act, the fallback counting as a miss."""
    return sum(row["act"] == row["intent"] for row in rows) / len(rows)


def part_of(examples: list[Example], share: float, seed: int) -> list[Example]:
    """Return so large a share of each act's examples, drawn and ordered by the seed."""
    drawn = list(examples)
    random.Random(seed).shuffle(drawn)
    by_act: dict[str, list[Example]] = {}
    for example in drawn:
        by_act.setdefault(example[1], []).append(example)
    return [example for block in by_act.values() for example in block[: max(2, round(share * len(block)))]]


def folded(config: dict, examples: list[Example], folds: int, seed: int = 7) -> list[dict]:
    """Return a row for each example, by a model that has not seen it; each fold has its share of each act."""
    in_order = sorted(part_of(examples, 1.0, seed), key=lambda example: example[1])
    rows = []
    for fold in range(folds):
        kept = [example for n, example in enumerate(in_order) if n % folds != fold]
        rows += ActModel(config, kept).rows([e for n, e in enumerate(in_order) if n % folds == fold])
    return rows


def measured(asked: argparse.Namespace) -> dict:
    """Return what was asked for, by name."""
    config = yaml.load((ROOT / "config.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    taught = examples_in(ROOT / "nlu_data" / "nlu")
    places = sorted(place for place in (ROOT / "evaluation" / "acts").iterdir() if place.is_dir())
    sets = {place.name: examples_in(place) for place in places}

    def figures(examples: list[Example]) -> dict:
        model = ActModel(config, examples)
        return {"examples": len(examples), **{name: right(model.rows(rows)) for name, rows in sets.items()}}

    found: dict = {}
    if asked.curve:
        found["curve"] = [{"share": share, **figures(part_of(taught, share, seed=7))} for share in SHARES]
    if asked.folds:
        found["folds"] = folded(config, taught, asked.folds)
    if asked.seeds:
        found["seeds"] = [figures(part_of(taught, asked.share, seed)) for seed in range(asked.seeds)]
    if asked.texts:
        texts = [(text, "") for text in json.loads(asked.texts.read_text(encoding="utf-8"))]
        found["texts"] = ActModel(config, taught).rows(texts)
    return found


def main() -> None:
    """Read what is asked, measure it, print it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--curve", action="store_true", help="accuracy on each set by share of the examples")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate the training examples in so many folds")
    parser.add_argument("--seeds", type=int, default=0, help="train on so many draws of the examples")
    parser.add_argument("--share", type=float, default=0.9, help="how much of the examples a draw takes")
    parser.add_argument("--texts", type=Path, help="a JSON list of texts to name the acts of")
    json.dump(measured(parser.parse_args()), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    import warnings

    warnings.filterwarnings("ignore", message="lbfgs failed to converge", category=UserWarning)
    main()

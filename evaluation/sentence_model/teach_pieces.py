"""Teach the table of words and pieces of words. Runs in Rasa's room, for the sake of its scikit-learn.

    python evaluation/sentence_model/teach_pieces.py LESSON.json PIECES.safetensors

One logistic regression for each kind of worry, for danger, and for each act, by stochastic gradient descent over the
same lesson that the sentence model is taught. Weights are kept as whole numbers of one byte.
"""

import argparse
import json

import numpy as np
from safetensors.numpy import save_file
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import SGDClassifier

ROUNDS = 12
TAME_OF_WORRIES, TAME_OF_ACTS = 1e-5, 3e-6  # how far weights are held back, found on texts by another hand


def table_of(rows, places):
    """Return which places (columns) each row's text has."""
    ends = np.cumsum([0] + [len(row["places"]) for row in rows])
    at = np.concatenate([row["places"] for row in rows])
    return csr_matrix((np.ones(len(at)), at, ends), shape=(len(rows), places))


def regression(seen, is_so, counts, tame):
    """Return the weights and the start of one output."""
    some = counts > 0
    taught = SGDClassifier(loss="log_loss", alpha=tame, max_iter=ROUNDS, tol=None, random_state=0)
    taught.fit(seen[some], is_so[some], sample_weight=counts[some])
    return taught.coef_[0], taught.intercept_[0]


def teach(lesson):
    """Return the table: `weights`, `unit`, `seldom` and `start` as bot/sentence_model/pieces.py wants them."""
    rows = lesson["concerns"] + lesson["messages"]
    rarity = TfidfTransformer()
    seen = rarity.fit_transform(table_of(rows, lesson["places"]))
    is_so, counts = (np.array([row[name] for row in rows], float) for name in ("is_so", "counts"))
    found = [regression(seen, is_so[:, i], counts[:, i], TAME_OF_WORRIES) for i in range(is_so.shape[1])]
    begins = len(lesson["concerns"])
    acts = np.array([row["act"] for row in rows[begins:]])
    every = np.ones(len(acts))
    found += [regression(seen[begins:], acts == i, every, TAME_OF_ACTS) for i in range(len(lesson["acts"]))]
    weights = np.stack([weight for weight, _ in found], 1)
    unit = np.abs(weights).max(0) / 127
    return {
        "weights": np.rint(weights / unit).astype(np.int8),
        "unit": unit.astype(np.float32),
        "seldom": rarity.idf_.astype(np.float32),
        "start": np.array([start for _, start in found], np.float32),
    }


def main():
    """Teach what the lesson holds and write the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("lesson")
    parser.add_argument("pieces")
    asked = parser.parse_args()
    with open(asked.lesson, encoding="utf-8") as file:
        lesson = json.load(file)
    save_file(teach(lesson), asked.pieces, metadata={kind: json.dumps(lesson[kind]) for kind in ("names", "acts")})


if __name__ == "__main__":
    main()

"""Teach the last layer one thing more, and leave all else that was learnt as it is. Runs in Rasa's room.

    python evaluation/sentence_model/teach_one.py LESSON.json LEARNT.safetensors not_so

One logistic regression over the vectors that the taught model makes of the examples: some minutes, where a
lesson of the whole model takes the better part of an hour.
"""

import argparse
import json

import numpy as np
import tensorflow as tf
from safetensors import safe_open
from safetensors.numpy import load_file, save_file
from sklearn.linear_model import LogisticRegression
from teach import BATCH, SCALE, Pupil, arrays

TAME = 0.003  # how far weights are held back, found on texts by another hand


def vectors(pupil, rows):
    """Return the vector of each row, (rows, 768). Texts of like length go together."""
    order = sorted(range(len(rows)), key=lambda place: len(rows[place]["ids"]))
    seen = tf.function(lambda ids, mask: pupil.seen(ids, mask, 0.0), reduce_retracing=True)
    found = {}
    for start in range(0, len(order), 4 * BATCH):
        places = order[start : start + 4 * BATCH]
        ids, mask, *_ = arrays([rows[place] for place in places])
        found.update(zip(places, seen(tf.constant(ids), tf.constant(mask)).numpy(), strict=True))
    return np.stack([found[place] for place in range(len(rows))])


def regression(seen, is_so, counts):
    """Return weights (768) and start of one output, for vectors as they come."""
    middle, spread = seen.mean(0), seen.std(0) + 1e-6
    taught = LogisticRegression(C=TAME, max_iter=400).fit((seen - middle) / spread, is_so, sample_weight=counts)
    weights = taught.coef_[0] / spread
    return weights, taught.intercept_[0] - middle @ weights


def teach(lesson, learnt, name):
    """Return what was learnt, with one thing more in the last layer, and what it tells apart."""
    held = load_file(learnt)
    with safe_open(learnt, framework="numpy") as file:
        about = file.metadata()
    names = json.loads(about["names"])
    pupil = Pupil(lesson["model"], len(names), len(lesson["acts"]))
    pupil.goes_on(learnt)
    place = lesson["names"].index(name)
    rows = [row for row in lesson["concerns"] if row["counts"][place]]
    is_so, counts = (np.array([row[part][place] for row in rows]) for part in ("is_so", "counts"))
    weights, start = regression(vectors(pupil, rows), is_so, counts)
    others = [at for at, told in enumerate(names) if told != name]
    held["head.w"] = np.column_stack([held["head.w"][:, others], weights]).astype(np.float16)
    held["head.b"] = np.append(held["head.b"][others], start).astype(np.float16)
    told = [names[at] for at in others] + [name]
    return held, {"scale": str(SCALE), "acts": about["acts"], "names": json.dumps(told)}


def main():
    """Teach it and write what was learnt."""
    parser = argparse.ArgumentParser()
    parser.add_argument("lesson")
    parser.add_argument("learnt")
    parser.add_argument("name")
    asked = parser.parse_args()
    with open(asked.lesson, encoding="utf-8") as file:
        lesson = json.load(file)
    held, about = teach(lesson, asked.learnt, asked.name)
    save_file(held, asked.learnt, metadata=about)


if __name__ == "__main__":
    main()

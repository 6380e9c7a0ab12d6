"""Sealing: the one place that knows the library of ciphers.

AES-256-GCM, with a nonce drawn for every value. What is sealed is bound to its place, so that it opens nowhere
else. A sealed value is text that begins with `MARK`, then pairs of hexadecimal digits: of all letters, chance can spell
a name. No error quotes a key, a place or a value.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = "a1:"
KEY_BYTES = 32
_NONCE_BYTES = 12

type Draw = Callable[[int], bytes]


class NotOpened(Exception):
    """Tried to open what was not sealed by this key for this place, or was not sealed. It carries nothing."""


class Cipher:
    """A key that seals and opens. It tells nobody what it is."""

    __slots__ = ("_cipher", "_draw")

    def __init__(self, key: bytes, draw: Draw) -> None:
        self._cipher = AESGCM(key)
        self._draw = draw

    def seal(self, place: str, value: bytes) -> str:
        """Return the value sealed for a place."""
        nonce = self._draw(_NONCE_BYTES)
        return MARK + (nonce + self._cipher.encrypt(nonce, value, place.encode())).hex()

    def open(self, place: str, sealed: Any) -> bytes:
        """Return what was sealed for a place. Raises NotOpened."""
        try:
            if not sealed.startswith(MARK):
                raise NotOpened
            held = bytes.fromhex(sealed[len(MARK) :])
            return self._cipher.decrypt(held[:_NONCE_BYTES], held[_NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError, AttributeError):
            raise NotOpened from None

    def seal_value(self, place: str, value: Any) -> str:
        """Return any value that JSON can hold, sealed for a place."""
        return self.seal(place, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())

    def open_value(self, place: str, sealed: Any) -> Any:
        """Return the value that was sealed for a place. Raises NotOpened."""
        return json.loads(self.open(place, sealed))


def master_cipher(secret: str, draw: Draw) -> Cipher:
    """Return the cipher of a master secret, which seals keys and nothing else."""
    return Cipher(sha256(b"noname master\0" + secret.encode()).digest(), draw)

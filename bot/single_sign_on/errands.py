"""Errands: what we have to know again of a browser that comes back from the council, kept by the browser itself.

An errand is signed, holds for ten minutes and serves once. What has been used is remembered for as long as it would
hold; after a restart the council's own refusal of a used code is what is left. Several processes ask their records too.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from bot.desk.council import ERRAND_LASTS, NotBelieved

_STATE_BYTES, _VERIFIER_BYTES = 24, 48
_PURPOSE = b"noname: the council's sign-in"

# Whether an errand, by its state, is used at a moment for the first time in any process.
type FirstUse = Callable[[str, datetime], bool]


@dataclass(frozen=True, slots=True)
class Errand:
    """One way to the council and back. `until` is in seconds since 1970; `code` is empty on the way there."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    until: int
    code: str = field(default="", repr=False)


class Errands:
    """Begins errands, signs them with a key, and knows which have been used."""

    def __init__(
        self, key: str, random_bytes: Callable[[int], bytes], is_first_use: FirstUse = lambda *_: True
    ) -> None:
        self._is_first_use = is_first_use
        self._key = hmac.digest(key.encode(), _PURPOSE, "sha256")
        self._random_bytes = random_bytes
        self._used: dict[str, int] = {}

    def begin(self, now: datetime) -> Errand:
        """Return a new errand, with chance in all that must not be guessed."""
        until = int((now + ERRAND_LASTS).timestamp())
        return Errand(self._draw(_STATE_BYTES), self._draw(_STATE_BYTES), self._draw(_VERIFIER_BYTES), until)

    def sealed(self, errand: Errand) -> str:
        """Return the errand as a cookie can hold it."""
        said = urlsafe_b64encode(json.dumps(asdict(errand)).encode()).decode().rstrip("=")
        return f"{said}.{self._signature(said)}"

    def opened(self, sealed: str, now: datetime) -> Errand:
        """Return the errand of a cookie, or raise NotBelieved: not ours, too old, or used."""
        said, _, signature = sealed.partition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(said).encode()):
            raise NotBelieved("errand")
        errand = Errand(**json.loads(urlsafe_b64decode(said + "==")))
        if errand.until <= now.timestamp() or errand.state in self._used:
            raise NotBelieved("errand_over")
        return errand

    def with_code(self, sealed: str, state: str, code: str, now: datetime) -> str:
        """Return an errand that has come back with its state, with the code in it. Raises NotBelieved."""
        errand = self.opened(sealed, now)
        if errand.code or not code or not hmac.compare_digest(errand.state.encode(), state.encode()):
            raise NotBelieved("state")
        return self.sealed(replace(errand, code=code))

    def ready(self, sealed: str, now: datetime) -> Errand:
        """Return an errand that has its code and was not used. Raises NotBelieved."""
        errand = self.opened(sealed, now)
        if not errand.code:
            raise NotBelieved("no_code")
        return errand

    def use(self, sealed: str, now: datetime) -> Errand:
        """Return an errand that has its code, for the only time. Raises NotBelieved."""
        errand = self.ready(sealed, now)
        if not self._is_first_use(errand.state, now):
            raise NotBelieved("errand_over")
        self._used = {state: until for state, until in self._used.items() if until > now.timestamp()}
        self._used[errand.state] = errand.until
        return errand

    def _draw(self, size: int) -> str:
        return urlsafe_b64encode(self._random_bytes(size)).decode()

    def _signature(self, said: str) -> str:
        return hmac.digest(self._key, said.encode(), "sha256").hex()

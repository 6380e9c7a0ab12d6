"""The issuer: the council's identity service over HTTP. What it publishes is kept for an hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.oauth2.auth import ClientAuth
from authlib.oidc.discovery import get_well_known_url
from joserfc.jwk import KeySet

from bot.desk.council import CouncilUnavailable, NotBelieved
from bot.single_sign_on.id_token import public_keys

KEPT = timedelta(hours=1)
PATIENCE = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class About:
    """What the issuer publishes of itself: where to send a browser, where to ask, how, and its keys."""

    sign_in: str
    token: str
    keys: str
    ways_to_prove: tuple[str, ...]


class Issuer:
    """Asks one issuer. Every failure is CouncilUnavailable, with a kind of ours for a text."""

    def __init__(self, address: str, patience: float = PATIENCE) -> None:
        self.address = address
        self._patience = patience
        self._about: tuple[About, datetime] | None = None
        self._keys: tuple[KeySet, datetime] | None = None

    async def about(self, now: datetime) -> About:
        """Return what it publishes of itself. Raises CouncilUnavailable."""
        if self._about is None or now - self._about[1] >= KEPT:
            self._about = self._read(await self._ask("GET", get_well_known_url(self.address, external=True))), now
        return self._about[0]

    async def keys(self, now: datetime, *, anew: bool = False) -> KeySet:
        """Return the keys that it signs with. Raises CouncilUnavailable and NotBelieved."""
        if anew or self._keys is None or now - self._keys[1] >= KEPT:
            self._keys = public_keys(await self._ask("GET", (await self.about(now)).keys)), now
        return self._keys[0]

    async def answer(self, form: Mapping[str, str], client_id: str, secret: str, now: datetime) -> Mapping[str, Any]:
        """Return what it gives for a code. Raises CouncilUnavailable, and NotBelieved when it refuses the code."""
        about = await self.about(now)
        body = str(httpx.QueryParams(dict(form)))
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        proof = ClientAuth(client_id, secret, _way(about.ways_to_prove, secret))
        address, headers, body = proof.prepare("POST", about.token, headers, body)
        return await self._ask("POST", address, headers=headers, content=body)

    async def _ask(self, method: str, address: str, **given: Any) -> Mapping[str, Any]:
        try:
            async with httpx.AsyncClient(timeout=self._patience, follow_redirects=False) as http:
                answer = await http.request(method, address, **given)
            if method == "POST" and answer.status_code == 400:
                raise NotBelieved("code")
            said = answer.json() if answer.status_code == 200 else None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as failure:
            raise CouncilUnavailable(type(failure).__name__) from None
        if not isinstance(said, dict):
            raise CouncilUnavailable(f"status_{answer.status_code}")
        return said

    def _read(self, said: Mapping[str, Any]) -> About:
        places = [said.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
        # To the letter, as the standard has it: else one issuer could speak for another.
        if said.get("issuer") != self.address or not all(self._is_safe(place) for place in places):
            raise CouncilUnavailable("description")
        ways = said.get("token_endpoint_auth_methods_supported")
        return About(*places, tuple(ways) if isinstance(ways, list) else ())

    def _is_safe(self, place: object) -> bool:
        if not isinstance(place, str):
            return False
        asked, issuer = urlsplit(place), urlsplit(self.address)
        # Without https only an issuer on this machine, as tests have one, and then nothing leads elsewhere.
        return asked.scheme == "https" or (issuer.scheme == "http" and asked.hostname == issuer.hostname)


def _way(supported: tuple[str, ...], secret: str) -> str:
    if not secret:
        return "none"
    basic, post = "client_secret_basic", "client_secret_post"
    return post if post in supported and basic not in supported else basic

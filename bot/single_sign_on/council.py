"""The council's sign-in: authorization code with PKCE, from the button to a login."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from bot.consultation import RawText
from bot.desk.council import NotBelieved, SettingOut
from bot.single_sign_on.errands import Errands, FirstUse
from bot.single_sign_on.id_token import Expected, UnknownKey, believed, login_of
from bot.single_sign_on.issuer import Issuer


@dataclass(frozen=True, slots=True)
class Client:
    """What the council knows this service by, where it sends browsers back, and which claim is a login here."""

    id: str
    back: str
    login_claim: str
    secret: str = field(default="", repr=False)


class CouncilSignIn:
    """The Council port over OpenID Connect. `key` signs errands; `random_bytes(n)` draws from the machine's chance."""

    def __init__(
        self,
        issuer: Issuer,
        client: Client,
        key: str,
        random_bytes: Callable[[int], bytes],
        is_first_use: FirstUse = lambda *_: True,
    ) -> None:
        self._issuer = issuer
        self._client = client
        self._errands = Errands(key, random_bytes, is_first_use)

    async def set_out(self, now: datetime) -> SettingOut:
        """Return where to send the browser, with its errand. Raises CouncilUnavailable."""
        about = await self._issuer.about(now)
        errand = self._errands.begin(now)
        address = prepare_grant_uri(
            about.sign_in,
            client_id=self._client.id,
            response_type="code",
            redirect_uri=self._client.back,
            scope=_scope(self._client.login_claim),
            state=errand.state,
            nonce=errand.nonce,
            code_challenge=create_s256_code_challenge(errand.verifier),
            code_challenge_method="S256",
        )
        return SettingOut(address, self._errands.sealed(errand))

    def came_back(self, errand: str, state: str, code: str, issuer: str, now: datetime) -> str:
        """Return the errand with the code in it. Raises NotBelieved."""
        if issuer and issuer != self._issuer.address:
            raise NotBelieved("issuer")
        return self._errands.with_code(errand, state, code, now)

    def can_go_on(self, errand: str, now: datetime) -> None:
        """Look whether an errand may be used now. Raises NotBelieved."""
        self._errands.ready(errand, now)

    async def login(self, errand: str, now: datetime) -> RawText:
        """Return the login that the council vouches for. Raises CouncilUnavailable and NotBelieved."""
        used = self._errands.use(errand, now)
        form = {
            "grant_type": "authorization_code",
            "code": used.code,
            "redirect_uri": self._client.back,
            "code_verifier": used.verifier,
        }
        answer = await self._issuer.answer(form, self._client.id, self._client.secret, now)
        expected = Expected(self._issuer.address, self._client.id, used.nonce)
        try:
            claims = believed(answer, await self._issuer.keys(now), expected, now)
        except UnknownKey:
            # Keys change. Ours may be up to an hour old.
            claims = believed(answer, await self._issuer.keys(now, anew=True), expected, now)
        return login_of(claims, self._client.login_claim)


def _scope(claim: str) -> str:
    # No more of anybody than the login.
    return "openid email" if claim == "email" else "openid email profile"

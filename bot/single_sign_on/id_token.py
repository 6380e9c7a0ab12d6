"""The council's word on who somebody is: a signed token, believed only when everything about it is right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from bot.consultation import RawText
from bot.desk.council import NotBelieved

# Signed with a key of which the council tells everybody the other half. Never `none`, never a shared secret.
SIGNED_WITH = ("RS256", "PS256", "ES256")
_KINDS_OF_KEY = {"RSA", "EC"}
_LEEWAY = 60  # seconds that the council's clock may be wrong
_LONGEST_LOGIN = 200
_EMAIL = "email"


class UnknownKey(NotBelieved):
    """Tried a token that names a key which the council does not have, or not yet when we asked for its keys."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say: who it is from, whom it is for, and which errand of ours it answers."""

    issuer: str
    client_id: str
    nonce: str = field(repr=False)


def public_keys(published: Mapping[str, Any]) -> KeySet:
    """Return the keys that may sign. Raises NotBelieved when none of what the council published can be read."""
    try:
        fit = [key for key in published["keys"] if key["kty"] in _KINDS_OF_KEY and key.get("use", "sig") == "sig"]
        return KeySet.import_key_set({"keys": fit})
    except (JoseError, LookupError, TypeError, ValueError, AttributeError):
        raise NotBelieved("keys") from None


def believed(answer: Mapping[str, Any], keys: KeySet, expected: Expected, now: datetime) -> Mapping[str, Any]:
    """Return what the token in the council's answer says. Raises UnknownKey and NotBelieved."""
    try:
        registry = JWSRegistry(algorithms=list(SIGNED_WITH), strict_check_header=False)
        token = jwt.decode(answer["id_token"], keys, registry=registry)
        options = {
            "iss": {"essential": True, "value": expected.issuer},
            "aud": {"essential": True, "value": expected.client_id},
        }
        params = {"nonce": expected.nonce, "client_id": expected.client_id, "access_token": answer.get("access_token")}
        claims = CodeIDToken(token.claims, token.header, options, params)
        claims.validate(now=int(now.timestamp()), leeway=_LEEWAY)
    except InvalidKeyIdError:
        raise UnknownKey("key") from None
    except (JoseError, LookupError, TypeError, ValueError, AttributeError) as why:
        # Their words quote the token. The kind is enough to find out.
        raise NotBelieved(type(why).__name__) from None
    return claims


def login_of(claims: Mapping[str, Any], name: str) -> RawText:
    """Return the claim that is a login here. Raises NotBelieved where it is none, or an address nobody confirmed."""
    login = claims.get(name)
    if not isinstance(login, str) or not 0 < len(login.strip()) <= _LONGEST_LOGIN:
        raise NotBelieved("claim")
    if name == _EMAIL and claims.get("email_verified", True) not in (True, "true"):
        raise NotBelieved("claim_unconfirmed")
    return RawText(login)

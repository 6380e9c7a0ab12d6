"""A fake issuer on loopback: a council's identity service over real HTTP, which can be made to lie in many ways."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, SECRET = "noname-at-kent", "a secret between us and the council"


def b64(said: bytes) -> str:
    return base64.urlsafe_b64encode(said).decode().rstrip("=")


@cache
def first_key() -> RSAKey:
    """Return the key that an honest issuer signs with; drawn once, as that takes a while."""
    return RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


class FakeIssuer:
    """Who it vouches for, how it signs, and what it got. Each knob is one lie."""

    def __init__(self, port: int, now: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.now = now
        self.key = first_key()
        self.published = [self.key]
        self.claims: dict[str, Any] = {"sub": "4711", "email": "sam@council.example"}
        self.changed: dict[str, Any] = {}  # claims that are not as they should be
        self.described: dict[str, Any] = {}  # parts of the description that are not as they should be
        self.sign = self.signed
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.forms: list[dict[str, str]] = []
        self.proofs: list[str] = []
        self.tokens: list[str] = []

    def description(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        whole = {name: self.address + path for name, path in places.items()}
        return {"issuer": self.address} | whole | self.described

    def authorise(self, asked: dict[str, str]) -> str:
        """Let the person in, and return where their browser is sent."""
        code = f"code-{len(self.codes) + 1}"
        self.codes[code] = asked
        return asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"], "iss": self.address})

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.forms.append(form)
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if asked is None or challenge != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        usual = {"iss": self.address, "aud": CLIENT_ID, "nonce": asked["nonce"], "iat": self.now, "exp": self.now + 300}
        claims = {name: value for name, value in (usual | self.claims | self.changed).items() if value is not None}
        self.tokens.append(self.sign(claims))
        return 200, {"access_token": "an access token", "token_type": "Bearer", "id_token": self.tokens[-1]}

    # ways to sign

    def signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key, algorithms=["RS256"])

    def unsigned(self, claims: dict[str, Any]) -> str:
        return self._by_hand({"alg": "none"}, claims, lambda said: b"")

    def with_the_public_key_as_a_secret(self, claims: dict[str, Any]) -> str:
        secret = self.key.as_pem(private=False)
        header = {"alg": "HS256", "kid": self.key.kid}
        return self._by_hand(header, claims, lambda said: hmac.digest(secret, said, "sha256"))

    def with_a_key_of_nobody(self, claims: dict[str, Any]) -> str:
        key = RSAKey.generate_key(2048, {"kid": "nobody's"})
        return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key, algorithms=["RS256"])

    def with_another_key_of_the_same_name(self, claims: dict[str, Any]) -> str:
        key = RSAKey.generate_key(2048, {"kid": self.key.kid})
        return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key, algorithms=["RS256"])

    def with_words_changed_afterwards(self, claims: dict[str, Any]) -> str:
        head, _, signature = self.signed(claims | {"email": "eve@council.example"}).split(".")
        return f"{head}.{b64(json.dumps(claims).encode())}.{signature}"

    def in_no_form(self, claims: dict[str, Any]) -> str:
        return "not.a-token"

    def _by_hand(self, header, claims, sign) -> str:
        said = f"{b64(json.dumps(header).encode())}.{b64(json.dumps(claims).encode())}"
        return f"{said}.{b64(sign(said.encode()))}"

    def got(self, method: str, path: str, body: str, proof: str) -> tuple[int, dict[str, Any]]:
        self.asked.append(f"{method} {path}")
        if path == "/.well-known/openid-configuration":
            return 200, self.description()
        if path == "/keys":
            return 200, {"keys": [key.as_dict(private=False) for key in self.published]}
        if (method, path) == ("POST", "/token"):
            self.proofs.append(proof)
            return self.token(dict(parse_qsl(body)))
        return 404, {}


@contextmanager
def fake_issuer(now: int) -> Iterator[FakeIssuer]:
    """Serve a fake issuer on a free port of this machine. `now` is its clock, in seconds since 1970."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            proof = self.headers.get("Authorization", "")
            status, said = issuer.got(self.command, urlsplit(self.path).path, body, proof)
            sent = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    issuer = FakeIssuer(server.server_address[1], now)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

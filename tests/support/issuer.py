"""A small OpenID Connect issuer: real HTTP on 127.0.0.1, real signatures, PKCE checked; `Lies` make it misbehave."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

CLIENT, SECRET = "ieum", "the client's secret"
Claims = dict[str, Any]


@dataclass
class Issuer:
    """What it says of the person, how it signs, and what it has been asked."""

    claims: Claims = field(default_factory=dict)
    change: Callable[[Claims], Claims] = lambda claims: claims
    sign: Callable[[Issuer, Claims], str] | None = None
    keys: list[RSAKey | ECKey] = field(default_factory=lambda: [RSAKey.generate_key(2048, {"kid": "one"})])
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    address: str = ""

    def signed(self, claims: Claims) -> str:
        """The identity token."""
        return (
            self.sign(self, claims) if self.sign else jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.keys[0])
        )

    def token(self, code: str, form: dict[str, str], secret: str) -> tuple[int, Claims]:
        """Exchange a code, once, for who knows the client's secret and the verifier."""
        asked = self.codes.pop(code, None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = _base64(digest)
        if asked is None or secret != f"{CLIENT}:{SECRET}" or asked["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        times = {"iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims = {"iss": self.address, "aud": CLIENT, **times, **self.claims}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.signed(self.change(claims))}

    def authorise(self, asked: dict[str, str]) -> str:
        """Where the browser goes back to, as if somebody had signed in."""
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.address})}"


def by_another_key(_issuer: Issuer, claims: Claims) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, RSAKey.generate_key(2048, {"kid": "one"}))


def unsigned(_issuer: Issuer, claims: Claims) -> str:
    return _written({"alg": "none", "typ": "JWT"}, claims) + "."


def by_the_public_key_as_secret(issuer: Issuer, claims: Claims) -> str:
    said = _written({"alg": "HS256", "kid": "one"}, claims)
    signature = hmac.new(issuer.keys[0].as_pem(private=False), said.encode(), hashlib.sha256).digest()
    return f"{said}.{_base64(signature)}"


def _written(header: Claims, claims: Claims) -> str:
    return ".".join(_base64(json.dumps(part).encode()) for part in (header, claims))


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def cut_short(issuer: Issuer, claims: Claims) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, issuer.keys[0])[:-5] + "AAAAA"


@contextmanager
def running() -> Iterator[Issuer]:
    """Serve until the block ends."""
    issuer = Issuer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(issuer))
    issuer.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()


def _handler(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorise":
                self.send_response(302)
                self.send_header("Location", issuer.authorise(_flat(parts.query)))
                self.end_headers()
            elif parts.path == "/keys":
                self._send(200, KeySet(issuer.keys).as_dict(private=False))
            else:
                self._send(200, _document(issuer.address))

        def do_POST(self) -> None:
            form = _flat(self.rfile.read(int(self.headers["Content-Length"])).decode())
            secret = base64.b64decode(self.headers.get("Authorization", "Basic ").split(" ")[1]).decode()
            self._send(*issuer.token(form.get("code", ""), form, secret))

        def _send(self, status: int, value: object) -> None:
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    return Handler


def _document(address: str) -> dict[str, str]:
    names = {"authorization_endpoint": "authorise", "token_endpoint": "token", "jwks_uri": "keys"}
    return {"issuer": address, **{name: f"{address}/{path}" for name, path in names.items()}}


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}

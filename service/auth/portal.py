"""The portal's sign-in by OpenID Connect: where to send a browser, and what a signed answer proves."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from service.actions.access.sign_in import Claims
from service.errors import Problem, ServiceError
from service.identity import PERMITTED, UserRole
from service.settings import Settings
from service.telemetry import log

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures by a private key only: neither `none` nor a shared secret proves who has signed."""
SECONDS = 5
LEEWAY_SECONDS = 60
KEYS_SECONDS = 600
LEAST_SECONDS_BETWEEN_LOOKS = 10
SCOPE = "openid profile email"
CALLBACK = "/sign-in/callback"


@dataclass(frozen=True, slots=True)
class Issuer:
    """What the issuer's discovery document names."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class Portal:
    """Speaks with the issuer that the settings name; its document and keys are read when first needed."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._settings, self._clock = settings, clock
        self._issuer: Issuer | None = None
        self._keys: KeySet | None = None
        self._keys_read = float("-inf")
        self._lock = threading.Lock()

    def address(self, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser: authorisation code with PKCE (S256), state and nonce."""
        with self._client() as client:
            request = client.create_authorization_url(
                self._issuer_document().authorization_endpoint, state=state, nonce=nonce, code_verifier=verifier
            )
        return str(request[0])

    def claims(self, code: str, verifier: str, nonce: str) -> Claims:
        """Exchange the code and prove the identity token; raises ServiceError `portal_refused`."""
        try:
            with self._client() as client:
                answer = client.fetch_token(
                    self._issuer_document().token_endpoint, code=code, code_verifier=verifier, timeout=SECONDS
                )
            return self._read(self._proved(str(answer["id_token"]), nonce))
        except (OAuthError, JoseError, KeyError, ValueError, TypeError, AttributeError) as error:
            log.logger().warning("sign_in_refused", reason=type(error).__name__)
            raise ServiceError(Problem.PORTAL_REFUSED) from error
        except RequestException as error:
            raise ServiceError(Problem.PORTAL_UNAVAILABLE) from error

    def _proved(self, token: str, nonce: str) -> Mapping[str, Any]:
        """The token's claims, once signature, issuer, audience, times and nonce are right."""
        try:
            token_read = jwt.decode(token, self._key_set(fresh=False), algorithms=ALGORITHMS)
        except (JoseError, ValueError):  # perhaps the issuer has changed its keys
            token_read = jwt.decode(token, self._key_set(fresh=True), algorithms=ALGORITHMS)
        needed = jwt.JWTClaimsRegistry(
            now=lambda: int(self._clock().timestamp()),
            leeway=LEEWAY_SECONDS,
            # OpenID Connect Core 3.1.3.7 asks for each of these checks.
            iss={"essential": True, "value": self._settings.oidc_issuer},
            aud={"essential": True, "value": self._settings.oidc_client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        needed.validate(token_read.claims)
        named = token_read.claims["aud"]
        if ({named} if isinstance(named, str) else set(named)) != {self._settings.oidc_client_id}:
            raise ValueError("aud")  # a token that others may use too was not made for us alone
        if token_read.claims.get("azp", self._settings.oidc_client_id) != self._settings.oidc_client_id:
            raise ValueError("azp")
        return token_read.claims

    def _read(self, claims: Mapping[str, Any]) -> Claims:
        settings = self._settings
        # An address that nobody has verified would let its claimant in as the user who has it.
        trusted = claims.get("email") if claims.get("email_verified") is True else None
        named = _at(claims, settings.oidc_role_claim)
        names = [str(name) for name in (named if isinstance(named, list) else [named])]
        roles = [UserRole(settings.oidc_roles[name]) for name in names if name in settings.oidc_roles]
        role = max(roles, key=lambda each: len(PERMITTED[each]), default=None)  # the one that permits most
        bound = _at(claims, settings.oidc_programs_claim)
        if isinstance(bound, str | list):
            programs: frozenset[str] | None = frozenset([bound] if isinstance(bound, str) else map(str, bound))
        else:  # a manager for whom the portal should name some but doesn't has none
            programs = frozenset() if settings.oidc_programs_claim and role is UserRole.MANAGER else None
        return Claims(
            issuer=settings.oidc_issuer,
            subject=str(claims["sub"]),
            name=str(claims.get("name") or claims.get("preferred_username") or claims["sub"])[:200],
            email=str(trusted).lower() if trusted else None,
            role=role,
            programs=programs,
        )

    def _issuer_document(self) -> Issuer:
        if self._issuer is None:
            document = self._fetched(self._settings.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration")
            # OpenID Connect Discovery 4.3: another issuer's document must not be taken for this one's.
            if document["issuer"] != self._settings.oidc_issuer:
                raise ServiceError(Problem.PORTAL_REFUSED)
            self._issuer = Issuer(**{name: str(document[name]) for name in Issuer.__slots__})
        return self._issuer

    def _key_set(self, *, fresh: bool) -> KeySet:
        """The issuer's keys, read again every ten minutes, and sooner when a signature fits none of them."""
        with self._lock:
            age = time.monotonic() - self._keys_read
            # Forged tokens would otherwise make the service ask the portal for keys as often as they come.
            if self._keys is None or age > (LEAST_SECONDS_BETWEEN_LOOKS if fresh else KEYS_SECONDS):
                key_set_document = self._fetched(self._issuer_document().jwks_uri)
                self._keys, self._keys_read = KeySet.import_key_set(key_set_document), time.monotonic()
            return self._keys

    def _fetched(self, address: str) -> Any:
        try:
            with self._client() as client:
                answer = client.get(address, withhold_token=True, timeout=SECONDS, allow_redirects=False)
                answer.raise_for_status()
                return answer.json()
        except (RequestException, ValueError) as error:
            raise ServiceError(Problem.PORTAL_UNAVAILABLE) from error

    def _client(self) -> OAuth2Session:
        settings = self._settings
        return OAuth2Session(
            settings.oidc_client_id,
            settings.oidc_client_secret,
            scope=SCOPE,
            redirect_uri=settings.origin + CALLBACK,
            # PKCE (RFC 7636): a code that leaks on its way can't be used by anybody else.
            code_challenge_method="S256",
        )


def _at(claims: Mapping[str, Any], path: str) -> Any:
    """The claim at a dotted path, as in `realm_access.roles`.

    >>> _at({"realm_access": {"roles": ["a"]}}, "realm_access.roles")
    ['a']
    """
    value: Any = claims if path else None
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value

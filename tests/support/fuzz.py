"""Requests that nobody would send in earnest, drawn from a seed: every route, in every part that a caller writes."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from flask import Flask

CANARIES = ("홍길순-canary", "canary@example.kr", "010-9876-5432", "900101-2345678", "카나리아 주식회사")
"""Personal strings that are planted everywhere a caller writes; none may reach the log."""

IDS = ("s-0001", "s-0024", "google-cloud-2026", "v1", "r-1", "d-1", "o-1", "i-1", "ko", "1", "0", "-1", "9" * 30)
ODD = (
    "",
    "\0",
    "a\0b",
    "..",
    "../../etc",
    "%2e",
    "가나다",
    "é",
    "\u202eabc",
    "\n",
    "\x7f",
    "x" * 5_000,
    "👩‍🔬",
    "null",
    "*",
    "'--",
    "{{1}}",
)
NAMES = (
    "limit",
    "cursor",
    "q",
    "on",
    "include",
    "audience",
    "kind",
    "region",
    "actor",
    "subject",
    "page",
    "next",
    "token",
)
NAMES_TOO = (
    "program_id",
    "startup_id",
    "reason",
    "year",
    "family",
    "startup",
    "program",
    "round",
    "back",
    "since",
    "until",
    "x",
)
KINDS = (
    *("application/json", "application/json; charset=utf-16", "application/merge-patch+json", "text/csv", ""),
    *("multipart/form-data; boundary=b", "application/x-www-form-urlencoded", "application/octet-stream", "x"),
)
HEADERS = (
    "If-Match",
    "If-None-Match",
    "Idempotency-Key",
    "Accept-Language",
    "Range",
    "If-Range",
    "X-Request-ID",
    "Cookie",
)
HEADERS_TOO = (
    "X-Forwarded-For",
    "Forwarded",
    "Origin",
    "Sec-Fetch-Site",
    "X-CSRF-Token",
    "If-Modified-Since",
    "traceparent",
)
VALUES = (
    '""',
    "*",
    '"1"',
    'W/""',
    "",
    "bytes=5-1",
    "ko;q=9",
    "en, *;q=0",
    "x" * 3_000,
    "=;=;",
    "a=\udc80".encode("utf-8", "replace").decode(),
)


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    key: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)


class Fuzz:
    """Draws requests for an application; `keys` are of every role, with a wrong one and none among them."""

    def __init__(self, app: Flask, keys: Sequence[str | None], seed: int) -> None:
        self._random = random.Random(seed)
        self._keys = keys
        rules = [rule for rule in app.url_map.iter_rules() if "activate" not in rule.rule]
        self._routes = [
            (rule.rule, method) for rule in rules for method in sorted(rule.methods or ()) if method != "OPTIONS"
        ]
        self._bodies: tuple[Callable[[], bytes], ...] = (
            self._profile, self._json, self._form, self._multipart, self._noise, lambda: b"", self._doubled, self._deep
        )  # fmt: skip

    def drawn(self) -> Asked:
        """The next request."""
        pick = self._random
        rule, method = pick.choice(self._routes)
        if pick.random() < 0.05:
            method = pick.choice(("GET", "PUT", "PATCH", "DELETE", "OPTIONS", "POST", "BREW"))
        path = re.sub(
            r"<[^>]+>", lambda _: quote(pick.choice(IDS) if pick.random() < 0.6 else self._word(), safe=""), rule
        )
        query = "&".join(f"{quote(self._name())}={quote(self._word())}" for _ in range(pick.choice((0, 0, 1, 2, 4))))
        headers = {name: self._value() for name in pick.sample((*HEADERS, *HEADERS_TOO), pick.choice((0, 0, 1, 3)))}
        body = b""
        if method not in ("GET", "HEAD"):
            headers["Content-Type"] = pick.choice(KINDS)
            body = pick.choice(self._bodies)()
        return Asked(method, f"{path}?{query}" if query else path, headers, body, pick.choice(self._keys))

    def _word(self) -> str:
        return self._random.choice((*IDS, *IDS, *ODD, *CANARIES))

    def _name(self) -> str:
        return self._random.choice((*NAMES, *NAMES_TOO, *ODD[:4]))

    def _value(self) -> str:
        found = self._random.choice((*VALUES, *IDS, *CANARIES))
        return found.encode("utf-8").decode("latin-1").replace("\n", "").replace("\r", "")

    def _any(self, depth: int = 3) -> Any:
        pick = self._random
        kinds: list[Any] = [None, True, 0, -1, 1.5, 10**30, 1e300, self._word(), "2026-01-01", [], {}]
        if depth:
            kinds += [[self._any(depth - 1)], {self._name(): self._any(depth - 1)}]
        return pick.choice(kinds)

    def _profile(self) -> bytes:
        names = ("id", "name", "summary", "technologies", "region", "employees", "history", "startups", "program_id")
        names += (
            "startup_id",
            "action",
            "reason",
            "programs",
            "terms",
            "seats",
            "user_id",
            "role",
            "scopes",
            "decision_id",
        )
        some = self._random.sample(names, self._random.randint(1, 6))
        return json.dumps({name: self._any() for name in some}).encode("utf-8", "surrogatepass")

    def _json(self) -> bytes:
        return json.dumps(self._any(4)).encode()

    def _form(self) -> bytes:
        return "&".join(f"{quote(self._name())}={quote(self._word())}" for _ in range(3)).encode()

    def _multipart(self) -> bytes:
        name = self._word().replace('"', "").replace("\n", "").encode()
        content = self._random.choice((self._noise, self._json, self._form))()
        return (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="'
            + name
            + b'"\r\n\r\n'
            + content
            + b"\r\n--b--\r\n"
        )

    def _noise(self) -> bytes:
        return self._random.randbytes(self._random.choice((1, 30, 3_000)))

    def _doubled(self) -> bytes:
        return b'{"id": "a", "id": "b"}'

    def _deep(self) -> bytes:
        return b"[" * 300 + b"]" * 300

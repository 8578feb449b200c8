"""What the environment decides, read once at start into one frozen value; and what time it is in Korea."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from service.errors import Problem, ServiceError
from service.identity import UserRole

PREFIX = "IEUM_"
LANGUAGES = ("ko", "en")
VOCABULARIES = Path(__file__).resolve().parents[1] / "data" / "vocabularies"
"""The codes and names that imported files are read by."""

KOREA = timezone(timedelta(hours=9), "KST")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of the service; the defaults serve one machine on its own address."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    threads: int = 4
    home: Path = Path("var")
    database_url: str = ""
    artifacts: Path = Path("var/artifacts")
    verify_key: Path | None = None
    language: str = "ko"
    body_limit: int = 1_000_000
    batch_limit: int = 32_000_000
    open_reading: bool = False
    evidence_years: int = 5
    access_years: int = 2
    key_hours: int = 24
    contact: str = ""
    official: bool = False
    public_url: str = ""
    credential_limit: int = 30_000
    address_limit: int = 600
    attempt_limit: int = 30
    profile_limit: int = 600
    trusted_proxies: tuple[str, ...] = ()
    proxy_header: str = "x-forwarded"
    session_minutes: int = 30
    session_hours: int = 9
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_role_claim: str = ""
    oidc_roles: Mapping[str, str] = field(default_factory=dict)
    oidc_programs_claim: str = ""
    import_limit: int = 20_000_000
    keep_alive: int = 75
    metrics_peers: tuple[str, ...] = ()

    @property
    def database(self) -> str:
        """The database's address; without a setting it is a SQLite file under `home`."""
        return self.database_url or f"sqlite:///{self.home / 'ieum.db'}"

    @property
    def origin(self) -> str:
        """Where browsers find the service, without a stroke at the end."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def is_secure(self) -> bool:
        """Browsers reach the service over https, so cookies may ask for it."""
        return self.origin.startswith("https://")


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; an empty value counts as absent; raises ServiceError `bad_setting`.

    >>> from_environment({"IEUM_PORT": "9000"}).port
    9000
    """
    values = {
        key.removeprefix(PREFIX).lower(): value
        for key, value in environment.items()
        if value and key.startswith(PREFIX)
    }
    # Environments of containers set variables to nothing where they mean to leave them out, hence `if value`.
    default = Settings()
    home = Path(values.get("home", default.home))
    return Settings(
        host=values.get("host", default.host),
        port=_number(values, "port", default.port, 0, 65_535),
        workers=_number(values, "workers", default_workers(), 1, 256),
        threads=_number(values, "threads", default.threads, 1, 256),
        home=home,
        database_url=values.get("database_url", default.database_url),
        artifacts=Path(values.get("artifacts", home / "artifacts")),
        verify_key=Path(values["verify_key"]) if "verify_key" in values else None,
        language=_language(values.get("language", default.language)),
        body_limit=_number(values, "body_limit", default.body_limit, 1_000, 10**9),
        batch_limit=_number(values, "batch_limit", default.batch_limit, 1_000, 10**9),
        open_reading=_open_reading(values),
        evidence_years=_number(values, "evidence_years", default.evidence_years, 5, 100),
        access_years=_number(values, "access_years", default.access_years, 2, 100),
        key_hours=_number(values, "key_hours", default.key_hours, 1, 8_760),
        contact=values.get("contact", default.contact),
        official=_switch(values, "official"),
        public_url=_address(values, "public_url"),
        credential_limit=_number(values, "credential_limit", default.credential_limit, 0, 2**31),
        address_limit=_number(values, "address_limit", default.address_limit, 0, 2**31),
        attempt_limit=_number(values, "attempt_limit", default.attempt_limit, 0, 2**31),
        profile_limit=_number(values, "profile_limit", default.profile_limit, 0, 2**31),
        trusted_proxies=_networks(values, "trusted_proxies"),
        proxy_header=_choice(values, "proxy_header", ("x-forwarded", "forwarded")),
        session_minutes=_number(values, "session_minutes", default.session_minutes, 1, 1_440),
        session_hours=_number(values, "session_hours", default.session_hours, 1, 168),
        **_portal(values),
        import_limit=_number(values, "import_limit", default.import_limit, 1_000, 10**8),
        keep_alive=_number(values, "keep_alive", default.keep_alive, 1, 3_600),
        metrics_peers=_networks(values, "metrics_peers"),
    )


def now() -> datetime:
    """The present moment in Korea."""
    return datetime.now(KOREA)


def traces_wanted(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether the standard variables of OpenTelemetry name a collector; raises ServiceError `bad_setting`.

    >>> traces_wanted({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"}), traces_wanted({})
    (True, False)
    """
    values = {name.removeprefix("OTEL_"): value for name, value in environment.items() if name.startswith("OTEL_")}
    is_off = values.get("SDK_DISABLED", "").lower() == "true" or values.get("TRACES_EXPORTER", "otlp") not in (
        "",
        "otlp",
    )
    if is_off or not any(values.get(f"EXPORTER_OTLP_{name}ENDPOINT") for name in ("TRACES_", "")):
        return False
    for name in ("EXPORTER_OTLP_TRACES_PROTOCOL", "EXPORTER_OTLP_PROTOCOL"):
        if values.get(name, "http/protobuf") not in ("", "http/protobuf"):
            raise ServiceError(Problem.BAD_SETTING, name=f"OTEL_{name}", value=values[name], allowed="http/protobuf")
    return True


def default_workers() -> int:
    """One worker for each processor that this process may use, four at most."""
    return min(4, len(os.sched_getaffinity(0)))


def _number(values: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = values.get(name, str(default))
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise ServiceError(Problem.BAD_SETTING, name=PREFIX + name.upper(), value=text, allowed=f"{low}-{high}")
    return int(text)


def _networks(values: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Networks such as `10.0.0.0/8`, one after another with commas.

    >>> _networks({"peers": "10.1.2.3, 10.8.0.0/16"}, "peers")
    ('10.1.2.3/32', '10.8.0.0/16')
    """
    text = values.get(name, "")
    try:
        return tuple(str(ip_network(part.strip())) for part in text.split(",") if part.strip())
    except ValueError:
        raise ServiceError(
            Problem.BAD_SETTING, name=PREFIX + name.upper(), value=text, allowed="10.0.0.0/8, …"
        ) from None


def _portal(values: Mapping[str, str]) -> dict[str, Any]:
    """How people sign in from the portal."""
    names = ("client_id", "client_secret", "role_claim", "programs_claim")
    portal: dict[str, Any] = {f"oidc_{name}": values.get(f"oidc_{name}", "") for name in names}
    if "oidc_issuer" in values and not portal["oidc_client_id"]:
        raise ServiceError(
            Problem.BAD_SETTING, name=PREFIX + "OIDC_CLIENT_ID", value="", allowed="IEUM_OIDC_ISSUER + 1"
        )
    issuer = _address(values, "oidc_issuer", keep_stroke=True)
    return portal | {"oidc_issuer": issuer, "oidc_roles": _roles(values.get("oidc_roles", ""))}


def _roles(text: str) -> dict[str, str]:
    """Our role by the portal's name for it, from `name=role, name=role`.

    >>> _roles("담당자=manager, ops=operator")
    {'담당자': 'manager', 'ops': 'operator'}
    """
    pairs = [part.rpartition("=") for part in text.split(",") if part.strip()]
    roles = {name.strip(): role.strip() for name, _, role in pairs}
    if not all(name and role in set(UserRole) for name, role in roles.items()):
        raise ServiceError(
            Problem.BAD_SETTING, name=PREFIX + "OIDC_ROLES", value=text, allowed="name=" + "|".join(UserRole)
        )
    return roles


def _address(values: Mapping[str, str], name: str, *, keep_stroke: bool = False) -> str:
    """An https address; plain http only on this machine."""
    text = values.get(name, "")
    parts = urlsplit(text)
    here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    if text and not (parts.hostname and (parts.scheme == "https" or here)):
        raise ServiceError(Problem.BAD_SETTING, name=PREFIX + name.upper(), value=text, allowed="https://…")
    return text if keep_stroke else text.rstrip("/")


def _open_reading(values: Mapping[str, str]) -> bool:
    """Reading without a key is for trials on one machine: never with a database of its own or another address."""
    is_open = _switch(values, "open_reading")
    if is_open and (
        values.get("database_url") or values.get("host", "127.0.0.1") not in ("127.0.0.1", "localhost", "::1")
    ):
        allowed = "0 (IEUM_DATABASE_URL, IEUM_HOST)"
        raise ServiceError(Problem.BAD_SETTING, name=PREFIX + "OPEN_READING", value="1", allowed=allowed)
    return is_open


def _choice(values: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    text = values.get(name, choices[0])
    if text not in choices:
        raise ServiceError(Problem.BAD_SETTING, name=PREFIX + name.upper(), value=text, allowed=", ".join(choices))
    return text


def _switch(values: Mapping[str, str], name: str) -> bool:
    text = values.get(name, "0")
    if text not in ("0", "1"):
        raise ServiceError(Problem.BAD_SETTING, name=PREFIX + name.upper(), value=text, allowed="0, 1")
    return text == "1"


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise ServiceError(Problem.BAD_SETTING, name=PREFIX + "LANGUAGE", value=text, allowed=", ".join(LANGUAGES))
    return text

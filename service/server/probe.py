"""The health command: asks the running service over the loopback whether it is ready; needs no network."""

from __future__ import annotations

import sys
from http.client import HTTPConnection, HTTPException

from service.errors import Problem, ServiceError
from service.settings import Settings, from_environment

TIMEOUT_SECONDS = 2.0
ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to ask a service that listens everywhere


def ready(settings: Settings) -> str:
    """The service's own words when it is ready; raises ServiceError `not_ready` with what it said, or why not."""
    connection = HTTPConnection(ANY.get(settings.host, settings.host), settings.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        said = answer.read(10_000).decode(errors="replace")
    except (OSError, HTTPException) as error:
        raise ServiceError(Problem.NOT_READY, reason=type(error).__name__) from error
    finally:
        connection.close()
    if answer.status != 200:
        raise ServiceError(Problem.NOT_READY, reason=said)
    return said


def main() -> None:
    """Print what the service says; exit 1 unless it is ready. Loads nothing but this, so it costs little every time."""
    try:
        print(ready(from_environment()))
    except ServiceError as error:
        words = error.explained("ko")
        sys.exit("\n".join((words.what, words.why, words.advice)))


if __name__ == "__main__":
    main()

"""How often somebody may ask in a minute: by credential, by address, and far less often with what opens nothing."""

from __future__ import annotations

from flask import request

from service.auth.counters import Counters
from service.errors import Problem, ServiceError
from service.settings import Settings
from service.telemetry.requests import EXTRA


class RateLimits:
    """Counts and refuses; a limit of 0 is none."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._counters = settings, Counters()

    def of_credential(self, credential: str) -> None:
        """Count a request of somebody who was recognised; raises ServiceError `too_many_requests`."""
        self._take("credential", credential, self._settings.credential_limit)

    def of_profiles(self, credential: str) -> None:
        """Count a profile that is matched without being stored; raises ServiceError `too_many_requests`."""
        self._take("profile", credential, self._settings.profile_limit)

    def of_address(self, address: str) -> None:
        """Count a request of somebody who was not asked; raises ServiceError `too_many_requests`."""
        self._take("address", address, self._settings.address_limit)

    def attempt(self, address: str, account: str | None = None) -> None:
        """Count an attempt with something that opens nothing, by address and by the account that it names, if any.

        Raises ServiceError `too_many_requests` when either has tried too often. Many addresses that try one account
        are so limited together; whoever shows the right credential is never asked.
        """
        most = self._settings.attempt_limit
        names = [f"attempt {address}", *([f"account {account}"] if account else [])]
        counts = [self._counters.add(name) for name in names]
        if most and max(counts) > most:
            raise self._refusal()

    def failed(self, address: str) -> None:
        """Count an attempt that was refused already."""
        self._counters.add(f"attempt {address}")

    def check_attempts(self, address: str) -> None:
        """Raise ServiceError `too_many_requests` while an address has tried too often."""
        most = self._settings.attempt_limit
        if most and self._counters.count(f"attempt {address}") >= most:
            raise self._refusal()

    def _take(self, kind: str, name: str, most: int) -> None:
        if not most:
            return
        left = most - self._counters.add(f"{kind} {name}")
        reset = self._counters.seconds_left()
        # Header fields as the IETF draft names them; the answer is not made yet, so they wait in the environment.
        request.environ[EXTRA] = [
            ("RateLimit-Policy", f'"{kind}";q={most};w=60'),
            ("RateLimit", f'"{kind}";r={max(0, left)};t={reset}'),
        ]
        if left < 0:
            raise self._refusal()

    def _refusal(self) -> ServiceError:
        return ServiceError(Problem.TOO_MANY_REQUESTS, seconds=self._counters.seconds_left())

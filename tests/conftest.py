"""How hypothesis searches, the same examples on every run by default; and both databases for whoever asks."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support import databases

SLOW_START = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]  # a cold cache is no fault of a law

settings.register_profile("steady", max_examples=60, deadline=None, derandomize=True, suppress_health_check=SLOW_START)
settings.register_profile(
    "search", max_examples=1_000, deadline=None, print_blob=True, suppress_health_check=SLOW_START
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the process that the others come from
        databases.prepare()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        databases.finish()


@pytest.fixture(params=databases.KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of each kind in turn."""
    with databases.empty(request.param, tmp_path) as found:
        yield found

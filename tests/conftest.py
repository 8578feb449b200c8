"""How hypothesis searches, the same examples on every run by default; the order of the tests; and both databases."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.support import databases, sharing

SLOW_START = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]  # a cold cache is no fault of a law

settings.register_profile("steady", max_examples=60, deadline=None, derandomize=True, suppress_health_check=SLOW_START)
settings.register_profile(
    "search", max_examples=1_000, deadline=None, print_blob=True, suppress_health_check=SLOW_START
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


BROWSER = "tests/console/browser/"
TOGETHER = (BROWSER, "tests/functional/", "tests/training/")
"""Folders whose files share what takes long to start: a browser, a process that starts services, fits."""

LONGEST = (
    "tests/docs/test_pages.py",
    BROWSER,
    "tests/model/blocks/test_stuffing.py",
    "tests/functional/",
    "tests/training/",
    "tests/model/artifact/test_artifact.py",
)
"""The files and folders that take longest: begun first, so that no core waits for another at the end."""


class BySharing(LoadScopeScheduling):
    """Gives a worker all tests of a file, or of some folders, since they share what they start."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return next((folder for folder in TOGETHER if file.startswith(folder)), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One for each core: every process more imports everything, and loads analyser and encoder, once more."""
    return os.cpu_count() or 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> BySharing:
    config.option.loadscopereorder = False
    return BySharing(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        return next((n for n, long in enumerate(LONGEST) if item.nodeid.startswith(long)), len(LONGEST))

    items.sort(key=place)


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the process that the others come from
        databases.prepare()
    sharing.share()


def pytest_collection_finish() -> None:
    sharing.settle()


def pytest_unconfigure(config: pytest.Config) -> None:
    databases.forget()
    if not hasattr(config, "workerinput"):
        databases.finish()


@pytest.fixture(params=databases.KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of each kind in turn."""
    with databases.empty(request.param, tmp_path) as found:
        yield found

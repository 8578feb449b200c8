"""One matcher on a small part of the bundled data, fitted once for each process that runs tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from model.domain import Snapshot
from model.matcher import Matcher, ProgramPool, StartupPool
from tests.support import bundled


@pytest.fixture(scope="session")
def text_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where analysed texts are kept, so that a second fit on the same texts is quick."""
    return tmp_path_factory.mktemp("texts")


@pytest.fixture(scope="session")
def fit(text_cache: Path) -> Callable[[Snapshot], Matcher]:
    """Fit on a snapshot with the bundled vocabulary."""
    return lambda snapshot: Matcher.fit(snapshot, bundled.vocabularies(), seed=1, cache=text_cache)


@pytest.fixture(scope="session")
def matcher(fit: Callable[[Snapshot], Matcher]) -> Matcher:
    """A matcher that has learned from outcomes."""
    return fit(bundled.small())


@pytest.fixture(scope="session")
def startups(matcher: Matcher) -> StartupPool:
    """Every startup of the small part."""
    return matcher.startup_pool(bundled.small().startups)


@pytest.fixture(scope="session")
def programs(matcher: Matcher) -> ProgramPool:
    """Every program of the small part, the reference too."""
    return matcher.program_pool(bundled.small().programs)

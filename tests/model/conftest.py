"""One matcher on a small part of the bundled data, fitted once for each process that runs tests."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from model.domain import Snapshot
from model.matching.matcher import Matcher, ProgramPool, StartupPool
from model.vectors.corpus import Corpus, silent
from model.vectors.text_cache import TextCache
from tests.support import bundled


@pytest.fixture(scope="session")
def text_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where analysed texts are kept, so that a second fit on the same texts is quick."""
    return tmp_path_factory.mktemp("texts")


@pytest.fixture(scope="session")
def fit(text_cache: Path) -> Callable[[Snapshot], Matcher]:
    """Fit on a snapshot with the bundled vocabulary."""

    def fitted_on(snapshot: Snapshot) -> Matcher:
        return Matcher.fit(Corpus.of(snapshot, bundled.vocabularies(), seed=1, cache=text_cache), snapshot.outcomes)

    return fitted_on


@pytest.fixture(scope="session")
def fitted(fit: Callable[[Snapshot], Matcher]) -> Matcher:
    """A matcher that has learned from outcomes, as it was fitted."""
    return fit(bundled.small())


@pytest.fixture(scope="session")
def matcher(fitted: Matcher) -> Matcher:
    """The same, remembering the sentences that it has encoded, since laws ask for the same ones again and again."""
    return remembering(fitted)


@pytest.fixture(scope="session")
def beginner(fit: Callable[[Snapshot], Matcher]) -> Matcher:
    """A matcher that knows no outcome, remembering sentences."""
    return remembering(fit(bundled.without_outcomes()))


def remembering(matcher: Matcher) -> Matcher:
    """Wrap a matcher's encoder such that a text is encoded once."""
    encode = TextCache.at(None).encoding(matcher.vectoriser.encode, silent)
    return replace(matcher, vectoriser=replace(matcher.vectoriser, encode=encode))


@pytest.fixture(scope="session")
def startups(matcher: Matcher) -> StartupPool:
    """Every startup of the small part."""
    return matcher.startup_pool(bundled.small().startups)


@pytest.fixture(scope="session")
def programs(matcher: Matcher) -> ProgramPool:
    """Every program of the small part, the reference too."""
    return matcher.program_pool(bundled.small().programs)

"""The startups that are most like another one, and what they share."""

from __future__ import annotations

import numpy as np
import pytest

from model.matching.likeness import likeness, nearest
from model.matching.matcher import Matcher, StartupPool
from tests.service import given


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return given.fitted()


@pytest.fixture(scope="module")
def pool(matcher: Matcher) -> StartupPool:
    return matcher.startup_pool(given.startups())


def test_every_startup_is_most_like_itself(matcher: Matcher, pool: StartupPool) -> None:
    rows = [pool.vectors.rows(np.array([row])) for row in range(len(pool))]
    found = [nearest(matcher.vectoriser, own, pool.vectors, 1)[0].row for own in rows]

    assert found == list(range(len(pool)))


def test_likeness_is_the_same_from_both_sides_and_between_0_and_1(pool: StartupPool) -> None:
    rows = [pool.vectors.rows(np.array([row])) for row in range(len(pool))]
    plane = np.stack([likeness(own, pool.vectors) for own in rows])

    assert (plane >= 0).all()
    assert (plane <= 1).all()
    assert np.allclose(plane, plane.T)


def test_the_most_alike_come_first_and_no_more_than_asked_for(matcher: Matcher, pool: StartupPool) -> None:
    found = nearest(matcher.vectoriser, pool.vectors.rows(np.array([0])), pool.vectors, 5)

    assert len(found) == 5
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)


def test_what_two_startups_share_stands_in_both(matcher: Matcher, pool: StartupPool) -> None:
    own = pool.vectors.rows(np.array([0]))
    words = matcher.vectoriser.words.terms.terms
    for one in nearest(matcher.vectoriser, own, pool.vectors, 3):
        both = set(own.words.indices.tolist()) & set(pool.vectors.words[one.row].indices.tolist())

        assert {term for block, term in one.shared if block == "words"} <= {words[column] for column in both}

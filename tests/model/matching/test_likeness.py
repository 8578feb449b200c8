"""The startups that are most like another one, and what they share."""

from __future__ import annotations

import numpy as np
import pytest

from model.blocks.reading import startup_text
from model.matching.likeness import likeness, nearest
from model.matching.matcher import Matcher, StartupPool
from model.text.analysis import stem, words
from tests.service import given


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return given.fitted()


@pytest.fixture(scope="module")
def pool(matcher: Matcher) -> StartupPool:
    return matcher.startup_pool(given.startups())


def test_every_startup_is_most_like_itself(matcher: Matcher, pool: StartupPool) -> None:
    found = [nearest(matcher.vectoriser, pool.part([one]), pool, range(len(pool)), 1)[0].row for one in pool.ids]

    assert found == list(range(len(pool)))


def test_likeness_is_the_same_from_both_sides_and_between_0_and_1(pool: StartupPool) -> None:
    rows = [pool.vectors.rows(np.array([row])) for row in range(len(pool))]
    plane = np.stack([likeness(own, pool.vectors, range(len(pool))) for own in rows])

    assert (plane >= 0).all()
    assert (plane <= 1).all()
    assert np.allclose(plane, plane.T)


def test_the_most_alike_come_first_and_no_more_than_asked_for(matcher: Matcher, pool: StartupPool) -> None:
    found = nearest(matcher.vectoriser, pool.part(pool.ids[:1]), pool, range(len(pool)), 5)

    assert len(found) == 5
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)


def test_what_two_startups_share_stands_in_both(matcher: Matcher, pool: StartupPool) -> None:
    own = startup_text(pool.profiles[0]).lower()
    for one in nearest(matcher.vectoriser, pool.part(pool.ids[:1]), pool, range(len(pool)), 3):
        other = set(map(stem, words(startup_text(pool.profiles[one.row]).lower())))
        for word in (term.lower() for table, term in one.shared if table == "words"):
            assert word in own
            assert any(stem(part) in other or any(part in w for w in other) for part in words(word))


def test_rows_that_are_asked_for_are_set_beside_as_a_pool_of_them_alone(matcher: Matcher, pool: StartupPool) -> None:
    rows = list(range(22, 1, -3))
    among_all = nearest(matcher.vectoriser, pool.part(pool.ids[:1]), pool, rows, 5)
    part = pool.part([pool.ids[row] for row in rows])
    alone = nearest(matcher.vectoriser, pool.part(pool.ids[:1]), part, range(len(part)), 5)

    assert [one.row for one in among_all] == [rows[one.row] for one in alone]
    assert [(one.likeness, one.shared) for one in among_all] == [(one.likeness, one.shared) for one in alone]

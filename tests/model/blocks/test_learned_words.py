"""Learned words and tags tell a program's participants from all others', and none of them takes away."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import nnls

from model.blocks import learned_words
from model.blocks.learned_words import RIDGE, learned
from model.blocks.pasts import Pasts
from model.domain import Outcome, OutcomeKind, Program
from tests.support.effort import FEW

seeds = st.integers(0, 10_000)


def labelled(taken):
    """Each startup (a row) was selected where True and rejected elsewhere, one program a column."""
    startups, programs = taken.shape
    kinds = {True: OutcomeKind.SELECTED, False: OutcomeKind.REJECTED}
    outcomes = [Outcome(str(i), str(j), kinds[bool(taken[i, j])]) for i in range(startups) for j in range(programs)]
    return Pasts.of(outcomes, {str(i): i for i in range(startups)}, [Program(str(j)) for j in range(programs)])


def problem(seed, startups=12, groups=3, columns=8):
    rng = np.random.default_rng(seed)
    x = sparse.csr_matrix(rng.random((startups, columns)) * (rng.random((startups, columns)) < 0.5))
    y = sparse.csr_matrix(rng.random((groups, columns)) * (rng.random((groups, columns)) < 0.5))
    taken = rng.random((startups, groups)) < 0.3
    return x, y, labelled(taken)


def reference(x, y, whole, group):
    """The same weights from SciPy's solver: the ridge is a row of the root of its strength for each column."""
    z = np.vstack([x.toarray()[whole.rows], y.toarray()])
    label = np.append(whole.participants.toarray()[whole.rows, group], np.eye(len(whole.groups))[group])
    ridge = np.sqrt(RIDGE) * np.eye(z.shape[1])
    return nnls(np.vstack([z, ridge]), np.append(label, np.zeros(z.shape[1])))[0]


@given(seeds)
def test_learned_weights_are_those_of_a_non_negative_ridge(seed):
    x, y, whole = problem(seed)

    found = learned(x, y, np.arange(3), whole).toarray()

    expected = np.array([reference(x, y, whole, group) for group in range(3)])
    assert (found >= 0).all()
    assert found == pytest.approx(expected, abs=1e-3)


@FEW
@given(seeds)
def test_large_problems_are_solved_like_small_ones(seed):
    x, y, whole = problem(seed)
    small = learned(x, y, np.arange(3), whole)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learned_words, "LARGEST_GRAM", 0)
        large = learned(x, y, np.arange(3), whole)

    assert large.toarray() == pytest.approx(small.toarray(), abs=1e-9)


def test_a_word_that_only_the_refused_use_is_not_learned():
    x = sparse.csr_matrix(np.array([[1.0, 0.0], [0.0, 1.0]]))
    whole = labelled(np.array([[True], [False]]))

    [weights] = learned(x, sparse.csr_matrix((1, 2)), np.array([0]), whole).toarray()

    assert weights[0] > 0
    assert weights[1] == 0


def test_a_refusal_takes_from_a_word_that_both_use():
    texts = sparse.csr_matrix(np.array([[1.0, 0.0], [0.8, 0.6]]))
    taken = Pasts.of([Outcome("0", "a", OutcomeKind.SELECTED)], {"0": 0, "1": 1}, [Program("a")])
    refused = Pasts.of(
        [Outcome("0", "a", OutcomeKind.SELECTED), Outcome("1", "a", OutcomeKind.REJECTED)],
        {"0": 0, "1": 1},
        [Program("a")],
    )

    weights = [
        learned(texts, sparse.csr_matrix((1, 2)), np.array([0]), past).toarray()[0, 0] for past in (taken, refused)
    ]

    assert weights[1] < weights[0]


def test_no_group_learns_nothing():
    whole = labelled(np.zeros((0, 0), bool))

    assert learned(sparse.csr_matrix((0, 4)), sparse.csr_matrix((0, 4)), np.zeros(0, int), whole).shape == (0, 4)

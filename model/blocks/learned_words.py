"""Words and tags that tell a program's past participants from all others': a non-negative ridge, one a group."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from model.blocks.exact import Float
from model.blocks.pasts import Pasts

RIDGE = 1.0
STEPS = 60
LARGEST_GRAM = 3_000


def learned(
    startups: sparse.csr_matrix, programs: sparse.csr_matrix, program_groups: NDArray[np.int64], pasts: Pasts
) -> sparse.csr_matrix:
    """N: words and tags that tell a group's participants from all others', (groups, columns), none negative.

    Non-negative ridge, one column a group: minimise |Z b - y|² + |b|² subject to b ≥ 0, where Z holds the past
    participants' rows and one row for each program's own, and y the worth of each. A word that no participant uses
    has a gradient ≥ 0 at 0 and stays there, so each group needs only its participants' words.
    """
    rows = pasts.rows
    z = sparse.csr_matrix(sparse.vstack([startups[rows], programs]))
    by_column = z.tocsc()
    own = sparse.coo_matrix(
        (np.ones(len(program_groups)), (np.arange(len(program_groups)), program_groups)),
        shape=(len(program_groups), len(pasts.groups)),
    )
    labels = sparse.csc_matrix(sparse.vstack([pasts.participants[rows], own]))
    columns = [_column(z, by_column, labels[:, [column]]) for column in range(len(pasts.groups))]
    return sparse.csr_matrix(sparse.vstack(columns)) if columns else sparse.csr_matrix((0, z.shape[1]))


def _column(z: sparse.csr_matrix, by_column: sparse.csc_matrix, label: sparse.csc_matrix) -> sparse.csr_matrix:
    used = np.unique(z[label.indices].indices)
    weights = np.zeros(0)
    if len(used):
        weights = _non_negative_ridge(by_column[:, used], np.asarray(label.todense()).ravel())
    positive = weights > 1e-6
    shape = (1, z.shape[1])
    return sparse.csr_matrix((weights[positive], (np.zeros(int(positive.sum()), int), used[positive])), shape=shape)


def _non_negative_ridge(z: sparse.csc_matrix, y: Float) -> Float:
    """Accelerated projected gradient (Beck and Teboulle 2009) with step 1 / (largest eigenvalue + ridge)."""
    times = _gram(z)
    target = np.asarray(z.T @ y).ravel()
    step = 1.0 / (_largest_eigenvalue(times, z.shape[1]) + RIDGE)
    b = ahead = np.zeros(z.shape[1])
    momentum = 1.0
    for _ in range(STEPS):
        next_b = np.maximum(ahead - step * (times(ahead) + RIDGE * ahead - target), 0.0)
        next_momentum = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = next_b + (momentum - 1) / next_momentum * (next_b - b)
        b, momentum = next_b, next_momentum
    return b


def _gram(z: sparse.csc_matrix) -> Callable[[Float], Float]:
    """The product of Zᵀ Z with a vector, in the form that takes fewer steps."""
    size = z.shape[1]
    if size * size <= 2 * z.nnz and size <= LARGEST_GRAM:
        product = np.asarray((z.T @ z).todense())
        return lambda v: product @ v
    turned = z.T
    return lambda v: np.asarray(turned @ (z @ v))


def _largest_eigenvalue(times: Callable[[Float], Float], size: int) -> float:
    v = np.ones(size) / np.sqrt(size)
    for _ in range(15):
        product = times(v)
        length = float(np.linalg.norm(product))
        v = product / length
    return 1.05 * length

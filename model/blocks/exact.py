"""Integer arithmetic on floats: products that come out the same on every processor, thread count and batch size.

A vector of length at most one is kept as whole numbers. As long as every sum of products stays below 2^24 in
float32, or 2^53 in float64, each step of a dot product is exact, so its order can't matter
(Cauchy and Schwarz bound every partial sum by the product of the lengths).
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from model.blocks.side_by_side import by_rows

Dense = NDArray[np.float32]
Float = NDArray[np.float64]

DENSE_STEPS = 2_047
"""Whole numbers per unit of a dense coordinate: 2047^2 < 2^22, exact in float32 with room for lengths up to 2."""

SPARSE_STEPS = 2**15
"""Whole numbers per unit of a sparse coordinate; products stay below 2^53, exact in float64."""

SPARSE_COST = 100
"""A product of two sparse entries takes about as long as a hundred within a dense matrix product."""

_EMPTY = sparse.csr_matrix((0, 0))


def dense(vectors: Float) -> Dense:
    """Round vectors of length ≤ 2 (rows) to whole numbers of 1/2047, as float32."""
    return np.rint(vectors * DENSE_STEPS).astype(np.float32)


def dense_products(startups: Dense, programs: Dense) -> Float:
    """Dot products of rounded rows, (n, m), in the vectors' own unit."""
    products: Float = np.empty((len(startups), len(programs)))

    def fill(rows: slice) -> None:
        # Every partial sum is a whole number below 2^24, so float32 adds them up without rounding in any order.
        np.divide(startups[rows] @ programs.T, float(DENSE_STEPS**2), out=products[rows], dtype=np.float64)

    by_rows(fill, *products.shape)
    return products


class ExactWeights:
    """A weight matrix, (inputs, outputs), whose products with float32 rows come out the same on every processor.

    Weights are kept as whole numbers of 1/1024. A row is brought to whole numbers of a power of two, so chosen that
    its length times the longest column stays below 2^24: every partial sum in float32 is then exact.
    """

    STEPS = 1_024
    __array_ufunc__ = None
    """Lets `rows @ weights` come here instead of being taken apart by numpy."""

    def __init__(self, weights: Dense) -> None:
        self._whole = np.rint(weights * self.STEPS).astype(np.float32)
        # By Cauchy-Schwarz no product is longer than row times column; 1 % covers the rounding of the rows.
        longest = np.sqrt(np.square(self._whole.astype(np.float64)).sum(axis=0)).max()
        self._room = np.float32(2**24 / (longest * 1.01))

    def __rmatmul__(self, rows: Dense) -> Dense:
        """Product of float32 rows, (n, inputs), with the weights, (n, outputs), as float32."""
        lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
        # A power of two moves only the exponent: scaling by it and back loses no bit.
        _, exponents = np.frexp(self._room / np.maximum(lengths, np.float32(1e-9)))
        steps = np.ldexp(np.float32(1), exponents - 1)[:, None]
        products: Dense = np.rint(rows * steps) @ self._whole
        products *= 1 / (steps * np.float32(self.STEPS))
        return products


def rounded(vectors: sparse.csr_matrix) -> sparse.csr_matrix:
    """Round sparse rows of length ≤ 2^10 to whole numbers of 2^-15, as float64."""
    whole = np.rint(vectors.data * float(SPARSE_STEPS))
    # Without a new zero the structure stays as it is, and can be shared instead of copied.
    if whole.all():
        return with_data(vectors, whole)
    whole_rows = sparse.csr_matrix((whole, vectors.indices, vectors.indptr), shape=vectors.shape, copy=True)
    whole_rows.eliminate_zeros()
    return whole_rows


def with_data(rows: sparse.csr_matrix, data: Float) -> sparse.csr_matrix:
    """Sparse rows with other numbers in the same places, which are shared and not checked again."""
    copied = copy(rows)
    copied.data = data
    return copied


def rows_of(data: Float, columns: NDArray[np.int32], ends: NDArray[np.int32], width: int) -> sparse.csr_matrix:
    """Sparse rows from their parts, which scipy would check anew; `ends`, (n + 1,), say where each begins."""
    rows = copy(_EMPTY)
    rows.data, rows.indices, rows.indptr, rows._shape = data, columns, ends, (len(ends) - 1, width)
    return rows


def side_by_side(parts: Sequence[sparse.csr_matrix]) -> sparse.csr_matrix:
    """Sparse rows beside one another; a single row, as each unseen profile has, needs no sorting."""
    if parts[0].shape[0] != 1:
        return sparse.hstack(parts, "csr")
    starts = np.cumsum([0, *(part.shape[1] for part in parts)], dtype=np.int32)
    columns = np.concatenate([part.indices + start for part, start in zip(parts, starts[:-1], strict=True)])
    data = np.concatenate([part.data for part in parts])
    return rows_of(data, columns, np.array([0, len(data)], np.int32), int(starts[-1]))


def run(rows: sparse.csr_matrix, chosen: slice) -> sparse.csr_matrix:
    """Neighbouring sparse rows without a copy: each answer asks for one of many, and scipy checks it all anew."""
    begin, end, _ = chosen.indices(rows.shape[0])
    starts = rows.indptr[begin : max(begin, end) + 1]
    some = copy(rows)
    some.data, some.indices = rows.data[starts[0] : starts[-1]], rows.indices[starts[0] : starts[-1]]
    some.indptr, some._shape = starts - starts[0], (len(starts) - 1, rows.shape[1])
    return some


def sparse_products(startups: sparse.csr_matrix, programs: sparse.csr_matrix) -> Float:
    """Dot products of rounded rows, (n, m), in the vectors' own unit; one row against many goes the short way."""
    products: Float
    if startups.shape[0] == 1:
        products = (programs @ startups.toarray().ravel())[None, :]
    elif programs.shape[0] == 1:
        products = (startups @ programs.toarray().ravel())[:, None]
    else:
        # many rows with many: columns that many rows of both sides use as dense matrices, the others entry by entry
        shape = startups.shape[0], programs.shape[0]
        pairs = _uses(startups) * _uses(programs)
        frequent = pairs * SPARSE_COST > shape[0] * shape[1]
        often, seldom = np.flatnonzero(frequent), np.flatnonzero((pairs > 0) & ~frequent)
        # CSR times CSR walks along rows, so the other side is turned once here and not in every part.
        entries, entry_columns = startups[:, seldom], programs[:, seldom].T.tocsr()
        dense, dense_columns = startups[:, often], np.ascontiguousarray(programs[:, often].toarray().T)
        products = np.zeros(shape)

        def fill(rows: slice) -> None:
            (entries[rows] @ entry_columns).toarray(out=products[rows])
            products[rows] += dense[rows].toarray() @ dense_columns

        by_rows(fill, *shape)
    products /= float(SPARSE_STEPS**2)
    return products


def _uses(rows: sparse.csr_matrix) -> NDArray[np.int64]:
    """How many rows use each column, (columns,)."""
    return np.bincount(rows.indices, minlength=rows.shape[1])


def spread(products: Float) -> Float:
    """Standard deviation of each row, (n,); it is taken over whole numbers of 2^-20, so the order can't matter."""
    # Sums of int64 don't depend on their order, as sums of floats do.
    whole = np.rint(products * float(2**20)).astype(np.int64)
    count = float(max(1, products.shape[1]))
    mean = whole.sum(axis=1) / count
    variance = np.square(whole).sum(axis=1) / count - np.square(mean)
    deviations: Float = np.sqrt(np.maximum(variance, 0.0)) / float(2**20)
    return deviations

"""Products of rounded vectors are exact: no order, batch size or thread count can change them."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from threadpoolctl import threadpool_limits

from model.blocks import exact
from model.blocks.exact import DENSE_STEPS, SPARSE_STEPS
from model.blocks.meaning import directions

seeds = st.integers(0, 2**32 - 1)


def unit_rows(seed, count, size=512):
    return exact.dense(directions(np.random.default_rng(seed).standard_normal((count, size))))


def sparse_rows(seed, count, size=300, density=0.1):
    rng = np.random.default_rng(seed)
    return exact.rounded(sparse.random_array((count, size), density=density, rng=rng, format="csr") * 4)


def uneven_rows(seed, count, size=300, words=20):
    """Rows of which some words stand in nearly every one and most in few."""
    rng = np.random.default_rng(seed)
    columns = np.minimum(rng.zipf(1.3, (count, words)) - 1, size - 1).ravel()
    rows = np.repeat(np.arange(count), words)
    return exact.rounded(sparse.csr_matrix((rng.random(count * words), (rows, columns)), (count, size)))


def whole_products(one, other, steps):
    """The same products in whole numbers of any size."""
    left, right = one.astype(object).astype(int).astype(object), other.astype(object).astype(int).astype(object)
    return (left @ right.T).astype(np.float64) / float(steps**2)


@given(seeds, st.integers(1, 6), st.integers(1, 6))
def test_dense_products_are_those_of_whole_numbers(seed, n, m):
    x, y = unit_rows(seed, n, 60), unit_rows(seed + 1, m, 60)

    assert np.array_equal(exact.dense_products(x, y), whole_products(x, y, DENSE_STEPS))


@given(seeds, st.integers(1, 6), st.integers(1, 6))
def test_sparse_products_are_those_of_whole_numbers(seed, n, m):
    x, y = sparse_rows(seed, n), sparse_rows(seed + 1, m)

    assert np.array_equal(exact.sparse_products(x, y), whole_products(x.toarray(), y.toarray(), SPARSE_STEPS))


@given(seeds, st.integers(2, 40), st.integers(2, 40))
def test_words_that_are_as_uneven_as_a_languages_give_the_products_of_whole_numbers(seed, n, m):
    x, y = uneven_rows(seed, n), uneven_rows(seed + 1, m)

    assert np.array_equal(exact.sparse_products(x, y), whole_products(x.toarray(), y.toarray(), SPARSE_STEPS))


@given(seeds)
def test_dense_products_do_not_depend_on_the_order_of_the_coordinates(seed):
    x, y = unit_rows(seed, 20), unit_rows(seed + 1, 30)
    order = np.random.default_rng(seed).permutation(x.shape[1])

    assert np.array_equal(exact.dense_products(x[:, order].copy(), y[:, order].copy()), exact.dense_products(x, y))


@given(seeds, st.integers(1, 7))
def test_dense_products_do_not_depend_on_the_batch(seed, size):
    x, y = unit_rows(seed, 20), unit_rows(seed + 1, 30)

    parts = [exact.dense_products(x[start : start + size], y) for start in range(0, len(x), size)]

    assert np.array_equal(np.concatenate(parts), exact.dense_products(x, y))


@given(seeds, st.integers(1, 7))
def test_sparse_products_do_not_depend_on_the_batch_or_the_side(seed, size):
    x, y = sparse_rows(seed, 15), sparse_rows(seed + 1, 12)
    whole = exact.sparse_products(x, y)

    parts = [exact.sparse_products(x[start : start + size], y) for start in range(0, x.shape[0], size)]

    assert np.array_equal(np.concatenate(parts), whole)
    assert np.array_equal(exact.sparse_products(y, x), whole.T)
    assert np.array_equal(np.hstack([exact.sparse_products(x, y[[j]]) for j in range(y.shape[0])]), whole)


def test_dense_products_do_not_depend_on_the_number_of_threads():
    x, y = unit_rows(1, 700), unit_rows(2, 900)
    found = []
    for threads in (1, 2):
        with threadpool_limits(limits=threads):
            found.append(exact.dense_products(x, y))

    assert np.array_equal(*found)


def test_the_same_vectors_unrounded_would_depend_on_the_order():
    x = directions(np.random.default_rng(1).standard_normal((50, 512))).astype(np.float32)
    order = np.random.default_rng(2).permutation(512)

    assert not np.array_equal(x @ x.T, x[:, order].copy() @ x[:, order].copy().T)


@given(seeds, st.floats(0.0, 2.0))
def test_rows_up_to_length_two_stay_within_what_float32_holds_exactly(seed, length):
    rows = directions(np.random.default_rng(seed).standard_normal((4, 512))) * length

    kept = exact.dense(rows)

    assert np.abs(kept.astype(np.float64) @ np.abs(kept).astype(np.float64).T).max() < 2**24 * 1.02


@given(seeds)
def test_rounding_moves_a_product_by_little(seed):
    rng = np.random.default_rng(seed)
    x, y = (directions(rng.standard_normal((5, 512))) for _ in range(2))

    difference = exact.dense_products(exact.dense(x), exact.dense(y)) - x @ y.T

    assert np.abs(difference).max() < 2e-3


@given(seeds)
def test_rounding_keeps_no_stored_zero(seed):
    rows = sparse.random_array((5, 50), density=0.3, rng=np.random.default_rng(seed), format="csr") * 1e-4

    assert (exact.rounded(rows).data != 0).all()


@given(seeds, st.integers(1, 3), st.lists(st.sampled_from([0.0, 0.1, 1.0]), min_size=1, max_size=4))
def test_rows_beside_one_another_are_those_that_scipy_joins(seed, count, densities):
    parts = [sparse.csr_matrix(sparse_rows(seed + i, count, density=d)) for i, d in enumerate(densities)]

    joined, expected = exact.side_by_side(parts), sparse.hstack(parts, "csr")

    assert joined.shape == expected.shape
    for ours, theirs in zip(
        (joined.data, joined.indices, joined.indptr), (expected.data, expected.indices, expected.indptr), strict=True
    ):
        assert ours.dtype == theirs.dtype
        assert ours.tolist() == theirs.tolist()


@given(seeds, st.integers(1, 200))
def test_a_spread_does_not_depend_on_the_order_of_the_programs(seed, count):
    products = np.random.default_rng(seed).random((3, count))
    order = np.random.default_rng(seed + 1).permutation(count)

    assert np.array_equal(exact.spread(products[:, order]), exact.spread(products))


@given(seeds, st.integers(2, 200))
def test_a_spread_is_the_standard_deviation(seed, count):
    products = np.random.default_rng(seed).random((3, count))

    assert exact.spread(products) == pytest.approx(products.std(axis=1), abs=1e-5)


def test_a_spread_over_no_program_is_nothing():
    assert exact.spread(np.zeros((2, 0))).tolist() == [0.0, 0.0]


def test_the_steps_are_those_that_the_bounds_allow():
    assert Fraction(DENSE_STEPS) ** 2 * 4 < 2**24
    assert Fraction(SPARSE_STEPS) ** 2 * 2**20 < 2**53


def float32_rows(seed, count, size, scale):
    return (np.random.default_rng(seed).standard_normal((count, size)) * scale).astype(np.float32)


@given(seeds, st.integers(1, 12), st.floats(1e-3, 1e3))
def test_weights_give_a_row_the_same_product_in_any_batch_and_order(seed, size, scale):
    weights = float32_rows(seed, 96, 40, 0.1)
    rows = float32_rows(seed + 1, 12, 96, scale)
    order = np.random.default_rng(seed).permutation(96)
    whole = rows @ exact.ExactWeights(weights)

    parts = [rows[start : start + size] @ exact.ExactWeights(weights) for start in range(0, len(rows), size)]

    assert np.array_equal(np.concatenate(parts), whole)
    assert np.array_equal(np.ascontiguousarray(rows[:, order]) @ exact.ExactWeights(weights[order]), whole)


@given(seeds, st.floats(1e-3, 1e3))
def test_weights_give_nearly_the_product_of_the_plain_matrix(seed, scale):
    weights, rows = float32_rows(seed, 96, 40, 0.1), float32_rows(seed + 1, 8, 96, scale)
    plain = rows.astype(np.float64) @ weights

    assert rows @ exact.ExactWeights(weights) == pytest.approx(
        plain, abs=0.005 * float(np.linalg.norm(rows, axis=1).max())
    )


def test_weights_give_the_same_product_on_any_number_of_threads():
    weights, rows = exact.ExactWeights(float32_rows(1, 512, 512, 0.05)), float32_rows(2, 600, 512, 1.0)
    found = []
    for threads in (1, 2):
        with threadpool_limits(limits=threads):
            found.append(rows @ weights)

    assert np.array_equal(*found)


def test_weights_give_nothing_for_an_empty_row():
    assert not (np.zeros((2, 96), np.float32) @ exact.ExactWeights(float32_rows(1, 96, 40, 0.1))).any()

"""Rows are worked on by as many threads as the linear algebra may use, and what comes out is the same."""

import threading

import numpy as np
import pytest
from scipy import sparse
from threadpoolctl import threadpool_limits

from model.blocks import exact
from model.blocks.side_by_side import PART, by_rows
from model.scoring import ranking

ROWS, COLUMNS = 1_100, 500


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("rows", [0, 1, 7, 8, 100])
def test_every_row_is_worked_on_once(rows, threads):
    seen = np.zeros(rows, int)

    def count(run):
        seen[run] += 1

    with threadpool_limits(threads):
        by_rows(count, rows, PART // 3)

    assert (seen == 1).all()


def test_two_threads_meet_where_two_are_allowed():
    together = threading.Barrier(2, timeout=30)

    with threadpool_limits(2):
        by_rows(lambda _run: together.wait(), 2, PART)

    assert not together.broken


def test_one_thread_stays_alone():
    found = set()

    with threadpool_limits(1):
        by_rows(lambda _run: found.add(threading.current_thread()), 5, PART)

    assert found == {threading.current_thread()}


def test_what_goes_wrong_in_a_thread_is_told():
    def refuse(_run):
        raise ValueError("no")

    with threadpool_limits(2), pytest.raises(ValueError, match="no"):
        by_rows(refuse, 5, PART)


def test_products_and_orders_of_many_rows_are_the_same_on_one_thread_and_on_two():
    rng = np.random.default_rng(3)
    places = np.minimum(rng.zipf(1.3, (ROWS, 30)) - 1, 399).ravel()
    words = sparse.csr_matrix((rng.random(len(places)), (np.repeat(np.arange(ROWS), 30), places)), (ROWS, 400))
    x, near = exact.rounded(words), exact.dense(rng.standard_normal((ROWS, 64)) / 16)

    found = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            sums = exact.sparse_products(x, x[:COLUMNS]) + exact.dense_products(near, near[:COLUMNS])
            found.append((sums, ranking.firsts(sums, 10)))

    assert ROWS * COLUMNS > PART
    assert all(np.array_equal(one, two) for one, two in zip(*found, strict=True))
    assert np.array_equal(found[0][1], np.argsort(-found[0][0], axis=1, kind="stable")[:, :10])

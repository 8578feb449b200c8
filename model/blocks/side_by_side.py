"""Rows of a large table worked on side by side, by as many threads as the linear algebra may use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from importlib import import_module

from threadpoolctl import ThreadpoolController, threadpool_limits

PART = 2**18
"""Numbers of a run: enough that handing it to a thread costs nothing beside the work."""


def by_rows(work: Callable[[slice], None], rows: int, columns: int, *, part: int = PART) -> None:
    """Do the work on every run of rows, in any order; each run's result may depend on no other run.

    `part`: numbers of a run, at most, unless one row has more.
    The threads are those that `threadpool_limits` leaves to the linear algebra, which itself then takes one each.
    """
    step = max(1, part // max(1, columns))
    runs = [slice(start, min(start + step, rows)) for start in range(0, rows, step)]
    threads = min(_allowed(), len(runs)) if len(runs) > 1 else 1
    if threads == 1:
        for run in runs:
            work(run)
        return
    with _libraries().limit(limits=1, user_api="blas"), ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(work, runs):
            pass


@contextmanager
def one_thread() -> Iterator[None]:
    """Do all sums in one thread: the last digits of a sum depend on how it is divided among threads."""
    # A limit reaches the libraries that are loaded: SciPy, which scikit-learn brings, has an OpenBLAS of its own.
    import_module("sklearn.utils.extmath")
    with threadpool_limits(limits=1):
        yield


def _allowed() -> int:
    return min((library["num_threads"] for library in _libraries().info() if library["user_api"] == "blas"), default=1)


@cache
def _libraries() -> ThreadpoolController:
    """The libraries of this process; finding them takes milliseconds, asking them microseconds."""
    return ThreadpoolController()

"""More than one machine: within a block, joblib's work is done by the workers of a Dask scheduler."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from joblib import parallel_config

TIMEOUT_SECONDS = 15


class NoClusterError(Exception):
    """No scheduler answers at the address, or the library that speaks with one is not installed."""


@contextmanager
def joined(scheduler: str | None) -> Iterator[None]:
    """Let joblib's work be done on the scheduler's workers; None: on this machine. Raises NoClusterError.

    A worker that dies loses nothing: the scheduler gives its parts to others.
    """
    if scheduler is None:
        yield
        return
    try:
        from distributed import Client  # an optional extra, `cluster`
    except ImportError as error:
        raise NoClusterError("pip install 'ieum[cluster]'") from error
    try:
        client = Client(scheduler, timeout=TIMEOUT_SECONDS)  # type: ignore[no-untyped-call]  # it types no constructor
    except (OSError, ValueError) as error:
        raise NoClusterError(scheduler) from error
    with client, parallel_config(backend="dask", n_jobs=-1):
        yield

"""How freed memory is given back: what a long request has used is not left in the worker for good."""

from __future__ import annotations

import ctypes
import os

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
LIMITS = {M_ARENA_MAX: 2, M_TRIM_THRESHOLD: 4_000_000, M_MMAP_THRESHOLD: 1_000_000}
"""Arenas, and bytes. On its own glibc gives each thread an arena and lets each keep up to 64 MB that nobody uses, since
it raises both thresholds whenever a large block is freed; a value that was set stays."""


def limit() -> None:
    """Bound what this process and those that it forks keep of freed memory; another C library goes its own way.

    Kiwi brings an allocator of its own, mimalloc, which reads when to give back as it is loaded: at once here.
    """
    os.environ.setdefault("MIMALLOC_PURGE_DELAY", "0")
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        for parameter, value in LIMITS.items():
            mallopt(parameter, value)

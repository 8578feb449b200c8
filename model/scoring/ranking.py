"""The order of a list: by score, then by id, so that the same scores always give the same list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.blocks.side_by_side import by_rows
from model.scoring.score import Units

Places = NDArray[np.intp]

MOST_IN_A_GROUP = 16


def best(units: Units, ids: Sequence[str], limit: int, allowed: NDArray[np.bool_] | None = None) -> list[int]:
    """Positions of the `limit` highest scores among the allowed, highest first, equal ones by id.

    >>> best(np.array([5, 9, 9], np.int32), ["a", "c", "b"], 2)
    [2, 1]
    """
    positions = None if allowed is None else np.flatnonzero(allowed)
    scores = units if positions is None else units[positions]
    first = np.arange(len(scores))
    if len(scores) > limit > 0:
        floor = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        first = np.flatnonzero(scores >= floor)
    best_rows = first if positions is None else positions[first]
    return sorted(best_rows.tolist(), key=lambda i: (-int(units[i]), ids[i]))[: max(0, limit)]


def firsts(keys: NDArray[Any], size: int) -> Places:
    """Columns of each row's highest keys, highest first and equal ones from left to right, (n, size) with size ≤ m.

    >>> firsts(np.array([[5, 9, 9], [1, 0, 2]]), 2)
    array([[1, 2],
           [2, 0]])
    """
    count = keys.shape[1]
    group = min(MOST_IN_A_GROUP, count // (2 * size)) if size else 0
    if group < 2:
        # A stable sort leaves equal keys from left to right, which is by id.
        every: Places = np.argsort(-keys, axis=1, kind="stable")
        return every[:, :size]
    largest: Places = np.empty((len(keys), size), np.intp)

    def fill(rows: slice) -> None:
        part = keys[rows]
        hits = np.flatnonzero(part >= _floor(part, size, group)[:, None])
        own, places = np.divmod(hits, count)
        places = places[np.lexsort((-part.ravel()[hits], own))]
        begins = np.searchsorted(own, np.arange(len(part)))
        largest[rows] = places[begins[:, None] + np.arange(size)]

    by_rows(fill, *keys.shape)
    return largest


def _floor(keys: NDArray[Any], size: int, group: int) -> NDArray[Any]:
    """A key that at least `size` of each row reach, (n,): so many groups of places have their largest there."""
    groups = keys.shape[1] // group
    largest = keys[:, :groups].copy()
    for start in range(groups, groups * group, groups):
        np.maximum(largest, keys[:, start : start + groups], out=largest)
    smallest: NDArray[Any] = np.partition(largest, groups - size, axis=1)[:, groups - size]
    return smallest

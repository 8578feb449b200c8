"""The order of a list: by score, then by id, so that the same scores always give the same list."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from model.scoring import Units


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
    found = first if positions is None else positions[first]
    return sorted(found.tolist(), key=lambda i: (-int(units[i]), ids[i]))[: max(0, limit)]

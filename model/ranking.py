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
    positions = np.arange(len(ids)) if allowed is None else np.flatnonzero(allowed)
    if len(positions) > limit > 0:
        floor = np.partition(units[positions], len(positions) - limit)[len(positions) - limit]
        positions = positions[units[positions] >= floor]
    return sorted(positions.tolist(), key=lambda i: (-int(units[i]), ids[i]))[: max(0, limit)]

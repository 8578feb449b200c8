"""Which startups are most like another one, as the track record sees them: near in topic and in meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model import explanation
from model.blocks import exact
from model.blocks.exact import Float
from model.explanation import PairSide
from model.matching.matcher import StartupPool
from model.vectors import StartupVectors
from model.vectors.vectoriser import Vectoriser

MOST_SHARED = 5


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One row of the others: its likeness, 0-1, and what both have in common, as (block, term)."""

    row: int
    likeness: float
    shared: tuple[tuple[str, str], ...]


def likeness(startup: StartupVectors, others: StartupVectors, rows: Sequence[int]) -> Float:
    """Mean of the cosines of topic and of meaning with some rows, none negative, (n,); `startup` is one row."""
    asked = np.array(rows, np.intp)
    topic = exact.dense_products(others.meaning[asked], startup.meaning)[:, 0]
    meaning = exact.dense_products(others.sentence[asked], startup.sentence)[:, 0]
    similarities: Float = np.clip((topic + meaning) / 2, 0.0, 1.0)
    return similarities


def nearest(
    vectoriser: Vectoriser, startup: StartupPool, others: StartupPool, rows: Sequence[int], limit: int
) -> list[Neighbour]:
    """Up to `limit` of some rows of others, the most alike first, equal ones in their order; `startup` holds one."""
    similarities = likeness(startup.vectors, others.vectors, rows)
    # Rounded before sorting: likeness in the sixteenth digit is noise, and equal ones keep the rows' order.
    order = np.argsort(-np.round(similarities, 6), kind="stable")[:limit].tolist()
    ours = PairSide(vectoriser, startup.profiles[0], startup.vectors, 0)
    theirs = (PairSide(vectoriser, others.profiles[rows[at]], others.vectors, rows[at]) for at in order)
    common = (explanation.in_common(ours, neighbour)[:MOST_SHARED] for neighbour in theirs)
    return [Neighbour(rows[at], float(similarities[at]), shared) for at, shared in zip(order, common, strict=True)]

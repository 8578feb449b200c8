"""How far profiles have moved from those that a matcher was fitted on: 0 as before, 1 nothing in common.

Each shift is the Jensen-Shannon divergence, base 2, of two distributions (Lin, 1991).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from model.blocks.exact import Float
from model.domain import FULL_SCORE_UNITS, Program, Startup
from model.eligibility import VERDICTS
from model.matching.matcher import Matcher, ProgramPool, StartupPool
from model.scoring.score import TAGS
from model.vectors import Csr, ProgramVectors, StartupVectors

MOST_SCORED = 2_000
BINS = 20


def shifts(matcher: Matcher, startups: StartupPool, programs: ProgramPool) -> dict[str, float]:
    """Shift of each measure: `words`, each kind of tag, and `score`, the best score that a startup finds."""
    fitted, present = matcher.startup_vectors, startups.vectors
    distances = {"words": between(_mass(fitted.words), _mass(present.words))}
    distances |= {kind: between(_mass(fitted.tags[kind]), _mass(present.tags[kind])) for kind in TAGS}
    before = _best_scores(matcher, fitted, matcher.program_vectors)
    return distances | {"score": between(before, _best_scores(matcher, present, programs.vectors))}


def verdict_shift(
    matcher: Matcher,
    before: tuple[Sequence[Startup], Sequence[Program]],
    now: tuple[Sequence[Startup], Sequence[Program]],
    on: date,
) -> float:
    """Shift of the verdicts over all pairs of a snapshot and of the present catalogue, both as of one day."""
    counts = [
        np.bincount(matcher.ledger.verdicts(*side, on=on).ravel(), minlength=len(VERDICTS)).astype(np.float64)
        for side in (before, now)
    ]
    return between(counts[0], counts[1])


def between(before: Float, now: Float) -> float:
    """Divergence of two distributions, given as masses; of an empty one from anything it is 1, from another 0.

    >>> between(np.array([1.0, 0.0]), np.array([0.0, 3.0])), between(np.array([1.0, 1.0]), np.array([2.0, 2.0]))
    (1.0, 0.0)
    """
    from scipy.spatial.distance import jensenshannon  # 17 MB that only a look at drift needs

    if not before.any() or not now.any():
        return float(before.any() != now.any())
    # SciPy gives the distance, which is the root of the divergence; base 2 bounds it by 1.
    return round(float(jensenshannon(before, now, base=2)) ** 2, 6)


def _mass(rows: Csr) -> Float:
    mass: Float = np.bincount(rows.indices, np.abs(rows.data), rows.shape[1]).astype(np.float64)
    return mass


def _best_scores(matcher: Matcher, startups: StartupVectors, programs: ProgramVectors) -> Float:
    if not len(startups) or not len(programs):
        return np.zeros(BINS)
    step = max(1, len(startups) // MOST_SCORED)
    best = matcher.scoring.units(startups.rows(slice(None, None, step)), programs).max(axis=1)
    # Fixed bins over all possible scores, or two histograms could not be compared.
    counts, _ = np.histogram(best, bins=BINS, range=(0, FULL_SCORE_UNITS))
    return counts.astype(np.float64)

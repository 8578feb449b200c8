"""Who is shown: how the places in the lists spread over programs, startups and regions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from model.domain import Startup
from training.evaluation.figures import Exposure
from training.evaluation.judging import TOP, Float, places_by_id
from training.evaluation.slices import province


def by_region(scores: Float, startups: Sequence[Startup]) -> tuple[Exposure, ...]:
    """Compare each 시도's share of the startups with its share of the programs' first ten; scores are (n, m)."""
    if not scores.size:
        return ()
    by_id = places_by_id(startups)
    firsts = by_id[np.argsort(-scores[by_id], axis=0, kind="stable")[:TOP]].ravel()
    homes = [province(startup) for startup in startups]
    shown, there = Counter(homes[place] for place in firsts), Counter(homes)
    return tuple(Exposure(r, there[r] / len(homes), shown[r] / len(firsts)) for r in sorted(there))

"""A linear stand-in of the score: few numbers a profile, whose products find the startups that may score highest.

The score is no plain product: its blocks are limited, scaled by startup and weighed by the scripts of both sides. The
stand-in leaves the first two out and takes the third as h·h' + (1 - h)(1 - h') for shares h, h' of Hangul, so that it
is one product of long rows: every block three times, as it is, times h and times 1 - h. Those rows are then brought
down to the directions in which the programs lie (truncated singular value decomposition).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from model.blocks.exact import DENSE_STEPS, SPARSE_STEPS, Dense, Float
from model.blocks.side_by_side import one_thread
from model.blocks.track_record import WHOLE
from model.scoring.score import LEARNED_SPREAD, SCALE_OF, FittedSum
from model.vectors import Csr, ProgramVectors, StartupVectors

DIRECTIONS = 512
SCRIPTS = 3
STEPS: Mapping[str, float] = {"words": SPARSE_STEPS, "meaning": DENSE_STEPS, "sentence": DENSE_STEPS}


@dataclass(frozen=True)
class StandIn:
    """`programs`: (m, d) float32. `directions`: of each block, (features, 3 · d), for the three ways that it counts."""

    programs: Dense
    directions: Mapping[str, Dense]

    def startups(self, x: StartupVectors) -> Dense:
        """Rows whose products with `programs` stand in for scores, (n, d) float32."""
        rows = {"words": x.words.astype(np.float32), "meaning": x.meaning, "sentence": x.sentence}
        ways = np.zeros((len(x), SCRIPTS * self.programs.shape[1]), np.float32)
        for name, to in self.directions.items():
            ways += rows[name] @ to
        apart = ways.reshape(len(x), SCRIPTS, -1)
        # Each startup mixes its three ways by its own share of Hangul; one einsum spares a copy of (n, 3, d).
        vectors: Dense = np.einsum("nk,nkd->nd", _scripts(x.hangul_share), apart).astype(np.float32)
        return vectors


def of(scoring: FittedSum, y: ProgramVectors) -> StandIn:
    """The stand-in of a fitted score for some programs; one thread does the sums, so that it comes out the same."""
    blocks = _weighed(scoring, y)
    rows = sparse.csr_matrix(sparse.hstack(list(blocks.values())))
    # BLAS adds up in another order with more threads, and the index is compared byte for byte.
    with one_thread():
        # The best rank-d approximation of all weights at once; the seed makes the same index of the same model.
        left, sizes, right = randomized_svd(rows, min(DIRECTIONS, len(y)), random_state=0)
    directions, start = {}, 0
    for name, block in blocks.items():
        end = start + block.shape[1]
        apart = np.split(right[:, start:end] / STEPS[name], SCRIPTS, axis=1)
        directions[name] = np.hstack([way.T for way in apart]).astype(np.float32)  # (features, 3 · d)
        start = end
    return StandIn((left * sizes).astype(np.float32), directions)


def _scripts(hangul: Float) -> Float:
    return np.column_stack([np.ones_like(hangul), hangul, 1.0 - hangul])


def _weighed(scoring: FittedSum, y: ProgramVectors) -> dict[str, Csr]:
    """Programs' blocks with the weight that a pair's program decides, for each way that a startup's block counts."""
    own = scoring.weights.own
    whole, same = np.ones(len(y)), _scripts(y.hangul_share)[:, 1:].T
    other = scoring.weights.sentence_across_languages * same[::-1]
    ways = {
        "words": (0.0 * whole, *(own["words"] * same)),
        "meaning": (0.0 * whole, *(own["meaning"] * same)),
        "sentence": (own["sentence"] * whole, *other),
    }
    past = {
        "words": ("learned_words", y.learned_words.get(WHOLE)),
        "meaning": ("past_meaning", y.past_meaning),
        "sentence": ("past_sentence", y.past_sentence),
    }
    trust, trust_in_past = scoring.levels(y.past, np.array(scoring.trust))
    weighed = {}
    for name, weights in ways.items():
        rows = sparse.csr_matrix(getattr(y, name))
        parts = [sparse.diags(trust * weight / scoring.spreads[name]) @ rows for weight in weights]
        learned, taken = past[name]
        if scoring.trust:
            spread = scoring.spreads[SCALE_OF[learned]] if learned in SCALE_OF else LEARNED_SPREAD
            factor = trust_in_past * scoring.weights.past[learned] / spread
            parts[0] = parts[0] + sparse.diags(factor) @ sparse.csr_matrix(taken)
        weighed[name] = sparse.csr_matrix(sparse.hstack(parts)) / STEPS[name]
    return weighed

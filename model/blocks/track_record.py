"""What a program has taken before: past participants' vectors, shrunk towards its own text, and learned words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from model.blocks.exact import Float
from model.blocks.meaning import directions
from model.domain import Outcome, OutcomeKind, Program

OWN_WEIGHT = 3.0
"""A program's own vector counts like this many past participants."""

PARTNER_WEIGHT = 0.25
"""A participant of another program of the same partner counts like this part of one."""

RIDGE = 1.0
STEPS = 60
LARGEST_GRAM = 3_000

WORTH: Mapping[OutcomeKind, float] = {
    OutcomeKind.SHOWN: 0.0,
    OutcomeKind.CONTACTED: 0.15,
    OutcomeKind.APPLIED: 0.35,
    OutcomeKind.SHORTLISTED: 0.7,
    OutcomeKind.SELECTED: 1.0,
    OutcomeKind.COMPLETED: 1.0,
    OutcomeKind.DECLINED: 0.0,
    OutcomeKind.REJECTED: 0.0,
}
"""How much an outcome says that the pair suits; what was refused says that it doesn't, by standing at 0."""

REFUSALS = (OutcomeKind.DECLINED, OutcomeKind.REJECTED)
TAKEN = WORTH[OutcomeKind.SELECTED]
"""A pair that was refused and never taken is worth nothing, however far it came."""


def group(program: Program) -> str:
    """The line of years that a program belongs to: its family, or itself alone."""
    return program.family or f"program:{program.id}"


@dataclass(frozen=True, slots=True)
class Pasts:
    """Past participants of each group of programs: (startup row, group column, worth), and who took any part.

    `rows` also names startups that were refused: they stand in the learning as examples of what was not taken.
    """

    groups: tuple[str, ...]
    participants: sparse.csr_matrix
    rows: NDArray[np.int64]

    @classmethod
    def of(cls, outcomes: Sequence[Outcome], startups: Mapping[str, int], programs: Sequence[Program]) -> Pasts:
        """Gather the best worth that each startup reached in each group; `startups` gives rows by id."""
        groups = sorted({group(program) for program in programs})
        column = {name: i for i, name in enumerate(groups)}
        group_of = {program.id: column[group(program)] for program in programs}
        worth: dict[tuple[int, int], float] = {}
        shown: set[tuple[int, int]] = set()
        refused: set[tuple[int, int]] = set()
        for outcome in outcomes:
            pair = (startups[outcome.startup_id], group_of[outcome.program_id])
            if outcome.outcome is OutcomeKind.SHOWN:
                shown.add(pair)
            else:
                worth[pair] = max(worth.get(pair, 0.0), WORTH[outcome.outcome])
            if outcome.outcome in REFUSALS:
                refused.add(pair)
        standing = {pair: 0.0 if pair in refused and value < TAKEN else value for pair, value in worth.items()}
        corrected = _exposure_corrected(standing, shown)
        matrix = _matrix(corrected, (len(startups), len(groups)))
        shared = matrix + matrix @ _same_partner(groups, programs)
        return cls(tuple(groups), sparse.csr_matrix(shared), np.unique([row for row, _ in worth]).astype(np.int64))

    @property
    def counts(self) -> Float:
        """Worth of all past participants of each group, (groups,)."""
        return np.asarray(self.participants.sum(axis=0)).ravel()

    @property
    def total(self) -> float:
        """Worth of all past participants."""
        return float(self.participants.sum())


def _exposure_corrected(
    worth: Mapping[tuple[int, int], float], shown: set[tuple[int, int]]
) -> dict[tuple[int, int], float]:
    """Weigh what came of being shown by the inverse of how widely the group was shown, within narrow bounds.

    People choose among what they see, so a group that was shown to everyone gathers participants that say little
    about it (inverse propensity, Schnabel et al. 2016; clipped, since a weight of one record may not decide).
    """
    views = Counter(column for _, column in shown)
    usual = sum(views.values()) / len(views) if views else 0.0
    weights = {column: min(2.0, max(0.5, usual / views[column])) for column in views}
    return {pair: value * (weights[pair[1]] if pair in shown else 1.0) for pair, value in worth.items()}


def _matrix(values: Mapping[tuple[int, int], float], shape: tuple[int, int]) -> sparse.csr_matrix:
    rows, columns = zip(*values, strict=True) if values else ((), ())
    return sparse.coo_matrix((list(values.values()), (rows, columns)), shape=shape).tocsr()


def _same_partner(groups: Sequence[str], programs: Sequence[Program]) -> sparse.csr_matrix:
    """What a participant of one group counts for another of the same partner, (groups, groups)."""
    partner = {group(program): program.partner for program in programs if program.partner}
    pairs = [
        (i, j)
        for i, one in enumerate(groups)
        for j, other in enumerate(groups)
        if i != j and partner.get(one) is not None and partner.get(one) == partner.get(other)
    ]
    return _matrix(dict.fromkeys(pairs, PARTNER_WEIGHT), (len(groups), len(groups)))


def dense_sums(pasts: Pasts, startups: Float) -> Float:
    """Sum of the past participants' dense vectors, (groups, dimensions)."""
    return np.asarray(pasts.participants.T @ startups)


def dense_past(sums: Float, own: Float) -> Float:
    """Past participants with the program's own vector counted thrice, at length one, (m, dimensions)."""
    return directions(sums + OWN_WEIGHT * own)


def learned(
    startups: sparse.csr_matrix,
    programs: sparse.csr_matrix,
    program_groups: NDArray[np.int64],
    pasts: Pasts,
    progress: Callable[[int, int], None],
) -> sparse.csr_matrix:
    """N: words and tags that tell a group's participants from all others', (groups, columns), none negative.

    Non-negative ridge, one column a group: minimise |Z b - y|² + |b|² subject to b ≥ 0, where Z holds the past
    participants' rows and one row for each program's own, and y the worth of each. A word that no participant uses
    has a gradient ≥ 0 at 0 and stays there, so each group needs only its participants' words.
    """
    rows = pasts.rows
    z = sparse.csr_matrix(sparse.vstack([startups[rows], programs]))
    by_column = z.tocsc()
    own = sparse.coo_matrix(
        (np.ones(len(program_groups)), (np.arange(len(program_groups)), program_groups)),
        shape=(len(program_groups), len(pasts.groups)),
    )
    labels = sparse.csc_matrix(sparse.vstack([pasts.participants[rows], own]))
    columns = []
    for column in range(len(pasts.groups)):
        columns.append(_column(z, by_column, labels[:, [column]]))
        progress(column + 1, len(pasts.groups))
    return sparse.csr_matrix(sparse.vstack(columns)) if columns else sparse.csr_matrix((0, z.shape[1]))


def _column(z: sparse.csr_matrix, by_column: sparse.csc_matrix, label: sparse.csc_matrix) -> sparse.csr_matrix:
    used = np.unique(z[label.indices].indices)
    weights = np.zeros(0)
    if len(used):
        weights = _non_negative_ridge(by_column[:, used], np.asarray(label.todense()).ravel())
    kept = weights > 1e-6
    shape = (1, z.shape[1])
    return sparse.csr_matrix((weights[kept], (np.zeros(int(kept.sum()), int), used[kept])), shape=shape)


def _non_negative_ridge(z: sparse.csc_matrix, y: Float) -> Float:
    """Accelerated projected gradient (Beck and Teboulle 2009) with step 1 / (largest eigenvalue + ridge)."""
    times = _gram(z)
    target = np.asarray(z.T @ y).ravel()
    step = 1.0 / (_largest_eigenvalue(times, z.shape[1]) + RIDGE)
    b = ahead = np.zeros(z.shape[1])
    momentum = 1.0
    for _ in range(STEPS):
        next_b = np.maximum(ahead - step * (times(ahead) + RIDGE * ahead - target), 0.0)
        next_momentum = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = next_b + (momentum - 1) / next_momentum * (next_b - b)
        b, momentum = next_b, next_momentum
    return b


def _gram(z: sparse.csc_matrix) -> Callable[[Float], Float]:
    """The product of Zᵀ Z with a vector, in the form that takes fewer steps."""
    size = z.shape[1]
    if size * size <= 2 * z.nnz and size <= LARGEST_GRAM:
        product = np.asarray((z.T @ z).todense())
        return lambda v: product @ v
    turned = z.T
    return lambda v: np.asarray(turned @ (z @ v))


def _largest_eigenvalue(times: Callable[[Float], Float], size: int) -> float:
    v = np.ones(size) / np.sqrt(size)
    for _ in range(15):
        found = times(v)
        length = float(np.linalg.norm(found))
        v = found / length
    return 1.05 * length

"""A score as a chance: fitted on held-back outcomes, its error measured on startups that it was not fitted on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from model.domain import OutcomeKind
from model.scoring.chance import Chance, log_odds
from training import metrics
from training.evaluation.figures import Calibration
from training.evaluation.judging import TOP, Direction, Float, Trial, rankings
from training.outcomes import WORTH

FEWEST_OUTCOMES = 100
"""Held-back shortlistings below which no chance is stated: Platt's two numbers would be guesses."""

LARGEST_ERROR = 0.05
"""Expected calibration error above which no chance is stated."""

SHORTLISTED = WORTH[OutcomeKind.SHORTLISTED]
Folds = NDArray[np.bool_]


def measured(scores: Float, trial: Trial, halves: Folds) -> Calibration | None:
    """Fit a chance on every startup's first ten and measure it crosswise; None with fewer than 100 shortlistings.

    `scores`: (n, m) in units; `halves`: (n,), which startups stand in the first half. Each half is judged by the
    chance that was fitted on the other. The chance is kept only if its error is at most 0.05.
    """
    lists = [(q, ranked[:TOP], gains) for q, ranked, gains in rankings(scores, trial, Direction.PROGRAMS)]
    startup = np.concatenate([np.full(len(ranked), q) for q, ranked, _ in lists])
    x = np.array([log_odds(int(scores[q, place])) for q, ranked, _ in lists for place in ranked])
    came_true = np.concatenate([gains[ranked] >= SHORTLISTED for _, ranked, gains in lists]).astype(np.float64)
    whole = fitted(x, came_true, int(((trial.gains >= SHORTLISTED) & trial.allowed).sum()))
    stated, first = np.zeros(len(x)), halves[startup]
    for half in (first, ~first):
        chance = fitted(x[~half], came_true[~half], FEWEST_OUTCOMES)
        if whole is None or chance is None:
            return None
        stated[half] = 1.0 / (1.0 + np.exp(-(chance.slope * x[half] + chance.offset)))
    error = metrics.expected_calibration_error(stated, came_true)
    accepted = whole if error <= LARGEST_ERROR else None
    return Calibration(error, len(x), metrics.reliability(stated, came_true), accepted)


def fitted(x: Float, came_true: Float, outcomes: int) -> Chance | None:
    """Fit Platt's two numbers (1999) with the variances of the curvature; None if too few or without a rising trend."""
    if outcomes < FEWEST_OUTCOMES or len(set(came_true.tolist())) < 2:
        return None
    platt = LogisticRegression(C=1e6).fit(x[:, None], came_true)
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    rate = 1.0 / (1.0 + np.exp(-(slope * x + offset)))
    design = np.column_stack([x, np.ones_like(x)])
    # The inverse of the curvature; the small ridge keeps it defined where all scores are alike.
    spread = np.linalg.inv(design.T @ (design * (rate * (1.0 - rate))[:, None]) + 1e-9 * np.eye(2))
    variances = float(spread[0, 0]), float(spread[0, 1]), float(spread[1, 1])
    return Chance(slope, offset, variances, outcomes) if slope > 0 else None

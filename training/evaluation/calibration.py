"""A chance from scores: fitted on half of the queries, measured on the other half, never shown as a promise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from training import metrics
from training.evaluation.figures import Calibration
from training.evaluation.judging import TOP, Float, Judged, Mask, Trial

FEWEST_QUERIES = 100
"""Held-back queries below which no chance is stated (Platt's two numbers would be guesses)."""


@dataclass(frozen=True, slots=True)
class Chance:
    """Platt's two numbers over the log-odds of a candidate's share of its list: chance = 1 / (1 + exp(-(a x + b)))."""

    slope: float
    offset: float

    def of(self, log_odds: Float) -> Float:
        """Turn log-odds into chances, 0-1."""
        return np.asarray(1.0 / (1.0 + np.exp(-(self.slope * log_odds + self.offset))), dtype=np.float64)


def measured(scores: Float, trial: Trial, judged: Judged, halves: Mask) -> Calibration | None:
    """Fit a chance on the queries of one half, (queries,) True, and measure it on the other; None if too few."""
    if len(judged.queries) < FEWEST_QUERIES:
        return None
    fit_on = _answers(scores, trial, judged.only(halves))
    chance = fitted(*fit_on)
    if chance is None:
        return None
    log_odds, came_true = _answers(scores, trial, judged.only(~halves))
    stated = chance.of(log_odds)
    points = metrics.reliability(stated, came_true)
    return Calibration(metrics.expected_calibration_error(stated, came_true), len(came_true), points)


def fitted(log_odds: Float, came_true: Float) -> Chance | None:
    """Fit the two numbers (Platt, 1999); None when nothing, or everything, came true."""
    if len(set(came_true.tolist())) < 2:
        return None
    platt = LogisticRegression(C=1e6).fit(log_odds[:, None], came_true)
    return Chance(float(platt.coef_[0, 0]), float(platt.intercept_[0]))


def _answers(scores: Float, trial: Trial, judged: Judged) -> tuple[Float, Float]:
    """Log-odds and truth of each query's first ten, (answers,) each."""
    found = [_list(scores[q], trial, q, listed) for q, listed in zip(judged.queries, judged.listed, strict=True)]
    return np.concatenate([x for x, _ in found]), np.concatenate([y for _, y in found])


def _list(row: Float, trial: Trial, query: int, listed: tuple[int, ...]) -> tuple[Float, Float]:
    candidates = np.flatnonzero(trial.allowed[query])
    scaled = row / max(float(row[candidates].std()), 1e-9)
    weight = np.exp(scaled - scaled[candidates].max())
    places = list(listed[:TOP])
    share = np.clip(weight[places] / weight[candidates].sum(), 1e-9, 1 - 1e-9)
    return np.log(share / (1.0 - share)), (trial.gains[query, places] > 0).astype(np.float64)

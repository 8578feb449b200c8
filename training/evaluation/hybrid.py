"""The strongest baseline: a weighted sum of the others, its weights tuned on pairs held back for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Self

import numpy as np

from model.domain import Outcome, Program, Snapshot, Startup
from training import splits
from training.baselines.scorer import Float, Scorer
from training.evaluation.judging import Direction, Trial, judge, trial_of


class Hybrid:
    """Sum of its parts' scores, each scaled to mean 0 and deviation 1 over a startup's programs.

    Weights are found by coordinate ascent over a grid, by NDCG@10 on outcomes held back from `labels` or from the
    snapshot; with fewer than 30 of them all weights stay 1. `labels` lets a hybrid of parts that learn nothing from
    outcomes be tuned although the snapshot has none: a favour to the baseline.
    """

    GRID = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)
    ROUNDS = 3
    FEWEST = 30

    def __init__(self, parts: Sequence[Scorer], *, labels: Sequence[Outcome] = (), name: str = "hybrid") -> None:
        self.name = name
        self._parts, self._labels = tuple(parts), tuple(labels)
        self.weights = (1.0,) * len(self._parts)

    def fit(self, snapshot: Snapshot) -> Self:
        """Tune the weights on held-back outcomes, then fit the parts on all that the snapshot holds."""
        self.weights = (1.0,) * len(self._parts)
        labelled = replace(snapshot, outcomes=self._labels or snapshot.outcomes)
        split = splits.held_out(labelled)
        trial = trial_of(split)
        if trial.positives >= self.FEWEST:
            past = split.past if snapshot.outcomes else split.cold.past
            self.weights = _tuned(
                [_scaled(p.fit(past).scores(trial.startups, trial.programs)) for p in self._parts], trial
            )
        for part in self._parts:
            part.fit(snapshot)
        return self

    def scores(self, startups: Sequence[Startup], programs: Sequence[Program]) -> Float:
        """Weighted sum of the parts; a startup's row depends on which programs are asked for, on no other startup."""
        return _sum([_scaled(part.scores(startups, programs)) for part in self._parts], self.weights)


def _tuned(tables: Sequence[Float], trial: Trial) -> tuple[float, ...]:
    """Weights by coordinate ascent over the grid; weights that are all 0 rank nothing."""

    def quality(weights: Sequence[float]) -> float:
        return float(judge(_sum(tables, weights), trial, Direction.PROGRAMS)["ndcg"].mean()) if any(weights) else 0.0

    weights = [1.0] * len(tables)
    for _ in range(Hybrid.ROUNDS):
        before = tuple(weights)
        for place in range(len(tables)):
            tried = [[*weights[:place], value, *weights[place + 1 :]] for value in Hybrid.GRID]
            weights = max(tried, key=quality)
        if tuple(weights) == before:
            break
    return tuple(weights)


def _sum(tables: Sequence[Float], weights: Sequence[float]) -> Float:
    total: Float = np.add.reduce([weight * table for weight, table in zip(weights, tables, strict=True)])
    return total


def _scaled(table: Float) -> Float:
    if not table.size:
        return table
    deviation = table.std(axis=1, keepdims=True)
    scaled: Float = (table - table.mean(axis=1, keepdims=True)) / np.where(deviation > 0, deviation, 1.0)
    return scaled

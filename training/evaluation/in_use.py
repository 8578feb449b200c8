"""A new matcher beside the one in use: by outcomes that neither knew, or else by the same pairs that both knew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from model.domain import Snapshot
from training import metrics, splits
from training.evaluation.figures import Comparison, Regime
from training.evaluation.judging import Direction, Trial, judge, trial_of
from training.evaluation.ours import Ours
from training.evaluation.study import FEWEST_PAIRS, StudyPlan

IN_USE = "in_use"


@dataclass(frozen=True, slots=True)
class BesideInUse:
    """New minus in use, by direction; `fair`: neither knew the outcomes. Without enough pairs nothing is compared."""

    comparisons: tuple[Comparison, ...]
    fair: bool
    pairs: int


def compare(snapshot: Snapshot, new: Ours, in_use: Ours, made_on: date, plan: StudyPlan) -> BesideInUse:
    """Compare a matcher fitted on all of the snapshot with the one in use, which was made on a day.

    Outcomes after that day are unknown to the one in use, so the new one is refitted on those up to it and both are
    judged by the later ones. Where they are fewer than 30, both are judged as they are by pairs that both may know.
    """
    later = splits.after(snapshot, made_on)
    trial = trial_of(later, seed=plan.seed)
    if trial.positives >= FEWEST_PAIRS:
        return BesideInUse(_comparisons(trial, new.fit(later.past), in_use, plan), True, trial.positives)
    trial = trial_of(splits.held_out(snapshot, seed=plan.seed), seed=plan.seed)
    if trial.positives >= FEWEST_PAIRS:
        return BesideInUse(_comparisons(trial, new, in_use, plan), False, trial.positives)
    return BesideInUse((), False, trial.positives)


def _comparisons(trial: Trial, new: Ours, in_use: Ours, plan: StudyPlan) -> tuple[Comparison, ...]:
    scores, before = (ours.scores(trial.startups, trial.programs) for ours in (new, in_use))
    comparisons = []
    for direction in Direction:
        ours, theirs = judge(scores, trial, direction), judge(before, trial, direction)
        difference = metrics.paired_interval(ours["ndcg"], theirs["ndcg"], np.random.default_rng(plan.seed))
        comparisons.append(Comparison(IN_USE, Regime.WARM, direction, difference))
    return tuple(comparisons)

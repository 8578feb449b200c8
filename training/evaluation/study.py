"""One evaluation from end to end: split, fit every method on the past, judge all by the same held-back pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from joblib import Parallel, delayed
from threadpoolctl import threadpool_limits

from model.domain import Snapshot, Startup
from model.vectors.corpus import silent
from model.vectors.text_cache import Progress
from training import metrics, splits
from training.baselines import Scorer, Texts
from training.evaluation import calibration, contenders, exposure, slices
from training.evaluation.figures import (
    Ablation,
    Calibration,
    Comparison,
    Evaluation,
    Exposure,
    Figure,
    LearningPoint,
    Regime,
    Slice,
    Subject,
)
from training.evaluation.judging import Direction, Float, Judged, Mask, Trial, judge, trial_of
from training.evaluation.ours import Ours
from training.outcomes import positives
from training.splits import Split

FEWEST_PAIRS = 30
"""Held-back good pairs below which no methods are compared: the interval would span everything."""

LEARNING_SHARES = (0.1, 0.33)
MOST_EXPOSED = 2_000


@dataclass(frozen=True)
class Plan:
    """What to measure: `thorough` adds the cold regime, the slow baselines, ablation and the learning curve."""

    on: date
    seed: int = 0
    thorough: bool = False


@dataclass(frozen=True)
class _Regime:
    """What one regime gave: every method's scores of the trial, judged from both sides."""

    regime: Regime
    ours: Ours
    scores: Float
    judged: dict[tuple[str, Direction], Judged]


@dataclass(frozen=True)
class _Bench:
    """What every step of one evaluation shares."""

    plan: Plan
    split: Split
    trial: Trial
    texts: Texts
    progress: Progress

    @property
    def rng(self) -> np.random.Generator:
        """A fresh generator, so that no figure depends on which others were taken before it."""
        return np.random.default_rng(self.plan.seed)

    def interval(self, values: Float) -> metrics.Interval:
        return metrics.bootstrap_interval(values, self.rng)


def evaluate(snapshot: Snapshot, ours: Ours, plan: Plan, texts: Texts, progress: Progress = silent) -> Evaluation:
    """Evaluate our matcher, refitted on the past alone, beside the baselines.

    With fewer than 30 held-back good pairs there are no figures; exposure is then that of a fit on all.
    """
    split = splits.held_out(snapshot, seed=plan.seed)
    bench = _Bench(plan, split, trial_of(split, seed=plan.seed), texts, progress)
    subject = _subject(snapshot, bench)
    if bench.trial.positives < FEWEST_PAIRS:
        return Evaluation(subject, exposure=_exposure(bench, ours) if ours.is_fitted else ())
    warm = _judged(bench, ours, Regime.WARM)
    quick = Evaluation(
        subject,
        figures=_figures(bench, warm),
        comparisons=_comparisons(bench, warm),
        slices=tuple(_slices(bench, warm)),
        calibration=_calibration(bench, warm),
        exposure=_exposure(bench, warm.ours),
    )
    return _deepened(bench, quick, warm) if plan.thorough else quick


def _deepened(bench: _Bench, quick: Evaluation, warm: _Regime) -> Evaluation:
    cold = _judged(bench, warm.ours, Regime.COLD)
    return replace(
        quick,
        figures=(*_figures(bench, cold), *quick.figures),
        comparisons=(*_comparisons(bench, cold), *quick.comparisons),
        ablations=tuple(_ablations(bench, warm)),
        learning=tuple(_learning(bench, cold, warm)),
    )


def _subject(snapshot: Snapshot, bench: _Bench) -> Subject:
    return Subject(
        snapshot.digest,
        len(snapshot.startups),
        len(snapshot.programs),
        len(snapshot.outcomes),
        len(positives(bench.split.past.outcomes)),
        bench.trial.positives,
        bench.split.cut.isoformat() if bench.split.cut else None,
        bench.plan.seed,
    )


def _judged(bench: _Bench, ours: Ours, regime: Regime) -> _Regime:
    """Fit and judge every method of a regime; joblib's workers, wherever they are, share the baselines.

    Ours comes first: joblib serves one call at a time on a cluster, and a fit may make one of its own.
    """
    past = bench.split.past if regime is Regime.WARM else bench.split.cold.past
    baselines = _baselines(bench, regime)
    bench.progress("evaluate", 0, len(baselines) + 1)
    fitted = ours.fit(past)
    scores = fitted.scores(bench.trial.startups, bench.trial.programs)
    work = (delayed(_judged_alone)(method, past, bench.trial) for method in baselines)
    others = Parallel(return_as="generator")(work)
    judged: dict[tuple[str, Direction], Judged] = {}
    for done, found in enumerate(others, start=1):
        bench.progress("evaluate", done, len(baselines) + 1)
        judged |= found
    return _Regime(regime, fitted, scores, judged | _from_both_sides(fitted, scores, bench.trial))


def _judged_alone(method: Scorer, past: Snapshot, trial: Trial) -> dict[tuple[str, Direction], Judged]:
    """Fit and judge one method; one thread does the sums, so that every machine finds the same figures."""
    with threadpool_limits(limits=1):
        fitted = method.fit(past)
        return _from_both_sides(fitted, fitted.scores(trial.startups, trial.programs), trial)


def _from_both_sides(method: Scorer, scores: Float, trial: Trial) -> dict[tuple[str, Direction], Judged]:
    return {(method.name, direction): judge(scores, trial, direction) for direction in Direction}


def _baselines(bench: _Bench, regime: Regime) -> list[Scorer]:
    quick = not bench.plan.thorough
    if regime is Regime.WARM:
        return contenders.with_outcomes(bench.texts, quick=quick)
    return contenders.from_the_profile(bench.texts, labels=bench.split.past.outcomes, quick=quick)


def _figures(bench: _Bench, found: _Regime) -> tuple[Figure, ...]:
    allowed = bench.trial.allowed
    candidates: dict[Direction, Mask] = {
        Direction.PROGRAMS: np.asarray(allowed.any(axis=0)),
        Direction.STARTUPS: np.asarray(allowed.any(axis=1)),
    }
    return tuple(
        Figure(
            method,
            found.regime,
            direction,
            bench.interval(judged.ndcg),
            bench.interval(judged.recall),
            bench.interval(judged.reciprocal_rank),
            *exposure.spread(judged, candidates[direction]),
        )
        for (method, direction), judged in _by_direction(found)
    )


def _by_direction(found: _Regime) -> list[tuple[tuple[str, Direction], Judged]]:
    return sorted(found.judged.items(), key=lambda item: list(Direction).index(item[0][1]))


def _comparisons(bench: _Bench, found: _Regime) -> tuple[Comparison, ...]:
    return tuple(
        Comparison(method, found.regime, direction, _difference(bench, _own(found, direction), judged))
        for (method, direction), judged in found.judged.items()
        if method != found.ours.name
    )


def _own(found: _Regime, direction: Direction) -> Judged:
    return found.judged[found.ours.name, direction]


def _difference(bench: _Bench, ours: Judged, theirs: Judged) -> metrics.Interval:
    return metrics.paired_interval(ours.ndcg, theirs.ndcg, bench.rng)


def _slices(bench: _Bench, warm: _Regime) -> Iterator[Slice]:
    codes = warm.ours.vocabulary.codes
    for direction in Direction:
        judged = _own(warm, direction)
        for name, value, mask in slices.parts(judged, bench.trial, bench.split, codes, bench.plan.on):
            yield Slice(name, value, direction, bench.interval(judged.ndcg[mask]))


def _ablations(bench: _Bench, warm: _Regime) -> Iterator[Ablation]:
    for done, block in enumerate(warm.ours.blocks):
        bench.progress("ablation", done, len(warm.ours.blocks))
        scores = warm.ours.without(block).scores(bench.trial.startups, bench.trial.programs)
        for direction in Direction:
            without = judge(scores, bench.trial, direction)
            yield Ablation(block, direction, _difference(bench, without, _own(warm, direction)))


def _learning(bench: _Bench, cold: _Regime, warm: _Regime) -> Iterator[LearningPoint]:
    """From no outcomes to all of the past; a part is chosen by pair, the same for every machine."""
    direction = Direction.PROGRAMS
    yield LearningPoint(0.0, 0, bench.interval(_own(cold, direction).ndcg))
    for done, share in enumerate(LEARNING_SHARES):
        bench.progress("learning curve", done, len(LEARNING_SHARES))
        part = splits.thinned(bench.split.past, share, seed=bench.plan.seed)
        scores = warm.ours.fit(part).scores(bench.trial.startups, bench.trial.programs)
        judged = judge(scores, bench.trial, direction)
        yield LearningPoint(share, len(positives(part.outcomes)), bench.interval(judged.ndcg))
    known = len(positives(bench.split.past.outcomes))
    yield LearningPoint(1.0, known, bench.interval(_own(warm, direction).ndcg))


def _calibration(bench: _Bench, warm: _Regime) -> Calibration | None:
    seed = bench.plan.seed + 1  # another draw than the one that chose the startups
    halves = [splits.startup_number(startup.id, seed) < 0.5 for startup in bench.trial.startups]
    return calibration.measured(warm.scores, bench.trial, np.array(halves))


def _exposure(bench: _Bench, ours: Ours) -> tuple[Exposure, ...]:
    startups = _sample(bench)
    programs = [program for program in bench.split.past.programs if program.is_ranked]
    return exposure.by_region(ours.scores(startups, programs), startups)


def _sample(bench: _Bench) -> Sequence[Startup]:
    seed, startups = bench.plan.seed, bench.split.past.startups
    return sorted(startups, key=lambda startup: splits.startup_number(startup.id, seed))[:MOST_EXPOSED]

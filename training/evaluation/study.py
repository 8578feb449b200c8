"""One evaluation from end to end: split, fit every method on the past, judge all by the same held-back pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from model.blocks.side_by_side import one_thread
from model.domain import Snapshot
from model.vectors.corpus import silent
from model.vectors.text_cache import Progress
from training import splits
from training.baselines import Scorer, Texts
from training.evaluation import calibration, contenders, exposure, slices
from training.evaluation.figures import (
    OURS,
    TAUGHT,
    TAUGHT_BY_ALL,
    WHOLE,
    WITHOUT,
    Evaluation,
    Exposure,
    LearningPoint,
    QueryRows,
    Regime,
    StudySubject,
)
from training.evaluation.judging import Direction, Float, Trial, judge, trial_of
from training.evaluation.ours import Ours
from training.outcomes import positives
from training.splits import Split

FEWEST_PAIRS = 30
"""Held-back good pairs below which no methods are compared: the interval would span everything."""

LEARNING_SHARES = (0.1, 0.33)
MOST_EXPOSED = 2_000


@dataclass(frozen=True)
class StudyPlan:
    """What to measure: `thorough` adds the cold regime, the slow baselines, ablation and the learning curve."""

    on: date
    seed: int = 0
    thorough: bool = False


@dataclass(frozen=True)
class _Bench:
    """What every step of one evaluation shares."""

    plan: StudyPlan
    split: Split
    trial: Trial
    texts: Texts
    progress: Progress

    def past(self, regime: Regime) -> Snapshot:
        return self.split.past if regime is Regime.WARM else self.split.cold.past

    def rows(self, scores: Float, regime: Regime, method: str, variant: str = WHOLE) -> list[pd.DataFrame]:
        """What a method's scores, (n, m), gave each query from both sides."""
        about = {"regime": regime.value, "method": method, "variant": variant}
        return [judge(scores, self.trial, way).assign(direction=way.value, **about) for way in Direction]


def evaluate(snapshot: Snapshot, ours: Ours, plan: StudyPlan, texts: Texts, progress: Progress = silent) -> Evaluation:
    """Evaluate our matcher, refitted on the past alone, beside the baselines.

    With fewer than 30 held-back good pairs there are no figures; exposure is then that of a fit on all.
    """
    split = splits.held_out(snapshot, seed=plan.seed)
    bench = _Bench(plan, split, trial_of(split, seed=plan.seed), texts, progress)
    known = len(positives(split.past.outcomes))
    cut = split.cut.isoformat() if split.cut else None
    sizes = len(snapshot.startups), len(snapshot.programs), len(snapshot.outcomes)
    subject = StudySubject(snapshot.digest, *sizes, known, bench.trial.positives, cut, plan.seed)
    if bench.trial.positives < FEWEST_PAIRS:
        return Evaluation(subject, exposure=_exposure(bench, ours) if ours.is_fitted else ())
    warm, scores, rows = _judged(bench, ours, Regime.WARM)
    if plan.thorough:
        rows = [*_judged(bench, warm, Regime.COLD)[2], *rows, *_ablated(bench, warm), *_taught(bench, warm)]
    queries = _queries(bench, warm, rows)
    halves = np.array([splits.startup_number(s.id, plan.seed + 1) < 0.5 for s in bench.trial.startups])
    return Evaluation(
        subject,
        figures=tuple(queries.figures()),
        comparisons=tuple(queries.comparisons()),
        slices=tuple(queries.slices()),
        ablations=tuple(queries.ablations()),
        teaching=tuple(queries.teaching()),
        outcomes_gains=tuple(queries.outcomes_gains()),
        learning=tuple(_learning(bench, queries)) if plan.thorough else (),
        calibration=calibration.measured(scores, bench.trial, halves),
        exposure=_exposure(bench, warm),
        queries=queries,
    )


def _judged(bench: _Bench, ours: Ours, regime: Regime) -> tuple[Ours, Float, list[pd.DataFrame]]:
    """Fit and judge every method of a regime; joblib's workers, wherever they are, share the baselines.

    Ours comes first: joblib serves one call at a time on a cluster, and a fit may make one of its own.
    """
    quick = not bench.plan.thorough
    if regime is Regime.WARM:
        baselines = contenders.with_outcomes(bench.texts, quick=quick)
    else:
        baselines = contenders.from_the_profile(bench.texts, labels=bench.split.past.outcomes, quick=quick)
    bench.progress("evaluate", 0, len(baselines) + 1)
    fitted = ours.fit(bench.past(regime))
    scores = fitted.scores(bench.trial.startups, bench.trial.programs)
    work = (delayed(_scored_alone)(method, bench.past(regime), bench.trial) for method in baselines)
    rows: list[pd.DataFrame] = []
    for done, (method, table) in enumerate(Parallel(return_as="generator")(work), start=1):
        bench.progress("evaluate", done, len(baselines) + 1)
        rows += bench.rows(table, regime, method)
    return fitted, scores, [*rows, *bench.rows(scores, regime, OURS)]


def _scored_alone(method: Scorer, past: Snapshot, trial: Trial) -> tuple[str, Float]:
    """Fit and ask one method; one thread does the sums, so that every machine finds the same figures."""
    with one_thread():
        return method.name, method.fit(past).scores(trial.startups, trial.programs)


def _ablated(bench: _Bench, warm: Ours) -> Iterator[pd.DataFrame]:
    for done, block in enumerate(warm.blocks):
        bench.progress("ablation", done, len(warm.blocks))
        scores = warm.without(block).scores(bench.trial.startups, bench.trial.programs)
        yield from bench.rows(scores, Regime.WARM, OURS, WITHOUT + block)
    taught = warm.taught_by_all().fit(bench.split.past)
    yield from bench.rows(taught.scores(bench.trial.startups, bench.trial.programs), Regime.WARM, OURS, TAUGHT_BY_ALL)


def _taught(bench: _Bench, warm: Ours) -> Iterator[pd.DataFrame]:
    """After learning from a part of the past; it is chosen by pair, the same for every machine."""
    for done, share in enumerate(LEARNING_SHARES):
        bench.progress("learning curve", done, len(LEARNING_SHARES))
        part = splits.thinned(bench.split.past, share, seed=bench.plan.seed)
        scores = warm.fit(part).scores(bench.trial.startups, bench.trial.programs)
        yield from bench.rows(scores, Regime.WARM, OURS, f"{TAUGHT}{share}")


def _queries(bench: _Bench, warm: Ours, rows: list[pd.DataFrame]) -> QueryRows:
    """All rows with the groups of their queries."""
    startups = slices.of_startups(bench.trial, bench.split, warm.vocabulary.codes, bench.plan.on)
    groups = pd.concat(
        [
            startups.assign(direction=Direction.PROGRAMS.value),
            slices.of_programs(bench.trial, bench.split).assign(direction=Direction.STARTUPS.value),
        ]
    )
    whole = pd.concat(rows, ignore_index=True).merge(groups, on=["direction", "query"], how="left", sort=False)
    listed = {Direction.PROGRAMS: bench.trial.allowed.any(axis=0), Direction.STARTUPS: bench.trial.allowed.any(axis=1)}
    return QueryRows(whole, {way: int(mask.sum()) for way, mask in listed.items()}, bench.plan.seed)


def _learning(bench: _Bench, queries: QueryRows) -> Iterator[LearningPoint]:
    """From no outcomes to all of the past."""
    rows = queries.rows
    ours = rows[(rows["method"] == OURS) & (rows["direction"] == Direction.PROGRAMS)]
    points = [(0.0, Regime.COLD, WHOLE), *((s, Regime.WARM, f"{TAUGHT}{s}") for s in LEARNING_SHARES)]
    for share, regime, variant in [*points, (1.0, Regime.WARM, WHOLE)]:
        chosen = ours[(ours["regime"] == regime) & (ours["variant"] == variant)]
        part = splits.thinned(bench.split.past, share, seed=bench.plan.seed)
        yield LearningPoint(share, len(positives(part.outcomes)), queries.interval(chosen["ndcg"]))


def _exposure(bench: _Bench, ours: Ours) -> tuple[Exposure, ...]:
    past = bench.split.past
    startups = sorted(past.startups, key=lambda s: splits.startup_number(s.id, bench.plan.seed))[:MOST_EXPOSED]
    programs = [program for program in past.programs if program.is_ranked]
    return exposure.by_region(ours.scores(startups, programs), startups)

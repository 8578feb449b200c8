"""Evaluators' scores combined by stated weights: who judged whom, what may not count, and the order that follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from model.domain import FULL_SCORE_UNITS
from model.rounds.outcome import Pair, RoundOutcome, recused
from model.rounds.terms import Interest
from model.text import names

LEAST_FOR_TRIMMING = 4


class Wrong(StrEnum):
    """Why a score can't count."""

    UNKNOWN_PAIR = "unknown_pair"
    TWICE = "twice"
    OUT_OF_RANGE = "out_of_range"
    RECUSED = "recused"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Score:
    """One evaluator's score of one startup at one program, in units; `place` says where it was read."""

    program: str
    startup: str
    evaluator: str
    units: int | None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A score that can't count, and why."""

    score: Score
    why: Wrong


@dataclass(frozen=True, slots=True)
class EvaluatorWeights:
    """How scores are combined: percent of the round's own base score; whether the highest and lowest are dropped."""

    machine: int = 0
    trim: bool = False


@dataclass(frozen=True, slots=True)
class Combined:
    """One startup at one program: evaluators' mean, the combined score with bonus, and the rank that follows."""

    pair: Pair
    scores: tuple[Score, ...]
    mean: int
    combined: int
    final: int
    rank: int


def checked(outcome: RoundOutcome, scores: Iterable[Score]) -> tuple[list[Score], list[Refused]]:
    """Tell the scores that count from those that can't; an empty cell is missing unless its evaluator is recused."""
    listed = {(pair.program, pair.startup) for p in outcome.standing.slate.programs for pair in outcome.listed(p.id)}
    good: list[Score] = []
    refused: list[Refused] = []
    judged: set[tuple[str, str, str]] = set()
    for score in scores:
        why = _wrong(outcome, score, listed, judged)
        judged.add((score.program, score.startup, names.person(score.evaluator)))
        if why is not None:
            refused.append(Refused(score, why))
        elif score.units is not None:
            good.append(score)
    return good, refused


def _wrong(
    outcome: RoundOutcome, score: Score, listed: set[tuple[str, str]], judged: set[tuple[str, str, str]]
) -> Wrong | None:
    if (score.program, score.startup) not in listed:
        return Wrong.UNKNOWN_PAIR
    if (score.program, score.startup, names.person(score.evaluator)) in judged:
        return Wrong.TWICE
    may_not = recused(outcome.terms, score.startup, score.program)
    is_recused = any(names.is_same_person(score.evaluator, name) for name in may_not)
    if score.units is None:
        return None if is_recused else Wrong.MISSING
    if is_recused:
        return Wrong.RECUSED
    return None if 0 <= score.units <= FULL_SCORE_UNITS else Wrong.OUT_OF_RANGE


def unmet(outcome: RoundOutcome, scores: Sequence[Score]) -> tuple[Interest, ...]:
    """List the interests, at programs that were scored, whose evaluator is none of those who scored there."""
    columns: dict[str, set[str]] = {}
    for score in scores:
        columns.setdefault(score.program, set()).add(score.evaluator)
    return tuple(
        interest
        for interest in outcome.terms.interests
        for judged in [{name for p in columns if interest.program in (None, p) for name in columns[p]}]
        if judged and not any(names.is_same_person(interest.evaluator, name) for name in judged)
    )


def combine(outcome: RoundOutcome, scores: Sequence[Score], weights: EvaluatorWeights) -> tuple[Combined, ...]:
    """Combine the scores that count, program by program, best first; ties keep the round's own order.

    A mean is exact and rounded half up to a unit. Nobody without a score is ranked.
    """
    by_pair: dict[tuple[str, str], list[Score]] = {}
    for score in scores:
        by_pair.setdefault((score.program, score.startup), []).append(score)
    ranked: list[Combined] = []
    for program in outcome.standing.slate.programs:
        own = [(pair, by_pair.get((program.id, pair.startup), [])) for pair in outcome.listed(program.id)]
        rows = []
        for pair, own_scores in own:
            units = sorted(score.units for score in own_scores if score.units is not None)
            counted = units[1:-1] if weights.trim and len(units) >= LEAST_FOR_TRIMMING else units
            if counted:
                mean = Fraction(sum(counted), len(counted))
                combined = _rounded((mean * (100 - weights.machine) + pair.base * weights.machine) / 100)
                final = max(0, combined + pair.bonus)
                rows.append(Combined(pair, tuple(own_scores), _rounded(mean), combined, final, 0))
        rows.sort(key=lambda row: -row.final)  # stable, so that ties stay in the round's own order
        ranked += [replace(row, rank=rank) for rank, row in enumerate(rows, 1)]
    return tuple(ranked)


def _rounded(value: Fraction) -> int:
    return int(value + Fraction(1, 2))

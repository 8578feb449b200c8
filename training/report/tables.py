"""The report on a terminal: figures, comparisons and groups as tables."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from training.evaluation import Evaluation
from training.metrics import Interval
from training.report.wording import BLOCKS, DIRECTIONS, METHODS, REGIMES, SLICES, VALUES, name, phrase


def tables(evaluation: Evaluation, language: str) -> Iterator[Table]:
    """Lay out what was measured, in `ko` or `en`; nothing is yielded for what was not."""
    if evaluation.figures:
        yield _figures(evaluation, language)
    if evaluation.slices:
        yield _slices(evaluation, language)
    if evaluation.ablations:
        yield _ablations(evaluation, language)
    if evaluation.learning:
        yield _learning(evaluation, language)


def shown(interval: Interval, *, signed: bool = False) -> str:
    """Write an interval for reading.

    >>> shown(Interval(0.5, 0.25, 0.75, 8))
    '0.500 [0.250, 0.750]'
    """
    form = "+.3f" if signed else ".3f"
    return f"{interval.mean:{form}} [{interval.low:{form}}, {interval.high:{form}}]"


def _table(title: str, language: str, *columns: str) -> Table:
    table = Table(title=phrase(title, language), title_justify="left")
    for column in columns:
        table.add_column(phrase(column, language), no_wrap=True)
    return table


def _figures(evaluation: Evaluation, language: str) -> Table:
    columns = ("regime", "direction", "method", "ndcg", "recall", "mrr", "coverage", "gini", "difference")
    table = _table("quality", language, *columns)
    differences = {(c.regime, c.direction, c.against): c.difference for c in evaluation.comparisons}
    for f in evaluation.figures:
        difference = differences.get((f.regime, f.direction, f.method))
        table.add_row(
            name(REGIMES, f.regime, language),
            name(DIRECTIONS, f.direction, language),
            name(METHODS, f.method, language),
            shown(f.ndcg),
            f"{f.recall.mean:.3f}",
            f"{f.mrr.mean:.3f}",
            f"{f.coverage:.2f}",
            f"{f.exposure_gini:.2f}",
            shown(difference, signed=True) if difference else "",
        )
    return table


def _slices(evaluation: Evaluation, language: str) -> Table:
    table = _table("slices", language, "direction", "group", "method", "ndcg", "queries")
    table.columns[2].header = ""
    for s in evaluation.slices:
        group, value = name(SLICES, s.name, language), name(VALUES, s.value, language)
        table.add_row(name(DIRECTIONS, s.direction, language), group, value, shown(s.ndcg), str(s.ndcg.queries))
    return table


def _ablations(evaluation: Evaluation, language: str) -> Table:
    table = _table("ablation", language, "direction", "group", "ablation_x")
    for a in evaluation.ablations:
        change = shown(a.change, signed=True)
        table.add_row(name(DIRECTIONS, a.direction, language), name(BLOCKS, a.block, language), change)
    return table


def _learning(evaluation: Evaluation, language: str) -> Table:
    table = _table("learning", language, "learning_x", "ndcg")
    for point in evaluation.learning:
        table.add_row(str(point.pairs), shown(point.ndcg))
    return table

"""The report on a terminal: figures, comparisons and groups as tables."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from training.evaluation import Evaluation
from training.metrics import RANKING, Interval
from training.report.wording import BLOCKS, DIRECTIONS, METHODS, REGIMES, SLICES, VALUES, name, phrase

FIGURES = ("regime", "direction", "method", *(metric.name for metric in RANKING), "coverage", "gini", "difference")


COLUMNS = {
    "quality": FIGURES,
    "slices": ("direction", "group", "", "ndcg", "queries"),
    "outcomes_gain": ("direction", "group", "ndcg"),
    "ablation": ("direction", "group", "ablation_x"),
    "learning": ("learning_x", "ndcg"),
}


def tables(evaluation: Evaluation, language: str) -> Iterator[Table]:
    """Lay out what was measured, in `ko` or `en`; nothing is yielded for what was not."""
    for title, rows in _rows(evaluation, language).items():
        if rows:
            table = Table(title=phrase(title, language), title_justify="left")
            for column in COLUMNS[title]:
                table.add_column(phrase(column, language) if column else "", no_wrap=True)
            for row in rows:
                table.add_row(*row)
            yield table


def _rows(evaluation: Evaluation, language: str) -> dict[str, list[tuple[str, ...]]]:
    """The cells of each table, by its title."""
    # Ours is compared with the others, so it has no difference of its own.
    differences = {(c.regime, c.direction, c.against): shown(c.difference, signed=True) for c in evaluation.comparisons}
    ways = {direction: name(DIRECTIONS, direction, language) for direction in DIRECTIONS}
    return {
        "quality": [
            (
                name(REGIMES, f.regime, language),
                ways[f.direction],
                name(METHODS, f.method, language),
                shown(f.ndcg),
                *(f"{f.means[metric.name].mean:.3f}" for metric in RANKING[1:]),
                *(f"{value:.2f}" for value in (f.coverage, f.exposure_gini)),
                differences.get((f.regime, f.direction, f.method), ""),
            )
            for f in evaluation.figures
        ],
        "slices": [
            (
                ways[s.direction],
                name(SLICES, s.name, language),
                name(VALUES, s.value, language),
                shown(s.ndcg),
                str(s.ndcg.queries),
            )
            for s in evaluation.slices
        ],
        "outcomes_gain": [
            (ways[g.direction], name(VALUES, g.startup_past, language), shown(g.difference, signed=True))
            for g in evaluation.outcomes_gains
        ],
        "ablation": [
            (ways[a.direction], name(BLOCKS, a.block, language), shown(a.change, signed=True))
            for a in evaluation.ablations
        ],
        "learning": [(str(point.pairs), shown(point.ndcg)) for point in evaluation.learning],
    }


def shown(interval: Interval, *, signed: bool = False) -> str:
    """Write an interval for reading.

    >>> shown(Interval(0.5, 0.25, 0.75, 8))
    '0.500 [0.250, 0.750]'
    """
    form = "+.3f" if signed else ".3f"
    return f"{interval.mean:{form}} [{interval.low:{form}}, {interval.high:{form}}]"

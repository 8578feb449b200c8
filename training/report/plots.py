"""The report's plots as SVG; letters stay text, so the reader's own Korean font draws them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from training.evaluation.figures import Ablation, Calibration, Evaluation, Exposure, LearningPoint, Regime
from training.evaluation.judging import Direction
from training.metrics import Interval
from training.report.wording import BLOCKS, DIRECTIONS, METHODS, name, phrase

INK, QUIET, ACCENT = "#1e2124", "#8a949e", "#256ef4"
STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "ieum",
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def quality(evaluation: Evaluation, language: str) -> str:
    """Draw NDCG@10 of every method with its interval, one panel for each direction."""
    rows = {d: [f for f in evaluation.figures if f.direction is d and f.regime is Regime.WARM] for d in Direction}
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(9, 0.8 + 0.32 * max(map(len, rows.values()))))
        for place, (direction, figures) in enumerate(rows.items(), start=1):
            axes = figure.add_subplot(1, 2, place, title=name(DIRECTIONS, direction, language))
            figures = sorted(figures, key=lambda f: f.ndcg.mean)
            _intervals(axes, [name(METHODS, f.method, language) for f in figures], [f.ndcg for f in figures])
            axes.set_xlim(left=0)
            axes.set_xlabel("NDCG@10")
        return _svg(figure)


def learning(points: Sequence[LearningPoint], language: str) -> str:
    """Draw NDCG@10 over the number of good pairs learned from."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6, 3))
        axes = figure.add_subplot()
        pairs, means = [p.pairs for p in points], [p.ndcg.mean for p in points]
        axes.fill_between(pairs, [p.ndcg.low for p in points], [p.ndcg.high for p in points], color=ACCENT, alpha=0.15)
        axes.plot(pairs, means, marker="o", color=ACCENT)
        axes.set(xlabel=phrase("learning_x", language), ylabel="NDCG@10")
        axes.set_ylim(bottom=0)
        return _svg(figure)


def reliability(calibration: Calibration, language: str) -> str:
    """Draw the observed rate over the stated chance; the diagonal is perfect."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(4.2, 4))
        axes = figure.add_subplot()
        top = max([0.1, *(max(p.stated, p.observed) for p in calibration.points)]) * 1.1
        axes.plot([0, top], [0, top], color=QUIET, linestyle="--", linewidth=1)
        sizes = [20 + 180 * p.count / calibration.answers for p in calibration.points]
        axes.scatter(
            [p.stated for p in calibration.points], [p.observed for p in calibration.points], s=sizes, color=ACCENT
        )
        axes.set(xlabel=phrase("reliability_x", language), ylabel=phrase("reliability_y", language))
        axes.set(xlim=(0, top), ylim=(0, top))
        return _svg(figure)


def exposure(exposures: Sequence[Exposure], names: Mapping[str, str], language: str) -> str:
    """Draw each region's share of the startups beside its share of the places."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6.5, 0.8 + 0.28 * len(exposures)))
        axes = figure.add_subplot()
        rows = range(len(exposures))
        axes.hlines(rows, [e.startups for e in exposures], [e.places for e in exposures], color=QUIET, linewidth=1)
        axes.scatter([e.startups for e in exposures], rows, color=QUIET, label=phrase("exposure_startups", language))
        axes.scatter([e.places for e in exposures], rows, color=ACCENT, label=phrase("exposure_places", language))
        axes.set_yticks(rows, [names.get(e.region, e.region) for e in exposures])
        axes.invert_yaxis()
        axes.set_xlim(left=0)
        axes.legend(frameon=False)
        return _svg(figure)


def ablation(ablations: Sequence[Ablation], language: str) -> str:
    """Draw what leaving each block out changes, for programs ranked for startups."""
    rows = sorted((a for a in ablations if a.direction is Direction.PROGRAMS), key=lambda a: -a.change.mean)
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6.5, 0.8 + 0.3 * len(rows)))
        axes = figure.add_subplot(xlabel=phrase("ablation_x", language))
        axes.axvline(0, color=QUIET, linewidth=1)
        _intervals(axes, [name(BLOCKS, a.block, language) for a in rows], [a.change for a in rows])
        return _svg(figure)


def _intervals(axes: Axes, labels: Sequence[str], intervals: Sequence[Interval]) -> None:
    rows = range(len(intervals))
    means = [interval.mean for interval in intervals]
    spread = [[max(0.0, i.mean - i.low) for i in intervals], [max(0.0, i.high - i.mean) for i in intervals]]
    axes.errorbar(means, rows, xerr=spread, fmt="o", color=ACCENT, ecolor=QUIET, capsize=2)
    axes.set_yticks(rows, labels)


def _svg(figure: Figure) -> str:
    content = io.StringIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # only measured here; the reader's font draws it
        figure.tight_layout()
        figure.savefig(content, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    text = content.getvalue()
    return text[text.index("<svg") :]

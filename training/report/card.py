"""The model card: one HTML page without outside parts, in Korean or English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from model.blocks.track_record import TEACHING
from model.vocabulary.codes import Regions
from training.evaluation import Evaluation
from training.report import plots, wording
from training.report.tables import FIGURES, shown

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


@dataclass(frozen=True, slots=True)
class Identity:
    """Which artifact the card is about; `gate` holds the sentences of the gate's decision."""

    model_version: str
    created_at: str
    reason: str | None = None
    gate: Sequence[str] = ()


def card(evaluation: Evaluation, identity: Identity, regions: Regions, language: str) -> str:
    """Write the card's HTML in `ko` or `en`."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.filters["interval"] = shown
    environment.filters["difference"] = lambda interval: shown(interval, signed=True)
    drawn: dict[str, str] = {}
    if evaluation.figures:
        drawn["quality"] = plots.quality(evaluation, language)
    if evaluation.learning:
        drawn["learning"] = plots.learning(evaluation.learning, language)
    if evaluation.calibration:
        drawn["reliability"] = plots.reliability(evaluation.calibration, language)
    if evaluation.exposure:
        codes = {e.region for e in evaluation.exposure}
        unnamed = {code: wording.name(wording.VALUES, code, language) for code in codes}
        names = {code: regions.name(code, language) or unnamed[code] for code in codes}
        drawn["exposure"] = plots.exposure(evaluation.exposure, names, language)
    if evaluation.ablations:
        drawn["ablation"] = plots.ablation(evaluation.ablations, language)
    return environment.get_template("card.html").render(
        language=language,
        say=lambda key: wording.phrase(key, language),
        named=lambda table, key: wording.name(getattr(wording, table), key, language),
        identity=identity,
        teaching=TEACHING,
        found=evaluation,
        columns=FIGURES,
        differences={(c.regime, c.direction, c.against): c.difference for c in evaluation.comparisons},
        drawn=drawn,
    )

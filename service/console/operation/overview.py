"""The first page: which calls close soonest, what waits for a person, who finds no program, which model answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response

from model.domain import Confidence
from model.eligibility.overview import RegionCoverage
from service.actions.catalogue.explain_eligibility import ExplanationWish, OfCatalogue
from service.actions.operation.drift import NOTEWORTHY
from service.auth.access import actor
from service.auth.policy import policy
from service.console.wire.language import gettext, language
from service.console.wire.names import names
from service.console.wire.pages import ask_for, page
from service.identity import Scope
from service.settings import now
from service.wired import wired
from service.wording import models, overview

blueprint = Blueprint("overview", __name__)
SOONEST = 10


@blueprint.get("/")
@policy("read")
def home() -> Response:
    """Show what matters today."""
    prepared, wish = wired().matching.prepared(), ExplanationWish()
    created = datetime.fromisoformat(prepared.in_use.manifest.created_at)
    calls = wired().eligibility.open_calls(wish)
    programs = prepared.programs.side.records
    unsure = sum(program.confidence is not Confidence.FOUND and program.is_ranked for program in programs.values())
    facts: dict[str, Any] = {"age": (now() - created).days, "unsure": unsure, "programs": programs}
    return page(
        "operation/overview.html",
        calls=calls[:SOONEST],
        total=len(calls),
        model=prepared.in_use.manifest,
        to_check=wired().eligibility.to_check(wish),
        undecided=wired().decisions.undecided(actor()) if actor().may(Scope.DECIDE) else None,
        objections=wired().objections.waiting(actor()) if actor().may(Scope.DECIDE) else None,
        **facts,
    )


@blueprint.get("/coverage")
@policy("read")
def coverage() -> Response:
    """Show, by region, who finds a program, and which programs find few startups."""
    eligibility, wish = wired().eligibility, ExplanationWish()
    explanation = ask_for(gettext("지역별 현황"), lambda: eligibility.of_catalogue(wish))
    facts: dict[str, Any] = {
        "regions": [_region(explanation, region) for region in explanation.regions],
        "programs": explanation.programs[:SOONEST],
        "ground": explanation.ground,
    }
    return page("catalogue/coverage.html", part="catalogue/coverage_tables.html", names=names(), **facts)


def _region(explanation: OfCatalogue, region: RegionCoverage) -> tuple[str, int, int, int, int]:
    name = overview.region(region.region, explanation.ground.codes, language())
    return name, region.startups, region.with_eligible, region.only_needs_check, len(region.without_any)


@blueprint.get("/drift")
@policy("model")
def drift() -> Response:
    """Show how far the catalogue has moved from what the model was fitted on."""
    drifted = ask_for(gettext("데이터 변화"), wired().drift)
    shifts = sorted(drifted.shifts.items(), key=lambda item: -item[1])
    named_shifts = [(models.said(name, language()), shift) for name, shift in shifts]
    return page(
        "operation/drift.html",
        part="operation/drift_table.html",
        drift=drifted,
        shifts=named_shifts,
        noteworthy=NOTEWORTHY,
    )

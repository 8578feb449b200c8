"""The first page: what waits for the reader, which calls close soon, who finds no program, which model answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, Response

from model.domain import Confidence, Program
from model.eligibility.overview import IntakeState, RegionCoverage
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
from service.wording import applications as words
from service.wording import overview
from service.wording.pairs import said, table

blueprint = Blueprint("overview", __name__)
SOONEST, MOST_DUE = 10, 5
SOON = timedelta(30)
"""Before its closing day a call stands among those that close soon."""


@dataclass(frozen=True, slots=True)
class OwnProgram:
    """A program that the reader decides on, with how many applications it has and how many startups wait for them."""

    program: Program
    applications: int
    undecided: int


@blueprint.get("/")
@policy("read")
def home() -> Response:
    """Show what matters today; to whoever decides on some programs alone, what matters there."""
    prepared, wish, reader = wired().matching.prepared(), ExplanationWish(), actor()
    created = datetime.fromisoformat(prepared.in_use.manifest.created_at)
    calls = wired().eligibility.calls(wish)
    programs = prepared.programs.side.records
    unsure = sum(program.confidence is not Confidence.FOUND and program.is_ranked for program in programs.values())
    until = wired().clocks.today + SOON
    facts: dict[str, Any] = {
        "age": (now() - created).days,
        "unsure": unsure if reader.may(Scope.WRITE) else None,
        "programs": programs,
        "startups": prepared.startups.side.records,
        "soonest": [call for call in calls[IntakeState.OPEN] if _closes(call) <= until][:SOONEST],
        "opening": {state: len(of_state) for state, of_state in calls.items()},
        "model": prepared.in_use.manifest,
        "to_check": wired().eligibility.to_check(wish),
        "decides": reader.may(Scope.DECIDE),
        "is_bound": reader.programs is not None,
    }
    return page("operation/overview.html", **facts, **(_of_decider(programs) if reader.may(Scope.DECIDE) else {}))


def _closes(call: Program) -> date:
    return date.max if call.always_open or call.closes_on is None else call.closes_on


def _of_decider(programs: Mapping[str, Program]) -> dict[str, Any]:
    """What waits for somebody who decides, as far as their programs go."""
    reader, undecided, applications = actor(), wired().decisions.undecided(actor()), Counter[str]()
    for program_id, _, count in wired().desk.counts(reader):
        applications[program_id] += count
    own = sorted(reader.programs if reader.programs is not None else {*undecided, *applications})
    lines = [OwnProgram(programs[i], applications[i], undecided.get(i, 0)) for i in own if i in programs]
    lines.sort(key=lambda line: (-line.undecided, _closes(line.program), line.program.id))
    due, total = wired().clocks.page(reader, limit=MOST_DUE)
    return {
        "own": lines[:SOONEST],
        "own_count": len(lines),
        "undecided": sum(undecided.values()),
        "objections": wired().objections.waiting(reader),
        "due": [(item, said(words.DUE, item.code, language())) for item in due],
        "due_count": total,
    }


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
    named_shifts = [(said(table("models.texts"), name, language()), shift) for name, shift in shifts]
    return page(
        "operation/drift.html",
        part="operation/drift_table.html",
        drift=drifted,
        shifts=named_shifts,
        noteworthy=NOTEWORTHY,
    )

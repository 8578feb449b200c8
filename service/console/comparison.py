"""Up to four candidates side by side: programs for one startup, or startups for one program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from model.domain import Match, Program, Startup
from service.actions.match import Options
from service.auth.doors import actor, to_program
from service.auth.policy import policy
from service.console import query, shown
from service.console.names import names
from service.console.pages import page
from service.wired import wired
from service.wording.eligibility import Line

blueprint = Blueprint("comparison", __name__, url_prefix="/comparison")
MOST = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One pair of the comparison; `points` are the units that each block adds, by the block's name."""

    startup: Startup
    program: Program
    match: Match
    verdict: tuple[str, str]
    points: dict[str, int]
    open_lines: tuple[Line, ...]


@blueprint.get("")
@policy("match")
def shown_together() -> Response:
    """Compare the pairs that the address names, whichever side has several."""
    startups, programs = (list(dict.fromkeys(request.args.getlist(side))) for side in ("startup", "program"))
    pairs = [(startup, program) for startup in startups for program in programs]
    for _, program in pairs:
        to_program(actor(), program)
    columns = [_column(*pair) for pair in pairs[:MOST]]
    blocks = dict.fromkeys(name for column in columns for name in column.points)
    facts: dict[str, Any] = {
        "columns": columns,
        "blocks": list(blocks),
        "left_out": max(0, len(pairs) - MOST),
        "names": names(),
    }
    return page("comparison.html", by_startup=len(startups) == 1, on=query.day("on"), **facts)


def _column(startup_id: str, program_id: str) -> Column:
    run = wired().matching.for_startup(startup_id, Options(on=query.day("on")))
    match = wired().matching.pair(run, program_id)
    points = {reason.name: reason.bar.units for reason in shown.reasons(run.vocabulary, match.reasons)}
    lines = tuple(line for line in shown.lines(run, match) if line.result != "pass")
    startup, program = run.startups[startup_id], run.programs[program_id]
    return Column(startup, program, match, shown.verdict(match.verdict), points, lines)

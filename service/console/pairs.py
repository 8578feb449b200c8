"""One startup and one program, whole: the score's reasons, both texts with the shared terms marked, and every check."""

from __future__ import annotations

from flask import Blueprint, Response

from service.actions.match import Options
from service.auth.doors import actor
from service.auth.policy import policy
from service.console import decisions, marking, query, shown
from service.console.kept import kept
from service.console.names import names
from service.console.pages import page
from service.wired import wired

MOST_ALIKE = 5

blueprint = Blueprint("pairs", __name__, url_prefix="/startups/<string:startup_id>/programs")


@blueprint.get("/<string:program_id>")
@policy("match", program="program_id")
def one(startup_id: str, program_id: str) -> Response:
    """Show why a program suits a startup, and whether it may apply."""
    run = kept(wired().matching.for_startup(startup_id, Options(on=query.day("on"))))
    match = wired().matching.pair(run, program_id)
    nearest = wired().participants(run, [program_id], actor(), MOST_ALIKE).get(program_id, ())
    wanted = marking.terms(match.reasons, run.vocabulary)
    return page(
        "pair.html",
        startup=run.subject,
        program=run.programs[program_id],
        run=run,
        match=match,
        verdict=shown.verdict(match.verdict),
        reasons=shown.reasons(run.vocabulary, match.reasons),
        lines=shown.lines(run, match),
        marked=lambda text: marking.marked(text, wanted),
        names=names(),
        participants=[shown.participant(run.vocabulary, one) for one in nearest],
        decided=decisions.of_pair(startup_id, program_id),
    )

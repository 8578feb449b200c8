"""One startup and one program, whole: the score's reasons, both texts with the shared terms marked, and every check."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response

from model.decisions import NEXT, DecisionAction
from service.actions.matching.match import Options
from service.auth.access import actor
from service.auth.policy import policy
from service.console.matching import marking, shown
from service.console.matching.recording import record_run
from service.console.wire import local, query
from service.console.wire.names import names
from service.console.wire.pages import page
from service.identity import Scope
from service.wired import wired

MOST_ALIKE = 5
MOST_OF_PAIR = 200

blueprint = Blueprint("pairs", __name__, url_prefix="/startups/<string:startup_id>/programs")


@blueprint.get("/<string:program_id>")
@policy("match", program="program_id")
def one(startup_id: str, program_id: str) -> Response:
    """Show why a program suits a startup, and whether it may apply."""
    run = record_run(wired().matching.for_startup(startup_id, Options(on=query.day("on"))))
    match = wired().matching.pair(run, program_id)
    nearest = wired().participants(run, [program_id], actor(), MOST_ALIKE).get(program_id, ())
    ours, theirs = marking.marks(match.reasons, run.vocabulary)
    drawn, lines = shown.reasons(run.vocabulary, match.reasons), shown.lines(run, match)
    return page(
        "matching/pair.html",
        startup=run.subject,
        program=run.programs[program_id],
        run=run,
        match=match,
        verdict=shown.verdict(match.verdict),
        reasons=drawn,
        paragraph=shown.paragraph(drawn, match, lines),
        lines=lines,
        ours=ours,
        theirs=theirs,
        names=names(),
        participants=[shown.participant(run.vocabulary, participant) for participant in nearest],
        decided=_decided(startup_id, program_id),
    )


def _decided(startup_id: str, program_id: str) -> dict[str, Any] | None:
    """What was decided on a pair, what may follow, and a key that makes pressing the button twice harmless.

    None for whoever may not see decisions.
    """
    if not actor().may(Scope.DECIDE):
        return None
    filters = {"program_id": program_id, "startup_id": startup_id}
    decisions = wired().decisions.page(after=0, limit=MOST_OF_PAIR, filters=filters, actor=actor())
    last = decisions.items[-1].action if decisions.items else None
    return {
        "history": decisions.items,
        "number": decisions.number,
        "next": [(action, local.action(action)) for action in DecisionAction if action in NEXT[last]],
        "may": actor().is_person,
        "key": secrets.token_urlsafe(16),
    }

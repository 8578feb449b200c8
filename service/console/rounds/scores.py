"""Evaluators' scores of a round: sent as the filled-in workbook, checked, combined, kept with who sent them when."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from model.rounds.scores import EvaluatorWeights, Wrong
from service.actions.rounds.score_round import CombinedScoring, Sent
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.console.rounds.labels import RecordNames, noted
from service.console.rounds.result import reproduce
from service.console.wire.forms import SentForm
from service.console.wire.language import language
from service.console.wire.mistakes import returning
from service.console.wire.pages import page
from service.wired import wired
from service.wording import rounds as words
from service.wording.pairs import said

blueprint = Blueprint("scores", __name__, url_prefix="/<string:round_id>/scores")


@blueprint.get("")
@policy("rounds")
def listed(round_id: str) -> Response:
    """List what was sent, and ask for a file."""
    stored = wired().rounds.stored(round_id, actor())
    scorings = wired().score_round.of_round(round_id, actor())
    return page("rounds/scores.html", stored=stored, scorings=scorings, view="scores")


@blueprint.post("")
@policy("rounds", work=Work.IMPORT, body="import_limit")
@returning("rounds.scores.listed")
def send(round_id: str) -> AnyResponse:
    """Read a filled-in workbook, check and combine its scores, and keep them, or only show what they come to."""
    sent = SentForm()
    packed, said = request.form.get("packed"), request.form.get("name", "")[:200]
    content, name = (_unpacked(packed), said) if packed else sent.file("file")
    weights = EvaluatorWeights(sent.number("machine", 0, 100), request.form.get("drop") == "extremes")
    sent.check()
    if request.form.get("step") == "preview":
        previewed = wired().score_round.preview(round_id, Sent(content, name), weights, actor())
        return _shown(round_id, previewed, packed=b64encode(content).decode())
    combined = wired().score_round(round_id, Sent(content, name), weights, actor())
    return redirect(url_for(".one", round_id=round_id, scoring_id=combined.scoring.seq), 303)


@blueprint.get("/<string:scoring_id>")
@policy("rounds")
def one(round_id: str, scoring_id: str) -> Response:
    """Show scores that were kept, combined by the weights that were stated."""
    reproduce(round_id)
    return _shown(round_id, wired().score_round.one(round_id, scoring_id, actor()))


def _unpacked(packed: str) -> bytes:
    """The file that a preview has sent along."""
    try:
        return b64decode(packed, validate=True)
    except ValueError:  # somebody else's text
        return b""


def _shown(round_id: str, combined: CombinedScoring, packed: str = "") -> Response:
    """What scores come to; `packed`: their file, as long as they are not kept."""
    stored = wired().rounds.stored(round_id, actor())
    facts: dict[str, Any] = {
        "programs": _by_program(combined, stored.programs),
        "notes": noted(combined.notes),
        "refused": [
            (r.score, said(words.WRONG, r.why, language())) for r in combined.refused if r.why != Wrong.MISSING
        ],
        "unscored": list(dict.fromkeys(r.score.startup for r in combined.refused if r.why == Wrong.MISSING)),
        "evaluators": list(dict.fromkeys(s.evaluator for each in combined.combined for s in each.scores)),
    }
    facts |= {"record_names": RecordNames(), "view": "scores", "packed": packed}
    return page("rounds/scoring.html", stored=stored, result=combined, **facts)


def _by_program(combined_scoring: CombinedScoring, programs: tuple[str, ...]) -> list[tuple[str, list[Any]]]:
    groups = ((key, [each for each in combined_scoring.combined if each.pair.program == key]) for key in programs)
    return [(key, combined) for key, combined in groups if combined]

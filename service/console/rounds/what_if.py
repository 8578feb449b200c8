"""What if: a kept round under other terms, beside the original; nothing of it is kept."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from service.actions.rounds.run_round import Ran, WhatIf
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.console.rounds import form_fields, labels, start
from service.console.rounds.form_fields import LINES, FormFields
from service.console.rounds.labels import RecordNames
from service.console.rounds.result import reproduce
from service.console.rounds.round_form import RoundForm
from service.console.wire import mistakes
from service.console.wire.mistakes import returning
from service.console.wire.names import names
from service.console.wire.pages import page
from service.errors import ServiceError
from service.wired import wired

blueprint = Blueprint("what_if", __name__, url_prefix="/<string:round_id>/what-if")
MOST_CHANGES = 200


@blueprint.get("")
@policy("rounds")
def form(round_id: str) -> Response:
    """Show the round's own terms, ready to be changed."""
    ran = reproduce(round_id)
    refused = mistakes.everything()
    return _page(ran, FormFields(refused) if refused else form_fields.of(ran.outcome.terms, names()))


@blueprint.post("")
@policy("rounds", work=Work.ROUND)
@returning("rounds.what_if.form")
def compared(round_id: str) -> Response:
    """Run the round under the form's terms and show the difference."""
    ran, sent = wired().rounds.one(round_id, actor()), FormFields(request.form)
    if request.form.get("step") in LINES:
        return _page(ran, sent.with_more(request.form["step"], [{"name": ""}]), opened=request.form["step"])
    prepared = wired().matching.prepared()
    form = RoundForm(sent, prepared.startups.side.records, prepared.programs.side.records, names())
    try:
        trial = wired().rounds.what_if(round_id, form.terms(ran.stored.programs), actor())
    except ServiceError as error:
        raise ServiceError(error.code, faults=form.placed(error.faults), **error.facts) from error
    return _page(ran, sent, trial=trial)


def _page(ran: Ran, form: FormFields, *, trial: WhatIf | None = None, opened: str = "") -> Response:
    record_names = RecordNames()
    facts: dict[str, Any] = {
        "lines": _lines(trial, record_names) if trial else [],
        "changes": trial.difference.changes[:MOST_CHANGES] if trial else (),
        "clashes": [labels.clash(clash, record_names) for clash in trial.after.placing.clashes] if trial else [],
        "status_of": labels.status,
        "choices": start.choices(),
        "opened": opened,
    }
    round_: dict[str, Any] = {"ran": ran, "form": form, "trial": trial, "record_names": record_names}
    return page("rounds/what_if.html", names=names(), view="what-if", **round_, **facts)


def _lines(trial: WhatIf, record_names: RecordNames) -> list[tuple[str, int, int, int, int]]:
    """Each program's name with its places and how many were given, before and after."""
    before, after = trial.before.outcome, trial.after
    return [
        (
            record_names.program(offer.id),
            before.room[column],
            len(before.placing.places[column]),
            after.room[column],
            len(after.placing.places[column]),
        )
        for column, offer in enumerate(before.standing.slate.programs)
    ]

"""What a round recommends: programs' lists, clashes, moves, the worth of one more seat; taken away as a file."""

from __future__ import annotations

from typing import Any

import numpy as np
from flask import Blueprint, Response, request

from model.rounds import Status
from model.rounds.outcome import OUTSIDE, STATUSES
from model.rounds.worth import worths
from service.actions.rounds.run_round import Ran
from service.actions.rounds.sheets import MOST_EVALUATORS, USUAL_EVALUATORS
from service.auth.access import actor
from service.auth.policy import policy
from service.console.rounds import labels
from service.console.rounds.labels import RecordNames
from service.console.wire import exports, query
from service.console.wire.language import language
from service.console.wire.mistakes import returning
from service.console.wire.pages import ask_for, page
from service.errors import Problem, ServiceError
from service.wired import wired
from service.wording import eligibility
from service.wording import rounds as words
from service.wording.pairs import said

blueprint = Blueprint("result", __name__)
MOST_WORTH = 30_000
"""Startups times programs up to which the worth of one more seat is worked out for the page."""

PAGE = 50
TAKING_PART = [code for code, status in enumerate(STATUSES) if status not in OUTSIDE.values()]
"""The numbers of the statuses that only who may apply can have."""


def reproduce(round_id: str) -> Ran:
    """A round run again from what was kept, perhaps beside the requests; raises ServiceError `round_not_found`."""
    rounds, reader = wired().rounds, actor()
    return ask_for(rounds.stored(round_id, reader).name, lambda: rounds.one(round_id, reader))


@blueprint.get("/<string:round_id>")
@policy("rounds")
def one(round_id: str) -> Response:
    """Show a round, reproduced from what was kept."""
    ran, record_names = reproduce(round_id), RecordNames()
    outcome, language_code = ran.outcome, language()
    is_small = outcome.standing.state.size <= MOST_WORTH
    facts: dict[str, Any] = {
        "lines": [
            (offer, outcome.room[column], labels.counts(outcome, column))
            for column, offer in enumerate(outcome.standing.slate.programs)
        ],
        "statuses": [said(words.STATUS, status, language_code) for status in STATUSES],
        "effects": [(labels.effect_name(effect, record_names), effect) for effect in outcome.effects],
        "clashes": [labels.clash(clash, record_names) for clash in outcome.placing.clashes],
        "worth": {each.program: each for each in worths(outcome)} if is_small else {},
        "open_checks": sorted(
            (
                (rule, eligibility.rule_name(rule, language_code), count)
                for rule, count in ran.stored.open_checks.items()
            ),
            key=lambda check: -check[2],
        ),
        "eligible": int(np.isin(outcome.statuses, TAKING_PART).any(axis=1).sum()),
        "later": [eligibility.rule_name(rule, language_code) for rule in ran.stored.settled_later],
        "method": said(words.METHODS, outcome.terms.method, language_code),
        "keys": [said(words.TIE_BREAKS, key, language_code) for key in outcome.terms.tie_break],
    }
    return page("rounds/round.html", ran=ran, record_names=record_names, view="result", **facts)


@blueprint.post("/<string:round_id>")
@policy("rounds")
@returning("rounds.result.one")
def exported(round_id: str) -> Response:
    """Take the committees' workbook away, for a reason that goes on record."""
    identifier = wired().rounds.stored(round_id, actor()).id
    text = request.form.get("evaluators", "")
    known = [str(number) for number in range(1, MOST_EVALUATORS + 1)]
    evaluators = int(text) if text in known else USUAL_EVALUATORS
    return exports.sent(wired().export_results.round(identifier, evaluators, exports.purpose(), actor()))


@blueprint.get("/<string:round_id>/programs/<string:program_id>")
@policy("rounds", program="program_id")
def program(round_id: str, program_id: str) -> Response:
    """Show one program's startups of one status, with every score apart and every move with its cause."""
    ran = reproduce(round_id)
    if program_id not in ran.outcome.standing.slate.columns:
        raise ServiceError(Problem.PROGRAM_NOT_FOUND, id=program_id)
    wanted = Status(query.choice("status", [str(status) for status in Status]) or Status.SHORTLISTED)
    counts = labels.counts(ran.outcome, ran.outcome.standing.slate.columns[program_id])
    pages = max(1, -(-next(count for status, _, count in counts if status is wanted) // PAGE))
    number = min(query.number("page", 1), pages)
    facts: dict[str, Any] = {
        "counts": counts,
        "causes": labels.causes(ran.outcome),
        "shortfalls": [each for each in ran.outcome.shortfalls if each.program == program_id],
        "pages": pages,
        "number": number,
    }
    chosen = ran.outcome.of_status(program_id, wanted, slice((number - 1) * PAGE, number * PAGE))
    return page(
        "rounds/program.html", ran=ran, id=program_id, wanted=wanted, pairs=chosen, record_names=RecordNames(), **facts
    )

"""Selection rounds: run once and kept, shown, asked what if; a round recommends, a person decides."""

from __future__ import annotations

from flask import Response

from model.rounds import Terms
from model.rounds.scores import EvaluatorWeights
from service.actions.rounds.accounts import cumulated
from service.actions.rounds.lists import Spread
from service.actions.rounds.run_round import AskedRound
from service.actions.rounds.score_round import Sent
from service.api.rounds import answers_schema as round_shown
from service.api.rounds import lists_schema as round_lists
from service.api.rounds import rounds_schema
from service.api.rounds import scores_schema as scores_shown
from service.api.rounds.answers_schema import AccountSchema, InterestsSchema, RoundPageSchema, RoundSchema, WhatIfSchema
from service.api.rounds.lists_schema import RoundListsSchema
from service.api.rounds.scores_schema import ScoresSchema, ScoringsSchema
from service.api.wire import plain, upload
from service.api.wire.arguments import Resource
from service.api.wire.language import language
from service.api.wire.options import PageOrder, cursor
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.wired import wired

resource = Resource("rounds", __name__, description="선정 회차 · Selection rounds")


@resource.route("/rounds", methods=["POST"])
@resource.arguments(rounds_schema.NewRound, limit="batch_limit")
@resource.response(201, RoundSchema)
@resource.alt_response(200, schema=RoundSchema, description="같은 회차가 이미 있음 · The same round was run before")
@policy("rounds", work=Work.ROUND, body="batch_limit")
def start(asked: AskedRound) -> Response:
    """Run a round and keep it with all that it rests on; the same round again is answered with what was kept."""
    ran = wired().rounds(asked, actor())
    document = round_shown.shown(ran, wired().rounds.names(language()), language())
    return plain.said(document, 201 if ran.is_new else 200, f"rounds/{ran.stored.id}")


@resource.route("/rounds")
@resource.arguments(rounds_schema.RoundFilters, location="query")
@resource.response(200, RoundPageSchema)
@policy("rounds")
def listed(wanted: PageOrder) -> Response:
    """List rounds, newest first."""
    page = wired().rounds.page(after=wanted.after, limit=wanted.limit, actor=actor())
    return plain.sent(
        {"items": [round_shown.heading(item, language()) for item in page.items], "next": cursor(page.after)}
    )


@resource.route("/rounds/<string:round_id>")
@resource.response(200, RoundSchema)
@policy("rounds")
def one(round_id: str) -> Response:
    """Show a round, reproduced from what was kept."""
    ran = wired().rounds.one(round_id, actor())
    return plain.said(round_shown.shown(ran, wired().rounds.names(language()), language()))


@resource.route("/rounds/<string:round_id>/lists")
@resource.arguments(rounds_schema.ListOptions, location="query")
@resource.response(200, RoundListsSchema)
@policy("rounds")
def lists(wanted: tuple[Spread, int], round_id: str) -> Response:
    """List programs for every startup of a round, spread over free seats, beside plain lists by score."""
    ran = wired().rounds.one(round_id, actor())
    return plain.said(round_lists.shown(ran.outcome, *wanted, language()))


@resource.route("/rounds/exposure")
@resource.arguments(rounds_schema.AccountOptions, location="query")
@resource.response(200, AccountSchema)
@policy("rounds")
def exposure(wanted: tuple[str, ...]) -> Response:
    """Show the exposure account over several rounds together."""
    return plain.said(round_shown.cumulated(cumulated(wired().rounds, wanted, actor())))


@resource.route("/rounds/<string:round_id>/scores", methods=["POST"])
@resource.arguments(rounds_schema.ScoreOptions, location="query")
@resource.doc(requestBody=upload.DOCUMENT)
@resource.response(201, ScoresSchema)
@resource.alt_response(200, schema=ScoresSchema, description="같은 파일을 이미 받음 · The same file was kept before")
@policy("rounds", work=Work.IMPORT, body="import_limit")
def score(weights: EvaluatorWeights, round_id: str) -> Response:
    """Read evaluators' scores from the workbook, check them, combine them by the stated weights, and keep them."""
    file = upload.received()
    combined = wired().score_round(round_id, Sent(file.raw, file.name), weights, actor())
    document = scores_shown.scored(combined, wired().rounds.names(language()), language())
    location = f"rounds/{round_id}/scores/{combined.scoring.seq}"
    return plain.said(document, 201 if combined.is_new else 200, location)


@resource.route("/rounds/<string:round_id>/scores")
@resource.response(200, ScoringsSchema)
@policy("rounds")
def scorings(round_id: str) -> Response:
    """List who brought evaluators' scores of a round when, oldest first."""
    return plain.sent(scores_shown.scorings(wired().score_round.of_round(round_id, actor())))


@resource.route("/rounds/<string:round_id>/scores/<string:scoring_id>")
@resource.response(200, ScoresSchema)
@policy("rounds")
def scoring(round_id: str, scoring_id: str) -> Response:
    """Show evaluators' scores that were kept, combined by the weights that were stated."""
    combined = wired().score_round.one(round_id, scoring_id, actor())
    return plain.said(scores_shown.scored(combined, wired().rounds.names(language()), language()))


@resource.route("/rounds/interests", methods=["POST"])
@resource.doc(requestBody=upload.DOCUMENT)
@resource.response(200, InterestsSchema)
@policy("rounds", work=Work.IMPORT, body="import_limit")
def interests() -> Response:
    """Read a conflict-of-interest list from a workbook, ready to stand in a round's terms; nothing is kept."""
    listed = wired().rounds.interests(upload.received().raw)
    return plain.said(round_shown.interests(listed, language()))


@resource.route("/rounds/<string:round_id>/what-if", methods=["POST"])
@resource.arguments(rounds_schema.TermsSchema, limit="batch_limit")
@resource.response(200, WhatIfSchema)
@policy("rounds", work=Work.ROUND, body="batch_limit")
def what_if(terms: Terms, round_id: str) -> Response:
    """Run a kept round under other terms and show the difference; nothing is kept."""
    compared = wired().rounds.what_if(round_id, terms, actor())
    return plain.said(round_shown.what_if(compared, wired().rounds.names(language()), language()))

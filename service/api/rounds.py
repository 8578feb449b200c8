"""Selection rounds: run once and kept, shown, asked what if; a round recommends, a person decides."""

from __future__ import annotations

from flask import Response

from model.rounds import Terms
from model.rounds.scores import Weights
from service.actions import round_sheets
from service.actions.run_round import AskedRound
from service.api import plain, upload
from service.api.arguments import Resource
from service.api.language import language
from service.api.schemas import round_lists, round_shown
from service.api.schemas.options import Wanted, cursor
from service.api.schemas.round_lists import RoundListsSchema
from service.api.schemas.round_shown import InterestsSchema, RoundPageSchema, RoundSchema, ScoresSchema, WhatIfSchema
from service.api.schemas.rounds import (
    ListOptions,
    NewRound,
    RoundFilters,
    ScoreOptions,
    SheetOptions,
    Spread,
    TermsSchema,
)
from service.auth.doors import actor
from service.auth.policy import policy
from service.wired import wired

resource = Resource("rounds", __name__, description="선정 회차 · Selection rounds")


@resource.route("/rounds", methods=["POST"])
@resource.arguments(NewRound, limit="batch_limit")
@resource.response(201, RoundSchema)
@resource.alt_response(200, schema=RoundSchema, description="같은 회차가 이미 있음 · The same round was run before")
@policy("rounds")
def start(asked: AskedRound) -> Response:
    """Run a round and keep it with all that it rests on; the same round again is answered with what was kept."""
    ran = wired().rounds(asked, actor())
    response = plain.said(round_shown.shown(ran, wired().rounds.names(), language()))
    response.status_code = 201 if ran.is_new else 200
    response.headers["Location"] = f"/api/v1/rounds/{ran.stored.id}"
    return response


@resource.route("/rounds")
@resource.arguments(RoundFilters, location="query")
@resource.response(200, RoundPageSchema)
@policy("rounds")
def listed(wanted: Wanted) -> Response:
    """List rounds, newest first."""
    page = wired().rounds.page(after=wanted.after, limit=wanted.limit, actor=actor())
    return plain.sent({"items": [round_shown.heading(item) for item in page.items], "next": cursor(page.after)})


@resource.route("/rounds/<string:round_id>")
@resource.response(200, RoundSchema)
@policy("rounds")
def one(round_id: str) -> Response:
    """Show a round, reproduced from what was kept."""
    ran = wired().rounds.one(round_id, actor())
    return plain.said(round_shown.shown(ran, wired().rounds.names(), language()))


@resource.route("/rounds/<string:round_id>/lists")
@resource.arguments(ListOptions, location="query")
@resource.response(200, RoundListsSchema)
@policy("rounds")
def lists(wanted: tuple[Spread, int], round_id: str) -> Response:
    """List programs for every startup of a round, spread over free seats, beside plain lists by score."""
    ran = wired().rounds.one(round_id, actor())
    return plain.said(round_lists.shown(ran.outcome, *wanted, language()))


@resource.route("/rounds/<string:round_id>/export.xlsx")
@resource.arguments(SheetOptions, location="query")
@resource.response(200, {"type": "string", "format": "binary"}, content_type=upload.XLSX)
@policy("export")
def export(evaluators: int, round_id: str) -> Response:
    """Send a round as a workbook for committees: a sheet a program, reserves, empty columns for evaluators."""
    ran = wired().rounds.one(round_id, actor())
    raw = round_sheets.written(ran, wired().rounds.names(), evaluators, language())
    return Response(
        raw, content_type=upload.XLSX, headers={"Content-Disposition": f'attachment; filename="{round_id}.xlsx"'}
    )


@resource.route("/rounds/<string:round_id>/scores", methods=["POST"])
@resource.arguments(ScoreOptions, location="query")
@resource.doc(requestBody=upload.DOCUMENT)
@resource.response(200, ScoresSchema)
@policy("rounds")
def scores(weights: Weights, round_id: str) -> Response:
    """Read evaluators' scores from the workbook, check and combine them by the stated weights; nothing is kept."""
    ran = wired().rounds.one(round_id, actor())
    found = round_sheets.read(upload.received().raw, ran.outcome, weights)
    return plain.said(round_shown.scored(found, wired().rounds.names(), language()))


@resource.route("/rounds/interests", methods=["POST"])
@resource.doc(requestBody=upload.DOCUMENT)
@resource.response(200, InterestsSchema)
@policy("rounds")
def interests() -> Response:
    """Read a conflict-of-interest list from a workbook, ready to stand in a round's terms; nothing is kept."""
    found = round_sheets.read_interests(upload.received().raw, wired().rounds.names()[0])
    return plain.said(round_shown.interests(found))


@resource.route("/rounds/<string:round_id>/what-if", methods=["POST"])
@resource.arguments(TermsSchema, limit="batch_limit")
@resource.response(200, WhatIfSchema)
@policy("rounds")
def what_if(terms: Terms, round_id: str) -> Response:
    """Run a kept round under other terms and show the difference; nothing is kept."""
    found = wired().rounds.what_if(round_id, terms, actor())
    return plain.said(round_shown.what_if(found, wired().rounds.names(), language()))

"""Lists of programs for a round's startups that spread attention over free seats, beside plain lists by score."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from model.rounds.lists import NOBODY, Congestion
from service.actions.rounds.lists import Spread, listed
from service.auth.access import actor
from service.auth.policy import policy
from service.console.rounds import sheets
from service.console.rounds.labels import RecordNames
from service.console.rounds.result import reproduce
from service.console.wire import exports, query
from service.console.wire.language import gettext, language
from service.console.wire.mistakes import returning
from service.console.wire.pages import ask_for, page
from service.storage.records.audit import AuditSubject
from service.wired import wired
from service.wording import rounds as words
from service.wording.pairs import said

blueprint = Blueprint("attention", __name__, url_prefix="/<string:round_id>/lists")
LENGTHS = (1, 3, 5, 10, 20)
USUAL = 5
PAGE = 30


@blueprint.get("")
@policy("rounds")
def lists(round_id: str) -> Response:
    """Show the lists, and what each way of making them loses in score and gains in filled seats."""
    ran, (by, length) = reproduce(round_id), _asked()
    heading = gettext("쏠림을 줄인 추천 목록")
    lists_by_way = ask_for(heading, lambda: {way: listed(ran.outcome, way, length) for way in Spread})
    slate, columns = ran.outcome.standing.slate, lists_by_way[by].lists.columns.tolist()
    pages = max(1, -(-len(columns) // PAGE))
    number = min(query.number("page", 1), pages)
    part = slice((number - 1) * PAGE, number * PAGE)
    ids = [offer.id for offer in slate.programs]
    facts: dict[str, Any] = {
        "ways": [
            (way, said(words.SPREADS, way, language()), load.these, _mean(load.these))
            for way, load in lists_by_way.items()
        ],
        "rows": [
            (startup.id, [ids[column] for column in row if column != NOBODY])
            for startup, row in zip(slate.startups[part], columns[part], strict=True)
        ],
        "plain": lists_by_way[Spread.SCORE].these,
        "plain_mean": _mean(lists_by_way[Spread.SCORE].these),
        "lengths": LENGTHS,
    }
    asked: dict[str, Any] = {"by": by, "length": length, "number": number, "pages": pages}
    return page("rounds/lists.html", ran=ran, record_names=RecordNames(), view="lists", **asked, **facts)


@blueprint.post("")
@policy("rounds")
@returning("rounds.attention.lists")
def exported(round_id: str) -> Response:
    """Take the lists away, of every startup."""
    ran, (by, length) = wired().rounds.one(round_id, actor()), _asked()
    slate = ran.outcome.standing.slate
    startups, programs = ([entrant.id for entrant in side] for side in (slate.startups, slate.programs))
    table = sheets.lists(startups, programs, listed(ran.outcome, by, length), RecordNames())
    return exports.taken([table], "round-lists", AuditSubject("round", round_id), {"by": str(by), "length": length})


def _asked() -> tuple[Spread, int]:
    """How lists are made, and how long they are."""
    by = Spread(query.choice("by", [str(way) for way in Spread]) or Spread.PRICES)
    return by, query.number("length", USUAL, 1, LENGTHS[-1])


def _mean(load: Congestion) -> int:
    """The mean score of what is listed, in units."""
    return load.units // load.listed if load.listed else 0

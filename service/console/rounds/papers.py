"""Papers of a round: every seat traced to papers and persons, on one page and in one file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, url_for

from service.actions.applications.standings import MACHINE
from service.auth.access import actor
from service.auth.policy import policy
from service.console.wire import exports, query
from service.console.wire.language import language
from service.console.wire.mistakes import returning
from service.console.wire.pages import page
from service.wired import wired
from service.wording import applications, eligibility
from service.wording import rounds as words
from service.wording.pairs import said

blueprint = Blueprint("papers", __name__, url_prefix="/<string:round_id>/papers")
PAGE = 10


@blueprint.get("")
@policy("rounds")
def shown(round_id: str) -> Response:
    """Show what each application's requirements rested on, those with seats first."""
    number, spoken = query.number("page", 1), language()
    ran, total, shown_now = wired().round_papers(round_id, actor(), slice((number - 1) * PAGE, number * PAGE))
    names, _ = wired().rounds.names(spoken)
    pages = max(1, -(-total // PAGE))
    facts: dict[str, Any] = {
        "met": [sum(line.by == MACHINE and not line.result for line in paper.lines) for paper in shown_now],
        "papers": [
            (
                paper,
                said(words.STATUS, paper.status, spoken),
                names.get(paper.application.startup_id, paper.application.startup_id),
                [
                    (
                        line,
                        eligibility.rule_name(line.code, spoken),
                        said(applications.BY, line.by, spoken),
                        applications.result(line.result, spoken),
                    )
                    for line in paper.lines
                ],
            )
            for paper in shown_now
        ],
        "number": number,
        "pages": pages,
        "href": lambda at: url_for("console.rounds.papers.shown", round_id=round_id, page=at),
    }
    return page("applications/papers.html", stored=ran.stored, **facts)


@blueprint.post("")
@policy("rounds")
@returning("rounds.papers.shown")
def exported(round_id: str) -> Response:
    """Take the same away as a file, for a reason that goes on record."""
    return exports.sent(wired().round_papers.exported(round_id, exports.purpose(), actor()))

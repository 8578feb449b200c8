"""Programs: searched, shown one by one with the startups that suit them, and whom which rule shuts out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from model.domain import Role
from service.actions.explain_eligibility import Wish
from service.auth.policy import policy
from service.console import query, shown
from service.console.kept import kept
from service.console.language import language
from service.console.names import names
from service.console.pages import page
from service.console.startups import PAGE, options
from service.wired import wired
from service.wording import eligibility, overview

blueprint = Blueprint("programs", __name__, url_prefix="/programs")
NAMED = 10


@blueprint.get("")
@policy("read")
def listed() -> Response:
    """List programs, a page at a time, as searched."""
    year = query.number("year", 0, 1900, 2999) or None
    wanted = {"q": query.text("q") or None, "year": year, "role": query.choice("role", tuple(Role))}
    found = wired().programs.listing(number=query.number("page", 1), size=PAGE, filters=wanted)
    return page("programs.html", part="programs_results.html", found=found, wanted=wanted, names=names())


@blueprint.get("/<string:program_id>")
@policy("match", program="program_id")
def one(program_id: str) -> Response:
    """Show a program with the startups that suit it best; a reference takes none."""
    program = wired().programs.one(program_id).record
    if not program.is_ranked:
        return page("program.html", program=program, run=None, found=[], names=names(), view="matches")
    run = kept(wired().matching.for_program(program_id, options()))
    found = shown.ranked(run, wired().matching.matches(run))
    return page("program.html", program=run.subject, run=run, found=found, names=names(), view="matches")


@blueprint.get("/<string:program_id>/exclusions")
@policy("read", program="program_id")
def exclusions(program_id: str) -> Response:
    """Show which rules shut out how many startups."""
    found = wired().eligibility.of_program(program_id, Wish(query.day("on")))
    counts = [(*shown.verdict(verdict), count) for verdict, count in found.verdicts.items()]
    told = [
        (rule, eligibility.rule_name(rule.rule, language()), overview.exclusion(rule, language()))
        for rule in found.exclusions
    ]
    facts: dict[str, Any] = {"counts": counts, "told": told, "named": NAMED, "names": names(), "view": "exclusions"}
    return page("program_exclusions.html", program=found.program, found=found, **facts)

"""Programs: searched, shown one by one with the startups that suit them, and whom which rule shuts out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response

from model.domain import Role
from model.eligibility.overview import Exclusion, IntakeState
from service.actions.catalogue.explain_eligibility import ExplanationWish, OfProgram
from service.actions.records.browse_decisions import STANDING
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.console.catalogue.startups import PAGE, options, searched
from service.console.matching import sheets, shown
from service.console.matching.recording import record_run
from service.console.wire import exports, local, query
from service.console.wire.language import language
from service.console.wire.mistakes import returning
from service.console.wire.names import names
from service.console.wire.pages import ask_for, page
from service.storage.records.audit import AuditSubject
from service.wired import wired
from service.wording import eligibility, overview

blueprint = Blueprint("programs", __name__, url_prefix="/programs")
NAMED = 10
MOST_LISTED = 50
STANDING_BADGES = dict(zip(STANDING, ("success", "information", "gray"), strict=True))


@blueprint.get("")
@policy("read")
def listed() -> Response:
    """List programs, a page at a time, as searched."""
    wanted = filters()
    facts = searched(wired().programs, wanted, _meant(wanted))
    return page("catalogue/programs.html", part="catalogue/programs_results.html", **facts)


@blueprint.post("")
@policy("export", work=Work.EXPORT)
@returning("programs.listed")
def exported() -> Response:
    """Take the list away as searched, all pages of it."""
    wanted = filters()
    table = sheets.programs(wired().programs.all(_meant(wanted), query.text("order")))
    return exports.taken([table], "programs", AuditSubject("catalogue", "programs"), wanted)


@blueprint.get("/<string:program_id>")
@policy("match", program="program_id")
def one(program_id: str) -> Response:
    """Show a program with the startups that suit it best; a reference takes none."""
    program = wired().programs.one(program_id).record
    if not program.is_ranked:
        return page("catalogue/program.html", program=program, run=None, matches=[], names=names(), view="matches")
    run = record_run(wired().matching.for_program(program_id, options()))
    entries, known = shown.ranked(run, wired().matching.matches(run)), wired().matching.known_pairs(run)
    number = query.number("page", 1)
    part = shown.known(run, wired().matching.known(run, known[(number - 1) * PAGE : number * PAGE]))
    facts: dict[str, Any] = {"run": run, "matches": entries, "known": part, "names": names()}
    facts |= {"number": number, "pages": -(-len(known) // PAGE), "href": query.href}
    return page("catalogue/program.html", program=run.subject, view="matches", **facts)


@blueprint.post("/<string:program_id>")
@policy("export", program="program_id", work=Work.EXPORT)
@returning("programs.one")
def candidates_exported(program_id: str) -> Response:
    """Take a program's ranked startups away, as many as the page shows."""
    run = record_run(wired().matching.for_program(program_id, options()))
    return exports.sent(wired().export_results.ranked(run, exports.purpose(), actor()))


@blueprint.get("/<string:program_id>/shortlist")
@policy("decide", program="program_id")
def shortlist(program_id: str) -> Response:
    """Show who is selected, in reserve and shortlisted now, by the last decision on each."""
    program, decisions = wired().programs.one(program_id).record, wired().decisions.shortlist(program_id, actor())
    facts: dict[str, Any] = {
        "counts": [(action, sum(decision.action is action for decision in decisions)) for action in STANDING],
        "startups": wired().matching.prepared().startups.side.records,
        "badges": STANDING_BADGES,
        "total": len(decisions),
        "names": names(),
    }
    return page(
        "catalogue/program_shortlist.html",
        program=program,
        decisions=decisions[:MOST_LISTED],
        view="shortlist",
        **facts,
    )


@blueprint.post("/<string:program_id>/shortlist")
@policy("decide", program="program_id")
@returning("programs.shortlist")
def shortlist_exported(program_id: str) -> Response:
    """Take away who is selected, in reserve and shortlisted now, all of them."""
    decisions, prepared = wired().decisions.shortlist(program_id, actor()), wired().matching.prepared()
    table = sheets.decisions(decisions, prepared.startups.side.records, prepared.programs.side.records)
    return exports.taken([table], "shortlist", AuditSubject("program", program_id), {})


@blueprint.get("/<string:program_id>/exclusions")
@policy("read", program="program_id")
def exclusions(program_id: str) -> Response:
    """Show which rules shut out how many startups."""
    explain, wish = wired().eligibility, ExplanationWish(query.day("on"))
    program = wired().programs.one(program_id).record
    explanation = ask_for(local.name(program), lambda: explain.of_program(program_id, wish))
    facts: dict[str, Any] = {
        "counts": _counts(explanation),
        "exclusions": _exclusion_lines(explanation),
        "named": NAMED,
        "names": names(),
    }
    return page(
        "catalogue/program_exclusions.html", program=program, explanation=explanation, view="exclusions", **facts
    )


@blueprint.post("/<string:program_id>/exclusions")
@policy("export", program="program_id", work=Work.EXPORT)
@returning("programs.exclusions")
def exclusions_exported(program_id: str) -> Response:
    """Take away which rules shut out how many startups, and each that one rule alone shuts out."""
    explanation = wired().eligibility.of_program(program_id, ExplanationWish(query.day("on")))
    tables = sheets.exclusions(_exclusion_lines(explanation), explanation.ground.startups, _counts(explanation))
    return exports.taken(
        tables, "exclusions", AuditSubject("program", program_id), {}, exports.ground(explanation.ground)
    )


def filters() -> dict[str, object]:
    """What the list is searched for."""
    year = query.number("year", 0, 1900, 2999) or None
    intake = query.choice("intake", tuple(IntakeState))
    return {"q": query.text("q") or None, "year": year, "role": query.choice("role", tuple(Role)), "intake": intake}


def _meant(wanted: Mapping[str, object]) -> Mapping[str, object]:
    """The filters of the catalogue, in which an intake is the calls that are in it today."""
    intake, others = wanted["intake"], {name: value for name, value in wanted.items() if name != "intake"}
    if intake is None:
        return others
    calls = wired().eligibility.calls(ExplanationWish())[IntakeState(str(intake))]
    return {**others, "id": frozenset(call.id for call in calls)}


def _counts(explanation: OfProgram) -> list[tuple[str, str, int]]:
    return [(*shown.verdict(verdict), count) for verdict, count in explanation.verdicts.items()]


def _exclusion_lines(explanation: OfProgram) -> list[tuple[Exclusion, str, str]]:
    """Each rule with its name and what it does, in words."""
    language_code = language()
    return [
        (rule, eligibility.rule_name(rule.rule, language_code), overview.exclusion(rule, language_code))
        for rule in explanation.exclusions
    ]

"""Setting up a round: programs and startups, the terms, conflicts from a workbook; run by one press."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as AnyResponse
from werkzeug.datastructures import MultiDict

from model.applications import MANUAL
from model.domain import Program
from model.eligibility import RULES
from model.rounds import Method, ProposingSide, TieBreak
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.console.rounds import form_fields
from service.console.rounds.form_fields import LINES, FormFields
from service.console.rounds.labels import noted
from service.console.rounds.result import reproduce
from service.console.rounds.round_form import FACTORS, RoundForm
from service.console.wire import mistakes, query
from service.console.wire.language import language
from service.console.wire.mistakes import returning
from service.console.wire.names import names
from service.console.wire.pages import page
from service.errors import ServiceError
from service.settings import now
from service.wired import wired
from service.wording import eligibility
from service.wording import rounds as words
from service.wording.pairs import said

blueprint = Blueprint("start", __name__)
LATER = ("exclusive_group", "not_together")
"""Rules that papers usually settle later; ticked at first. What a person must look at is named one by one."""


@blueprint.get("/new")
@policy("rounds")
def form() -> Response:
    """Show the form: as it was refused, filled in from a round that is copied, or empty."""
    refused, copied = mistakes.everything(), query.text("copy")
    if refused is None and copied:
        return _page(_copied(copied))
    fields = [("on", now().date().isoformat()), *(("later", rule) for rule in LATER)]
    return _page(FormFields(refused or MultiDict(fields)))


@blueprint.post("/new")
@policy("rounds", work=Work.ROUND, body="import_limit")
@returning("rounds.start.form")
def run() -> AnyResponse:
    """Run the round, or show the form with more lines, or with a list of conflicts read."""
    form, step = FormFields(request.form), request.form.get("step", "run")
    file = request.files.get("file")
    if file and file.filename:
        interest_file = wired().rounds.interests(file.read())
        form = form.with_more(
            "interest",
            (
                {
                    "evaluator": interest.evaluator,
                    "startup": interest.startup,
                    "program": interest.program or "",
                    "reason": interest.reason,
                }
                for interest in interest_file.interests
            ),
        )
        if interest_file.unknown or interest_file.notes or step != "run":
            return _page(form, unmatched=interest_file.unknown, notes=noted(interest_file.notes))
    if step in LINES:
        return _page(form.with_more(step, [{"name": ""}]), opened=step)
    prepared = wired().matching.prepared()
    startups, programs = prepared.startups.side.records, prepared.programs.side.records
    sent = RoundForm(form, startups, programs, names())
    try:
        asked = sent.asked(request.form.getlist("program"), request.form.getlist("later"))
        ran = wired().rounds(asked, actor())
    except ServiceError as error:
        raise ServiceError(error.code, faults=sent.placed(error.faults), **error.facts) from error
    return redirect(url_for("console.rounds.result.one", round_id=ran.stored.id), 303)


def _copied(round_id: str) -> FormFields:
    """The form that a kept round was run by, with the rules that the address leaves for later."""
    ran = reproduce(round_id)
    stored, everybody = ran.stored, wired().matching.prepared().startups.side.records
    taking_part = [entrant.id for entrant in ran.outcome.standing.slate.startups]
    fields = [
        ("name", stored.name),
        ("on", stored.on.isoformat()),
        ("startups", "" if len(taking_part) == len(everybody) else "\n".join(taking_part)),
        *(("program", program) for program in stored.programs),
        *(("later", rule) for rule in dict.fromkeys((*stored.settled_later, *request.args.getlist("later")))),
    ]
    return FormFields(MultiDict([*form_fields.of(stored.terms, names()).fields.items(multi=True), *fields]))


def offers() -> list[Program]:
    """The programs that may take part: ranked, and the actor's own."""
    records = wired().matching.prepared().programs.side.records.values()
    own = (program for program in records if program.is_ranked and not actor().is_bound_away_from(program.id))
    return sorted(own, key=lambda program: (-(program.year or 0), program.name or program.id))


def choices() -> dict[str, Any]:
    """What the form's selects offer, in the page's language."""
    language_code = language()
    return {
        "factors": [(f"{tenths / 10:g}", f"{tenths / 10:g}") for tenths in FACTORS],
        "methods": [(method, said(words.METHODS, method, language_code)) for method in Method],
        "sides": [(side, said(words.SIDES, side, language_code)) for side in ProposingSide],
        "keys": [(key, said(words.TIE_BREAKS, key, language_code)) for key in TieBreak],
        "asked_for": [said(words.FIELDS, code, language_code) for code in words.FIELDS],
    }


def _page(form: FormFields, **facts: Any) -> Response:
    language_code = language()
    codes = [rule.name for rule in RULES if rule.name != MANUAL]
    asked_for = {code for program in offers() for code in wired().desk.requirements(program.id)}
    codes += sorted(code for code in asked_for if code.startswith(f"{MANUAL}:"))
    rules = [(code, eligibility.rule_name(code, language_code)) for code in codes]
    choices_of_page: dict[str, Any] = {
        "unmatched": (),
        "notes": (),
        "opened": "",
        "choices": choices(),
        "offers": offers(),
        **facts,
    }
    return page("rounds/new.html", form=form, rules=rules, names=names(), **choices_of_page)

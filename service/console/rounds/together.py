"""Deciding on many pairs at once: what was ticked on a list, what stands against each, one reason and own ones."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from model.decisions import NEXT, DecisionAction
from model.domain import Program, Result, Startup
from model.faults import Fault
from model.rounds import Status
from service.actions.catalogue.edit import Precondition
from service.actions.catalogue.explain_eligibility import ExplanationWish
from service.actions.records.decide import Choice, Ticked
from service.auth.access import actor
from service.auth.policy import policy
from service.console.matching import shown
from service.console.records.decisions import just_decided
from service.console.rounds.result import reproduce
from service.console.wire import local, query
from service.console.wire.forms import SentForm
from service.console.wire.language import gettext, language
from service.console.wire.mistakes import returning
from service.console.wire.pages import page
from service.errors import ServiceError
from service.storage.records.decisions import Decision
from service.wired import wired
from service.wording import eligibility

blueprint = Blueprint("together", __name__, url_prefix="/decisions/together")
MOST = 60
"""Pairs on one page; more are decided in parts."""

MOST_HISTORY = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One pair that was ticked: its verdict, the rules not met and those to be checked, and what was decided last.

    `key` names its fields in the form, `proposal` is the decision that a score result or a round suggests for it.
    """

    key: str
    startup: Startup
    program: Program
    verdict: str
    badge: str
    unmet: tuple[tuple[str, str], ...]
    to_check: tuple[str, ...]
    last: Decision | None
    proposal: str


@blueprint.get("")
@policy("decide")
def form() -> Response:
    """Show the pairs that the address names, whichever list they were ticked on, ready to be decided on."""
    wanted = list(_ticked())
    lines = [_line(startup, program, proposal) for startup, program, proposal in wanted[:MOST]]
    possible = [action for action in DecisionAction if any(action in NEXT[_action(line.last)] for line in lines)]
    is_round = bool(query.text("round") and not query.text("scoring"))
    facts: dict[str, Any] = {
        "actions": [(action, local.action(action)) for action in possible],
        "common": DecisionAction.SHORTLISTED if is_round and DecisionAction.SHORTLISTED in possible else "",
        "left_out": len(wanted) - len(lines),
        "on": query.day("on"),
        "key": secrets.token_urlsafe(16),
    }
    return page("records/together.html", lines=lines, **facts)


@blueprint.post("")
@policy("decide")
@returning("together.form")
def decide() -> AnyResponse:
    """Record one decision on each ticked pair, all or none."""
    sent = SentForm()
    common, reason = request.form.get("action", ""), sent.optional("reason")
    pairs = [key for key in request.form.getlist("pair") if key.count("~") == 1][:MOST]
    if not pairs:
        sent.refuse("missing", "pair")
    items = [_choice(key, common, reason, sent) for key in pairs]
    sent.check()
    try:
        decided = wired().decide.together(items, _key(), actor())
    except ServiceError as error:
        raise ServiceError(error.code, faults=[_named(fault) for fault in error.faults], **error.facts) from error
    first, last = decided[0].seq, decided[-1].seq
    return redirect(url_for("console.decisions.listed", saved=f"{first}-{last}", after=first - 1), 303)


@blueprint.post("/undo")
@policy("decide")
@returning("decisions.listed")
def undo() -> AnyResponse:
    """Reopen what was decided a moment ago, with that as the reason."""
    decided = just_decided(request.form.get("saved", ""))
    reason = gettext("저장 직후 되돌림")
    items = [
        Ticked(Choice(d.program_id, d.startup_id, DecisionAction.REOPENED, reason), Precondition((d.number,)))
        for d in decided
        if d.startup_id
    ]
    if items:
        wired().decide.together(items, _key(), actor())
    return redirect(url_for("console.decisions.listed", after=decided[0].seq - 1 if decided else None), 303)


def _key() -> str:
    return request.form.get("key") or secrets.token_urlsafe(16)


def _choice(key: str, common: str, reason: str, sent: SentForm) -> Ticked:
    """What the form says of one pair: its own decision and reason, else the common ones."""
    startup, program = key.split("~")
    action = request.form.get(f"action:{key}") or common
    if action not in set(DecisionAction):
        sent.refuse("missing", "action")
        action = DecisionAction.REOPENED
    own = sent.optional(f"reason:{key}") or reason
    if not own:
        sent.refuse("missing", "reason")
    number = request.form.get(f"number:{key}", "")
    precondition = Precondition((int(number),)) if number.isdecimal() and len(number) < 9 else Precondition(absent=True)
    despite = tuple(request.form.getlist(f"despite:{key}"))
    return Ticked(
        Choice(program, startup, DecisionAction(action), own, despite=despite, on=query.day("on")),
        precondition,
        f"pair:{key}",
    )


def _named(fault: Fault) -> Fault:
    """The fault with its rules by their names."""
    if fault.code != "rules_unmet":
        return fault
    return replace(fault, allowed=", ".join(eligibility.rule_name(r, language()) for r in fault.allowed.split(", ")))


def _ticked() -> Iterator[tuple[str, str, str]]:
    """Startup, program and proposal of each pair: ticked one by one, or all that a round or a score result lists."""
    round_id, scoring = query.text("round"), query.text("scoring")
    startups, programs = (list(dict.fromkeys(request.args.getlist(side))) for side in ("startup", "program"))
    if scoring:
        yield from _scored(round_id, scoring)
    elif round_id:
        outcome = reproduce(round_id).outcome
        for offer in outcome.standing.slate.programs:
            if not programs or offer.id in programs:
                chosen = outcome.of_status(offer.id, Status.SHORTLISTED)
                yield from ((pair.startup, offer.id, "") for pair in chosen if not startups or pair.startup in startups)
    else:
        yield from ((startup, program, "") for program in programs for startup in startups)


def _scored(round_id: str, scoring: str) -> Iterator[tuple[str, str, str]]:
    """A score result's pairs: the best selected up to the seats, in reserve up to the factor, the rest rejected."""
    ran, scored = reproduce(round_id), wired().score_round.one(round_id, scoring, actor())
    for offer in ran.outcome.standing.slate.programs:
        ranked = sorted((each for each in scored.combined if each.pair.program == offer.id), key=lambda each: each.rank)
        seats = ran.outcome.terms.seats.get(offer.id, offer.seats)
        room = ran.outcome.room[ran.outcome.standing.slate.columns[offer.id]]
        for place, each in enumerate(ranked):
            proposal = DecisionAction.SELECTED if place < seats else DecisionAction.RESERVE
            yield each.pair.startup, offer.id, proposal if place < room else DecisionAction.REJECTED


def _line(startup_id: str, program_id: str, proposal: str) -> Line:
    judged = wired().eligibility.of_pair(startup_id, program_id, ExplanationWish(query.day("on")))
    filters = {"program_id": program_id, "startup_id": startup_id}
    history = wired().decisions.page(after=0, limit=MOST_HISTORY, filters=filters, actor=actor()).items
    last = history[-1] if history else None
    names = {check.rule: eligibility.rule_name(check.rule, language()) for check in judged.checks}
    rules = {check.rule: check.result for check in reversed(judged.checks)}
    return Line(
        f"{startup_id}~{program_id}",
        judged.startup,
        judged.program,
        *shown.verdict(judged.verdict),
        tuple((rule, names[rule]) for rule, result in rules.items() if result is Result.FAIL),
        tuple(names[rule] for rule, result in rules.items() if result is Result.NEEDS_CHECK),
        last,
        proposal if not last or proposal in NEXT[_action(last)] else "",
    )


def _action(last: Decision | None) -> DecisionAction | None:
    return last.action if last else None

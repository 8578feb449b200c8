"""Try a profile: the programs for a startup that is not stored; nothing of it is kept."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from model.domain import Startup
from model.snapshot import rows
from service.actions.catalogue.explain_eligibility import ExplanationWish, Steps
from service.actions.matching.match import Options
from service.auth.policy import policy
from service.auth.work import Work
from service.console.catalogue.record_form import RecordForm
from service.console.matching import ledger, shown
from service.console.matching.recording import record_run
from service.console.wire.forms import SentForm
from service.console.wire.mistakes import returning
from service.console.wire.names import names
from service.console.wire.pages import page
from service.wired import wired

blueprint = Blueprint("profile", __name__, url_prefix="/profile")
AD_HOC = "profile"
ASKED = (
    *("technologies", "history", "previous_businesses", "kind", "entity", "stage", "founded_on", "industry", "region"),
    *("new_industry_field", "founding_certificate", "founding_basis_on", "founding_certificate_until", "needs"),
)
"""The fields that the form has beside the summary."""


@blueprint.get("")
@policy("match")
def form() -> Response:
    """Show the form, empty or as it was refused."""
    return _page()


@blueprint.post("")
@policy("match", work=Work.PROFILE)
@returning("profile.form")
def tried() -> Response:
    """Rank programs for the profile in the form; raises BadData with what is wrong with it."""
    sent, typed = SentForm(), RecordForm(Startup(AD_HOC), names())
    sent.text("summary")
    startup = sent.taken(lambda: rows.startup({"id": AD_HOC, **typed.stated()}), Startup(AD_HOC))
    sent.check()
    run = record_run(wired().matching.for_profile(startup, Options()))
    judged = wired().eligibility.of_profile(startup, ExplanationWish())
    ledger_page = ledger.page_of(judged, Steps(judged.ground, startup, ()), size=max(1, len(judged.programs)))
    return _page(run=run, matches=shown.ranked(run, wired().matching.matches(run)), ledger=ledger_page)


def _page(**facts: Any) -> Response:
    result: dict[str, Any] = {"run": None, "matches": [], **facts}
    by_name = {field.name: field for field in RecordForm(Startup(AD_HOC), names()).fields}
    fields = [by_name[name] for name in ASKED]
    return page("matching/profile.html", form=request.form, fields=fields, names=names(), **result)

"""Try a profile: the programs for a startup that is not stored; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request

from model.domain import Startup
from model.faults import BadData, Fault
from model.fields import CODES
from model.snapshot import rows
from model.vocabulary.codes import CodeTable, Term
from service.actions.catalogue.explain_eligibility import ExplanationWish, Steps
from service.actions.matching.match import Options
from service.auth.policy import policy
from service.auth.work import Work
from service.console.matching import ledger, shown
from service.console.matching.recording import record_run
from service.console.wire.forms import SentForm
from service.console.wire.mistakes import returning
from service.console.wire.names import names
from service.console.wire.pages import page
from service.files.importers.values.lists import businesses, participations
from service.wired import wired

blueprint = Blueprint("profile", __name__, url_prefix="/profile")
TEXTS = (
    *("summary", "stage", "entity", "kind", "founded_on", "region", "industry"),
    *("founding_certificate", "founding_basis_on", "founding_certificate_until"),
)
AD_HOC = "profile"
PAST = "엔업 프로그램 2026 수행 중; 초기창업패키지 2024 완료"
BUSINESSES = "개인사업자 62010 2018-03-02~2021-05-31 폐업"
STATUSES = CodeTable(Term(status.code, status.ko, status.en, status.also) for status in CODES["status"].values())


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
    texts = {name: value.strip() for name, value in request.form.items() if name != "csrf_token"}
    sent = SentForm()
    sent.text("summary")
    startup = sent.taken(lambda: rows.startup(_row(texts)), Startup(AD_HOC))
    sent.check()
    run = record_run(wired().matching.for_profile(startup, Options()))
    judged = wired().eligibility.of_profile(startup, ExplanationWish())
    ledger_page = ledger.page_of(judged, Steps(judged.ground, startup, ()), size=max(1, len(judged.programs)))
    return _page(run=run, matches=shown.ranked(run, wired().matching.matches(run)), ledger=ledger_page)


def _row(texts: Mapping[str, str]) -> dict[str, object]:
    """The form's fields as a row; what was left empty is unknown."""
    row: dict[str, object] = {name: texts[name] for name in TEXTS if texts.get(name)}
    field, words = texts.get("new_industry_field", ""), texts.get("technologies", "")
    row |= {"new_industry_field": int(field)} if field.isascii() and field.isdigit() else {}
    entities = wired().matching.prepared().matcher.vocabulary.codes.entities
    for name, read, table, example in (
        ("history", participations, STATUSES, PAST),
        ("previous_businesses", businesses, entities, BUSINESSES),
    ):
        text = texts.get(name, "")
        entries = read(text, table) if text else []
        if entries is None:
            raise BadData([Fault("not_allowed", field=name, value=text[:200], allowed=example)])
        row |= {name: entries} if entries else {}
    row |= {"technologies": [word.strip() for word in words.split(",") if word.strip()]} if words else {}
    needs = request.form.getlist("needs")
    return {"id": AD_HOC, **row, **({"needs": needs} if needs else {})}


def _page(**facts: Any) -> Response:
    result: dict[str, Any] = {"run": None, "matches": [], **facts}
    return page("matching/profile.html", form=request.form, names=names(), **result)

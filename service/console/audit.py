"""The audit trail: who did what when, the newest first, and whether it is still as it was written."""

from __future__ import annotations

from flask import Blueprint, Response

from service.auth.policy import policy
from service.console import query
from service.console.language import language
from service.console.pages import page
from service.wired import wired
from service.wording import deeds

blueprint = Blueprint("audit", __name__, url_prefix="/audit")
PAGE = 30


@blueprint.get("")
@policy("audit")
def listed() -> Response:
    """List the trail's rows, the newest first."""
    wanted = {
        "deed": query.choice("deed", deeds.NAMES),
        "actor_id": query.text("actor_id"),
        "subject": query.text("subject"),
    }
    filters = {name: value for name, value in wanted.items() if value}
    found = wired().audit.page(before=query.number("before", 0) or None, limit=PAGE, filters=filters)
    return page("audit.html", found=found, wanted=wanted, names=_names())


@blueprint.get("/verification")
@policy("audit")
def verification() -> Response:
    """Verify the whole trail now."""
    found = wired().verify_audit()
    said = found.broken and deeds.broken(found.broken.why, language())
    return page("audit_verification.html", found=found, said=said)


def _names() -> dict[str, str]:
    return {code: deeds.name(code, language()) for code in deeds.NAMES}

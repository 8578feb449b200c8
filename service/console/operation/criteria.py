"""The law's papers: the published criteria, open to everybody, and the records that a person completes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from model.eligibility import RULES, RULES_VERSION
from model.scoring.score import BLOCKS
from service.auth.policy import policy
from service.console.wire.language import gettext, language
from service.console.wire.pages import page
from service.errors import Problem, ServiceError
from service.wired import settings, wired
from service.wording import eligibility, notices
from service.wording.matching import blocks

blueprint = Blueprint("criteria", __name__, url_prefix="/criteria")


@blueprint.get("")
@policy("open")
def shown() -> Response:
    """Publish the criteria: the five items of the law, each view that a score rests on, and every rule."""
    facts: dict[str, Any] = {
        "items": notices.law_items(notices.FIVE, language()),
        "views": [blocks.name(block, language()) for block in BLOCKS],
        "rules": [eligibility.rule_name(rule.name, language()) for rule in RULES],
    }
    return page("operation/criteria.html", rules_version=RULES_VERSION, version=_facts()["model"], **facts)


@blueprint.get("/papers")
@policy("read")
def papers() -> Response:
    """Show the pre-check record and the impact assessment, filled from the running model, rules and settings."""
    facts = _facts()
    return page(
        "operation/law_papers.html",
        papers=(
            (gettext("인공지능 사전검토서"), notices.law_items(notices.PRE_CHECK, language(), **facts)),
            (gettext("인공지능 영향평가서"), notices.law_items(notices.IMPACT, language(), **facts)),
        ),
    )


def _facts() -> dict[str, str]:
    """What the running system says of itself; without a model that there is none."""
    none = gettext("사용 중인 모델이 없습니다.")
    known = {"evidence": str(settings().evidence_years), "contact": settings().contact or gettext("미정")}
    try:
        manifest = wired().matching.prepared().in_use.manifest
    except ServiceError as error:
        if error.code is not Problem.NO_MODEL:
            raise
        return {**known, "model": none, "quality": none}
    counts = ", ".join(f"{name} {count:,}" for name, count in sorted(manifest.counts.items()))
    return {**known, "model": manifest.model_version, "quality": f"{manifest.model_version} ({counts})"}

"""The rounds' pages under one address."""

from __future__ import annotations

from flask import Blueprint

from service.console.rounds import attention, exposure, listing, papers, result, scores, start, what_if

blueprint = Blueprint("rounds", __name__, url_prefix="/rounds")
for page in (listing, start, exposure, result, what_if, attention, scores, papers):
    blueprint.register_blueprint(page.blueprint)

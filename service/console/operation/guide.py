"""Help: what each page is for, how a score comes about, and what to do when something goes wrong."""

from __future__ import annotations

from flask import Blueprint, Response

from service.auth.policy import policy
from service.console.wire.pages import page

blueprint = Blueprint("guide", __name__, url_prefix="/help")


@blueprint.get("")
@policy("open")
def shown() -> Response:
    """Show the guide."""
    return page("operation/guide.html")

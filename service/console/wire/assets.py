"""The console's style sheets, scripts, icons and fonts: all of them from here, kept by browsers until they change."""

from __future__ import annotations

from flask import Blueprint, Response, request, send_from_directory

from service.auth.policy import policy
from service.console.wire import pages

blueprint = Blueprint("console_assets", __name__, url_prefix="/console/static")
YEAR = 31_536_000


@blueprint.get("/<string:digest>/<path:path>")
@policy("open")
def file(digest: str, path: str) -> Response:
    """Give one file; under an old digest it is not kept."""
    request.environ.pop("HTTP_IF_MATCH", None)  # a condition for changes; nobody changes these
    response = send_from_directory(pages.STATIC, path, max_age=YEAR if digest == pages.digest() else 0)
    if digest == pages.digest():
        response.cache_control.immutable = True
        response.cache_control.public = True
    return response

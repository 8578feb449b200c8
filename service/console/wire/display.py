"""How the console looks to one reader: its language and its contrast."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from service.auth.policy import policy
from service.console.wire import pages
from service.settings import LANGUAGES
from service.wired import settings

blueprint = Blueprint("display", __name__)
entrance = Blueprint("console_entrance", __name__)
YEAR = 31_536_000
HOME = "console.overview.home"


@entrance.get("/")
@entrance.get("/console")
@entrance.get("/console/")
@policy("open")
def home() -> Response:
    """Lead to the console in the language that the browser asks for."""
    ordered = sorted(LANGUAGES, key=lambda code: code != settings().language)
    preferred = request.accept_languages.best_match(ordered, settings().language)
    return redirect(url_for(HOME, language=preferred))


@blueprint.get("/display/<string:mode>")
@policy("open")
def contrast(mode: str) -> Response:
    """Remember the contrast and go back to the page that asked."""
    back = request.args.get("back", "")
    response = redirect(back if back.startswith("/console/") and "\\" not in back else url_for(HOME))
    if mode in pages.MODES:
        response.set_cookie("contrast", mode, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return response

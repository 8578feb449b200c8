"""In which language a request is answered."""

from __future__ import annotations

from functools import lru_cache

from flask import request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from service.settings import LANGUAGES
from service.wired import settings


def language() -> str:
    """`ko` or `en`: the better of the two in Accept-Language, else the one in the settings."""
    return _best(request.environ.get("HTTP_ACCEPT_LANGUAGE", "")[:200], settings().language)


@lru_cache(maxsize=1024)
def _best(accepted: str, default: str) -> str:
    ordered = sorted(LANGUAGES, key=lambda code: code != default)
    return parse_accept_header(accepted, LanguageAccept).best_match(ordered, default) or default

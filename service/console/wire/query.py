"""What an address asks for behind its question mark; a value that makes no sense counts as not given."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import request, url_for

from service.settings import KOREA
from service.storage.records.periods import Period

LONGEST = 200
MOST_PAGES = 1_000_000


def text(name: str) -> str:
    """A text without hidden ends, cut to what a search can mean."""
    return request.args.get(name, "").replace("\0", "").strip()[:LONGEST]


def choice(name: str, allowed: Collection[str]) -> str | None:
    """One of some codes."""
    value = request.args.get(name, "")
    return value if value in allowed else None


def number(name: str, default: int, low: int = 1, high: int = MOST_PAGES) -> int:
    """A whole number within limits."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 and low <= int(text) <= high else default


def day(name: str) -> date | None:
    """A day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def period() -> tuple[Period, dict[str, str | None]]:
    """The days from `since` to `until`, both whole and in Korea's time, and how the address names them."""
    since, until = day("since"), day("until")
    behind = until + timedelta(days=1) if until and until < date.max else None
    named = {"since": since.isoformat() if since else None, "until": until.isoformat() if until else None}
    return Period(_begin(since), _begin(behind)), named


def href(number: int, **others: str) -> str:
    """The address of the same page with another part of its list, or in another order."""
    arguments: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(), **others, "page": number}
    return url_for(request.endpoint or "", **arguments)


def flag(name: str) -> bool:
    """Whether a box is ticked."""
    return request.args.get(name) == "1"


def _begin(of: date | None) -> datetime | None:
    return datetime.combine(of, time.min, KOREA) if of else None

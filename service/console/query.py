"""What an address asks for behind its question mark; a value that makes no sense counts as not given."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from flask import request

LONGEST = 200
MOST_PAGES = 1_000_000


def text(name: str) -> str:
    """A text without hidden ends, cut to what a search can mean."""
    return request.args.get(name, "").replace("\0", "").strip()[:LONGEST]


def choice(name: str, allowed: Collection[str]) -> str | None:
    """One of some codes."""
    given = request.args.get(name, "")
    return given if given in allowed else None


def number(name: str, default: int, low: int = 1, high: int = MOST_PAGES) -> int:
    """A whole number within limits."""
    given = request.args.get(name, "")
    return (
        int(given) if given.isascii() and given.isdigit() and len(given) < 8 and low <= int(given) <= high else default
    )


def day(name: str) -> date | None:
    """A day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def flag(name: str) -> bool:
    """Whether a box is ticked."""
    return request.args.get(name) == "1"

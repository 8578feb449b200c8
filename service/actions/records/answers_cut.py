"""A kept answer without a startup that was erased: its place, score and verdict stay, what was said of it goes."""

from __future__ import annotations

from typing import Any

import orjson

STAYING = frozenset({"program", "rank", "score", "score_units", "verdict", "verdict_label"})
"""What stays of an entry; everything else may tell of the startup."""
MARKS = {"ko": "삭제 요청으로 지운 기업", "en": "erased on request"}


def without(body: bytes, startup_id: str, ref: str, *, is_own: bool) -> bytes:
    """The answer's bytes with the startup cut out and marked, the very same where it is not in them.

    `is_own` says that the answer is the startup's own list; else it may stand in a program's list.
    """
    answer: dict[str, Any] = orjson.loads(body)
    if is_own:
        matches = [_bare(match) for match in answer["matches"]]
        bare: dict[str, Any] = {name: [] for name in ("flags", "known") if name in answer}
        return orjson.dumps({**answer, "startup": _mark(answer["startup"], ref), **bare, "matches": matches})
    cut = {
        name: [
            {**_bare(entry), "startup": _mark(entry["startup"], ref)} if entry["startup"]["id"] == startup_id else entry
            for entry in answer[name]
        ]
        for name in ("candidates", "known")
        if name in answer and "program" in answer
    }
    return body if all(cut[name] == answer[name] for name in cut) else orjson.dumps({**answer, **cut})


def _bare(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of which everything that may tell of the startup is empty."""
    empty: dict[type, Any] = {list: [], str: "", dict: {}}
    return {name: value if name in STAYING else empty.get(type(value)) for name, value in entry.items()}


def _mark(shown: dict[str, Any], ref: str) -> dict[str, Any]:
    """Who is shown in the startup's place: its pseudonym, and why."""
    return {name: MARKS["en" if name.endswith("_en") else "ko"] for name in shown} | {"id": ref}

"""Terms and slates as they are kept: terms as plain values, a slate as one block of bytes; both read back the same."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from model.rounds.slate import Entrant, Offer, Slate
from model.rounds.terms import Ban, Bonus, Interest, Lock, Method, Quota, Side, Terms, TieBreak, Where


def plain(terms: Terms) -> dict[str, Any]:
    """Write terms as JSON values; units stay units, the factor stays in tenths."""
    found: dict[str, Any] = json.loads(json.dumps(asdict(terms)))
    return found


def terms_of(found: Mapping[str, Any]) -> Terms:
    """Read what `plain` wrote."""
    rules = {
        "bonuses": tuple(Bonus(**_with_where(bonus)) for bonus in found["bonuses"]),
        "quotas": tuple(Quota(**_with_where(quota)) for quota in found["quotas"]),
        "locks": tuple(Lock(**lock) for lock in found["locks"]),
        "bans": tuple(Ban(**ban) for ban in found["bans"]),
        "interests": tuple(Interest(**interest) for interest in found["interests"]),
    }
    codes = {
        "tie_break": tuple(map(TieBreak, found["tie_break"])),
        "method": Method(found["method"]),
        "proposing": Side(found["proposing"]),
        "preferences": {startup: tuple(wanted) for startup, wanted in found["preferences"].items()},
    }
    return Terms(**{**found, **rules, **codes})


def _with_where(found: Mapping[str, Any]) -> dict[str, Any]:
    where = Where(found["where"]["field"], tuple(found["where"]["values"]))
    lists = {name: tuple(found[name]) for name in ("programs", "back_fill") if found.get(name) is not None}
    return {**found, "where": where, **lists}


def packed(slate: Slate, items: Mapping[tuple[int, int], tuple[int, ...]]) -> bytes:
    """Write a slate; `items` are the points by item of the pairs whose ties were broken by them."""
    about = {
        "startups": [[s.id, s.founded, s.selections, dict(sorted(s.facts.items()))] for s in slate.startups],
        "programs": [[p.id, p.seats, p.group] for p in slate.programs],
        "items": [[row, column, list(items[row, column])] for row, column in sorted(items)],
    }
    head = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()
    planes = slate.units.astype("<i4").tobytes() + slate.verdicts.astype("i1").tobytes()
    return zlib.compress(len(head).to_bytes(8, "little") + head + planes, 6)


def slate_of(block: bytes) -> Slate:
    """Read what `packed` wrote; pairs without items are told apart by the other keys alone."""
    raw = zlib.decompress(block)
    end = 8 + int.from_bytes(raw[:8], "little")
    about = json.loads(raw[8:end])
    shape = (len(about["startups"]), len(about["programs"]))
    size = shape[0] * shape[1]
    units = np.frombuffer(raw, "<i4", size, end).reshape(shape).astype(np.int32)
    verdicts = np.frombuffer(raw, "i1", size, end + 4 * size).reshape(shape).astype(np.int8)
    items = {(row, column): tuple(points) for row, column, points in about["items"]}
    return Slate(
        tuple(Entrant(*startup) for startup in about["startups"]),
        tuple(Offer(*program) for program in about["programs"]),
        units,
        verdicts,
        lambda row, column: items.get((row, column), ()),
    )

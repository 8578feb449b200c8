"""Terms and slates as they are kept: values and one block of bytes, read back the same, or without one startup."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from model.rounds.slate import Entrant, Offer, Slate
from model.rounds.terms import Ban, Bonus, Interest, Lock, Method, ProposingSide, Quota, Terms, TieBreak, Where


def plain(terms: Terms) -> dict[str, Any]:
    """Write terms as JSON values; units stay units, the factor stays in tenths."""
    values: dict[str, Any] = json.loads(json.dumps(asdict(terms)))
    return values


def terms_of(values: Mapping[str, Any]) -> Terms:
    """Read what `plain` wrote."""
    rules = {
        "bonuses": tuple(Bonus(**_with_where(bonus)) for bonus in values["bonuses"]),
        "quotas": tuple(Quota(**_with_where(quota)) for quota in values["quotas"]),
        "locks": tuple(Lock(**lock) for lock in values["locks"]),
        "bans": tuple(Ban(**ban) for ban in values["bans"]),
        "interests": tuple(Interest(**interest) for interest in values["interests"]),
    }
    codes = {
        "tie_break": tuple(map(TieBreak, values["tie_break"])),
        "method": Method(values["method"]),
        "proposing": ProposingSide(values["proposing"]),
        "preferences": {startup: tuple(wanted) for startup, wanted in values["preferences"].items()},
    }
    return Terms(**{**values, **rules, **codes})


def _with_where(rule: Mapping[str, Any]) -> dict[str, Any]:
    where = Where(rule["where"]["field"], tuple(rule["where"]["values"]))
    lists = {name: tuple(rule[name]) for name in ("programs", "back_fill") if rule.get(name) is not None}
    return {**rule, "where": where, **lists}


def packed(slate: Slate, items: Mapping[tuple[int, int], tuple[int, ...]]) -> bytes:
    """Write a slate; `items` are the points by item of the pairs whose ties were broken by them."""
    about = {
        "startups": [_entrant(startup) for startup in slate.startups],
        "programs": [[p.id, p.seats, p.group] for p in slate.programs],
        "items": [[row, column, list(items[row, column])] for row, column in sorted(items)],
    }
    return _block(about, slate.units.astype("<i4").tobytes() + slate.verdicts.astype("i1").tobytes())


def _entrant(startup: Entrant) -> list[Any]:
    known = [startup.id, startup.founded, startup.selections, dict(sorted(startup.facts.items()))]
    return known if startup.place is None else [*known, startup.place]


def _block(about: Mapping[str, Any], planes: bytes) -> bytes:
    head = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(len(head).to_bytes(8, "little") + head + planes, 6)


def _opened(block: bytes) -> tuple[dict[str, Any], bytes]:
    raw = zlib.decompress(block)
    end = 8 + int.from_bytes(raw[:8], "little")
    return json.loads(raw[8:end]), raw[end:]


def erased(block: bytes, startup: str, name: str, asked: Collection[str]) -> bytes | None:
    """The same slate with a startup under another name and without its facts but those asked for, or None: not there.

    So that the round comes out the same, every startup keeps its place in the order of ids, and the days of founding
    give way to their order.
    """
    about, planes = _opened(block)
    startups = [Entrant(*values) for values in about["startups"]]
    if startup not in {entrant.id for entrant in startups}:
        return None
    places = Slate(tuple(startups), (), np.empty((0, 0), np.int32), np.empty((0, 0), np.int8)).by_id.tolist()
    days = {day: number for number, day in enumerate(sorted({s.founded for s in startups if s.founded is not None}))}
    ordered = [
        replace(entrant, place=place, founded=None if entrant.founded is None else days[entrant.founded])
        for entrant, place in zip(startups, places, strict=True)
    ]
    row = next(row for row, entrant in enumerate(ordered) if entrant.id == startup)
    facts = {key: value for key, value in ordered[row].facts.items() if key in asked}
    ordered[row] = replace(ordered[row], id=name, facts=facts)
    return _block({**about, "startups": [_entrant(entrant) for entrant in ordered]}, planes)


def renamed(terms: Terms, startup: str, name: str, said: Callable[[str, str, bool], str]) -> Terms:
    """The same terms with a startup under another name.

    `said` words a text of theirs anew, from its field, the text, and whether its rule is about the startup.
    """

    def about(rule: Lock | Ban | Interest) -> Any:
        is_own = rule.startup == startup
        return replace(rule, startup=name if is_own else rule.startup, reason=said("reason", rule.reason, is_own))

    def where(rule: Bonus | Quota) -> Any:
        is_own = rule.where.field == "id" and startup in rule.where.values
        values = tuple(name if value == startup else value for value in rule.where.values)
        named = said("name", rule.name, is_own)
        return replace(rule, name=named, where=replace(rule.where, values=values) if is_own else rule.where)

    return replace(
        terms,
        bonuses=tuple(map(where, terms.bonuses)),
        quotas=tuple(map(where, terms.quotas)),
        locks=tuple(map(about, terms.locks)),
        bans=tuple(map(about, terms.bans)),
        interests=tuple(map(about, terms.interests)),
        preferences={name if key == startup else key: wanted for key, wanted in terms.preferences.items()},
    )


def slate_of(block: bytes) -> Slate:
    """Read what `packed` wrote; pairs without items are told apart by the other keys alone."""
    about, planes = _opened(block)
    shape = (len(about["startups"]), len(about["programs"]))
    size = shape[0] * shape[1]
    units = np.frombuffer(planes, "<i4", size).reshape(shape).astype(np.int32)
    verdicts = np.frombuffer(planes, "i1", size, 4 * size).reshape(shape).astype(np.int8)
    items = {(row, column): tuple(points) for row, column, points in about["items"]}
    return Slate(
        tuple(Entrant(*startup) for startup in about["startups"]),
        tuple(Offer(*program) for program in about["programs"]),
        units,
        verdicts,
        lambda row, column: items.get((row, column), ()),
    )

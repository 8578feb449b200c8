"""A selection round as it is shown: lists with every score apart, moves with their cause, clashes, the account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from marshmallow import fields

from model.domain import UNITS_PER_POINT
from model.faults import Fault
from model.rounds import Pair, RoundOutcome, Status
from model.rounds.clash import Clash
from model.rounds.exposure import FIELDS, OUTSIDE, Account, Unfair, account, unfair_lists
from model.rounds.outcome import STATUSES
from model.rounds.worth import worths
from service.actions.rounds.accounts import Cumulated
from service.actions.rounds.interests import Interests
from service.actions.rounds.run_round import Ran, WhatIf
from service.api.rounds.rounds_schema import InterestSchema, as_asked
from service.api.wire.fields import Code, Many, Strict, Text, TrueOrFalse, Whole, attributes
from service.storage.rounds.rounds import StoredRound
from service.wording import notices, rounds

MOST_RESERVES = 50
"""Reserves shown of each program; the workbook has them all."""

MOST_WORTH = 30_000
"""Startups times programs up to which the worth of one more seat is worked out with the answer."""

MOST_CHANGES = 1_000

Names = tuple[Mapping[str, str], Mapping[str, str]]


class Named(Strict):
    """An id with its name."""

    id = Text(required=True)
    name = Text(required=True)


class PlaceSchema(Strict):
    """One startup at one program."""

    startup = fields.Nested(Named, required=True)
    status = Code(Status, required=True)
    rank = Whole(1, required=True, allow_none=True)
    base = fields.Float(required=True)
    bonus = fields.Float(required=True)
    final = fields.Float(required=True)
    placed_at = Text(required=True, allow_none=True)
    locked = fields.Boolean(required=True)
    recused = Many(Text(), required=True)


class ListSchema(Strict):
    """A program's shortlist and reserves."""

    program = fields.Nested(Named, required=True)
    places = Whole(required=True)
    filled = Whole(required=True)
    counts = fields.Dict(required=True)
    shortlist = Many(fields.Nested(PlaceSchema), required=True)
    reserve = Many(fields.Nested(PlaceSchema), required=True)


ERASED = "삭제 요청으로 지운 창업기업. 가명만 남음 · Startups that were erased since; only a pseudonym is left"


class ErasedSchema(Strict):
    """A startup that was erased on request, and what of the round is left."""

    startup = Text(required=True)
    at = Text(required=True)
    note = Text(required=True)


class HeadingSchema(Strict):
    """What a round rests on, and who ran it."""

    id = Text(required=True)
    name = Text(required=True)
    on = fields.Date(required=True)
    created_at = Text(required=True)
    created_by = Text(required=True)
    programs = Many(Text(), required=True)
    model_version = Text(required=True)
    rules_version = Text(required=True)
    inputs = Text(required=True)
    outcome = Text(required=True)
    erased = Many(fields.Nested(ErasedSchema), required=True, metadata={"description": ERASED})


class RoundSchema(HeadingSchema):
    """A round with what it recommends; a person decides."""

    terms = fields.Dict(required=True)
    settled_later = Many(Text(), required=True)
    applications = TrueOrFalse(required=True)
    four_eyes = TrueOrFalse(required=True)
    open_checks = fields.Dict(
        required=True,
        metadata={"description": "요건별로 확인이 필요해 빠진 쌍의 수 · Pairs that each rule's open check kept out"},
    )
    filled = Whole(required=True)
    total = fields.Float(required=True)
    lists = Many(fields.Nested(ListSchema), required=True)
    effects = Many(fields.Dict(), required=True)
    shortfalls = Many(fields.Dict(), required=True)
    clashes = Many(fields.Dict(), required=True)
    worth = Many(fields.Dict(), required=True, allow_none=True)
    exposure = fields.Dict(required=True)
    ai_notice = Text(required=True)


class RoundPageSchema(Strict):
    """Some rounds, newest first, and the cursor of the next page (null: this was the last)."""

    items = Many(fields.Nested(HeadingSchema), required=True)
    next = Text(required=True, allow_none=True)


class WhatIfSchema(Strict):
    """What would change under other terms; nothing of it is kept."""

    terms = fields.Dict(required=True)
    filled = Whole(required=True)
    total = fields.Float(required=True)
    filled_change = fields.Integer(required=True)
    total_change = fields.Float(required=True)
    clashes = Many(fields.Dict(), required=True)
    changes = Many(fields.Dict(), required=True)
    changed = Whole(required=True)
    lists = Many(fields.Nested(ListSchema), required=True)
    ai_notice = Text(required=True)


class RoundNamed(Strict):
    """A round by name and day."""

    id = Text(required=True)
    name = Text(required=True)
    on = fields.Date(required=True)


class AccountSchema(Strict):
    """The exposure account over several rounds, oldest first."""

    rounds = Many(fields.Nested(RoundNamed), required=True)
    exposure = fields.Dict(required=True)


class InterestsSchema(Strict):
    """Interests as a round's terms take them, the lines whose startup is not known, and what was left out."""

    interests = Many(fields.Nested(InterestSchema), required=True)
    unmatched = Many(fields.Dict(), required=True)
    notes = Many(fields.Dict(), required=True)


def heading(stored: StoredRound, language: str) -> dict[str, Any]:
    """What a round rests on."""
    return {
        "id": stored.id,
        "name": stored.name,
        "on": stored.on.isoformat(),
        "created_at": stored.created_at.isoformat(),
        "created_by": stored.actor_name,
        "programs": list(stored.programs),
        **attributes(stored, "model_version", "rules_version", "inputs", "outcome"),
        "erased": [
            {
                "startup": erasure.startup,
                "at": erasure.at,
                "note": notices.erased(language, whole=erasure.outcome is not None),
            }
            for erasure in stored.erasures
        ],
    }


def shown(ran: Ran, names: Names, language: str) -> dict[str, Any]:
    """A round as it is sent."""
    outcome = ran.outcome
    small = outcome.standing.state.size <= MOST_WORTH
    return {
        **heading(ran.stored, language),
        "terms": as_asked(outcome.terms),
        "settled_later": list(ran.stored.settled_later),
        "applications": ran.stored.applications,
        "four_eyes": ran.stored.four_eyes,
        "open_checks": dict(ran.stored.open_checks),
        "filled": outcome.filled,
        "total": points(outcome.total),
        "lists": list(_lists(outcome, names)),
        "effects": [_effect(effect) for effect in outcome.effects],
        "shortfalls": [attributes(s, *s.__slots__) for s in outcome.shortfalls],
        "clashes": [clash(each, language) for each in outcome.placing.clashes],
        "worth": [_worth(worth) for worth in worths(outcome)] if small else None,
        "exposure": {
            **exposure(account(outcome)),
            "unfair_prefixes": [_unfair(each) for each in unfair_lists(outcome)],
        },
        "ai_notice": notices.ai(language),
    }


def what_if(trial: WhatIf, names: Names, language: str) -> dict[str, Any]:
    """What would change."""
    return {
        "terms": as_asked(trial.terms),
        "filled": trial.after.filled,
        "total": points(trial.after.total),
        "filled_change": trial.difference.filled,
        "total_change": points(trial.difference.total),
        "clashes": [clash(conflict, language) for conflict in trial.after.placing.clashes],
        "changes": [
            {"startup_id": c.startup, "program_id": c.program, "before": c.before, "after": c.after}
            for c in trial.difference.changes[:MOST_CHANGES]
        ],
        "changed": len(trial.difference.changes),
        "lists": list(_lists(trial.after, names)),
        "ai_notice": notices.ai(language),
    }


def points(units: int) -> float:
    """Units as points."""
    return units / UNITS_PER_POINT


def clash(conflict: Clash, language: str) -> dict[str, Any]:
    """Demands that can't all be met, and what would have to give, in words too."""
    return {
        "demands": [_demand(demand, language) for demand in conflict.demands],
        "relaxation": [{**_demand(r.demand, language), "by": r.by} for r in conflict.relaxation],
    }


def exposure(totals: Account) -> dict[str, Any]:
    """An exposure account."""
    return {
        "gini": round(totals.gini, 4),
        "program_gini": round(totals.program_gini, 4),
        "coverage": round(totals.coverage, 4),
        "area_ratio": None if totals.area_ratio is None else round(totals.area_ratio, 4),
        "groups": [
            {
                **attributes(e, "field", "value", "eligible", "places"),
                "eligible_share": round(e.eligible_share, 4),
                "place_share": round(e.place_share, 4),
            }
            for field in FIELDS
            for e in totals.exposures(field)
        ],
        "programs": [
            {"program_id": program, "places": places, "room": room} for program, places, room in totals.programs
        ],
    }


def cumulated(totals: Cumulated) -> dict[str, Any]:
    """An exposure account over several rounds."""
    rounds = [{"id": stored.id, "name": stored.name, "on": stored.on.isoformat()} for stored in totals.rounds]
    return {"rounds": rounds, "exposure": exposure(totals.account)}


def _unfair(unfair: Unfair) -> dict[str, Any]:
    """A shortlist at a prefix of which too few from outside the capital area stand."""
    about = {"program": unfair.program, "field": "area", "value": OUTSIDE}
    return {**about, "prefix": unfair.prefix.length, "found": unfair.prefix.members, "needed": unfair.prefix.needed}


def _lists(outcome: RoundOutcome, names: Names) -> Iterator[dict[str, Any]]:
    statuses = outcome.statuses
    for column, program in enumerate(outcome.standing.slate.programs):
        pairs = outcome.listed(program.id)
        yield {
            "program": {"id": program.id, "name": names[1].get(program.id, program.id)},
            "places": outcome.room[column],
            "filled": len(outcome.placing.places[column]),
            "counts": {str(status): int((statuses[:, column] == i).sum()) for i, status in enumerate(STATUSES)},
            "shortlist": [place(pair, names) for pair in pairs if pair.status is Status.SHORTLISTED],
            "reserve": [place(p, names) for p in pairs if p.status is Status.RESERVE and p.rank][:MOST_RESERVES],
        }


def place(pair: Pair, names: Names) -> dict[str, Any]:
    """One startup at one program."""
    return {
        "startup": {"id": pair.startup, "name": names[0].get(pair.startup, pair.startup)},
        "status": pair.status,
        "rank": pair.rank,
        "base": points(pair.base),
        "bonus": points(pair.bonus),
        "final": points(pair.final),
        "placed_at": pair.placed_at,
        "locked": pair.locked,
        "recused": list(pair.recused),
    }


def _effect(effect: Any) -> dict[str, Any]:
    moves = [{"startup_id": m.startup, "program_id": m.program, "entered": m.entered} for m in effect.moves]
    about = {"rule": effect.kind, "name": effect.name, "reason": effect.reason, "moves": moves}
    return {**about, "cost": points(effect.cost), "filled_change": effect.filled}


def _worth(worth: Any) -> dict[str, Any]:
    gained = None if worth.units is None else points(worth.units)
    return {"program_id": worth.program, "points": gained, "filled": worth.filled}


def _demand(demand: Any, language: str) -> dict[str, Any]:
    about = {"kind": demand.kind, "program_id": demand.program, "startup_id": demand.startup, "quota": demand.quota}
    return {**{name: value or None for name, value in about.items()}, "text": rounds.demand(demand, language)}


def notes(remarks: Iterable[Fault], language: str) -> list[dict[str, Any]]:
    """What was left out of a committee's workbook: where it stands, what it says, and what to do."""
    return [
        {
            "code": note.code,
            "place": "!".join(filter(None, (note.file, str(note.line or "")))),
            "field": note.field,
            "value": note.value,
            "message": note.sentence(language),
        }
        for note in remarks
    ]


def interests(interest_file: Interests, language: str) -> dict[str, Any]:
    """A conflict-of-interest list as a round's terms take it."""
    return {
        "interests": [
            {"evaluator": i.evaluator, "startup_id": i.startup, "program_id": i.program, "reason": i.reason}
            for i in interest_file.interests
        ],
        "unmatched": [{"place": place, "startup": name} for place, name in interest_file.unknown],
        "notes": notes(interest_file.notes, language),
    }

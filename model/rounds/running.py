"""A round from its slate and terms to its outcome: stand, place, and account for what each rule did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from model.rounds.choice import rules_of, unmet
from model.rounds.outcome import Effect, Move, RoundOutcome, Shortfall
from model.rounds.placing import Placing, groups_of, place
from model.rounds.slate import Slate
from model.rounds.standing import PairStanding, columns_of, stand
from model.rounds.terms import Terms

Rule = TypeVar("Rule")


@dataclass(frozen=True)
class _Without:
    """The terms without one rule, and the programs that it concerned."""

    kind: str
    name: str
    reason: str
    programs: tuple[str, ...]
    terms: Terms
    is_doubled: bool = False
    """Another rule says the same: without this one nothing changes, and no run is needed to know."""


def run(slate: Slate, terms: Terms) -> RoundOutcome:
    """Run a round: the same slate and terms always give the same outcome, to the byte."""
    standing = stand(slate, terms)
    placing = place(standing)
    shortfalls = (
        Shortfall(slate.programs[rule.column].id, quota.name, missing, int((~slate.known(quota.where.field)).sum()))
        for rule in rules_of(standing)
        if rule.column not in placing.clashed
        for quota, missing in unmet(rule, set(placing.places[rule.column]))
    )
    return RoundOutcome(standing, placing, effects(standing, placing), tuple(shortfalls))


def effects(standing: PairStanding, placing: Placing) -> tuple[Effect, ...]:
    """Say what each quota, lock, ban and bonus moved and cost, against the same round without it."""
    all_effects = (_effect(standing, placing, without) for without in _leaving_out(standing.terms))
    return tuple(effect for effect in all_effects if effect is not None)


def _leaving_out(terms: Terms) -> Iterator[_Without]:
    """Give the terms without each rule in turn."""
    for i, quota in enumerate(terms.quotas):
        yield _Without("quota", quota.name, "", quota.programs, replace(terms, quotas=_but(terms.quotas, i)))
    same_locks = Counter((lock.startup, lock.program) for lock in terms.locks)
    for i, lock in enumerate(terms.locks):
        bare, is_doubled = replace(terms, locks=_but(terms.locks, i)), same_locks[lock.startup, lock.program] > 1
        yield _Without("lock", lock.startup, lock.reason, (lock.program,), bare, is_doubled)
    same_bans = Counter((ban.startup, ban.program) for ban in terms.bans)
    for i, ban in enumerate(terms.bans):
        bare, is_doubled = replace(terms, bans=_but(terms.bans, i)), same_bans[ban.startup, ban.program] > 1
        yield _Without("ban", ban.startup, ban.reason, (ban.program,) if ban.program else (), bare, is_doubled)
    for i, bonus in enumerate(terms.bonuses):
        yield _Without("bonus", bonus.name, "", bonus.programs, replace(terms, bonuses=_but(terms.bonuses, i)))


def _but(rules: tuple[Rule, ...], left_out: int) -> tuple[Rule, ...]:
    return rules[:left_out] + rules[left_out + 1 :]


def _effect(standing: PairStanding, placing: Placing, without: _Without) -> Effect | None:
    """Run the groups that the rule touches again without it, and compare; None where either run clashes."""
    slate = standing.slate
    touched = set(columns_of(slate, without.programs))
    columns = [c for group in groups_of(slate, standing.terms) if touched & set(group) for c in group]
    if without.is_doubled:
        return None if placing.clashed & set(columns) else Effect(without.kind, without.name, without.reason, (), 0, 0)
    if without.kind in ("quota", "lock"):
        other = place(standing.only(columns, without.terms))
    else:
        other = place(stand(slate.only(columns), without.terms))
    if other.clashed or placing.clashed & set(columns):
        return None
    moves, cost, filled = [], 0, 0
    for place_there, column in zip(other.places, columns, strict=True):
        here = placing.places[column]
        filled += len(here) - len(place_there)
        for row in sorted(here ^ place_there):
            entered = row in here
            cost += int(standing.base[row, column]) * (-1 if entered else 1)
            moves.append(Move(slate.startups[row].id, slate.programs[column].id, entered))
    return Effect(without.kind, without.name, without.reason, tuple(moves), cost, filled)

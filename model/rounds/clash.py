"""Demands that can't all be met: a smallest set of them that really clashes, and the least that would have to give."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from model.rounds.choice import ProgramRules
from model.rounds.solver import Expression, Model, Variable, conflict, new_model, solved, summed
from model.rounds.standing import BELOW_MINIMUM, PairStanding


class DemandKind(StrEnum):
    """What is demanded."""

    PLACES = "places"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    LOCK = "lock"
    BAN = "ban"
    MINIMUM = "minimum"
    ELIGIBILITY = "eligibility"
    ONE_PLACE = "one_place"
    STABILITY = "stability"


GIVING = (DemandKind.PLACES, DemandKind.AT_LEAST, DemandKind.AT_MOST, DemandKind.LOCK, DemandKind.BAN)
"""Demands that a relaxation may touch; eligibility, minimum scores and one place each never give."""


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """One demand; empty strings where it concerns no program, startup or quota of its own."""

    kind: DemandKind
    program: str = ""
    startup: str = ""
    quota: str = ""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A demand and by how many places it would have to give; a lock or ban gives by 1."""

    demand: Demand
    by: int


@dataclass(frozen=True, slots=True)
class Clash:
    """Demands that can't all be met though any one fewer could, and the smallest relaxation of everything."""

    demands: tuple[Demand, ...]
    relaxation: tuple[Relaxation, ...]


def clash_of(standing: PairStanding, rules: Sequence[ProgramRules]) -> Clash | None:
    """Find out whether the demands on one group can all be met; None if they can."""
    if not any(rule.locked or any(bound.quota.must for bound in rule.bounds) for rule in rules):
        return None
    case = ClashCase(standing, rules)
    core = case.core()
    return None if core is None else Clash(smallest(core, case.clashes), case.relaxation())


def smallest(demands: Sequence[Demand], clashes: Callable[[Collection[Demand]], bool]) -> tuple[Demand, ...]:
    """Drop demands one by one as long as the rest still clashes; afterwards dropping any one resolves the clash."""
    core = list(demands)
    dropped = True
    while dropped:
        dropped = False
        for demand in list(core):
            rest = [other for other in core if other != demand]
            if clashes(rest):
                core, dropped = rest, True
    return tuple(core)


class ClashCase:
    """The demands on one group of programs, and the pairs that could meet them."""

    def __init__(self, standing: PairStanding, rules: Sequence[ProgramRules]) -> None:
        self.standing, self.rules = standing, rules
        self.needed = sum(len(r.locked) + sum(b.least for b in r.bounds if b.quota.must) for r in rules)
        self.pairs = [self._pairs(rule) for rule in rules]
        self.demands = tuple(self._demands())

    def clashes(self, active: Collection[Demand]) -> bool:
        """Tell whether these demands alone can't all be met."""
        model = new_model()
        self._state(model, self._variables(model), lambda demand: True if demand in active else None)
        return solved(model) is None

    def core(self) -> list[Demand] | None:
        """Give demands that clash, not yet a smallest set; None if all can be met."""
        model = new_model()
        literals = {demand: model.new_bool_var(str(place)) for place, demand in enumerate(self.demands)}
        self._state(model, self._variables(model), literals.__getitem__)
        indices = conflict(model, list(literals.values()))
        return None if indices is None else [d for d, literal in literals.items() if literal.index in indices]

    def relaxation(self) -> tuple[Relaxation, ...]:
        """Give the fewest places, locks and bans that have to give; among equals, those written last."""
        model = new_model()
        gives = {
            d: model.new_int_var(0, 1 if d.kind in (DemandKind.LOCK, DemandKind.BAN) else self.needed, "")
            for d in self.demands
            if d.kind in GIVING
        }
        self._state(model, self._variables(model), lambda _: True, gives)
        # Each place costs more than all the differences in weight together, so the count comes first and the order
        # in which demands are written only decides among equals.
        many = len(gives) * (self.needed + 1) + 1
        model.minimize(sum((many + len(gives) - i) * give for i, give in enumerate(gives.values())))
        solution = solved(model)
        if solution is None:
            raise RuntimeError("Nothing that may give resolves the clash.")
        return tuple(Relaxation(d, solution.value(give)) for d, give in gives.items() if solution.value(give))

    def _pairs(self, rule: ProgramRules) -> list[int]:
        """Keep the startups that may be needed here: the locked, and the first of each kind of those in a minimum."""
        standing, column, rows = self.standing, rule.column, sorted(rule.locked)
        minima = [bound for bound in rule.bounds if bound.quota.must]
        if not minima:
            return rows
        states, banned = standing.state[:, column], standing.banned[:, column]
        # Who only a minimum score or a ban keeps out could still be let in: that is a demand which may give.
        outside = ((states == BELOW_MINIMUM) | (banned & (standing.slate.verdicts[:, column] == 0))).nonzero()[0]
        outside = outside[standing.final[outside, column].argsort(kind="stable")[::-1]]
        counts: dict[tuple[object, ...], int] = {}
        for row in (*standing.orders[column].tolist(), *outside.tolist()):
            kind = (int(states[row]), row if banned[row] else None, *(bool(b.members[row]) for b in rule.bounds))
            counts[kind] = counts.get(kind, 0) + 1
            if row not in rule.locked and any(b.members[row] for b in minima) and counts[kind] <= self.needed:
                rows.append(row)
        return rows

    def _demands(self) -> Iterator[Demand]:
        """List every demand, in the order of programs and of the terms."""
        yield Demand(DemandKind.ONE_PLACE)
        for rule, rows in zip(self.rules, self.pairs, strict=True):
            program = self._program(rule)
            yield Demand(DemandKind.PLACES, program)
            yield Demand(DemandKind.MINIMUM, program)
            for bound in rule.bounds:
                if bound.quota.must:
                    yield Demand(DemandKind.AT_LEAST, program, quota=bound.quota.name)
                if bound.most is not None:
                    yield Demand(DemandKind.AT_MOST, program, quota=bound.quota.name)
            for row in rows:
                yield from self._on_pair(rule, row)

    def _on_pair(self, rule: ProgramRules, row: int) -> Iterator[Demand]:
        startup = self.standing.slate.startups[row].id
        kinds = (
            (DemandKind.LOCK, row in rule.locked),
            (DemandKind.BAN, bool(self.standing.banned[row, rule.column])),
            (DemandKind.ELIGIBILITY, bool(self.standing.slate.verdicts[row, rule.column])),
        )
        return (Demand(kind, self._program(rule), startup) for kind, holds in kinds if holds)

    def _program(self, rule: ProgramRules) -> str:
        return self.standing.slate.programs[rule.column].id

    def _variables(self, model: Model) -> list[dict[int, Variable]]:
        return [
            {row: model.new_bool_var(f"r{row}.{rule.column}") for row in rows}
            for rule, rows in zip(self.rules, self.pairs, strict=True)
        ]

    def _state(
        self,
        model: Model,
        gets: list[dict[int, Variable]],
        literal: Callable[[Demand], Variable | bool | None],
        gives: dict[Demand, Variable] | None = None,
    ) -> None:
        """State every demand: always (True), under a literal, or not at all (None); `gives` loosens it."""
        slack = gives or {}
        for demand, left, right in self._inequalities(gets):
            when = literal(demand)
            if when is None:
                continue
            constraint = model.add(left - right <= slack.get(demand, 0))
            if not isinstance(when, bool):
                constraint.only_enforce_if(when)

    def _inequalities(self, gets: list[dict[int, Variable]]) -> Iterator[tuple[Demand, Expression, Expression]]:
        """Write every demand as left ≤ right, where one more on the right is one place of giving."""
        standing = self.standing
        for row in sorted({row for got in gets for row in got}):
            own = [got[row] for got in gets if row in got]
            if len(own) > 1:
                yield Demand(DemandKind.ONE_PLACE), summed(own), 1
        # Whether the score alone keeps a startup out, whatever its verdict says.
        measured = standing.final if standing.terms.minimum_with_bonus else standing.base
        for rule, got in zip(self.rules, gets, strict=True):
            program = self._program(rule)
            yield Demand(DemandKind.PLACES, program), summed(got.values()), rule.total
            for bound in rule.bounds:
                members = summed(variable for row, variable in got.items() if bound.members[row])
                if bound.quota.must:
                    yield Demand(DemandKind.AT_LEAST, program, quota=bound.quota.name), bound.least - members, 0
                if bound.most is not None:
                    yield Demand(DemandKind.AT_MOST, program, quota=bound.quota.name), members, bound.most
            for row, variable in got.items():
                if measured[row, rule.column] < standing.terms.minimum:
                    yield Demand(DemandKind.MINIMUM, program), variable, 0
                for demand in self._on_pair(rule, row):
                    holds = demand.kind is DemandKind.LOCK
                    yield demand, (1 - variable if holds else variable), 0

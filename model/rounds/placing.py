"""The places of a whole round by the method that its terms name, group by group, or the clashes that prevent it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from model.rounds.choice import ProgramRules, choose, rules_of, unmet
from model.rounds.clash import Clash, Demand, DemandKind, Relaxation, clash_of, smallest
from model.rounds.deferred import accept
from model.rounds.fit import fit
from model.rounds.fit_overlapping import fit_overlapping
from model.rounds.overlap import choose_overlapping
from model.rounds.slate import Slate
from model.rounds.standing import RUNNING, PairStanding
from model.rounds.terms import Method, Quota, Terms

Places = list[set[int]]
"""The rows that hold a place, program by program."""


class QuotasOverlapError(ValueError):
    """Deferred acceptance is only stable where a program's quotas share no startup; says which two do."""

    def __init__(self, program: str, quotas: Sequence[Quota]) -> None:
        super().__init__(f"{program}: {', '.join(quota.name for quota in quotas)}")
        self.program = program
        self.quotas = tuple(quota.name for quota in quotas)


@dataclass(frozen=True)
class Placing:
    """Who holds a place at each program; the columns of a group with a clash give none."""

    places: tuple[frozenset[int], ...]
    clashes: tuple[Clash, ...] = ()
    clashed: frozenset[int] = frozenset()

    @property
    def filled(self) -> int:
        """How many places were given."""
        return sum(map(len, self.places))


def groups_of(slate: Slate, terms: Terms) -> list[list[int]]:
    """Give the columns within which a startup gets one place at most."""
    if terms.one_group and terms.method is not Method.EACH_PROGRAM:
        return [list(range(len(slate.programs)))] if slate.programs else []
    groups: dict[tuple[bool, str], list[int]] = {}
    for column, program in enumerate(slate.programs):
        alone = program.group is None or terms.method is Method.EACH_PROGRAM
        groups.setdefault((alone, program.id if alone else str(program.group)), []).append(column)
    return list(groups.values())


def place(standing: PairStanding) -> Placing:
    """Give all places."""
    rules = rules_of(standing)
    places: list[frozenset[int]] = [frozenset()] * len(rules)
    clashes, clashed = [], set[int]()
    for group in groups_of(standing.slate, standing.terms):
        placed = place_group(standing, [rules[column] for column in group])
        if isinstance(placed, Clash):
            clashes.append(placed)
            clashed.update(group)
        else:
            for column, rows in zip(group, placed, strict=True):
                places[column] = frozenset(rows)
    return Placing(tuple(places), tuple(clashes), frozenset(clashed))


def place_group(standing: PairStanding, rules: Sequence[ProgramRules]) -> Places | Clash:
    """Give the places of one group, or say what clashes."""
    if not _are_sound(standing, rules):
        return _clash(standing, rules)
    if standing.terms.method is Method.DEFERRED_ACCEPTANCE:
        for rule in rules:
            if rule.overlaps:
                raise QuotasOverlapError(standing.slate.programs[rule.column].id, rule.overlaps)
        stable = accept(standing, rules)
        broken = _broken(rules, stable)
        return stable if not broken else clash_of(standing, rules) or _against_stability(standing, rules, broken)
    places: Sequence[set[int] | None] | None
    if standing.terms.method is Method.EACH_PROGRAM:
        orders = ((rule, standing.orders[rule.column].tolist()) for rule in rules)
        places = [choose_overlapping(rule, order) if rule.overlaps else choose(rule, order) for rule, order in orders]
    elif any(rule.overlaps or any(bound.back_fill for bound in rule.bounds) for rule in rules):
        places = fit_overlapping(standing, rules)
    else:
        places = fit(standing, rules)
    complete = [rows for rows in places or () if rows is not None]
    return _clash(standing, rules) if len(complete) < len(rules) or _broken(rules, complete) else complete


def _are_sound(standing: PairStanding, rules: Sequence[ProgramRules]) -> bool:
    """Tell whether the locks alone can be kept."""
    locked = [(row, rule) for rule in rules for row in rule.locked]
    once = len({row for row, _ in locked}) == len(locked)
    running = all(standing.state[row, rule.column] == RUNNING for row, rule in locked)
    room = all(len(rule.locked) <= rule.total for rule in rules if rule.locked)
    within = all(
        bound.most is None or int(bound.members[sorted(rule.locked)].sum()) <= bound.most
        for rule in rules
        if rule.locked
        for bound in rule.bounds
    )
    return once and running and room and within


def _broken(rules: Sequence[ProgramRules], places: Places) -> list[tuple[ProgramRules, Quota, int]]:
    """List the minima that must be met and aren't, with the places short."""
    return [
        (rule, quota, missing)
        for rule, rows in zip(rules, places, strict=True)
        for quota, missing in unmet(rule, rows)
        if quota.must
    ]


def _clash(standing: PairStanding, rules: Sequence[ProgramRules]) -> Clash:
    clash = clash_of(standing, rules)
    if clash is None:
        raise RuntimeError("Places could not be given though the demands can be met.")
    return clash


def _against_stability(
    standing: PairStanding, rules: Sequence[ProgramRules], broken: list[tuple[ProgramRules, Quota, int]]
) -> Clash:
    """Say which minima a stable matching can't keep; each could be met if startups were simply sent there."""

    def minimum(rule: ProgramRules, quota: Quota) -> Demand:
        return Demand(DemandKind.AT_LEAST, standing.slate.programs[rule.column].id, quota=quota.name)

    def clashes(active: Collection[Demand]) -> bool:
        # A minimum that isn't demanded asks for nothing.
        if Demand(DemandKind.STABILITY) not in active:
            return False
        asked = [
            replace(
                rule,
                bounds=tuple(
                    replace(bound, least=0) if bound.quota.must and minimum(rule, bound.quota) not in active else bound
                    for bound in rule.bounds
                ),
            )
            for rule in rules
        ]
        return bool(_broken(asked, accept(standing, asked)))

    minima = [minimum(rule, bound.quota) for rule in rules for bound in rule.bounds if bound.quota.must]
    least = (Relaxation(minimum(rule, quota), missing) for rule, quota, missing in broken)
    return Clash(smallest([Demand(DemandKind.STABILITY), *minima], clashes), tuple(least))

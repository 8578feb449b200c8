"""The highest total score that places can be given with, by minimum-cost flow; exact, in whole numbers.

Programs whose quotas are disjoint become a flow: startup → quota of a program → program. Overlapping quotas are no
flow; `model.rounds.fit_overlapping` gives those to CP-SAT.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from model.rounds.choice import Bound, Rules
from model.rounds.deferred import wishes_of
from model.rounds.standing import Standing

Ints = NDArray[np.int64]
MOST_COST = 2**62
"""The solver multiplies costs by the number of nodes; the product has to stay below this."""


@dataclass(frozen=True)
class Pairs:
    """The pairs of one group that may matter: rows, positions of the program, and what each is worth.

    A worth orders solutions by total final score, then by places filled, then by the programs' own orders.
    """

    rows: NDArray[np.intp]
    offers: NDArray[np.intp]
    worth: Ints


def pairs_of(standing: Standing, rules: Sequence[Rules]) -> Pairs:
    """Find the pairs that the best solution may need.

    A program never needs more startups of a kind than the group has places: one of the first is always free.
    """
    total = sum(rule.total for rule in rules)
    taken = {row for rule in rules for row in rule.locked}
    wanted = wishes_of(standing, [rule.column for rule in rules]).places < len(rules)
    rows, offers, behind = [], [], []
    for offer, rule in enumerate(rules):
        order = standing.orders[rule.column]
        kept = _first_of_each_kind(rule, [r for r in order.tolist() if r not in taken and wanted[r, offer]], total)
        rows.append(np.array(kept, np.intp))
        offers.append(np.full(len(kept), offer, np.intp))
        behind.append(_behind(standing.final[kept, rule.column]))
    found = np.concatenate(rows)
    columns = np.array([rule.column for rule in rules], np.intp)[np.concatenate(offers)]
    return Pairs(found, np.concatenate(offers), _worth(standing.final[found, columns], np.concatenate(behind), total))


def _first_of_each_kind(rule: Rules, order: list[int], many: int) -> list[int]:
    if not rule.bounds:
        return order[:many]
    masks = [mask for bound in rule.bounds for mask in (bound.members, *bound.back_fill)]
    kinds = np.array([mask[order] for mask in masks]).T if order else np.zeros((0, len(masks)))
    seen: dict[bytes, int] = {}
    kept = []
    for row, kind in zip(order, kinds, strict=True):
        seen[kind.tobytes()] = seen.get(kind.tobytes(), 0) + 1
        if seen[kind.tobytes()] <= many:
            kept.append(row)
    return kept


def _behind(final: NDArray[np.int32]) -> Ints:
    """Count, for each startup of an order, those before it that have the same score."""
    starts = np.r_[True, final[1:] != final[:-1]] if len(final) else np.zeros(0, bool)
    place = np.arange(len(final))
    return place - np.maximum.accumulate(np.where(starts, place, 0))


def _worth(final: NDArray[np.int32], behind: Ints, total: int) -> Ints:
    """Put score, filling and tie-breaks in one number: no sum of lower parts ever reaches one unit of score."""
    steps = int(behind.max(initial=0)) + 1
    room = MOST_COST // ((len(final) + 2) * (int(final.max(initial=0)) + 1) * (total + 1) ** 2)
    steps = max(1, min(steps, room // (total + 1)))
    return final.astype(np.int64) * (total * steps + 1) + steps - np.minimum(behind, steps - 1)


_NONE = (np.empty(0, np.int64),) * 4


@dataclass
class _Arcs:
    """Arcs of a flow while it is being drawn."""

    parts: list[tuple[Ints, Ints, Ints, Ints]] = field(default_factory=list)

    def add(self, *ends_and_numbers: Ints | int) -> None:
        """Add arcs by tail, head, capacity and cost, each one number or as many as there are arcs."""
        one = np.broadcast_arrays(*(np.atleast_1d(np.asarray(x, np.int64)) for x in ends_and_numbers))
        self.parts.append((one[0], one[1], one[2], one[3]))

    @property
    def all(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Tails, heads, capacities and costs."""
        tails, heads, capacities, costs = (np.concatenate(part) for part in zip(*self.parts, strict=True))
        return tails, heads, capacities, costs


def fit(standing: Standing, rules: Sequence[Rules]) -> list[set[int]] | None:
    """Give the places of one group so that the total final score is highest; None where quotas can't all be met.

    Minima that may stay open are met in as many places as can be, before the total counts.
    """
    pairs = pairs_of(standing, rules)
    chosen = _flow(rules, pairs)
    if chosen is None:
        return None
    places = [set(rule.locked) for rule in rules]
    for row, offer in zip(pairs.rows[chosen].tolist(), pairs.offers[chosen].tolist(), strict=True):
        places[offer].add(row)
    return places


def _flow(rules: Sequence[Rules], pairs: Pairs) -> NDArray[np.bool_] | None:
    """Solve; marks the pairs that are placed. Nodes: programs, sink, quotas, startups."""
    known, people = np.unique(pairs.rows, return_inverse=True)
    sink, arcs = len(rules), _Arcs([_NONE])
    supplies = {sink: -len(known)}
    heads = pairs.offers.astype(np.int64)
    node = sink + 1
    for offer, rule in enumerate(rules):
        arcs.add(offer, sink, rule.total - len(rule.locked), 0)
        for bound in rule.bounds:
            heads[(pairs.offers == offer) & bound.members[pairs.rows]] = node
            _draw(arcs, supplies, bound, rule, node, offer, _met(pairs, rules))
            node += 1
    arcs.parts[0] = (node + people, heads, np.ones(len(heads), np.int64), -pairs.worth)
    arcs.add(node + np.arange(len(known)), sink, 1, 0)
    return _solved(arcs, supplies, node, len(known), len(heads))


def _met(pairs: Pairs, rules: Sequence[Rules]) -> int:
    """What one place of an open minimum is worth: more than all scores together."""
    return int(pairs.worth.max(initial=0)) * sum(rule.total for rule in rules) + 1


def _draw(arcs: _Arcs, supplies: dict[int, int], bound: Bound, rule: Rules, node: int, offer: int, met: int) -> None:
    """Draw one quota: a minimum that must be met as a demand, another as a reward, the rest up to the maximum."""
    locked = int(bound.members[sorted(rule.locked)].sum()) if rule.locked else 0
    least = max(0, bound.least - locked)
    most = (rule.total if bound.most is None else min(bound.most, rule.total)) - locked
    if bound.quota.must:
        supplies[offer] = supplies.get(offer, 0) + least
        supplies[node] = -least
    else:
        arcs.add(node, offer, min(least, max(0, most)), -met)
    arcs.add(node, offer, max(0, most - least), 0)


def _solved(arcs: _Arcs, supplies: dict[int, int], first: int, people: int, many: int) -> NDArray[np.bool_] | None:
    flow = min_cost_flow.SimpleMinCostFlow()
    tails, heads, capacities, costs = arcs.all
    flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    for node, supply in supplies.items():
        flow.set_node_supply(node, supply)
    flow.set_nodes_supplies(np.arange(first, first + people), np.ones(people, np.int64))
    status = flow.solve()
    if status == flow.INFEASIBLE:
        return None
    if status != flow.OPTIMAL:
        raise RuntimeError(f"The flow ended with {status.name}.")
    found: NDArray[np.bool_] = flow.flows(np.arange(many)) > 0
    return found

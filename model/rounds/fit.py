"""The highest total score that places can be given with, by minimum-cost flow; exact, in whole numbers.

Programs whose quotas are disjoint become a flow: startup → quota of a program → program. Overlapping quotas are no
flow; `model.rounds.fit_overlapping` gives those to CP-SAT.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.rounds.choice import ProgramRules, first_of_each_kind
from model.rounds.deferred import wishes_of
from model.rounds.standing import PairStanding

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


def pairs_of(standing: PairStanding, rules: Sequence[ProgramRules]) -> Pairs:
    """Find the pairs that the best solution may need.

    A program never needs more startups of a kind than the group has places: one of the first is always free.
    """
    # In an optimum no startup of a kind stands behind `total` others of its kind: whoever does can't be needed.
    total = sum(rule.total for rule in rules)
    taken = {row for rule in rules for row in rule.locked}
    wanted = wishes_of(standing, [rule.column for rule in rules]).places < len(rules)
    rows, offers, behind = [], [], []
    for offer, rule in enumerate(rules):
        order = standing.orders[rule.column]
        own = first_of_each_kind(rule, [r for r in order.tolist() if r not in taken and wanted[r, offer]], total)
        rows.append(np.array(own, np.intp))
        offers.append(np.full(len(own), offer, np.intp))
        # How many of an order with the same score stand before each.
        final = standing.final[own, rule.column]
        starts = np.r_[True, final[1:] != final[:-1]] if len(own) else np.zeros(0, bool)
        place = np.arange(len(own))
        behind.append(place - np.maximum.accumulate(np.where(starts, place, 0)))
    all_rows, all_offers = np.concatenate(rows), np.concatenate(offers)
    columns = np.array([rule.column for rule in rules], np.intp)[all_offers]
    return Pairs(all_rows, all_offers, _worth(standing.final[all_rows, columns], np.concatenate(behind), total))


def _worth(final: NDArray[np.int32], behind: Ints, total: int) -> Ints:
    """Put score, filling and tie-breaks in one number: no sum of lower parts ever reaches one unit of score."""
    steps = int(behind.max(initial=0)) + 1
    # What is left of 62 bits when costs are multiplied by the nodes and summed over all places.
    room = MOST_COST // ((len(final) + 2) * (int(final.max(initial=0)) + 1) * (total + 1) ** 2)
    steps = max(1, min(steps, room // (total + 1)))
    return final.astype(np.int64) * (total * steps + 1) + steps - np.minimum(behind, steps - 1)


def fit(standing: PairStanding, rules: Sequence[ProgramRules]) -> list[set[int]] | None:
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


def _flow(rules: Sequence[ProgramRules], pairs: Pairs) -> NDArray[np.bool_] | None:
    """Solve; marks the pairs that are placed. Nodes: programs, sink, quotas, startups."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # 21 MB that only a round needs

    known, people = np.unique(pairs.rows, return_inverse=True)
    sink, node = len(rules), len(rules) + 1
    flow, supplies = SimpleMinCostFlow(), {sink: -len(known)}
    # One place of a minimum that may stay open is worth more than all scores together.
    met = int(pairs.worth.max(initial=0)) * sum(rule.total for rule in rules) + 1
    heads = pairs.offers.astype(np.int64)
    arcs = []
    for offer, rule in enumerate(rules):
        arcs.append((offer, sink, rule.total - len(rule.locked), 0))
        for bound in rule.bounds:
            heads[(pairs.offers == offer) & bound.members[pairs.rows]] = node
            locked = int(bound.members[sorted(rule.locked)].sum()) if rule.locked else 0
            least = max(0, bound.least - locked)
            most = (rule.total if bound.most is None else min(bound.most, rule.total)) - locked
            if bound.quota.must:  # a demand: so much flows in here and out again beyond the quota
                supplies[offer] = supplies.get(offer, 0) + least
                supplies[node] = -least
            else:
                arcs.append((node, offer, min(least, max(0, most)), -met))
            arcs.append((node, offer, max(0, most - least), 0))
            node += 1
    # Arcs of pairs come first, so that their flows can be read by the pairs' own places.
    flow.add_arcs_with_capacity_and_unit_cost(node + people, heads, np.ones(len(heads), np.int64), -pairs.worth)
    flow.add_arcs_with_capacity_and_unit_cost(*np.array(arcs, np.int64).reshape(-1, 4).T)
    startups = np.arange(node, node + len(known))
    ones = np.ones(len(known), np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(startups, np.full(len(known), sink), ones, 0 * ones)
    for place, supply in supplies.items():
        flow.set_node_supply(place, supply)
    flow.set_nodes_supplies(startups, ones)
    # An infeasible flow is a clash of demands; any other end would be a bug of ours.
    status = flow.solve()
    if status == flow.INFEASIBLE:
        return None
    if status != flow.OPTIMAL:
        raise RuntimeError(f"The flow ended with {status.name}.")
    placed: NDArray[np.bool_] = flow.flows(np.arange(len(heads))) > 0
    return placed

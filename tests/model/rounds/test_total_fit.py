"""The highest total fit: as high as independent solvers find it, rules kept, ties by the programs' own orders."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from model.rounds import Entrant, Method, Offer, Slate, Terms, run
from model.rounds.choice import rules_of
from model.rounds.placing import groups_of
from model.rounds.standing import stand
from tests.model.rounds.given import (
    all_placings,
    disjoint_quotas,
    keeps,
    overlapping_quotas,
    slate,
    slates,
    sound,
    terms,
)


def worths(slate: Slate, terms: Terms) -> list[int | None]:
    """Find every group's highest total by looking at everything; None where its rules can't be kept."""
    standing = stand(slate, terms)
    rules = rules_of(standing)
    found = []
    for group in groups_of(slate, terms):
        own = [rules[column] for column in group]
        kept = [p for p in all_placings(standing, own) if all(keeps(r, rows) for r, rows in zip(own, p, strict=True))]
        found.append(max((total(standing, own, placed) for placed in kept), default=None))
    return found


def total(standing, rules, placed) -> int:
    return sum(int(standing.final[sorted(rows), r.column].sum()) for r, rows in zip(rules, placed, strict=True) if rows)


def without_open_minima(quotas):
    return tuple(replace(quota, back_fill=None) for quota in quotas)


@given(st.data())
@pytest.mark.parametrize("quotas", [disjoint_quotas, overlapping_quotas])
def test_the_total_is_the_highest_that_keeps_every_rule(quotas, data):
    of = data.draw(slates(most=5, programs=2))
    drawn = data.draw(terms(of, Method.TOTAL_FIT, quotas.map(without_open_minima)))

    outcome = run(of, drawn)

    expected = worths(of, drawn)
    assert outcome.total == sum(found for found in expected if found is not None)
    assert len(outcome.placing.clashes) == expected.count(None)
    assert sound(outcome)


@given(st.data())
@pytest.mark.parametrize("quotas", [disjoint_quotas, overlapping_quotas])
def test_open_minima_break_no_rule(quotas, data):
    of = data.draw(slates(most=5, programs=2))

    assert sound(run(of, data.draw(terms(of, Method.TOTAL_FIT, quotas))))


def test_the_total_equals_the_optimum_of_another_solver_on_two_hundred_rounds():
    rng = np.random.default_rng(7)
    for _ in range(200):
        n, m, seats = rng.integers(1, 40), rng.integers(1, 9), rng.integers(1, 4)
        of = slate(rng.integers(0, rng.choice([3, 1_000_000]), (n, m)).tolist(), int(seats))
        of = replace(of, verdicts=rng.choice([0, 0, 0, 2], (n, m)).astype(np.int8))
        doubled = np.repeat(np.where(of.verdicts == 0, of.units, 0), seats, axis=1)

        found = run(of, Terms(10, method=Method.TOTAL_FIT)).total

        assert found == doubled[linear_sum_assignment(doubled, maximize=True)].sum()


def test_a_tie_goes_to_the_first_in_the_programs_order():
    of = slate([[5], [5], [5]])
    of = replace(of, startups=tuple(replace(s, founded=day) for s, day in zip(of.startups, (1, 3, 2), strict=True)))

    assert run(of, Terms(10, method=Method.TOTAL_FIT)).placing.places == (frozenset({1}),)


def test_a_score_of_nothing_fills_a_seat_too():
    assert run(slate([[0]]), Terms(10, method=Method.TOTAL_FIT)).filled == 1


def test_a_round_without_anyone_gives_nothing():
    of = Slate((), (Offer("p", 1),), np.zeros((0, 1), np.int32), np.zeros((0, 1), np.int8))

    assert [run(of, Terms(method=method)).filled for method in Method] == [0, 0, 0]


def test_a_round_without_programs_gives_nothing():
    of = Slate((Entrant("s"),), (), np.zeros((1, 0), np.int32), np.zeros((1, 0), np.int8))

    assert [run(of, Terms(method=method)).filled for method in Method] == [0, 0, 0]

"""The exposure account and the fairness of prefixes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.rounds import Method, Terms, run
from model.rounds.exposure import account, gini
from model.rounds.prefixes import Prefix, adjusted, failing, first_unfair, minima, unadjusted
from tests.model.rounds.given import disjoint_quotas, slate, slates, terms


@settings(max_examples=25)
@given(st.data(), st.sampled_from(Method))
def test_shares_add_up_and_places_are_those_of_the_round(data, method):
    of = data.draw(slates())
    outcome = run(of, data.draw(terms(of, method, disjoint_quotas)))

    kept = account(outcome)

    exposures = kept.exposures("region")
    assert sum(exposure.places for exposure in exposures) == outcome.filled
    assert sum(exposure.place_share for exposure in exposures) == pytest.approx(1.0 if outcome.filled else 0.0)
    assert 0 <= kept.gini < 1
    assert 0 <= kept.coverage <= 1


@settings(max_examples=15)
@given(st.data())
def test_cumulated_accounts_hold_the_places_of_all_rounds(data):
    outcomes = []
    for _ in range(2):
        of = data.draw(slates())
        outcomes.append(run(of, data.draw(terms(of, Method.EACH_PROGRAM, disjoint_quotas))))

    together = account(outcomes[0]) + account(outcomes[1])

    assert sum(seen.places for seen in together.startups) == sum(outcome.filled for outcome in outcomes)


def test_the_ratio_outside_the_capital_area_is_told():
    of = slate([[9], [8], [7], [6]], 3, area=["capital", "capital", "non_capital", "non_capital"])

    kept = account(run(of, Terms(10)))

    assert kept.area_ratio == pytest.approx(0.5)
    assert kept.coverage == 0.75


def test_who_was_never_in_the_running_has_no_share():
    of = replace(slate([[9], [8]], 1, area=["capital", "non_capital"]), verdicts=np.array([[0], [2]], np.int8))

    assert [exposure.value for exposure in account(run(of, Terms(10))).exposures("area")] == ["capital"]


@given(st.lists(st.integers(0, 9), max_size=8))
def test_gini_is_the_mean_difference_over_twice_the_mean(values):
    n, total = len(values), sum(values)
    plain = sum(abs(a - b) for a in values for b in values) / (2 * n * total) if total else 0.0

    assert gini(values) == pytest.approx(plain)


@pytest.mark.parametrize(
    ("share", "needed"),
    [
        (0.1, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        (0.3, [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2]),
        (0.5, [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 4]),
        (0.7, [0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6]),
    ],
)
def test_the_published_minima_are_reproduced(share, needed):
    """Table 2 of Zehlike and others 2017, significance 0.1, without adjustment."""
    assert unadjusted(12, share, 0.1) == needed


def test_lists_drawn_by_coins_fail_no_more_often_than_the_significance():
    rng = np.random.default_rng(5)
    drawn = rng.random((4_000, 30)) < 0.4

    failed = (drawn.cumsum(axis=1) < minima(30, 0.4)).any(axis=1).mean()

    assert failing(unadjusted(30, 0.4, adjusted(30, 0.4, 0.1)), 0.4) <= 0.1
    assert 0.05 < failed < 0.12


def test_without_adjustment_coins_would_fail_too_often():
    assert failing(unadjusted(30, 0.4, 0.1), 0.4) > 0.1


def test_a_list_that_leaves_a_group_to_the_end_is_seen():
    members = [False] * 10 + [True] * 10

    assert first_unfair(members, 0.5) == Prefix(first := minima(20, 0.5).index(1) + 1, 0, 1)
    assert first < 10


def test_a_list_that_alternates_is_fair():
    assert first_unfair([True, False] * 10, 0.5) is None

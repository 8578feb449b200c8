"""What every ranking metric and interval must hold, whatever the lists."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import metrics

GAINS = st.lists(st.sampled_from([0.0, 0.35, 0.7, 1.0]), min_size=1, max_size=15)
CUTS = st.integers(1, 15)
PLACES = st.lists(st.integers(0, 50), min_size=1, max_size=20)
VALUES = st.lists(st.floats(0, 1, width=32), min_size=1, max_size=30)
ANSWERS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)
RANKING = [
    lambda gains: metrics.recall_at_k(gains, 10),
    lambda gains: metrics.ndcg_at_k(gains, 10),
    metrics.reciprocal_rank,
]


@pytest.mark.parametrize("metric", RANKING)
@given(gains=GAINS)
def test_a_ranking_metric_lies_between_nothing_and_perfect(metric, gains):
    assert 0.0 <= metric(gains) <= 1.0 + 1e-12


@pytest.mark.parametrize("metric", RANKING)
@given(gains=GAINS, data=st.data())
def test_moving_a_better_candidate_up_never_lowers_a_metric(metric, gains, data):
    i, j = sorted(data.draw(st.tuples(*[st.integers(0, len(gains) - 1)] * 2)))
    better = list(gains)
    better[i], better[j] = max(gains[i], gains[j]), min(gains[i], gains[j])

    assert metric(better) >= metric(gains) - 1e-12


@given(GAINS)
def test_the_best_order_has_an_ndcg_of_one(gains):
    best = sorted(gains, reverse=True)

    assert metrics.ndcg_at_k(best, 10) == pytest.approx(1.0 if any(gains) else 0.0)


@given(GAINS, CUTS)
def test_recall_never_falls_when_the_list_grows(gains, k):
    assert metrics.recall_at_k(gains, k + 1) >= metrics.recall_at_k(gains, k)


@given(GAINS, st.floats(0.1, 10))
def test_ndcg_does_not_depend_on_the_unit_of_worth(gains, factor):
    scaled = [gain * factor for gain in gains]

    assert metrics.ndcg_at_k(scaled, 10) == pytest.approx(metrics.ndcg_at_k(gains, 10))


def test_one_good_candidate_is_worth_its_ranks_discount():
    assert metrics.ndcg_at_k([0] * 6 + [1] + [0] * 3, 10) == pytest.approx(1 / math.log2(8))


@pytest.mark.parametrize("metric", RANKING)
def test_a_query_without_a_good_candidate_scores_nothing(metric):
    assert metric([0, 0, 0]) == 0.0


@given(PLACES)
def test_the_gini_does_not_depend_on_order_or_on_how_often_all_is_shown(places):
    assert metrics.exposure_gini([3 * p for p in reversed(places)]) == pytest.approx(metrics.exposure_gini(places))


@given(PLACES)
def test_the_gini_lies_between_even_and_one_takes_all(places):
    assert -1e-12 <= metrics.exposure_gini(places) < 1.0


@given(st.integers(2, 50))
def test_the_gini_of_one_that_takes_all_is_the_share_of_the_others(size):
    assert metrics.exposure_gini([0] * (size - 1) + [5]) == pytest.approx((size - 1) / size)


@given(ANSWERS)
def test_the_calibration_error_lies_between_zero_and_one(answers):
    chances, came_true = zip(*answers, strict=True)

    assert 0.0 <= metrics.expected_calibration_error(chances, came_true) <= 1.0


@given(ANSWERS)
def test_every_answer_stands_in_one_bin(answers):
    chances, came_true = zip(*answers, strict=True)

    assert sum(point.count for point in metrics.reliability(chances, came_true)) == len(answers)


@given(VALUES)
def test_an_interval_holds_the_mean_and_is_the_same_for_the_same_seed(values):
    first, second = (metrics.bootstrap_interval(values, np.random.default_rng(3), resamples=200) for _ in range(2))

    assert first == second
    assert first.low - 1e-9 <= max(values)
    assert min(values) - 1e-9 <= first.low <= first.high <= max(values) + 1e-9
    assert first.mean == pytest.approx(np.mean(values))


def test_more_queries_make_the_interval_narrower():
    few, many = ([0.0, 1.0] * n for n in (10, 1_000))

    narrow, wide = (metrics.bootstrap_interval(v, np.random.default_rng(0)) for v in (many, few))

    assert narrow.high - narrow.low < (wide.high - wide.low) / 5


def test_the_interval_of_a_coin_is_near_the_textbooks():
    found = metrics.bootstrap_interval([0.0, 1.0] * 200, np.random.default_rng(0))

    assert found.high - found.low == pytest.approx(2 * 1.96 * 0.5 / math.sqrt(400), rel=0.1)


@given(VALUES)
def test_nothing_differs_from_itself(values):
    found = metrics.paired_interval(values, values, np.random.default_rng(0))

    assert (found.low, found.mean, found.high) == (0.0, 0.0, 0.0)
    assert not found.is_below_zero


def test_a_pairwise_gain_is_seen_where_the_two_means_overlap():
    theirs = np.linspace(0, 1, 200)
    found = metrics.paired_interval(theirs + 0.01, theirs, np.random.default_rng(0))

    assert found.low > 0


def test_a_statistic_of_several_columns_is_drawn_row_by_row():
    both = np.array([[1.0, 0.5], [3.0, 1.5]])

    found = metrics.bootstrap_interval(both, np.random.default_rng(0), statistic=lambda m: m[:, 0] / m[:, 1])

    assert (found.mean, found.low, found.high) == (2.0, 2.0, 2.0)


def test_no_queries_give_an_interval_of_none():
    assert metrics.bootstrap_interval([], np.random.default_rng(0)).queries == 0

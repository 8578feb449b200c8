"""A score is the exact sum of its parts, and a list has one order."""

import math
from dataclasses import asdict, replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.domain import FULL_SCORE_UNITS
from model.scoring import ranking
from model.scoring.chance import Chance, log_odds
from model.scoring.score import (
    BLOCK_OF,
    BLOCKS,
    DEFAULT,
    LIFTED_MOST_AT,
    LIMITS,
    PAST,
    TAGS,
    BlockWeights,
    FittedSum,
    _limited,
    apportioned,
)

parts = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3),
    st.floats(0, 1e6) | st.sampled_from([0.0, 1e-300, 0.1, 1 / 3]),
    max_size=12,
)
units = st.integers(0, FULL_SCORE_UNITS)


@given(parts, units)
def test_apportioned_units_add_up_exactly(shares, whole):
    found = apportioned(shares, whole)

    assert sum(found.values()) == (whole if sum(shares.values()) > 0 else 0)


@given(parts, units)
def test_no_part_is_more_than_one_unit_from_its_quota(shares, whole):
    total = sum(shares.values())

    found = apportioned(shares, whole)

    assert all(abs(found[name] - whole * (part / total)) < 1 + 1e-6 for name, part in shares.items() if total > 0)
    assert all(n >= 0 for n in found.values())


@given(parts, units)
def test_a_larger_part_never_gets_less(shares, whole):
    found = apportioned(shares, whole)

    names = sorted(shares, key=lambda name: shares[name])
    assert all(found[a] <= found[b] for a, b in pairwise(names) if shares[a] < shares[b])


@given(parts, units)
def test_nothing_gets_nothing(shares, whole):
    found = apportioned(shares, whole)

    assert all(found[name] == 0 for name, part in shares.items() if part == 0)


@given(parts, units, st.randoms(use_true_random=False))
def test_the_order_of_the_parts_changes_nothing(shares, whole, random):
    turned = dict(random.sample([*shares.items()], len(shares)))

    assert sum(shares.values()) != sum(turned.values()) or apportioned(turned, whole) == apportioned(shares, whole)


@given(st.sampled_from(sorted(LIMITS)), st.lists(st.floats(0, 1e6), min_size=2, max_size=9))
def test_a_limit_keeps_the_order_and_caps_the_gain(name, spreads):
    found = _limited(np.array(sorted(spreads)), 1 / LIMITS[name])

    assert (np.diff(found) >= 0).all()
    assert found.max() <= LIMITS[name]


@given(st.sampled_from(sorted(LIMITS)))
def test_at_its_limit_a_component_has_half_of_the_most_that_it_can_add(name):
    assert _limited(np.array([LIMITS[name]]), 1 / LIMITS[name])[0] == pytest.approx(LIMITS[name] / 2)


def test_every_component_belongs_to_a_block_and_has_a_weight():
    assert set(DEFAULT.own) | set(DEFAULT.past) == set(BLOCK_OF)
    assert set(PAST) == {name for name, block in BLOCK_OF.items() if block == "track_record"}
    assert set(TAGS) < set(BLOCKS)


def test_no_weight_is_negative():
    assert all(weight >= 0 for table in (DEFAULT.own, DEFAULT.past) for weight in table.values())


few = st.floats(0, 1e4).map(lambda n: np.array([[n]]))


@given(few, st.floats(0, 1).map(lambda trust: np.array([[trust]])))
def test_few_participants_raise_a_program_as_a_whole_and_move_none_of_its_startups(past, trust):
    lifted, plain = (FittedSum(w, {}, 1.0, 1.0).levels(past, trust) for w in (DEFAULT, replace(DEFAULT, lift=0.0)))

    own, taken = lifted
    assert own >= plain[0]
    assert own <= plain[0] * (1 + DEFAULT.lift)
    assert own * plain[1] == pytest.approx(taken * plain[0])


def test_a_program_without_participants_or_with_many_is_hardly_lifted():
    past, trust = np.array([[0.0, LIFTED_MOST_AT, 30.0]]), np.ones((1, 1))

    levels = [FittedSum(w, {}, 1.0, 1.0).levels(past, trust)[0] for w in (DEFAULT, replace(DEFAULT, lift=0.0))]

    assert (levels[0] / levels[1])[0] == pytest.approx([1.0, 1 + DEFAULT.lift, 1.0], abs=0.02)


def test_weights_that_were_kept_before_there_was_a_lift_lift_nothing():
    kept = {name: value for name, value in asdict(DEFAULT).items() if name != "lift"}

    assert BlockWeights(**kept).lift == 0


scores = st.lists(st.integers(0, 5), min_size=1, max_size=30)


@given(scores, st.integers(-2, 40), st.randoms(use_true_random=False))
def test_the_best_are_the_first_of_the_sorted_list(values, limit, random):
    ids = [f"p-{random.randrange(1_000)}-{i}" for i in range(len(values))]

    found = ranking.best(np.array(values, np.int32), ids, limit)

    assert found == sorted(range(len(values)), key=lambda i: (-values[i], ids[i]))[: max(0, limit)]


@given(st.integers(0, 2**32 - 1), st.integers(0, 5), st.integers(1, 400), st.sampled_from([2, 50, 10**12]), st.data())
def test_the_firsts_of_each_row_are_those_of_the_sorted_row(seed, count, width, largest, data):
    keys = np.random.default_rng(seed).integers(-1, largest, (count, width))
    size = data.draw(st.integers(0, width))

    found = ranking.firsts(keys, size)

    assert np.array_equal(found, np.argsort(-keys, axis=1, kind="stable")[:, :size])


@given(scores, st.integers(0, 40), st.data())
def test_only_the_allowed_are_ranked(values, limit, data):
    allowed = np.array(data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values))), bool)
    ids = [f"{i:03d}" for i in range(len(values))]

    found = ranking.best(np.array(values, np.int32), ids, limit, allowed)

    assert found == [i for i in ranking.best(np.array(values, np.int32), ids, 100) if allowed[i]][:limit]


chances = st.builds(
    Chance,
    st.floats(0.01, 5),
    st.floats(-5, 5),
    st.builds(lambda a, b: (a, 0.0, b), st.floats(0, 1), st.floats(0, 1)),
    st.integers(1, 9_999),
)


@given(chances, units)
def test_a_chance_lies_inside_its_interval(chance, score):
    found = chance.of(score)

    assert 0 <= found.low <= found.middle <= found.high <= 1


@given(chances, units, units)
def test_a_higher_score_never_has_a_lower_chance(chance, one, other):
    low, high = sorted((one, other))

    assert chance.of(low).middle <= chance.of(high).middle


@given(units)
def test_log_odds_turn_over_at_half(score):
    assert log_odds(score) == pytest.approx(-log_odds(FULL_SCORE_UNITS - score), abs=1e-6)
    assert math.isfinite(log_odds(score))

"""Lists of programs under congestion: no longer than asked, only what is allowed, and spread where they should be."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.rounds.lists import NOBODY, by_matching, by_score, capped, congestion


@st.composite
def crowds(draw):
    n, m = draw(st.integers(1, 8)), draw(st.integers(1, 5))
    numbers = st.lists(st.integers(0, 1_000_000), min_size=n * m, max_size=n * m)
    allowed = draw(st.lists(st.sampled_from((True, True, False)), min_size=n * m, max_size=n * m))
    seats = draw(st.lists(st.integers(0, 3), min_size=m, max_size=m))
    units = np.array(draw(numbers), np.int32).reshape(n, m)
    return units, np.array(allowed).reshape(n, m), seats, draw(st.integers(1, 4))


def all_lists(units, allowed, seats, length):
    yield by_score(units, allowed, length)
    yield by_matching(units, allowed, seats, length)
    yield capped(units, allowed, seats, length)


@given(crowds())
def test_a_list_is_as_long_as_it_can_be_and_names_what_is_allowed_once(crowd):
    _, allowed, _, length = crowd

    for lists in all_lists(*crowd):
        for row, columns in enumerate(lists.columns.tolist()):
            named = [column for column in columns if column != NOBODY]
            assert len(named) == len(set(named)) == min(length, int(allowed[row].sum()))
            assert allowed[row, named].all()


@settings(max_examples=30)
@given(crowds())
def test_no_list_has_a_higher_score_than_the_list_by_score(crowd):
    units, _, seats, _ = crowd
    plain, *spread = (congestion(lists, units, seats) for lists in all_lists(*crowd))

    assert all(other.units <= plain.units and other.listed == plain.listed for other in spread)


@settings(max_examples=10)
@given(crowds())
def test_the_same_question_gives_the_same_lists(crowd):
    once, again = ([lists.columns.tolist() for lists in all_lists(*crowd)] for _ in range(2))

    assert once == again


def test_a_market_of_one_crowded_and_one_empty_program_spreads_attention():
    rng = np.random.default_rng(3)
    units = rng.integers(400_000, 600_000, (60, 2)).astype(np.int32)
    units[:, 0] += 300_000
    everyone = np.ones(units.shape, bool)

    plain, spread = by_score(units, everyone, 1), by_matching(units, everyone, [10, 10], 1)

    assert plain.attention(2).tolist() == [60, 0]
    assert congestion(plain, units, [10, 10]).filled == 10
    assert congestion(spread, units, [10, 10]).filled == 20


@pytest.mark.parametrize("cap", [1, 2])
def test_a_cap_holds_where_there_is_room_for_everyone(cap):
    units = np.array([[9, 8, 7, 6]] * 4, np.int32)

    lists = capped(units, np.ones(units.shape, bool), [cap] * 4, cap)

    assert lists.attention(4).max() <= cap


def test_within_a_cap_the_highest_scores_come_first():
    lists = capped(np.array([[9, 1], [8, 7]], np.int32), np.ones((2, 2), bool), [1, 1], 1)

    assert lists.columns.tolist() == [[0], [1]]


def test_prices_are_whole_hundredths_of_a_point():
    units = np.random.default_rng(1).integers(0, 1_000_000, (50, 7)).astype(np.int32)

    prices = by_matching(units, np.ones(units.shape, bool), [2] * 7, 3).prices

    assert (prices % 100 == 0).all()
    assert prices.min() == 0

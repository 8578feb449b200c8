"""Scores become lists and figures: ties, masks and both directions."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from model.blocks.pasts import group
from model.domain import Program, Startup
from tests.training.given import histories, snapshot
from training import splits
from training.evaluation.judging import Direction, Trial, judge, rankings, trial_of

SIZE = (5, 4)
TABLES = arrays.arrays(np.float64, SIZE, elements=st.sampled_from([0.0, 0.25, 0.5, 1.0]))
MASKS = arrays.arrays(np.bool_, SIZE)
DIRECTIONS = st.sampled_from(Direction)


def trial(gains, allowed=None):
    startups = tuple(Startup(f"s{i}") for i in range(SIZE[0]))
    programs = tuple(Program(f"p{i}") for i in range(SIZE[1]))
    return Trial(startups, programs, gains, np.ones(SIZE, bool) if allowed is None else allowed)


@given(TABLES, TABLES, MASKS, DIRECTIONS)
def test_only_queries_with_a_good_candidate_are_judged(scores, gains, allowed, direction):
    asked = judge(scores, trial(gains, allowed), direction)["query"]
    possible = (gains > 0) & allowed

    assert list(asked) == np.flatnonzero(possible.any(axis=1 if direction is Direction.PROGRAMS else 0)).tolist()


@given(TABLES, TABLES, MASKS, DIRECTIONS)
def test_what_is_not_allowed_never_stands_in_a_list(scores, gains, allowed, direction):
    judged = judge(scores, trial(gains, allowed), direction)
    table = allowed if direction is Direction.PROGRAMS else allowed.T

    assert all(table[row.query, list(row.listed)].all() for row in judged.itertuples())


@given(TABLES, TABLES, DIRECTIONS)
def test_lists_stand_in_falling_score_and_rising_id(scores, gains, direction):
    table = scores if direction is Direction.PROGRAMS else scores.T

    for query, ranked, _ in rankings(scores, trial(gains), direction):
        keys = [(-table[query, place], place) for place in ranked]
        assert all(before < after for before, after in pairwise(keys))


@given(TABLES, TABLES, DIRECTIONS, st.floats(0.5, 4))
def test_the_unit_of_the_scores_changes_nothing(scores, gains, direction, factor):
    one, other = (judge(table, trial(gains), direction) for table in (scores, scores * factor + 1))

    assert one.equals(other)


@given(TABLES, DIRECTIONS)
def test_scoring_by_the_truth_is_perfect(gains, direction):
    assert np.allclose(judge(gains, trial(gains), direction)["ndcg"], 1.0)


@given(histories(), st.integers(0, 3))
def test_a_trial_asks_for_no_pair_that_the_past_knows(history, seed):
    split = splits.held_out(history, seed=seed)
    asked = trial_of(split)
    pairs = {(asked.startups[i].id, asked.programs[j].id) for i, j in np.argwhere(asked.allowed)}

    families = {program.id: group(program) for program in history.programs}
    assert not any(families[program] in split.known.at(Startup(startup)) for startup, program in pairs)
    assert split.held.keys() <= pairs


def test_a_startup_is_asked_only_for_programs_of_its_years():
    world = snapshot()
    years = {"robot": 2023, "health": 2024, "energy": 2024, "content": None}
    programs = tuple(replace(p, year=years[p.id.split("-")[1]]) for p in world.programs)
    found = trial_of(splits.held_out(replace(world, programs=programs)))
    health = next(i for i, startup in enumerate(found.startups) if startup.id.startswith("s-health"))

    assert {found.programs[j].year for j in np.flatnonzero(found.allowed[health])} == {2024, None}


def test_references_are_never_asked_for():
    world = snapshot()
    fund = Program("fund", role="reference", summary="로봇")
    found = trial_of(splits.held_out(replace(world, programs=(*world.programs, fund))))

    assert "fund" not in [program.id for program in found.programs]


def test_a_trial_takes_at_most_so_many_startups_and_always_the_same():
    split = splits.held_out(snapshot())

    assert trial_of(split, most=5).startups == trial_of(split, most=5).startups
    assert len(trial_of(split, most=5).startups) == 5


@pytest.mark.parametrize("direction", Direction)
def test_nobody_to_ask_gives_no_figures(direction):
    empty = Trial((), (), np.zeros((0, 0)), np.zeros((0, 0), bool))

    assert judge(np.zeros((0, 0)), empty, direction).empty

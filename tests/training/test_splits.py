"""What is held back stays unknown to the past, by day or by startup."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from model.blocks.pasts import group
from model.domain import Startup
from tests.training.given import histories, snapshot
from training import splits
from training.outcomes import positives


@given(histories(), st.integers(0, 3))
def test_the_past_knows_no_pair_that_is_held_back(history, seed):
    split = splits.held_out(history, seed=seed)

    families = {program.id: group(program) for program in history.programs}
    assert split.held.keys() <= split.asked
    assert not any(families[program] in split.known.at(Startup(startup)) for startup, program in split.asked)


@given(histories())
def test_nothing_in_the_past_lies_after_the_cut(history):
    split = splits.held_out(history)

    assert split.cut is None or all(o.on is None or o.on < split.cut for o in split.past.outcomes)


@given(histories())
def test_every_good_pair_is_known_or_held_back_or_was_settled_in_the_past(history):
    split = splits.held_out(history)

    families = {program.id: group(program) for program in history.programs}
    told = {pair for pair in positives(history.outcomes) if families[pair[1]] in split.known.at(Startup(pair[0]))}
    past = {(outcome.startup_id, outcome.program_id) for outcome in split.past.outcomes}
    assert positives(history.outcomes).keys() <= told | split.asked | past


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_outcomes_does_not_move_the_split(history, chance):
    shuffled = list(history.outcomes)
    chance.shuffle(shuffled)

    assert splits.held_out(replace(history, outcomes=tuple(shuffled))).held == splits.held_out(history).held


def test_dated_outcomes_are_split_at_a_day_that_holds_back_about_a_fifth():
    split = splits.held_out(snapshot())

    assert split.cut is not None
    assert len(split.held) == 16  # 80 days, the last fifth


def test_outcomes_without_days_are_split_by_startup():
    split = splits.held_out(snapshot(dated=False))

    assert split.cut is None
    assert 0 < len(split.held) < 40
    assert not any(split.known.at(Startup(startup)) for startup, _ in split.held)


def test_a_cold_split_asks_the_same_and_knows_no_outcome():
    split = splits.held_out(snapshot())

    assert split.cold.past.outcomes == ()
    assert (split.cold.held, split.cold.known) == (split.held, split.known)
    assert split.cold.unseen_programs == split.unseen_programs


@given(histories(), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_part_of_the_past_holds_the_smaller_one(history, one, other):
    small, large = (splits.thinned(history, share).outcomes for share in sorted((one, other)))

    assert set(small) <= set(large)


def test_a_program_is_unseen_when_no_year_of_it_took_anyone():
    world = snapshot()
    taken = "p-robot-0"
    past = replace(world, outcomes=tuple(o for o in world.outcomes if o.program_id != taken))
    split = splits.Split(past, {}, frozenset())

    assert split.unseen_programs == {taken}

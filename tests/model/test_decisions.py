"""Decisions follow each other by one table, and what still holds tells training."""

from hypothesis import given
from hypothesis import strategies as st

from model.decisions import NEXT, OUTCOMES, DecisionAction, may_follow, standing

actions = st.sampled_from(DecisionAction)
histories = st.lists(actions, max_size=12)


def allowed(history):
    """Keep the decisions that the table allows, as a service would."""
    kept = []
    for action in history:
        if may_follow(kept[-1] if kept else None, action):
            kept.append(action)
    return kept


def test_the_table_speaks_of_every_decision():
    assert set(NEXT) == {None, *DecisionAction}
    assert set().union(*NEXT.values()) == set(DecisionAction)


def test_every_decision_can_be_corrected_but_nothing_is_reopened_twice():
    reopened = {action for action in DecisionAction if may_follow(action, DecisionAction.REOPENED)}

    assert reopened == set(DecisionAction) - {DecisionAction.REOPENED}
    assert not may_follow(None, DecisionAction.REOPENED)


@given(histories)
def test_what_stands_begins_after_the_last_reopening(history):
    kept = allowed(history)

    assert list(standing([*kept, DecisionAction.REOPENED])) == []
    assert DecisionAction.REOPENED not in standing(kept)


@given(histories)
def test_a_pair_is_never_selected_and_refused_by_us_at_once(history):
    assert not {DecisionAction.SELECTED, DecisionAction.REJECTED} <= set(standing(allowed(history)))


def test_a_withdrawal_and_a_reserve_place_tell_training_nothing():
    assert set(DecisionAction) - set(OUTCOMES) == {
        DecisionAction.RESERVE,
        DecisionAction.WITHDRAWN,
        DecisionAction.REOPENED,
    }

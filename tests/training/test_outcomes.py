"""What an outcome is worth."""

from itertools import pairwise

from hypothesis import given

from model.domain import Outcome, OutcomeKind, Program, Startup
from tests.training.given import histories
from training.outcomes import WORTH, gains, pair_worths, positives

RISING = [
    OutcomeKind.SHOWN,
    OutcomeKind.CONTACTED,
    OutcomeKind.APPLIED,
    OutcomeKind.SHORTLISTED,
    OutcomeKind.SELECTED,
]


def test_each_step_towards_selection_is_worth_more():
    assert all(WORTH[before] < WORTH[after] for before, after in pairwise(RISING))


def test_completing_is_worth_as_much_as_being_selected():
    assert WORTH[OutcomeKind.COMPLETED] == WORTH[OutcomeKind.SELECTED]


def test_being_shown_is_no_good_pair():
    assert positives([Outcome("s", "p", OutcomeKind.SHOWN)]) == {}


def test_an_application_that_was_rejected_is_no_good_pair():
    rows = [Outcome("s", "p", OutcomeKind.APPLIED), Outcome("s", "p", OutcomeKind.REJECTED)]

    assert positives(rows) == {}


def test_a_selection_stays_good_though_it_was_declined_later():
    rows = [Outcome("s", "p", OutcomeKind.SELECTED), Outcome("s", "p", OutcomeKind.DECLINED)]

    assert positives(rows) == {("s", "p"): 1.0}


@given(histories())
def test_the_order_of_outcomes_changes_nothing(snapshot):
    assert pair_worths(reversed(snapshot.outcomes)) == pair_worths(snapshot.outcomes)


def test_worths_stand_in_their_startups_row_and_programs_column():
    table = gains([Startup("a"), Startup("b")], [Program("x"), Program("y")], {("b", "x"): 1.0, ("c", "x"): 1.0})

    assert table.tolist() == [[0.0, 0.0], [1.0, 0.0]]

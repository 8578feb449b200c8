"""What became of startups at programs is weighed as worth, pair by pair."""

from datetime import date
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.blocks.pasts import PARTNER_STEPS, WORTH, Pasts
from model.domain import Outcome, OutcomeKind, Program

STARTUPS = {f"s-{i}": i for i in range(6)}
PROGRAMS = [
    Program("jungle-2025", family="jungle", partner="AWS"),
    Program("jungle-2026", family="jungle", partner="AWS"),
    Program("nup-2026", family="nup", partner="NVIDIA"),
    Program("alone"),
]
good = st.sampled_from([kind for kind in OutcomeKind if kind is not OutcomeKind.SHOWN])
outcomes = st.lists(
    st.builds(Outcome, st.sampled_from(sorted(STARTUPS)), st.sampled_from([p.id for p in PROGRAMS]), good), max_size=12
)
REFUSED = {OutcomeKind.DECLINED, OutcomeKind.REJECTED}


def pasts(*found):
    return Pasts.of([Outcome(s, p, k, date(2026, 1, 1)) for s, p, k in found], STARTUPS, PROGRAMS)


def worth(found, startup, group):
    return float(found.participants[STARTUPS[startup], found.groups.index(group)])


def standing(kinds):
    """What a stop is worth; else the best worth, or nothing for a pair that was refused and never taken."""
    if OutcomeKind.STOPPED in kinds:
        return WORTH[OutcomeKind.STOPPED]
    best = max(WORTH[kind] for kind in kinds)
    return best if best >= 1 or not REFUSED & set(kinds) else 0


def test_a_family_s_years_are_one_group_and_a_program_without_a_family_stands_alone():
    assert pasts().groups == ("jungle", "nup", "program:alone")


@pytest.mark.parametrize("kind", [k for k in OutcomeKind if k is not OutcomeKind.SHOWN])
def test_an_outcome_counts_by_its_worth(kind):
    assert worth(pasts(("s-1", "jungle-2025", kind)), "s-1", "jungle") == WORTH[kind]


def test_worth_rises_from_shown_to_selected_and_refusals_are_worth_nothing():
    order = ["shown", "contacted", "applied", "shortlisted", "selected"]

    rising = [WORTH[OutcomeKind(kind)] for kind in order]
    assert rising == sorted(set(rising))
    assert WORTH[OutcomeKind.CONTRACTED] > WORTH[OutcomeKind.COMPLETED] == WORTH[OutcomeKind.SELECTED]
    assert WORTH[OutcomeKind.DECLINED] == WORTH[OutcomeKind.REJECTED] == 0


def test_a_stop_is_no_success_and_a_contract_weighs_more_than_a_completion():
    taken = [(s, "nup-2026", OutcomeKind.SELECTED) for s in ("s-1", "s-2", "s-3")]
    ends = zip(("s-1", "s-2", "s-3"), (OutcomeKind.STOPPED, OutcomeKind.COMPLETED, OutcomeKind.CONTRACTED), strict=True)
    found = pasts(*taken, *((s, "nup-2026", kind) for s, kind in ends))
    stopped, completed, contracted = (worth(found, s, "nup") for s in ("s-1", "s-2", "s-3"))

    assert stopped < WORTH[OutcomeKind.SELECTED] <= completed < contracted


@given(st.lists(good, min_size=1, max_size=4))
def test_the_best_outcome_of_a_startup_in_a_group_counts_once_unless_it_was_refused(kinds):
    found = pasts(*(("s-1", PROGRAMS[i % 2].id, kind) for i, kind in enumerate(kinds)))

    assert worth(found, "s-1", "jungle") == standing(kinds)


@given(outcomes, st.randoms(use_true_random=False))
def test_the_order_of_the_outcomes_changes_nothing(found, random):
    one = Pasts.of(found, STARTUPS, PROGRAMS)
    other = Pasts.of(random.sample(found, len(found)), STARTUPS, PROGRAMS)

    assert (one.participants != other.participants).nnz == 0
    assert np.array_equal(one.rows, other.rows)


@given(outcomes)
def test_counts_and_total_are_the_worth_of_all_participants(found):
    whole = Pasts.of(found, STARTUPS, PROGRAMS)

    assert whole.total == pytest.approx(whole.participants.sum())
    assert (whole.participants.data >= 0).all()


def test_no_outcome_has_no_worth():
    assert pasts().total == 0


def test_being_shown_alone_makes_no_participant():
    found = pasts(("s-1", "nup-2026", OutcomeKind.SHOWN))

    assert found.total == 0
    assert found.rows.tolist() == []


def test_a_refused_startup_stands_in_the_learning_with_no_worth():
    found = pasts(("s-1", "nup-2026", OutcomeKind.REJECTED))

    assert found.total == 0
    assert found.rows.tolist() == [1]


def test_a_participant_counts_in_part_for_the_same_partner_s_other_programs():
    programs = [Program("a", partner="AWS"), Program("b", partner="AWS"), Program("c", partner="NVIDIA")]
    found = Pasts.of([Outcome("s-1", "a", OutcomeKind.SELECTED)], STARTUPS, programs)

    assert found.participants[1].toarray().ravel().tolist() == [1.0, 1 / PARTNER_STEPS, 0.0]


def test_what_came_of_being_shown_to_everyone_weighs_less_than_what_came_of_being_shown_to_few():
    shown = [("s-1", "jungle-2025", OutcomeKind.SHOWN), *((s, "nup-2026", OutcomeKind.SHOWN) for s in STARTUPS)]

    found = pasts(*shown, ("s-1", "jungle-2025", OutcomeKind.SELECTED), ("s-1", "nup-2026", OutcomeKind.SELECTED))

    assert worth(found, "s-1", "jungle") > worth(found, "s-1", "nup")
    assert 0.5 <= worth(found, "s-1", "nup") <= worth(found, "s-1", "jungle") <= 2.0


def test_a_startup_that_came_far_and_was_refused_is_worth_nothing():
    found = pasts(("s-1", "nup-2026", OutcomeKind.SHORTLISTED), ("s-1", "nup-2026", OutcomeKind.REJECTED))

    assert worth(found, "s-1", "nup") == 0


def test_a_startup_that_was_refused_one_year_and_taken_another_is_worth_all():
    found = pasts(("s-1", "jungle-2025", OutcomeKind.REJECTED), ("s-1", "jungle-2026", OutcomeKind.SELECTED))

    assert worth(found, "s-1", "jungle") == 1


def test_every_pair_of_outcome_kinds_is_weighed_in_any_order():
    for one, other in permutations([k for k in OutcomeKind if k is not OutcomeKind.SHOWN], 2):
        found = pasts(("s-1", "nup-2026", one), ("s-1", "nup-2026", other))
        assert worth(found, "s-1", "nup") == standing([one, other])


def test_outcomes_after_a_day_are_not_known_on_it():
    dated = [Outcome("s-1", "nup-2026", OutcomeKind.SELECTED, date(2026, 1, day)) for day in (10, 20)]
    found = Pasts.of([*dated, Outcome("s-2", "alone", OutcomeKind.APPLIED)], STARTUPS, PROGRAMS)

    assert len(found.until(date(2026, 1, 9)).events) == 1, "an outcome without a day counts as known before"
    assert len(found.until(date(2026, 1, 10)).events) == 2
    assert len(found.until(date(2026, 1, 20)).events) == 3
    assert found.last_day == date(2026, 1, 20).toordinal()


def test_leaving_startups_out_leaves_the_others_outcomes():
    found = pasts(("s-1", "nup-2026", OutcomeKind.SELECTED), ("s-2", "nup-2026", OutcomeKind.SELECTED))

    left = found.of_startups(np.arange(len(STARTUPS)) != 1)

    assert left.contributors.tolist() == [2]
    assert worth(left, "s-1", "nup") == 0

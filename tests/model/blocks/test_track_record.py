"""What a program has taken before says what suits it, as far as it has taken anything."""

from datetime import date
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import nnls

from model.blocks import track_record
from model.blocks.track_record import OWN_WEIGHT, PARTNER_WEIGHT, RIDGE, WORTH, Pasts, dense_past, dense_sums, learned
from model.domain import Outcome, OutcomeKind, Program
from tests.support.effort import FEW

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
seeds = st.integers(0, 10_000)
REFUSED = {OutcomeKind.DECLINED, OutcomeKind.REJECTED}


def pasts(*found):
    return Pasts.of([Outcome(s, p, k, date(2026, 1, 1)) for s, p, k in found], STARTUPS, PROGRAMS)


def worth(found, startup, group):
    return float(found.participants[STARTUPS[startup], found.groups.index(group)])


def standing(kinds):
    """The best worth, or nothing for a pair that was refused and never taken."""
    best = max(WORTH[kind] for kind in kinds)
    return best if best == 1 or not REFUSED & set(kinds) else 0


def test_a_family_s_years_are_one_group_and_a_program_without_a_family_stands_alone():
    assert pasts().groups == ("jungle", "nup", "program:alone")


@pytest.mark.parametrize("kind", [k for k in OutcomeKind if k is not OutcomeKind.SHOWN])
def test_an_outcome_counts_by_its_worth(kind):
    assert worth(pasts(("s-1", "jungle-2025", kind)), "s-1", "jungle") == WORTH[kind]


def test_worth_rises_from_shown_to_selected_and_refusals_are_worth_nothing():
    order = ["shown", "contacted", "applied", "shortlisted", "selected"]

    rising = [WORTH[OutcomeKind(kind)] for kind in order]
    assert rising == sorted(set(rising))
    assert WORTH[OutcomeKind.COMPLETED] == WORTH[OutcomeKind.SELECTED]
    assert WORTH[OutcomeKind.DECLINED] == WORTH[OutcomeKind.REJECTED] == 0


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

    assert whole.total == pytest.approx(whole.counts.sum())
    assert (whole.counts >= 0).all()


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

    assert found.participants[1].toarray().ravel().tolist() == [1.0, PARTNER_WEIGHT, 0.0]


def test_what_came_of_being_shown_to_everyone_weighs_less_than_what_came_of_being_shown_to_few():
    shown = [("s-1", "jungle-2025", OutcomeKind.SHOWN), *((s, "nup-2026", OutcomeKind.SHOWN) for s in STARTUPS)]

    found = pasts(*shown, ("s-1", "jungle-2025", OutcomeKind.SELECTED), ("s-1", "nup-2026", OutcomeKind.SELECTED))

    assert worth(found, "s-1", "jungle") > worth(found, "s-1", "nup")
    assert 0.5 <= worth(found, "s-1", "nup") <= worth(found, "s-1", "jungle") <= 2.0


@given(outcomes, seeds)
def test_sums_add_the_participants_by_their_worth(found, seed):
    whole = Pasts.of(found, STARTUPS, PROGRAMS)
    vectors = np.random.default_rng(seed).standard_normal((len(STARTUPS), 5))

    expected = [sum(whole.participants[i, g] * vectors[i] for i in range(len(STARTUPS))) for g in range(3)]

    assert dense_sums(whole, vectors) == pytest.approx(np.array(expected))


def test_a_program_without_a_past_is_its_own_text():
    own = np.array([[0.6, 0.8]])

    assert dense_past(np.zeros((1, 2)), own) == pytest.approx(own)


def test_a_program_s_own_text_counts_as_several_participants():
    found = dense_past(np.array([[OWN_WEIGHT, 0.0]]), np.array([[0.0, 1.0]]))

    assert found == pytest.approx(np.array([[1, 1]]) / np.sqrt(2))


def problem(seed, startups=12, groups=3, columns=8):
    rng = np.random.default_rng(seed)
    x = sparse.csr_matrix(rng.random((startups, columns)) * (rng.random((startups, columns)) < 0.5))
    y = sparse.csr_matrix(rng.random((groups, columns)) * (rng.random((groups, columns)) < 0.5))
    taken = sparse.csr_matrix((rng.random((startups, groups)) < 0.3).astype(float))
    return x, y, Pasts(tuple("abc"[:groups]), taken, np.arange(startups))


def reference(x, y, whole, group):
    """The same weights from SciPy's solver: the ridge is a row of the root of its strength for each column."""
    z = np.vstack([x.toarray()[whole.rows], y.toarray()])
    label = np.append(whole.participants.toarray()[whole.rows, group], np.eye(len(whole.groups))[group])
    ridge = np.sqrt(RIDGE) * np.eye(z.shape[1])
    return nnls(np.vstack([z, ridge]), np.append(label, np.zeros(z.shape[1])))[0]


@given(seeds)
def test_learned_weights_are_those_of_a_non_negative_ridge(seed):
    x, y, whole = problem(seed)

    found = learned(x, y, np.arange(3), whole, lambda done, total: None).toarray()

    expected = np.array([reference(x, y, whole, group) for group in range(3)])
    assert (found >= 0).all()
    assert found == pytest.approx(expected, abs=1e-3)


@FEW
@given(seeds)
def test_large_problems_are_solved_like_small_ones(seed):
    x, y, whole = problem(seed)
    small = learned(x, y, np.arange(3), whole, lambda done, total: None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(track_record, "LARGEST_GRAM", 0)
        large = learned(x, y, np.arange(3), whole, lambda done, total: None)

    assert large.toarray() == pytest.approx(small.toarray(), abs=1e-9)


def test_a_word_that_only_the_refused_use_is_not_learned():
    x = sparse.csr_matrix(np.array([[1.0, 0.0], [0.0, 1.0]]))
    whole = Pasts(("a",), sparse.csr_matrix(np.array([[1.0], [0.0]])), np.array([0, 1]))

    [weights] = learned(x, sparse.csr_matrix((1, 2)), np.array([0]), whole, lambda done, total: None).toarray()

    assert weights[0] > 0
    assert weights[1] == 0


def test_a_refusal_takes_from_a_word_that_both_use():
    texts = sparse.csr_matrix(np.array([[1.0, 0.0], [0.8, 0.6]]))
    taken = sparse.csr_matrix(np.array([[1.0], [0.0]]))
    empty = sparse.csr_matrix((1, 2))

    weights = [
        learned(texts, empty, np.array([0]), Pasts(("a",), taken, rows), lambda done, total: None).toarray()[0, 0]
        for rows in (np.array([0]), np.array([0, 1]))
    ]

    assert weights[1] < weights[0]


def test_no_group_learns_nothing():
    whole = Pasts((), sparse.csr_matrix((0, 0)), np.zeros(0, int))

    assert learned(sparse.csr_matrix((0, 4)), sparse.csr_matrix((0, 4)), np.zeros(0, int), whole, print).shape == (0, 4)


def test_progress_is_told_group_by_group():
    told = []

    learned(*problem(1)[:2], np.arange(3), problem(1)[2], lambda done, total: told.append((done, total)))

    assert told == [(1, 3), (2, 3), (3, 3)]


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

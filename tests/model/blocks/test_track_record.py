"""What a program has taken before is taken without any one startup's part, to the bit, and as of any day."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.blocks import track_record
from model.blocks.exact import DENSE_STEPS, dense
from model.blocks.meaning import directions
from model.blocks.pasts import STEPS, Pasts
from model.blocks.track_record import OWN_WEIGHT, TEACHERS, TrackRecord
from model.domain import Outcome, OutcomeKind, Program

STARTUPS = {f"s-{i}": i for i in range(6)}
PROGRAMS = [
    Program("jungle-2025", family="jungle", partner="AWS"),
    Program("jungle-2026", family="jungle", partner="AWS"),
    Program("lift", family="lift", partner="AWS"),
    Program("nup-2026", family="nup", partner="NVIDIA"),
    Program("alone"),
]
days = st.none() | st.dates(date(2025, 1, 1), date(2025, 1, 9))
outcomes = st.lists(
    st.builds(
        Outcome,
        st.sampled_from(sorted(STARTUPS)),
        st.sampled_from([program.id for program in PROGRAMS]),
        st.sampled_from(OutcomeKind),
        days,
    ),
    max_size=20,
)
VECTORS = [dense(directions(np.random.default_rng(seed).standard_normal((6, 4)))) for seed in (1, 2)]
OWN = [dense(directions(np.random.default_rng(seed).standard_normal((5, 4)))) for seed in (3, 4)]


def record(found):
    pasts = Pasts.of(found, STARTUPS, PROGRAMS)
    empty = track_record.empty(*VECTORS, 0).learned
    return TrackRecord(pasts, *VECTORS, {name: empty[name] for name in TEACHERS})


def met(known, past):
    """Counts and vectors of every group of a past, by name."""
    places = np.arange(len(past.columns))
    vectors = known.blended(past, places, *(own[past.columns] for own in OWN))
    counts = known.counted(past, places)
    return {
        known.pasts.groups[column]: (counts[place], *(part[place].tolist() for part in vectors))
        for place, column in enumerate(past.columns)
    }


@given(outcomes, st.sampled_from(sorted(STARTUPS)))
def test_a_past_without_a_startup_is_that_of_a_fit_without_its_outcomes(found, startup):
    whole, without = record(found), record([o for o in found if o.startup_id != startup])

    left = whole.without(STARTUPS[startup])

    expected = met(without, without.whole)
    assert {**met(whole, whole.whole), **met(whole, left)} == expected
    assert left.total == without.whole.total


@given(outcomes, st.dates(date(2024, 12, 31), date(2025, 1, 10)))
def test_a_past_as_of_a_day_is_that_of_a_fit_on_what_was_known_then(found, day):
    then = record(found).until(day)
    known = record([o for o in found if o.on is None or o.on <= day])

    assert met(then, then.whole) == met(known, known.whole)


def test_what_was_learned_from_later_outcomes_falls_silent():
    found = record([Outcome("s-1", "alone", OutcomeKind.SELECTED, date(2025, 1, 2))])

    assert found.until(date(2025, 1, 2)) is found
    assert all(not rows.nnz for rows in found.until(date(2025, 1, 1)).learned.values())


@given(outcomes)
def test_sums_add_the_participants_by_their_worth(found):
    known = record(found)
    taken = known.pasts.participants

    expected = taken.T @ np.hstack([np.ones((6, 1)), *VECTORS])

    assert known.whole.sums[:-1] / STEPS == pytest.approx(expected)


def test_a_program_without_a_past_is_its_own_text():
    known = record([])

    [_, topic, meaning] = met(known, known.whole)["nup"]

    column = known.column_of["nup"]
    assert [topic, meaning] == [own[column].tolist() for own in OWN]


def test_a_program_s_own_text_counts_as_several_participants():
    known = record([Outcome("s-1", "alone", OutcomeKind.SELECTED)])
    column = known.column_of["program:alone"]

    [_, topic, _] = met(known, known.whole)["program:alone"]

    expected = directions((VECTORS[0][1] + OWN_WEIGHT * OWN[0][column])[None, :])[0]
    assert np.array(topic) / DENSE_STEPS == pytest.approx(expected, abs=1e-3)

"""Drift is nothing while nothing changes, and grows as the catalogue moves away from what was fitted."""

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from model.matching import drift
from tests.support import bundled

DAY = date(2026, 2, 2)
MASSES = arrays.arrays(np.float64, 5, elements=st.floats(0, 1e6))


@given(before=MASSES, now=MASSES)
def test_a_shift_lies_between_nothing_and_all_and_is_the_same_from_both_sides(before, now):
    assert 0 <= drift.between(before, now) <= 1
    assert drift.between(before, now) == drift.between(now, before)


def test_what_was_fitted_has_not_moved(matcher, startups, programs):
    assert set(drift.shifts(matcher, startups, programs).values()) == {0.0}


def test_a_catalogue_of_one_stage_has_moved_in_its_stages_alone(matcher, programs):
    same = [replace(startup, stage=bundled.small().startups[0].stage) for startup in bundled.small().startups]

    found = drift.shifts(matcher, matcher.startup_pool(same), programs)

    assert found["stage"] > 0
    assert (found["words"], found["region"]) == (0.0, 0.0)


def test_verdicts_move_when_the_programs_are_others(matcher):
    small = bundled.small()
    closed = [replace(program, max_age_years=0, max_age_years_new_industry=0) for program in small.programs]

    moved = drift.verdict_shift(matcher, (small.startups, small.programs), (small.startups, closed), DAY)

    assert moved > 0

"""What one more place is worth, and what changes between two rounds."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from model.rounds import Method, Offer, Terms, run
from model.rounds.difference import Change, difference
from model.rounds.worth import Worth, worths
from tests.model.rounds.given import disjoint_quotas, slate, slates, terms


@settings(max_examples=30)
@given(st.data(), st.sampled_from(Method), st.booleans())
def test_one_more_seat_is_worth_what_the_round_gains_by_it(data, method, with_quotas):
    of = data.draw(slates(most=6, programs=3))
    quotas = disjoint_quotas if with_quotas else st.just(())
    drawn = replace(data.draw(terms(of, method, quotas)), factor=10)
    drawn = replace(drawn, quotas=tuple(replace(quota, percent=False) for quota in drawn.quotas))
    before = run(of, drawn)

    for worth in worths(before):
        program = of.programs[of.columns[worth.program]]
        after = run(of, replace(drawn, seats={worth.program: program.seats + 1}))
        if worth.units is not None:
            assert (worth.units, worth.filled) == (after.total - before.total, after.filled - before.filled)


def test_a_seat_is_worth_the_chain_that_it_sets_off():
    outcome = run(slate([[90, 80], [50, 10]]), Terms(10, method=Method.TOTAL_FIT))

    assert worths(outcome) == (Worth("p0", 10, 0), Worth("p1", 0, 0))


def test_a_what_if_names_every_pair_that_changes():
    of = slate([[9], [8], [7]])
    before = run(of, Terms(10))

    found = difference(before, run(replace(of, programs=(Offer("p0", 2, "group"),)), Terms(10)))

    assert found.changes == (Change("s1", "p0", "reserve", "shortlisted"),)
    assert (found.filled, found.total, found.clashes) == (1, 8, 0)


def test_nothing_changes_between_a_round_and_itself():
    outcome = run(slate([[9, 1], [8, 2]]), Terms())

    assert difference(outcome, outcome).changes == ()

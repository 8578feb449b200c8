"""What one program chooses: as many as it may, minima first, then strictly by order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.rounds import Method, Quota, Slate, Terms, Where, run
from model.rounds.choice import ProgramRules, choose, rules_of
from model.rounds.overlap import choose_overlapping
from model.rounds.standing import stand
from tests.model.rounds.given import disjoint_quotas, keeps, overlapping_quotas, slate, slates, subsets, terms


def best(rules: ProgramRules, order: list[int]) -> frozenset[int] | None:
    """Find by looking at everything: most places, then open minima as written, then the first in order."""
    place = {row: i for i, row in enumerate(order)}
    possible = [s for s in subsets({*order, *rules.locked}, rules.total) if keeps(rules, s)]

    def worth(chosen: frozenset[int]) -> tuple[int, list[int], list[int]]:
        met = [min(b.least, sum(bool(b.members[r]) for r in chosen)) for b in rules.bounds if not b.quota.must]
        return len(chosen), met, sorted((-place.get(row, -1) for row in chosen), reverse=True)

    return max(possible, key=worth, default=None)


def plain(quotas: tuple[Quota, ...]) -> bool:
    """Those who fill in are named nowhere."""
    return not any(quota.back_fill for quota in quotas)


@given(st.data())
def test_disjoint_quotas_are_served_as_well_as_can_be(data):
    of = data.draw(slates(programs=1))
    standing = stand(of, data.draw(terms(of, Method.EACH_PROGRAM, disjoint_quotas.filter(plain))))
    rules = rules_of(standing)[0]
    order = [row for row in standing.orders[0].tolist() if row not in rules.locked]
    if not rules.locked <= {*standing.orders[0].tolist()} or not keeps(rules, frozenset(rules.locked), minima=False):
        return

    chosen = frozenset(choose(rules, order))

    expected = best(rules, order)
    assert chosen == expected if expected is not None else not keeps(rules, chosen)


@st.composite
def short_of_places(draw: st.DrawFn) -> tuple[Slate, tuple[Quota, ...]]:
    """A program whose minima, one open and one that must be met, in either order, may ask for more than its places."""
    regions = draw(st.permutations(["capital"] * draw(st.integers(1, 3)) + ["other"] * draw(st.integers(1, 3))))
    scores = draw(st.lists(st.integers(0, 5), min_size=len(regions), max_size=len(regions)))
    minima = st.integers(1, 3)
    quotas = (
        Quota("capital", Where("region", ("capital",)), draw(minima), draw(st.none() | st.just(3)), back_fill=()),
        Quota("other", Where("region", ("other",)), draw(minima)),
    )
    return slate([[score] for score in scores], draw(st.integers(1, 3)), region=regions), draw(st.permutations(quotas))


@pytest.mark.parametrize("method", Method)
@given(short_of_places())
def test_an_open_minimum_never_takes_the_place_that_a_required_one_needs(method, drawn):
    of, quotas = drawn

    outcome = run(of, Terms(factor=10, quotas=tuple(quotas), method=method))

    standing = outcome.standing
    expected = best(rules_of(standing)[0], standing.orders[0].tolist())
    assert bool(outcome.placing.clashes) == (expected is None)
    assert outcome.placing.places == (expected or frozenset(),)


@given(st.data())
def test_overlapping_quotas_are_served_as_well_as_can_be(data):
    of = data.draw(slates(programs=1))
    standing = stand(of, data.draw(terms(of, Method.EACH_PROGRAM, overlapping_quotas.filter(plain))))
    rules = rules_of(standing)[0]
    order = [row for row in standing.orders[0].tolist() if row not in rules.locked]

    chosen = choose_overlapping(rules, order)

    assert (None if chosen is None else frozenset(chosen)) == best(rules, order)


@given(st.data())
def test_more_candidates_never_take_back_a_refusal(data):
    of = data.draw(slates(most=7, programs=1))
    standing = stand(of, data.draw(terms(of, Method.EACH_PROGRAM, disjoint_quotas)))
    rules = rules_of(standing)[0]
    order = [row for row in standing.orders[0].tolist() if row not in rules.locked]
    some = data.draw(st.sets(st.sampled_from(order))) if order else set()

    refused = some - choose(rules, [row for row in order if row in some])

    assert refused.isdisjoint(choose(rules, order))


def test_an_unknown_value_never_counts_as_met():
    of = slate([[9], [8]], 1, region=["", "other"])
    quota = Quota("other", Where("region", ("other",)), 1)

    assert run(of, Terms(factor=10, quotas=(quota,))).placing.places == (frozenset({1}),)


def test_places_of_a_short_region_go_to_the_region_named_next():
    of = slate([[9], [8], [7], [6]], 2, region=["capital", "capital", "other", "island"])
    quotas = (Quota("mountain", Where("region", ("mountain",)), 1, back_fill=("island", "other")),)

    outcome = run(of, Terms(factor=10, quotas=quotas))

    assert [pair.startup for pair in outcome.at("p0") if pair.status == "shortlisted"] == ["s0", "s3"]
    assert [(s.quota, s.missing) for s in outcome.shortfalls] == [("mountain", 1)]

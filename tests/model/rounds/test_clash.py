"""A clash names demands that really clash, none of them needlessly, and the least that would have to give."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model.rounds import Ban, Lock, Method, Quota, Terms, Where, run
from model.rounds.choice import rules_of
from model.rounds.clash import Demand, DemandKind
from model.rounds.placing import groups_of
from model.rounds.standing import stand
from tests.model.rounds.given import overlapping_quotas, slate, slates, terms

WOMEN = Where("gender", ("f",))


def meets(standing, group, demands, given_up=()) -> bool:
    """Look at every set of places in a group for one that meets the demands, loosened by what is given up."""
    rules = [rules_of(standing)[column] for column in group]
    rows = range(len(standing.slate.startups))
    slack = {relaxation.demand: relaxation.by for relaxation in given_up}
    every = product(product((False, True), repeat=len(group)), repeat=len(rows))
    return any(all(met(standing, rules, d, places, slack.get(d, 0)) for d in demands) for places in every)


def met(standing, rules, demand, places, slack) -> bool:
    slate, terms = standing.slate, standing.terms
    if demand.kind is DemandKind.ONE_PLACE:
        return all(sum(row) <= 1 for row in places)
    offer = next(i for i, rule in enumerate(rules) if slate.programs[rule.column].id == demand.program)
    rule = rules[offer]
    here = [row for row, got in enumerate(places) if got[offer]]
    if demand.kind is DemandKind.PLACES:
        return len(here) <= rule.total + slack
    if demand.kind is DemandKind.MINIMUM:
        measured = standing.final if terms.minimum_with_bonus else standing.base
        return all(measured[row, rule.column] >= terms.minimum for row in here)
    if demand.quota:
        bound = next(bound for bound in rule.bounds if bound.quota.name == demand.quota)
        members = sum(bool(bound.members[row]) for row in here)
        return members >= bound.least - slack if demand.kind is DemandKind.AT_LEAST else members <= bound.most + slack
    is_in = slate.rows[demand.startup] in here
    return slack > 0 or is_in == (demand.kind is DemandKind.LOCK)


def all_demands(standing, group) -> list[Demand]:
    """List everything that is demanded of a group, everyone's eligibility too."""
    slate = standing.slate
    found = [Demand(DemandKind.ONE_PLACE)]
    for rule in (rules_of(standing)[column] for column in group):
        program = slate.programs[rule.column].id
        found += [Demand(DemandKind.PLACES, program), Demand(DemandKind.MINIMUM, program)]
        for bound in rule.bounds:
            found += [Demand(DemandKind.AT_LEAST, program, quota=bound.quota.name)] if bound.quota.must else []
            found += [Demand(DemandKind.AT_MOST, program, quota=bound.quota.name)] if bound.most is not None else []
        for row, startup in enumerate(slate.startups):
            found += [Demand(DemandKind.LOCK, program, startup.id)] if row in rule.locked else []
            found += [Demand(DemandKind.BAN, program, startup.id)] if standing.banned[row, rule.column] else []
            found += [Demand(DemandKind.ELIGIBILITY, program, startup.id)] if slate.verdicts[row, rule.column] else []
    return found


@given(st.data())
def test_a_clash_is_real_and_no_demand_in_it_is_needless(data):
    of = data.draw(slates(most=4, programs=2))
    drawn = data.draw(terms(of, Method.TOTAL_FIT, overlapping_quotas))
    outcome = run(of, drawn)
    assume(outcome.placing.clashes)
    clash = outcome.placing.clashes[0]
    standing = stand(of, drawn)
    group = next(g for g in groups_of(of, drawn) if g[0] in outcome.placing.clashed)
    # who isn't eligible may not be sent anywhere, whether a demand says so or not
    others = [d for d in all_demands(standing, group) if d.kind is DemandKind.ELIGIBILITY and not locked(d, drawn)]

    assert not meets(standing, group, [*clash.demands, *others])
    for demand in clash.demands:
        assert meets(standing, group, [*(set(clash.demands) - {demand}), *others])


def locked(demand: Demand, terms: Terms) -> bool:
    return any((lock.startup, lock.program) == (demand.startup, demand.program) for lock in terms.locks)


@given(st.data())
def test_the_relaxation_resolves_the_clash_and_none_smaller_does(data):
    of = data.draw(slates(most=4, programs=2))
    drawn = data.draw(terms(of, Method.TOTAL_FIT, overlapping_quotas))
    outcome = run(of, drawn)
    assume(outcome.placing.clashes)
    relaxation = outcome.placing.clashes[0].relaxation
    standing = stand(of, drawn)
    group = next(g for g in groups_of(of, drawn) if g[0] in outcome.placing.clashed)
    demands = all_demands(standing, group)

    assert meets(standing, group, demands, relaxation)
    for smaller in lessened(relaxation):
        assert not meets(standing, group, demands, smaller)


def lessened(relaxation):
    """Give every relaxation that gives one less."""
    for i, part in enumerate(relaxation):
        yield [*relaxation[:i], replace(part, by=part.by - 1), *relaxation[i + 1 :]]


def named(outcome) -> set[DemandKind]:
    return {demand.kind for clash in outcome.placing.clashes for demand in clash.demands}


@pytest.mark.parametrize("method", Method)
def test_a_minimum_that_nobody_can_fill_clashes_with_nothing_but_itself(method):
    quota = Quota("women", WOMEN, 2)

    outcome = run(slate([[5], [4]], 2, gender=["f", "m"]), Terms(10, quotas=(quota,), method=method))

    assert [clash.demands for clash in outcome.placing.clashes] == [(Demand(DemandKind.AT_LEAST, "p0", quota="women"),)]
    assert [(r.demand.quota, r.by) for r in outcome.placing.clashes[0].relaxation] == [("women", 1)]


def test_a_minimum_that_only_startups_below_the_minimum_score_could_fill_names_both():
    of = slate([[50], [4]], 1, gender=["m", "f"])

    outcome = run(of, Terms(10, minimum=10, quotas=(Quota("women", WOMEN, 1),)))

    assert named(outcome) == {DemandKind.AT_LEAST, DemandKind.MINIMUM}


def test_a_lock_never_overrides_eligibility():
    of = slate([[5]])
    of = replace(of, verdicts=of.verdicts + 2)

    outcome = run(of, Terms(10, locks=(Lock("s0", "p0", "promised"),)))

    assert named(outcome) == {DemandKind.LOCK, DemandKind.ELIGIBILITY}


def test_a_lock_and_a_ban_on_the_same_pair_clash():
    outcome = run(slate([[5]]), Terms(10, locks=(Lock("s0", "p0", "promised"),), bans=(Ban("s0", "barred"),)))

    assert named(outcome) == {DemandKind.LOCK, DemandKind.BAN}


def test_two_programs_that_need_the_same_startup_clash():
    quota = Quota("women", WOMEN, 1)

    outcome = run(slate([[5, 5], [4, 4]], gender=["f", "m"]), Terms(10, quotas=(quota,), method=Method.TOTAL_FIT))

    assert named(outcome) == {DemandKind.AT_LEAST, DemandKind.ONE_PLACE}


def test_a_minimum_that_startups_would_not_serve_clashes_with_stability():
    of = slate([[5, 9], [4, 3]], gender=["f", "m"])
    quota = Quota("women", WOMEN, 1, programs=("p0",))

    outcome = run(of, Terms(10, quotas=(quota,), method=Method.DEFERRED_ACCEPTANCE))

    assert named(outcome) == {DemandKind.AT_LEAST, DemandKind.STABILITY}

"""Deferred acceptance: afterwards no startup and program would both rather have each other."""

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.rounds import Entrant, Method, Offer, ProposingSide, RoundOutcome, Slate, Terms, run
from model.rounds.choice import rules_of
from model.rounds.standing import RUNNING, PairStanding, stand
from tests.model.rounds.given import disjoint_quotas, keeps, slates, sound, terms

nothing = st.just(())


@st.composite
def rounds(draw, quotas=nothing, **size) -> tuple[Slate, Terms]:
    """Draw a round for deferred acceptance, some startups stating what they would take."""
    of = draw(slates(**size))
    drawn = draw(terms(of, Method.DEFERRED_ACCEPTANCE, quotas))
    ids = [program.id for program in of.programs]
    wishes = st.lists(st.sampled_from(ids), unique=True, min_size=1).map(tuple)
    stated = st.dictionaries(st.sampled_from([startup.id for startup in of.startups]), wishes, max_size=3)
    return of, replace(drawn, preferences=draw(stated))


def liking(standing: PairStanding, row: int) -> list[int]:
    """List the columns that a startup would take, best first."""
    slate = standing.slate
    stated = standing.terms.preferences.get(slate.startups[row].id)
    columns = range(len(slate.programs))
    ordered = sorted(columns, key=lambda c: (-int(slate.units[row, c]), slate.programs[c].id))
    wanted = ordered if stated is None else [slate.columns[name] for name in stated]
    return [column for column in wanted if standing.state[row, column] == RUNNING]


def rather(standing: PairStanding, row: int, column: int, places: tuple[frozenset[int], ...]) -> bool:
    """Tell whether a startup likes a program better than what it holds in the program's group."""
    liked = liking(standing, row)
    group = standing.slate.programs[column].group
    held = [
        c for c, rows in enumerate(places) if row in rows and (c == column or standing.slate.programs[c].group == group)
    ]
    alone = [c for c in held if c == column or group is not None]
    return column in liked and all(liked.index(column) < liked.index(c) for c in alone if c in liked)


def blocking(outcome: RoundOutcome) -> list[tuple[int, int]]:
    """List pairs that would both gain: the program has room for the startup, or it can take it for a later one.

    A program doesn't trade a startup if that takes a minimum further away or breaks a maximum.
    """
    standing, places = outcome.standing, outcome.placing.places
    locked = {row for rules in rules_of(standing) for row in rules.locked}
    found = []
    for rules in rules_of(standing):
        held, ranks = places[rules.column], standing.ranks[:, rules.column]
        if rules.column in outcome.placing.clashed:
            continue
        for row in set(range(len(standing.slate.startups))) - held - locked:
            wants = rather(standing, row, rules.column, places)
            later = [r for r in held - rules.locked if ranks[row] < ranks[r] and not loses(rules, held, r, row)]
            if wants and (keeps(rules, held | {row}, minima=False) or later):
                found.append((row, rules.column))
    return found


def loses(rules, held, out, into) -> bool:
    after = held - {out} | {into}
    counts = [(b, sum(bool(b.members[r]) for r in held), sum(bool(b.members[r]) for r in after)) for b in rules.bounds]
    return not keeps(rules, after, minima=False) or any(new < old and new < b.least for b, old, new in counts)


@given(rounds())
def test_no_pair_blocks_a_stable_matching(drawn):
    outcome = run(*drawn)

    assert blocking(outcome) == []
    assert sound(outcome)


@given(rounds(quotas=disjoint_quotas.map(lambda quotas: tuple(replace(q, back_fill=()) for q in quotas))))
def test_no_pair_blocks_a_stable_matching_with_quotas(drawn):
    outcome = run(*drawn)

    assert blocking(outcome) == []
    assert sound(outcome)


@given(rounds(quotas=disjoint_quotas))
def test_a_stable_matching_keeps_every_rule_or_names_a_clash(drawn):
    assert sound(run(*drawn))


@given(rounds(most=5))
def test_the_side_that_proposes_gets_its_best_stable_matching(drawn):
    of, drawn_terms = drawn
    standing = stand(of, replace(drawn_terms, one_group=True, locks=()))
    outcomes = {side: run(of, replace(standing.terms, proposing=side)) for side in ProposingSide}
    stable = list(stable_matchings(outcomes[ProposingSide.STARTUPS]))

    assert all(
        position(standing, outcomes[ProposingSide.STARTUPS].placing.places, row)
        == min(position(standing, places, row) for places in stable)
        for row in range(len(of.startups))
    )
    assert all(
        position(standing, outcomes[ProposingSide.PROGRAMS].placing.places, row)
        == max(position(standing, places, row) for places in stable)
        for row in range(len(of.startups))
    )


def stable_matchings(outcome: RoundOutcome):
    """List every stable matching by looking at all that could be given."""
    standing = outcome.standing
    columns = range(len(standing.slate.programs))
    rules = rules_of(standing)
    for picks in product(*([-1, *liking(standing, row)] for row in range(len(standing.slate.startups)))):
        places = tuple(frozenset(row for row, column in enumerate(picks) if column == c) for c in columns)
        in_one = replace(
            outcome.standing.slate, programs=tuple(Offer(p.id, p.seats, "one") for p in standing.slate.programs)
        )
        if all(keeps(rules[c], places[c]) for c in columns):
            tried = replace(
                outcome, standing=replace(standing, slate=in_one), placing=replace(outcome.placing, places=places)
            )
            if not blocking(tried):
                yield places


def position(standing: PairStanding, places, row: int) -> int:
    liked = liking(standing, row)
    return next((liked.index(c) for c, rows in enumerate(places) if row in rows), len(liked))


def market(wishes: dict[str, str], orders: dict[str, str], seats: int = 1) -> Slate:
    """Make a round from preference lists of letters; who isn't on a program's list is not eligible."""
    startups, programs = list(wishes), list(orders)
    units = np.array([[len(startups) - orders[p].find(s) for p in programs] for s in startups], np.int32)
    listed = np.array([[0 if s in orders[p] else 2 for p in programs] for s in startups], np.int8)
    offers = tuple(Offer(program, seats, "one") for program in programs)
    return Slate(tuple(map(Entrant, startups)), offers, units, listed)


def matched(wishes: dict[str, str], orders: dict[str, str], side: ProposingSide, seats: int = 1) -> dict[str, str]:
    """Run deferred acceptance on preference lists; says who is where."""
    preferences = {startup: tuple(liked) for startup, liked in wishes.items()}
    terms = Terms(10, method=Method.DEFERRED_ACCEPTANCE, proposing=side, preferences=preferences)
    outcome = run(market(wishes, orders, seats), terms)
    return {pair.startup: p for p in orders for pair in outcome.at(p) if pair.status == "shortlisted"}


def test_the_first_example_of_gale_and_shapley_1962():
    men, women = {"a": "ABC", "b": "BCA", "c": "CAB"}, {"A": "bca", "B": "cab", "C": "abc"}

    assert matched(men, women, ProposingSide.STARTUPS) == {"a": "A", "b": "B", "c": "C"}
    assert matched(men, women, ProposingSide.PROGRAMS) == {"b": "A", "c": "B", "a": "C"}


def test_the_second_example_of_gale_and_shapley_1962_has_one_stable_matching():
    men = {"a": "ABCD", "b": "ADCB", "c": "BACD", "d": "DBCA"}
    women = {"A": "dcab", "B": "bdac", "C": "dabc", "D": "cbad"}
    only = {"a": "C", "b": "D", "c": "A", "d": "B"}

    assert matched(men, women, ProposingSide.STARTUPS) == only
    assert matched(men, women, ProposingSide.PROGRAMS) == only


def test_the_example_of_the_national_resident_matching_program():
    """Anderson, Chen, Ford, Davis and Eastman apply to Mercy, City and General, which have two positions each."""
    applicants = {"A": "C", "C": "CM", "F": "CGM", "D": "MCG", "E": "CMG"}
    programs = {"M": "CF", "C": "EACDF", "G": "EAFD"}

    found = matched(applicants, programs, ProposingSide.STARTUPS, seats=2)

    assert found == {"A": "C", "E": "C", "C": "M", "F": "G", "D": "G"}

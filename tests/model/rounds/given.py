"""Small rounds as hypothesis draws them, and plain judges that know nothing of how places are given."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, product

import numpy as np
from hypothesis import strategies as st

from model.rounds import (
    Ban,
    Bonus,
    Entrant,
    Lock,
    Method,
    Offer,
    ProposingSide,
    Quota,
    RoundOutcome,
    Slate,
    Terms,
    Where,
)
from model.rounds.choice import ProgramRules, rules_of
from model.rounds.standing import RUNNING, PairStanding

REGIONS = ("capital", "other", "island")
GENDERS = ("f", "m")


def slate(scores: Sequence[Sequence[int]], seats: int = 1, **facts: Sequence[str]) -> Slate:
    """Make a round of everyone eligible, all programs in one group; facts are lists by startup."""
    units = np.array(scores, np.int32)
    startups = (
        Entrant(f"s{row}", facts={name: values[row] for name, values in facts.items()}) for row in range(len(units))
    )
    programs = (Offer(f"p{column}", seats, "group") for column in range(units.shape[1]))
    return Slate(tuple(startups), tuple(programs), units, np.zeros(units.shape, np.int8))


def _facts() -> st.SearchStrategy[dict[str, str]]:
    drawn = {"region": st.sampled_from((*REGIONS, None)), "gender": st.sampled_from((*GENDERS, None))}
    return st.fixed_dictionaries(drawn).map(lambda facts: {k: v for k, v in facts.items() if v})


@st.composite
def slates(draw: st.DrawFn, most: int = 6, programs: int = 3, scores: int = 6) -> Slate:
    """Draw a round with many ties, some pairs outside the running, and programs in and outside a group."""
    n, m = draw(st.integers(1, most)), draw(st.integers(1, programs))
    units = draw(st.lists(st.integers(0, scores), min_size=n * m, max_size=n * m))
    verdicts = draw(st.lists(st.sampled_from((0, 0, 0, 0, 1, 2)), min_size=n * m, max_size=n * m))
    startups = tuple(
        Entrant(f"s{row}", draw(st.none() | st.integers(1, 3)), draw(st.none() | st.integers(0, 1)), draw(_facts()))
        for row in range(n)
    )
    offers = tuple(
        Offer(f"p{column}", draw(st.integers(0, 3)), draw(st.sampled_from((None, "a", "a", "b"))))
        for column in range(m)
    )
    shape = (n, m)
    return Slate(startups, offers, np.array(units, np.int32).reshape(shape), np.array(verdicts, np.int8).reshape(shape))


def _numbers(quota: type[Quota], name: str, where: Where, fills: Sequence[str]) -> st.SearchStrategy[Quota]:
    back_fill = st.none() | st.just(()) | st.lists(st.sampled_from(fills), max_size=2, unique=True).map(tuple)
    return st.builds(
        quota, st.just(name), st.just(where), st.integers(0, 2), st.none() | st.integers(2, 3), back_fill=back_fill
    )


disjoint_quotas = st.tuples(
    _numbers(Quota, "capital", Where("region", ("capital",)), ("other", "island")),
    _numbers(Quota, "other", Where("region", ("other",)), ("island",)),
)
overlapping_quotas = st.tuples(
    _numbers(Quota, "capital", Where("region", ("capital",)), ("other", "island")),
    _numbers(Quota, "women", Where("gender", ("f",)), ("m",)),
)


@st.composite
def terms(draw: st.DrawFn, of: Slate, method: Method, quotas: st.SearchStrategy[tuple[Quota, ...]]) -> Terms:
    """Draw the terms of a round: a minimum score, a bonus, a lock, a ban and quotas."""
    startups = st.sampled_from([startup.id for startup in of.startups])
    programs = st.sampled_from([program.id for program in of.programs])
    return Terms(
        factor=draw(st.sampled_from((10, 15))),
        minimum=draw(st.integers(0, 2)),
        bonuses=draw(
            st.lists(
                st.builds(Bonus, st.just("b"), st.integers(-1, 2), st.just(Where("gender", ("f",)))), max_size=1
            ).map(tuple)
        ),
        quotas=draw(quotas),
        locks=draw(st.lists(st.builds(Lock, startups, programs, st.just("known")), max_size=1).map(tuple)),
        bans=draw(st.lists(st.builds(Ban, startups, st.just("barred"), st.none() | programs), max_size=1).map(tuple)),
        method=method,
        proposing=draw(st.sampled_from(ProposingSide)),
    )


def subsets(rows: Collection[int], most: int) -> Iterator[frozenset[int]]:
    """List every subset of up to `most` rows."""
    return (frozenset(found) for size in range(most + 1) for found in combinations(sorted(rows), size))


def keeps(rules: ProgramRules, chosen: frozenset[int], *, minima: bool = True) -> bool:
    """Judge one program's list by its written rules."""
    if len(chosen) > rules.total or not rules.locked <= chosen:
        return False
    for bound in rules.bounds:
        members = sum(bool(bound.members[row]) for row in chosen)
        if bound.most is not None and members > bound.most:
            return False
        if minima and bound.quota.must and members < bound.least:
            return False
    return True


def sound(outcome: RoundOutcome) -> bool:
    """Judge the places of a round: only startups in the running, none twice in a group, every rule kept."""
    standing, places = outcome.standing, outcome.placing.places
    running = all(standing.state[row, column] == RUNNING for column, rows in enumerate(places) for row in rows)
    unclashed = [rules for rules in rules_of(standing) if rules.column not in outcome.placing.clashed]
    return running and once(outcome) and all(keeps(rules, places[rules.column]) for rules in unclashed)


def once(outcome: RoundOutcome) -> bool:
    """Judge whether every startup holds one place in a group at most."""
    if outcome.terms.method is Method.EACH_PROGRAM:
        return True
    held = [
        (row, program.group)
        for program, rows in zip(outcome.standing.slate.programs, outcome.placing.places, strict=True)
        for row in rows
        if program.group
    ]
    return len(held) == len(set(held))


def all_placings(standing: PairStanding, rules: Sequence[ProgramRules]) -> Iterator[list[frozenset[int]]]:
    """List everything that could be given in one group, startups in the running and one place each."""
    rows = range(len(standing.slate.startups))
    for picks in product(range(-1, len(rules)), repeat=len(rows)):
        placed = [frozenset(row for row in rows if picks[row] == offer) for offer in range(len(rules))]
        fine = (
            standing.state[row, rules[offer].column] == RUNNING for offer in range(len(rules)) for row in placed[offer]
        )
        if all(fine):
            yield placed

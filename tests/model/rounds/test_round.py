"""What always holds of a round: statuses, moves, more seats, other names, the same bytes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.rounds import (
    Ban,
    Bonus,
    Entrant,
    Interest,
    Lock,
    Method,
    Quota,
    QuotasOverlapError,
    Slate,
    Status,
    Terms,
    Where,
    run,
)
from model.rounds.terms import TieBreak
from tests.model.rounds.given import disjoint_quotas, overlapping_quotas, slate, slates, sound, terms

nothing = st.just(())


@st.composite
def rounds(draw, quotas=disjoint_quotas, **size) -> tuple[Slate, Terms]:
    of = draw(slates(**size))
    return of, draw(terms(of, draw(st.sampled_from(Method)), quotas))


@given(rounds())
def test_places_locks_bans_quotas_and_minima_are_kept_or_a_clash_is_named(drawn):
    outcome = run(*drawn)

    assert sound(outcome)
    assert bool(outcome.placing.clashed) == bool(outcome.placing.clashes)


@settings(max_examples=25)
@given(rounds())
def test_every_pair_has_one_status_and_final_is_base_and_bonus(drawn):
    outcome = run(*drawn)
    pairs = [pair for program in drawn[0].programs for pair in outcome.at(program.id)]

    assert len({(pair.startup, pair.program) for pair in pairs}) == len(pairs) == drawn[0].units.size
    assert all(pair.final == pair.base + pair.bonus >= 0 for pair in pairs)


@settings(max_examples=25)
@given(rounds(), st.sampled_from(Status), st.integers(0, 3))
def test_the_pairs_of_a_status_are_those_of_the_whole_list_in_its_order(drawn, wanted, first):
    outcome = run(*drawn)
    for program in drawn[0].programs:
        whole = tuple(pair for pair in outcome.at(program.id) if pair.status is wanted)

        assert outcome.of_status(program.id, wanted) == whole
        assert outcome.of_status(program.id, wanted, slice(first, first + 2)) == whole[first : first + 2]


@given(rounds(), st.data())
def test_more_seats_never_fill_fewer(drawn, data):
    of, terms_drawn = drawn
    open_ended = tuple(replace(quota, back_fill=()) for quota in terms_drawn.quotas)
    before = run(of, replace(terms_drawn, quotas=open_ended, locks=()))
    program = data.draw(st.sampled_from(of.programs))
    more = replace(before.terms, seats={program.id: program.seats + 1})

    assert run(of, more).filled >= before.filled


@given(rounds(scores=1_000_000, quotas=nothing), st.randoms(use_true_random=False))
def test_other_ids_change_nothing_where_scores_differ(drawn, chance):
    of, terms_drawn = drawn
    of = replace(of, units=of.units + np.arange(of.units.size, dtype=np.int32).reshape(of.units.shape) * 2_000_000)
    bare = replace(terms_drawn, locks=(), bans=())
    names = chance.sample(range(100), len(of.startups))
    renamed = replace(of, startups=tuple(replace(s, id=f"x{n}") for s, n in zip(of.startups, names, strict=True)))

    assert run(renamed, bare).placing.places == run(of, bare).placing.places


@settings(max_examples=25)
@given(rounds(quotas=disjoint_quotas))
def test_the_same_round_gives_the_same_bytes(drawn):
    of, terms_drawn = drawn

    assert run(of, terms_drawn).digest == run(replace(of), replace(terms_drawn)).digest


@settings(max_examples=25)
@given(rounds())
def test_a_rules_moves_lead_from_the_round_without_it_to_this_one(drawn):
    of, terms_drawn = drawn
    outcome = run(of, terms_drawn)
    places = {(of.startups[r].id, of.programs[c].id) for c, rows in enumerate(outcome.placing.places) for r in rows}

    for effect in outcome.effects:
        entered = {(move.startup, move.program) for move in effect.moves if move.entered}
        left = {(move.startup, move.program) for move in effect.moves if not move.entered}
        assert entered <= places
        assert not left & places
        assert effect.filled == len(entered) - len(left)


def statuses(outcome, program="p0") -> list[tuple[str, str, int | None]]:
    return [(pair.startup, pair.status, pair.rank) for pair in outcome.at(program)]


def test_a_shortlist_is_never_padded_below_the_minimum_score():
    outcome = run(slate([[70], [60], [59]], 2), Terms(factor=15, minimum=60))

    assert statuses(outcome) == [("s0", "shortlisted", 1), ("s1", "shortlisted", 2), ("s2", "below_minimum", None)]


def test_a_bonus_lifts_nobody_over_the_minimum_unless_the_terms_say_so():
    of = slate([[59]], gender=["f"])
    bonus = Bonus("women", 3, Where("gender", ("f",)))

    assert statuses(run(of, Terms(minimum=60, bonuses=(bonus,))))[0][1] == "below_minimum"
    assert statuses(run(of, Terms(minimum=60, bonuses=(bonus,), minimum_with_bonus=True)))[0][1] == "shortlisted"


def test_bonuses_stop_at_their_limit():
    bonuses = (Bonus("a", 3, Where("gender", ("f",))), Bonus("b", 4, Where("gender", ("f",))))

    (pair,) = run(slate([[50]], gender=["f"]), Terms(bonuses=bonuses, bonus_limit=5)).at("p0")

    assert (pair.base, pair.bonus, pair.final) == (50, 5, 55)


def test_who_needs_a_check_or_is_not_eligible_takes_no_place():
    of = slate([[9], [8], [7]])
    of = replace(of, verdicts=np.array([[1], [2], [0]], np.int8))

    assert statuses(run(of, Terms(10))) == [
        ("s2", "shortlisted", 1),
        ("s0", "needs_check", None),
        ("s1", "not_eligible", None),
    ]


def test_a_reserve_that_holds_a_place_elsewhere_is_not_in_the_row():
    outcome = run(slate([[9, 9], [8, 1], [7, 1]]), Terms(10, method=Method.TOTAL_FIT))

    assert statuses(outcome, "p0") == [("s1", "shortlisted", 1), ("s2", "reserve", 1), ("s0", "reserve", None)]
    assert outcome.at("p0")[2].placed_at == "p1"


def test_a_quota_names_who_came_in_and_who_went_and_what_it_cost():
    of = slate([[9], [8]], gender=["m", "f"])

    (effect,) = run(of, Terms(10, quotas=(Quota("women", Where("gender", ("f",)), 1),))).effects

    assert [(move.startup, move.entered) for move in effect.moves] == [("s0", False), ("s1", True)]
    assert (effect.kind, effect.name, effect.cost, effect.filled) == ("quota", "women", 1, 0)


def test_a_ban_carries_its_reason():
    (effect,) = run(slate([[9], [8]]), Terms(10, bans=(Ban("s0", "참여제한"),))).effects

    assert (effect.kind, effect.reason, effect.cost) == ("ban", "참여제한", 1)


def test_a_locked_startup_is_marked():
    pairs = run(slate([[9], [8]]), Terms(10, locks=(Lock("s1", "p0", "협약 승계"),))).at("p0")

    assert [(pair.startup, pair.locked) for pair in pairs] == [("s1", True), ("s0", False)]


def test_an_evaluator_with_an_interest_is_named_beside_the_pair():
    terms = Terms(interests=(Interest("김평가", "s0", "임원"), Interest("이평가", "s0", "투자", "p1")))

    assert run(slate([[9, 9]]), terms).at("p0")[0].recused == ("김평가",)


def test_quotas_that_overlap_have_no_stable_matching_to_offer():
    of = slate([[9], [8]], gender=["f", "m"], region=["capital", "other"])
    quotas = (Quota("women", Where("gender", ("f",)), 1), Quota("capital", Where("region", ("capital",)), 1))

    with pytest.raises(QuotasOverlapError, match="p0: women, capital"):
        run(of, Terms(quotas=quotas, method=Method.DEFERRED_ACCEPTANCE))


@settings(max_examples=20)
@given(rounds(quotas=overlapping_quotas))
def test_overlapping_quotas_are_kept_by_the_other_methods(drawn):
    of, terms_drawn = drawn

    for method in (Method.EACH_PROGRAM, Method.TOTAL_FIT):
        assert sound(run(of, replace(terms_drawn, method=method)))


ITEMS = {0: (10, 40), 1: (30, 20), 2: (30, 20)}


@pytest.mark.parametrize(
    ("keys", "first"),
    [
        ((TieBreak.LARGEST_ITEM, TieBreak.ID), 1),
        ((TieBreak.YOUNGER,), 2),
        ((TieBreak.FEWER_SELECTIONS,), 0),
        ((TieBreak.WITHOUT_BONUS,), 1),
        ((TieBreak.LARGEST_ITEM, TieBreak.YOUNGER), 2),
        ((), 0),
    ],
)
def test_ties_are_broken_in_the_written_order(keys, first):
    startups = (
        Entrant("a", 100, 0, {"region": "other"}),
        Entrant("b", None, 2),
        Entrant("c", 300, None, {"region": "other"}),
    )
    of = slate([[48], [50], [48]])
    of = Slate(startups, of.programs, of.units, of.verdicts, lambda row, _: ITEMS[row])
    bonus = Bonus("region", 2, Where("region", ("other",)))

    assert run(of, Terms(10, tie_break=keys, bonuses=(bonus,))).placing.places == (frozenset({first}),)


def test_a_rule_that_is_stated_twice_moves_nobody_by_itself():
    bans = (Ban("s0", "참여제한"), Ban("s0", "같은 까닭"))
    effects = run(slate([[9], [8]]), Terms(10, bans=bans)).effects

    assert [(effect.kind, effect.moves, effect.cost) for effect in effects] == [("ban", (), 0)] * 2

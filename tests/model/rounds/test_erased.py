"""A startup erased from a round: its name and facts are gone, and nothing else comes out otherwise."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.rounds import Ban, Interest, Lock, run
from model.rounds.written import erased, packed, plain, renamed, slate_of
from tests.model.rounds.test_round import rounds

NAME = "startup-0123"


def asked(terms):
    return {rule.where.field for rule in (*terms.bonuses, *terms.quotas)}


@given(rounds(), st.data())
def test_an_erased_startup_leaves_every_score_rank_and_place_as_it_was(drawn, data):
    slate, terms = drawn
    startup = data.draw(st.sampled_from(slate.startups)).id
    preferences = {startup: tuple(program.id for program in slate.programs)}
    terms = replace(terms, preferences=preferences if data.draw(st.booleans()) else {})
    block = erased(packed(slate, {}), startup, NAME, asked(terms))
    before, after = run(slate, terms), run(slate_of(block), renamed(terms, startup, NAME, lambda _, text, __: text))

    assert np.array_equal(before.statuses, after.statuses)
    assert np.array_equal(before.standing.final, after.standing.final)
    assert before.placing.places == after.placing.places
    for program in slate.programs:
        renamed_ids = [NAME if pair.startup == startup else pair.startup for pair in before.listed(program.id)]
        assert [pair.startup for pair in after.listed(program.id)] == renamed_ids


@given(rounds(), st.data())
def test_nothing_names_an_erased_startup(drawn, data):
    slate, terms = drawn
    startup = data.draw(st.sampled_from(slate.startups)).id
    reason = f"{startup} 까닭"
    terms = replace(
        terms,
        locks=(Lock(startup, "p0", reason),),
        bans=(Ban(startup, reason),),
        interests=(Interest("e", startup, reason),),
    )
    block = erased(packed(slate, {}), startup, NAME, asked(terms))
    anew = renamed(terms, startup, NAME, lambda field, text, is_own: text.replace(startup, NAME))
    left = zlib.decompress(block) + json.dumps(plain(anew)).encode()

    assert f'"{startup}"'.encode() not in left
    assert reason.encode() not in left
    assert erased(block, startup, NAME, ()) is None

"""Words weigh by how rarely they are used, and neither length nor language tips the scales."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.blocks.words import PIVOT, FittedTerms, Words, norms, unit
from model.text.analysis import Bag

words = st.sampled_from(["robot", "farm", "battery", "ai", "chip", "로봇", "농장"])
profiles = st.dictionaries(words, st.integers(1, 9), max_size=5)
corpora = st.lists(profiles, min_size=1, max_size=8)


def bag(**counts):
    return Bag(counts, 0, sum(counts.values()) * 5)


@given(corpora, st.randoms(use_true_random=False))
def test_weights_do_not_depend_on_the_order_of_the_profiles(corpus, random):
    one, other = (
        FittedTerms.fit(len(corpus), [corpus]),
        FittedTerms.fit(len(corpus), [random.sample(corpus, len(corpus))]),
    )

    assert one.terms == other.terms
    assert np.array_equal(one.idf, other.idf)


@given(corpora)
def test_a_rarer_term_weighs_at_least_as_much(corpus):
    fitted = FittedTerms.fit(len(corpus), [corpus])
    uses = [sum(term in profile for profile in corpus) for term in fitted.terms]

    pairs = [(a, b) for a in range(len(uses)) for b in range(len(uses)) if uses[a] <= uses[b]]
    assert all(fitted.idf[a] >= fitted.idf[b] for a, b in pairs)


def test_a_term_that_everyone_uses_weighs_one():
    assert FittedTerms.fit(4, [[{"ai": 1}] * 4]).idf.tolist() == [1.0]


def test_a_weight_is_that_of_the_formula():
    [weight] = FittedTerms.fit(9, [[{"ai": 1}], [{}] * 8]).idf

    assert weight == pytest.approx(math.log(10 / 10) + 1)
    assert FittedTerms.fit(9, [[{"ai": 1}, {}, {}], [{}] * 6]).idf[0] == pytest.approx(math.log(10 / (1 + 9 / 3)) + 1)


def test_a_phrase_that_one_side_uses_everywhere_weighs_little_although_the_other_never_does():
    fitted = FittedTerms.fit(100, [[{"apply": 1}] * 10, [{"robot": 1}] * 9 + [{}] * 81])

    by_term = dict(zip(fitted.terms, fitted.idf, strict=True))
    assert by_term["apply"] < by_term["robot"]


@given(profiles)
def test_a_term_that_was_never_fitted_weighs_nothing(profile):
    fitted = FittedTerms.fit(1, [[{"ai": 1}]])

    assert fitted.weighted([profile]).nnz == ("ai" in profile)


@given(st.integers(1, 1_000))
def test_a_doubled_word_adds_by_the_logarithm(count):
    fitted = FittedTerms.fit(2, [[{"ai": 1}, {}]])

    assert fitted.weighted([{"ai": count}]).data[0] == pytest.approx((1 + math.log(count)) * fitted.idf[0])


@given(corpora, profiles, st.randoms(use_true_random=False))
def test_a_row_does_not_depend_on_the_order_of_its_words(corpus, profile, random):
    fitted = FittedTerms.fit(len(corpus), [corpus])
    turned = dict(random.sample([*profile.items()], len(profile)))

    assert (fitted.weighted([profile]) != fitted.weighted([turned])).nnz == 0


@given(corpora)
def test_startups_are_one_long_and_nothing_is_negative(corpus):
    bags = [Bag(profile, 0, 1) for profile in corpus]
    fitted = Words.fit(bags, bags)

    rows = fitted.startups(bags)

    lengths = norms(rows)
    assert lengths[lengths > 0] == pytest.approx(1.0)
    assert (rows.data >= 0).all()


@given(corpora)
def test_a_program_s_norm_leans_towards_the_mean(corpus):
    bags = [Bag(profile, 0, 1) for profile in corpus]
    fitted = Words.fit(bags, bags)
    lengths = norms(fitted.terms.weighted(corpus))

    found = norms(fitted.programs(bags))

    expected = lengths / np.maximum((1 - PIVOT) * fitted.mean_norm + PIVOT * lengths, 1e-12)
    assert found == pytest.approx(expected)


def test_a_short_program_is_not_preferred_for_being_short():
    short, long = bag(robot=1), bag(robot=1, farm=1, battery=1, chip=1)
    fitted = Words.fit([short, long], [short, long])

    cosines = (unit(fitted.programs([short, long])) @ fitted.startups([short]).T).toarray().ravel()
    pivoted = (fitted.programs([short, long]) @ fitted.startups([short]).T).toarray().ravel()

    assert pivoted[0] / pivoted[1] < cosines[0] / cosines[1]


def test_empty_profiles_have_empty_rows():
    fitted = Words.fit([bag(robot=1)], [bag()])

    assert fitted.startups([bag()]).nnz == fitted.programs([bag()]).nnz == 0


def test_nothing_at_all_can_be_fitted():
    fitted = Words.fit([], [])

    assert fitted.startups([bag(robot=1)]).shape == (1, 0)

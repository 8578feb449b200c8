"""Words that keep the same company stand close together, and each side is measured from its own middle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.blocks.meaning import DIMENSIONS, Meaning, centred, directions
from model.blocks.words import FittedTerms
from model.text.analysis import Bag

FARM = ["tomato", "greenhouse", "soil", "harvest", "seed", "irrigation"]
BANK = ["loan", "credit", "payment", "deposit", "interest", "fraud"]
SHIP = ["port", "vessel", "cargo", "crane", "container", "pilot"]


def words(*texts):
    """Rows of the texts' weighted words."""
    return FittedTerms.fit(90, [[b.terms for b in corpus()]]).weighted([dict.fromkeys(terms, 1) for terms in texts])


def bag(terms):
    return Bag(dict.fromkeys(terms, 1), 0, 1)


def corpus():
    """Ninety profiles of three words each, all of one trade."""
    rng = np.random.default_rng(3)
    return [bag(rng.choice(trade, 3, replace=False).tolist()) for trade in (FARM, BANK, SHIP) for _ in range(30)]


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    bags = corpus()
    terms = FittedTerms.fit(len(bags), [[b.terms for b in bags]])
    return Meaning.fit(terms, bags[::2], bags[1::2], rng=np.random.default_rng(1))


def closeness(meaning, one, other):
    return float(meaning.startups(words(one))[0] @ meaning.programs(words(other))[0])


def test_texts_of_one_trade_are_near_without_a_shared_word(meaning):
    assert closeness(meaning, FARM[:3], FARM[3:]) > 0.5
    assert closeness(meaning, BANK[:3], BANK[3:]) > 0.5


def test_texts_of_different_trades_are_far(meaning):
    assert closeness(meaning, FARM[:3], BANK[3:]) < 0


@given(st.lists(st.sampled_from(FARM + BANK), max_size=5, unique=True))
def test_rows_are_one_long_or_empty(meaning, terms):
    [length] = np.linalg.norm(meaning.startups(words(terms)), axis=1)

    assert length == pytest.approx(1.0) if terms else length == 0


def test_a_text_of_unknown_words_is_nothing(meaning):
    assert not meaning.startups(words(["quantum"])).any()


@given(st.lists(st.lists(st.sampled_from(FARM + BANK), max_size=5, unique=True), min_size=1, max_size=4))
def test_a_row_does_not_depend_on_the_texts_beside_it(meaning, texts):
    together = meaning.programs(words(*texts))

    assert np.array_equal(together, np.concatenate([meaning.programs(words(terms)) for terms in texts]))


def test_the_same_seed_learns_the_same_words():
    bags = corpus()
    terms = FittedTerms.fit(len(bags), [[b.terms for b in bags]])

    one, other = (Meaning.fit(terms, bags, bags, rng=np.random.default_rng(5)) for _ in range(2))

    assert np.array_equal(one.vectors, other.vectors)


def test_a_word_that_is_too_rare_or_too_common_is_given_no_place():
    bags = [bag(["ai", *terms]) for terms in (FARM, BANK, FARM, BANK, FARM[:3], BANK[:3], *[["x"]] * 20)]
    terms = FittedTerms.fit(len(bags), [[b.terms for b in [*bags, bag(["rare"])]]])

    fitted = Meaning.fit(terms, bags, bags, rng=np.random.default_rng(1))

    placed = {term for term, vector in zip(terms.terms, fitted.vectors, strict=True) if vector.any()}
    assert placed.isdisjoint({"ai", "rare", "x"})
    assert set(FARM[:3]) <= placed


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_profiles_give_no_meaning_and_no_error(count):
    bags = corpus()[:count]
    terms = FittedTerms.fit(len(bags), [[b.terms for b in bags]])

    fitted = Meaning.fit(terms, bags, [], rng=np.random.default_rng(1))

    assert not fitted.vectors.any()
    assert fitted.startups(terms.weighted([dict.fromkeys(FARM, 1)])).shape == (1, DIMENSIONS)


def test_a_direction_is_one_long_and_nothing_stays_nothing():
    assert directions(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [[0.6, 0.8], [0.0, 0.0]]


def test_the_mean_takes_no_text_out_of_nothing():
    assert centred(np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([0.0, 0.5]))[0].tolist() == [0.0, 0.0]

"""Stuffing wins next to nothing: over 600 attacks of every kind on the whole sample, in both lists."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from benchmarks.attacks import KINDS
from benchmarks.stuffing import Field, Gains
from model.matching.matcher import Matcher
from model.vectors.corpus import Corpus
from tests.support import bundled

SEED, ATTACKERS = 0, 34
FEWEST_ATTACKS = 600
MEDIAN, NEARLY_ALL = 3.0, 10.0
"""Places of 100 that half of the attacks, and 95 of 100, may win at most."""


@dataclass(frozen=True)
class Won:
    """Places of 100 won by all attacks, in each list."""

    programs: np.ndarray
    startups: np.ndarray


@pytest.fixture(scope="module")
def gains(text_cache) -> Won:
    """Every kind of attack, by one startup in eight."""
    corpus = Corpus.of(bundled.whole(), bundled.vocabularies(), cache=text_cache)
    matcher = Matcher.fit(corpus, bundled.whole().outcomes)
    field = Field.of(matcher, bundled.whole().startups, bundled.whole().programs)
    found: list[Gains] = [field.gains(kind, ATTACKERS, SEED) for kind in KINDS]
    return Won(np.concatenate([g.programs for g in found]), np.concatenate([g.startups for g in found]))


def test_there_are_enough_attacks_of_enough_kinds(gains):
    assert len(KINDS) >= 12
    assert len(gains.programs) >= FEWEST_ATTACKS


@pytest.mark.parametrize("side", ["programs", "startups"])
def test_half_of_the_attacks_win_nothing_worth_having(gains, side):
    assert np.median(getattr(gains, side)) <= MEDIAN


@pytest.mark.parametrize("side", ["programs", "startups"])
def test_nearly_all_attacks_win_little(gains, side):
    assert np.quantile(getattr(gains, side), 0.95) <= NEARLY_ALL

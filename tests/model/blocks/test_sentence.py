"""Each side's sentences are measured from its own middle."""

import numpy as np

from model.blocks.encoder import DIMENSIONS
from model.blocks.sentence import Sentences


def test_each_side_is_measured_from_its_own_middle():
    rng = np.random.default_rng(1)
    startups, programs = rng.standard_normal((30, DIMENSIONS)) + 3, rng.standard_normal((20, DIMENSIONS)) - 3

    fitted = Sentences.fit(startups, programs)

    assert np.abs(fitted.startups(startups).mean(axis=0)).max() < 0.05
    assert np.abs(fitted.programs(programs).mean(axis=0)).max() < 0.05


def test_a_side_without_texts_has_no_middle():
    fitted = Sentences.fit(np.zeros((0, DIMENSIONS)), np.zeros((2, DIMENSIONS)))

    assert not fitted.startup_mean.any()
    assert not fitted.programs(np.zeros((1, DIMENSIONS))).any()

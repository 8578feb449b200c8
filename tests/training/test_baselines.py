"""What every method that scores pairs must hold: one contract, passed by each baseline and by ours."""

from dataclasses import replace

import numpy as np
import pytest

from model.domain import Snapshot, Startup
from tests.support import bundled
from tests.training.given import ids, snapshot
from training.baselines import Bm25, Neighbours, Popularity, Random, Ridge, SentenceBaseline, Texts, TfIdf
from training.evaluation import Ours
from training.evaluation.hybrid import Hybrid

WORLD = snapshot()
TEXTS = Texts(bundled.vocabularies())
METHODS = {
    "random": Random,
    "popularity": Popularity,
    "tfidf": lambda: TfIdf(TEXTS),
    "bm25": lambda: Bm25(TEXTS),
    "sentences": lambda: SentenceBaseline(TEXTS),
    "knn": lambda: Neighbours(TEXTS),
    "ridge": lambda: Ridge(TEXTS),
    "hybrid": lambda: Hybrid([TfIdf(TEXTS), Bm25(TEXTS), Neighbours(TEXTS)]),
    "ieum": lambda: Ours(bundled.vocabularies()),
}
READING = ["tfidf", "bm25", "sentences", "hybrid", "ieum"]
LEARNING = ["popularity", "knn", "ridge", "hybrid", "ieum"]


@pytest.fixture(scope="module")
def fitted():
    return {name: make().fit(WORLD) for name, make in METHODS.items()}


@pytest.fixture(scope="module")
def cold():
    return {name: make().fit(replace(WORLD, outcomes=())) for name, make in METHODS.items()}


@pytest.mark.parametrize("name", METHODS)
def test_a_method_carries_its_name(name):
    assert METHODS[name]().name == name


@pytest.mark.parametrize("name", METHODS)
def test_a_method_scores_every_pair_with_a_finite_number(fitted, name):
    scores = fitted[name].scores(WORLD.startups, WORLD.programs)

    assert scores.shape == (len(WORLD.startups), len(WORLD.programs))
    assert scores.dtype == np.float64
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("name", METHODS)
def test_a_startups_scores_depend_on_no_other_startup(fitted, name):
    together = fitted[name].scores(WORLD.startups, WORLD.programs)
    reversed_ = fitted[name].scores(WORLD.startups[::-1], WORLD.programs)[::-1]

    assert np.allclose(together, reversed_, rtol=0, atol=1e-6)
    assert np.allclose(together[3], fitted[name].scores(WORLD.startups[3:4], WORLD.programs)[0], rtol=0, atol=1e-6)


@pytest.mark.parametrize("name", METHODS)
def test_fitting_twice_gives_the_same_scores(fitted, name):
    again = METHODS[name]().fit(WORLD).scores(WORLD.startups[:5], WORLD.programs)

    assert np.array_equal(again, fitted[name].scores(WORLD.startups[:5], WORLD.programs))


@pytest.mark.parametrize("name", METHODS)
def test_a_method_works_without_outcomes(cold, name):
    scores = cold[name].scores(WORLD.startups, WORLD.programs)

    assert np.isfinite(scores).all()


@pytest.mark.parametrize("name", METHODS)
def test_a_method_scores_a_startup_that_says_nothing(fitted, name):
    assert np.isfinite(fitted[name].scores([Startup("silent")], WORLD.programs)).all()


@pytest.mark.parametrize("name", METHODS)
def test_nobody_to_score_gives_an_empty_table(fitted, name):
    assert fitted[name].scores([], WORLD.programs).shape == (0, len(WORLD.programs))
    assert fitted[name].scores(WORLD.startups[:2], []).shape == (2, 0)


@pytest.mark.parametrize("name", sorted(METHODS.keys() - {"ieum"}))  # ours is never fitted on nothing: see recipe
def test_a_baseline_can_be_fitted_on_an_empty_snapshot(name):
    assert METHODS[name]().fit(Snapshot((), ())).scores([], []).shape == (0, 0)


@pytest.mark.parametrize("name", READING)
def test_a_method_that_reads_finds_the_program_of_the_same_theme(fitted, name):
    startup = Startup("new", summary="병원 의료 영상 진단 데이터 분석")
    best = ids(WORLD.programs)[int(fitted[name].scores([startup], WORLD.programs)[0].argmax())]

    assert best.startswith("p-health")


@pytest.mark.parametrize("name", LEARNING)
def test_a_method_that_learns_scores_otherwise_after_outcomes(cold, fitted, name):
    before = cold[name].scores(WORLD.startups, WORLD.programs)

    assert not np.allclose(before, fitted[name].scores(WORLD.startups, WORLD.programs))


def test_bm25_counts_a_pair_as_the_book_does():
    program, startup = WORLD.programs[0], Startup("x", summary=WORLD.programs[0].summary)
    small = Snapshot((startup,), (program,))
    bag = TEXTS.bags([program])[0]
    both_saturated = np.log(1 + 0.5 / 1.5) * sum((2.2 * n / (n + 1.2)) ** 2 for n in bag.values())

    assert Bm25(TEXTS).fit(small).scores([startup], [program])[0, 0] == pytest.approx(both_saturated)


def test_popularity_counts_all_years_of_a_program():
    grown = replace(WORLD, programs=(*WORLD.programs, replace(WORLD.programs[0], id="p-next-year")))
    scores = Popularity().fit(grown).scores(WORLD.startups[:1], grown.programs)[0]

    assert scores[0] == scores[-1] > 0


def test_nobody_is_their_own_neighbour(fitted):
    alone = replace(WORLD, outcomes=WORLD.outcomes[:1])
    startup = next(s for s in WORLD.startups if s.id == WORLD.outcomes[0].startup_id)

    assert not Neighbours(TEXTS).fit(alone).scores([startup], WORLD.programs).any()


def test_encoded_sentences_are_kept_between_runs(tmp_path):
    fresh = Texts(bundled.vocabularies(), tmp_path).encoded(WORLD.programs)

    assert np.allclose(Texts(bundled.vocabularies(), tmp_path).encoded(WORLD.programs), fresh, atol=1e-6)
    assert [path.name for path in tmp_path.iterdir()] == ["baselines"]

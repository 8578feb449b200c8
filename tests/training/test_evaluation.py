"""One evaluation: what it compares, on what, and what it leaves out."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from model.domain import OutcomeKind, Program, Startup
from model.scoring.chance import log_odds
from tests.support import bundled
from tests.training.given import snapshot
from tests.training.plain import BLOCKS, TEXTS, Plain
from training.baselines import Bm25, Random, TfIdf
from training.evaluation import Direction, Regime, StudyPlan, calibration, evaluate, exposure, slices
from training.evaluation.figures import KEY, WHOLE
from training.evaluation.hybrid import Hybrid
from training.evaluation.in_use import compare
from training.evaluation.judging import METRICS, Trial, judge

ON = date(2026, 11, 22)
WORLD = snapshot(60)
PLAIN = Plain(bundled.vocabularies())


@pytest.fixture(scope="module")
def thorough():
    return evaluate(WORLD, PLAIN, StudyPlan(ON, thorough=True), TEXTS)


@pytest.fixture(scope="module")
def quick():
    return evaluate(WORLD, PLAIN, StudyPlan(ON), TEXTS)


def test_a_quick_evaluation_compares_with_the_gates_baselines_from_both_sides(quick):
    against = {(c.against, c.direction) for c in quick.comparisons}

    assert against >= {(m, d) for m in ("random", "popularity", "tfidf", "bm25") for d in Direction}
    assert quick.ablations == quick.learning == ()


def test_a_thorough_evaluation_adds_the_cold_regime_and_the_strong_baselines(thorough):
    methods = {regime: {f.method for f in thorough.figures if f.regime is regime} for regime in Regime}

    assert methods[Regime.COLD] == {"random", "tfidf", "bm25", "sentences", "hybrid", "ieum"}
    assert methods[Regime.WARM] == methods[Regime.COLD] | {"popularity", "knn", "ridge"}


def test_a_matcher_that_reads_beats_chance(thorough):
    differences = [c.difference for c in thorough.comparisons if c.against == "random"]

    assert all(difference.low > 0 for difference in differences)


def test_evaluating_again_gives_the_same_figures(quick):
    assert evaluate(WORLD, PLAIN, StudyPlan(ON), TEXTS) == quick


def test_quick_and_thorough_agree_where_both_measure(quick, thorough):
    warm = thorough.figure("ieum", Regime.WARM, Direction.PROGRAMS)

    assert quick.figure("ieum", Regime.WARM, Direction.PROGRAMS) == warm


def test_every_block_is_left_out_once_in_each_direction(thorough):
    assert {(a.block, a.direction) for a in thorough.ablations} == {(b, d) for b in BLOCKS for d in Direction}


def test_the_learning_curve_runs_from_no_outcomes_to_all_of_the_past(thorough):
    shares, pairs = zip(*[(point.share, point.pairs) for point in thorough.learning], strict=True)

    assert shares[0] == pairs[0] == 0
    assert shares[-1] == 1.0
    assert pairs[-1] == thorough.subject.known_pairs
    assert list(pairs) == sorted(pairs)


def test_the_parts_of_a_slice_hold_every_query_at_most_once(thorough):
    asked = thorough.figure("ieum", Regime.WARM, Direction.PROGRAMS).ndcg.queries
    names = {s.name for s in thorough.slices if s.direction is Direction.PROGRAMS}

    for name in names:
        parts = [s for s in thorough.slices if (s.name, s.direction) == (name, Direction.PROGRAMS)]
        assert sum(part.ndcg.queries for part in parts) <= asked


def test_no_part_is_small_enough_to_point_at_one_startup(thorough):
    assert all(s.ndcg.queries >= slices.FEWEST_QUERIES for s in thorough.slices)


def test_there_is_one_row_for_each_query_of_each_method_with_its_groups(thorough):
    rows = thorough.queries.rows

    assert not rows.duplicated([*KEY, "query"]).any()
    assert {*slices.GROUPS, *METRICS, "id"} <= {*rows.columns}
    assert rows["id"].notna().all()
    for figure in thorough.figures:
        key = (figure.regime, figure.direction, figure.method, WHOLE)
        chosen = rows[(rows[KEY] == [*key]).all(axis=1)]
        assert figure.ndcg.mean == pytest.approx(chosen["ndcg"].mean())
        assert figure.ndcg.queries == len(chosen)


def test_analysts_get_the_rows_without_the_lists(thorough):
    lines = thorough.queries.csv().splitlines()

    assert len(lines) == 1 + len(thorough.queries.rows)
    assert "listed" not in lines[0].split(",")
    assert {*KEY, *METRICS} <= {*lines[0].split(",")}


def test_what_outcomes_add_is_told_for_startups_with_and_without_a_past(thorough, quick):
    told = {(gain.direction, gain.startup_past) for gain in thorough.outcomes_gains}

    assert {(direction, "all") for direction in Direction} <= told
    assert quick.outcomes_gains == ()


def test_an_evaluation_can_be_written_as_json(thorough):
    assert json.loads(json.dumps(thorough.as_json()))["subject"]["startups"] == len(WORLD.startups)


@pytest.mark.parametrize("outcomes", [(), WORLD.outcomes[:20]])
def test_too_few_outcomes_compare_nothing_and_still_show_exposure(outcomes):
    few = replace(WORLD, outcomes=outcomes)
    found = evaluate(few, PLAIN.fit(few), StudyPlan(ON), TEXTS)

    assert not found.can_compare
    assert found.exposure


def test_refused_pairs_are_asked_for_and_count_as_wrong():
    rejected = snapshot(60, kind=OutcomeKind.REJECTED)

    assert evaluate(rejected, PLAIN.fit(rejected), StudyPlan(ON), TEXTS).subject.held_pairs == 0


@pytest.mark.parametrize(
    ("text", "language"),
    [("로봇 팔을 만듭니다", "ko"), ("we build robots", "en"), ("로봇 robot 제어 control", "mixed"), (None, "unknown")],
)
def test_a_text_has_the_language_of_most_of_it(text, language):
    assert slices.language(Startup("s", summary=text)) == language


@pytest.mark.parametrize(("letters", "name"), [(99, "short"), (100, "medium"), (400, "medium"), (401, "long")])
def test_the_length_of_a_text_has_three_names(letters, name):
    assert slices.length(Startup("s", summary="가" * letters)) == name


@pytest.mark.parametrize(
    ("region", "place"), [("11", "capital_area"), ("26", "non_capital"), (None, "unknown"), ("99", "unknown")]
)
def test_a_region_lies_inside_or_outside_the_capital_area(region, place):
    codes = bundled.vocabularies().codes

    assert slices.capital(Startup("s", region=region), codes, ON) == place


def test_exposure_adds_up_over_the_regions():
    startups = [Startup(f"s{i}", region=("11", "26", None)[i % 3]) for i in range(30)]
    found = exposure.by_region(np.arange(30 * 4, dtype=float).reshape(30, 4), startups)

    assert sum(e.startups for e in found) == pytest.approx(1.0)
    assert sum(e.places for e in found) == pytest.approx(1.0)


def calibrated(true_slope, *, startups=600, programs=12):
    """Scores drawn at random, and truth drawn from a known chance of each."""
    rng = np.random.default_rng(5)
    scores = rng.integers(100_000, 900_000, (startups, programs)).astype(float)
    x = np.array([[log_odds(int(units)) for units in row] for row in scores])
    gains = (rng.random(scores.shape) < 1 / (1 + np.exp(-(true_slope * x - 1)))).astype(float)
    profiles = tuple(Startup(f"s{i:04}") for i in range(startups)), tuple(Program(f"p{i:02}") for i in range(programs))
    return scores, Trial(*profiles, gains, np.ones(scores.shape, bool)), rng.random(startups) < 0.5


def test_a_known_chance_is_found_again_within_its_interval():
    found = calibration.measured(*calibrated(1.5))
    margin = 3 * found.chance.variances[0] ** 0.5

    assert found.chance.slope == pytest.approx(1.5, abs=margin)
    assert found.error <= calibration.LARGEST_ERROR


def test_no_chance_is_stated_when_scores_say_nothing_or_the_reverse():
    assert calibration.measured(*calibrated(-1.0)) is None


def test_no_chance_is_stated_with_fewer_than_a_hundred_shortlistings():
    scores, trial, halves = calibrated(1.5, startups=20)

    assert calibration.measured(scores, trial, halves) is None


def test_an_application_alone_does_not_count_as_shortlisted():
    scores, trial, halves = calibrated(1.5)

    assert calibration.measured(scores, replace(trial, gains=trial.gains * 0.35), halves) is None


def test_the_hybrid_leaves_out_a_part_that_is_noise():
    hybrid = Hybrid([TfIdf(TEXTS), Random(), Random(1)]).fit(WORLD)

    assert hybrid.weights[0] > sum(hybrid.weights[1:])


def test_the_hybrid_is_tuned_on_no_pair_that_it_is_judged_by():
    few = replace(WORLD, outcomes=WORLD.outcomes[:20])

    assert Hybrid([TfIdf(TEXTS), Bm25(TEXTS)]).fit(few).weights == (1.0, 1.0)


def test_labels_tune_a_hybrid_that_learns_from_no_outcomes():
    cold = replace(WORLD, outcomes=())

    assert Hybrid([TfIdf(TEXTS), Random()], labels=WORLD.outcomes).fit(cold).weights != (1.0, 1.0)


def test_the_matcher_in_use_is_judged_by_outcomes_that_came_after_it():
    middle = WORLD.outcomes[len(WORLD.outcomes) // 2].on
    found = compare(WORLD, PLAIN.fit(WORLD), PLAIN.fit(WORLD), middle, StudyPlan(ON))

    assert found.fair
    assert found.pairs == sum(o.on > middle for o in WORLD.outcomes)


def test_a_matcher_does_not_differ_from_itself_on_what_both_learned():
    new = PLAIN.fit(WORLD)
    found = compare(WORLD, new, new, ON, StudyPlan(ON))

    assert not found.fair
    assert all(c.difference.mean == 0 for c in found.comparisons)


def test_the_worst_matcher_is_seen_beside_the_one_in_use():
    new = PLAIN.fit(WORLD)
    found = compare(WORLD, replace(new, sign=-1.0), new, ON, StudyPlan(ON))

    assert all(c.difference.is_below_zero for c in found.comparisons)


def test_without_outcomes_nothing_is_compared_with_the_matcher_in_use():
    empty = replace(WORLD, outcomes=())

    assert compare(empty, PLAIN.fit(empty), PLAIN.fit(empty), ON, StudyPlan(ON)).comparisons == ()


def test_perfect_scores_have_perfect_figures():
    scores, trial, _ = calibrated(1.0)

    assert np.allclose(judge(trial.gains, trial, Direction.STARTUPS)["ndcg"], 1.0)
    assert scores.shape == trial.gains.shape

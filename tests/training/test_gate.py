"""The gate refuses what is worse beyond chance, says by how much, and says what it could not compare."""

from dataclasses import replace
from datetime import date

import pytest

from tests.support import bundled
from tests.training.given import snapshot
from tests.training.plain import TEXTS, Plain
from training import gate
from training.evaluation import Direction, Evaluation, Regime, StudyPlan, evaluate
from training.evaluation.figures import Comparison, StudySubject
from training.evaluation.in_use import IN_USE, BesideInUse
from training.metrics import Interval

WORLD = snapshot(60)
GOOD = Plain(bundled.vocabularies())
BAD = replace(GOOD, sign=-1.0)
PLAN = StudyPlan(date(2026, 11, 22))
NOTHING = Evaluation(StudySubject("digest", 1, 1, 12, 10, 2, None, 0))


def comparison(low, high, against="bm25", regime=Regime.WARM):
    return Comparison(against, regime, Direction.PROGRAMS, Interval((low + high) / 2, low, high, 50))


def evaluation(*comparisons):
    return replace(NOTHING, comparisons=comparisons, figures=(None,))


@pytest.mark.parametrize(("low", "high", "passes"), [(-0.3, -0.1, False), (-0.3, 0.1, True), (0.1, 0.2, True)])
def test_only_what_is_worse_beyond_chance_is_refused(low, high, passes):
    assert gate.decide(evaluation(comparison(low, high))).passes is passes


@pytest.mark.parametrize("strong", ["hybrid", "ridge", "knn", "sentences"])
def test_a_baseline_outside_the_four_does_not_stop_publishing(strong):
    assert gate.decide(evaluation(comparison(-0.3, -0.1, strong))).passes


def test_a_matcher_that_turns_good_upside_down_is_refused_for_all_that_reads():
    decision = gate.decide(evaluate(WORLD, BAD.fit(WORLD), PLAN, TEXTS))

    assert {found.against for found in decision.worse} >= {"tfidf", "bm25", "random"}


def test_a_matcher_that_ranks_well_passes():
    assert gate.decide(evaluate(WORLD, GOOD.fit(WORLD), PLAN, TEXTS)).passes


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_refusal_names_the_method_and_the_amount(language):
    said = gate.decide(evaluation(comparison(-0.25, -0.15))).sentences(language)

    assert len(said) == 1
    assert "BM25" in said[0]
    assert "0.200" in said[0]
    assert "-0.250" in said[0]


def test_too_few_outcomes_pass_with_a_note_that_says_how_many():
    decision = gate.decide(NOTHING)

    assert decision.passes
    assert [note.code for note in decision.notes] == ["too_few_outcomes"]
    assert "2" in decision.sentences("ko")[0]


def test_being_worse_than_the_model_in_use_is_refused():
    beside = BesideInUse((comparison(-0.2, -0.1, IN_USE),), True, 50)

    assert not gate.decide(evaluation(), beside).passes


@pytest.mark.parametrize(
    ("beside", "unreadable", "code"),
    [
        (BesideInUse((comparison(0.0, 0.1, IN_USE),), False, 40), False, "in_use_knew"),
        (BesideInUse((), False, 3), False, "in_use_not_comparable"),
        (None, True, "in_use_unreadable"),
    ],
)
def test_what_could_not_be_compared_fairly_is_noted(beside, unreadable, code):
    decision = gate.decide(evaluation(), beside, unreadable=unreadable)

    assert decision.passes
    assert [note.code for note in decision.notes] == [code]


@pytest.mark.parametrize("code", sorted(gate.SENTENCES.keys() - {"worse"}))
def test_every_note_is_said_in_both_languages(code):
    korean, english = (gate.Note(code, 7).sentence(language) for language in ("ko", "en"))

    assert any("가" <= letter <= "힣" for letter in korean)
    assert english.isascii()

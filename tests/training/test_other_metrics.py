"""Our figures are those of trec_eval and ranx where no scores tie; `docs/reference/quality.md` says where they part."""

import json
from pathlib import Path

import numpy as np
import pytest
import pytrec_eval
from hypothesis import assume, given
from hypothesis import strategies as st

from training import metrics

RANX = json.loads((Path(__file__).parent / "ranx.json").read_text(encoding="utf-8"))
OURS = {
    "ndcg": lambda gains: metrics.ndcg_at_k(gains, 10),
    "recall": lambda gains: metrics.recall_at_k(gains, 10),
    "reciprocal_rank": metrics.reciprocal_rank,
}
TREC = {"ndcg": "ndcg_cut_10", "recall": "recall_10", "reciprocal_rank": "recip_rank"}
LAST_DIGITS = 4 * np.finfo(float).eps
"""Sums of ten numbers taken in another order differ by no more."""


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40))
def test_our_figures_are_those_of_trec_eval(gains):
    assume(any(gains))
    judged = {"q": {f"d{place:02d}": gain for place, gain in enumerate(gains)}}
    ranking = {"q": {document: float(-place) for place, document in enumerate(judged["q"])}}
    theirs = pytrec_eval.RelevanceEvaluator(judged, {"ndcg_cut.10", "recall.10", "recip_rank"}).evaluate(ranking)["q"]

    for name, measure in OURS.items():
        assert measure(gains) == pytest.approx(theirs[TREC[name]], rel=LAST_DIGITS, abs=0)


@pytest.mark.parametrize("recorded", RANX["rankings"], ids=range(len(RANX["rankings"])))
def test_our_figures_are_those_that_ranx_gave(recorded):
    """Recorded, since ranx compiles itself for a minute; `library` names the version."""
    for name, measure in OURS.items():
        assert measure(recorded["gains"]) == pytest.approx(recorded[name], rel=LAST_DIGITS, abs=0)

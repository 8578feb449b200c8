#!/usr/bin/env bash
# One would guess: ir_measures, which calls pytrec_eval, gives the same mean as pytrec_eval; a query for which nothing
# was returned, and one without a good document, count the same in both and in ranx.
# What happens: of three queries (one answered rightly, one not answered, one without a good document) pytrec_eval
# leaves out the second, so its mean is 1/2; ir_measures adds it with 0, so its mean is 1/3; ranx refuses to compare
# at all unless make_comparable is set, and then gives 1/3.
# Seen with ir_measures 0.4.3, pytrec_eval-terrier 0.5.10 and ranx 0.3.21 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="pytrec_eval q1, q3 0.5
ir_measures 0.333
ranx AssertionError
ranx, make_comparable 0.333"
finding ir_measures==0.4.3 pytrec_eval-terrier==0.5.10 ranx==0.3.21 <<'PROGRAM'
import ir_measures
import pytrec_eval
import ranx

QRELS = {"q1": {"d1": 1}, "q2": {"d2": 1}, "q3": {"d9": 0}}
RUN = {"q1": {"d1": 1.0}, "q3": {"d1": 1.0}}

scores = pytrec_eval.RelevanceEvaluator(QRELS, {"ndcg_cut.10"}).evaluate(RUN)
mean = sum(score["ndcg_cut_10"] for score in scores.values()) / len(scores)
print("pytrec_eval", ", ".join(sorted(scores)), mean)
qrels = [ir_measures.Qrel(q, d, grade) for q, docs in QRELS.items() for d, grade in docs.items()]
run = [ir_measures.ScoredDoc(q, d, score) for q, docs in RUN.items() for d, score in docs.items()]
print("ir_measures", round(ir_measures.calc_aggregate([ir_measures.nDCG @ 10], qrels, run)[ir_measures.nDCG @ 10], 3))
try:
    ranx.evaluate(ranx.Qrels(QRELS), ranx.Run(RUN), "ndcg@10")
except AssertionError:
    print("ranx AssertionError")
print("ranx, make_comparable", round(float(ranx.evaluate(ranx.Qrels(QRELS), ranx.Run(RUN), "ndcg@10", make_comparable=True)), 3))
PROGRAM

#!/usr/bin/env bash
# One would guess: a run with two items of equal score has one NDCG, whichever public library computes it.
# What happens: pytrec_eval puts the later id first (as trec_eval does), ranx the one that was given first, and
# scikit-learn averages over all orders unless `ignore_ties` is set. The same tied pair scores .63, 1.0 and .82;
# with the good item's id last it is the other way round. Figures of two libraries compare only without ties.
# Seen with pytrec_eval-terrier 0.5.11, ranx 0.3.21, scikit-learn 1.9.1 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="good item a: pytrec_eval 0.6309 ranx 1.0000 scikit-learn 0.8155
good item z: pytrec_eval 1.0000 ranx 0.6309 scikit-learn 0.8155"
finding pytrec_eval-terrier==0.5.11 ranx==0.3.21 scikit-learn==1.9.1 <<'PROGRAM'
import pytrec_eval
from ranx import Qrels, Run, evaluate
from sklearn.metrics import ndcg_score

run = {"q": {"a": 0.5, "z": 0.5}}
for good in ("a", "z"):
    qrels = {"q": {item: int(item == good) for item in ("a", "z")}}
    trec = pytrec_eval.RelevanceEvaluator(qrels, {"ndcg_cut.10"}).evaluate(run)["q"]["ndcg_cut_10"]
    ranx = evaluate(Qrels(qrels), Run(run), "ndcg@10")
    sklearn = ndcg_score([[int(good == "a"), int(good == "z")]], [[0.5, 0.5]])
    print(f"good item {good}: pytrec_eval {trec:.4f} ranx {ranx:.4f} scikit-learn {sklearn:.4f}")
PROGRAM

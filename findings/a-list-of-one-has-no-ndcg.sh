#!/usr/bin/env bash
# One would guess: where a startup has one candidate and it is the right one, NDCG is 1 everywhere.
# What happens: scikit-learn refuses a list of one document (and says "only meaningful when there is more than 1
# document"), so a mean over startups stops at the first one with a single open call; pytrec_eval and ranx give 1.
# Seen with scikit-learn 1.7.2, pytrec-eval-terrier 0.5.7 and ranx 0.3.20 on 2026-12-01.
source "$(dirname "$0")/_run.sh"
EXPECTED="scikit-learn: ValueError: Computing NDCG is only meaningful when there is more than 1 document. Got 1 instead.
pytrec_eval: 1.0
ranx: 1.0"
finding scikit-learn==1.7.2 pytrec-eval-terrier==0.5.7 ranx==0.3.20 <<'PROGRAM'
import pytrec_eval
from ranx import Qrels, Run, evaluate
from sklearn.metrics import ndcg_score

qrels, run = {"문서결": {"마중": 1}}, {"문서결": {"마중": 0.8}}
try:
    print("scikit-learn:", ndcg_score([[1]], [[0.8]]))
except ValueError as error:
    print("scikit-learn: ValueError:", error)
print("pytrec_eval:", pytrec_eval.RelevanceEvaluator(qrels, {"ndcg"}).evaluate(run)["문서결"]["ndcg"])
print("ranx:", float(evaluate(Qrels(qrels), Run(run), "ndcg")))
PROGRAM

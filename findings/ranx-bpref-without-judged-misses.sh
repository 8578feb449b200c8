#!/usr/bin/env bash
# One would guess: ranx, whose metrics were tested against trec_eval's, gives bpref 1 for a query whose only judged
# document is good and first, and a number for the mean over queries.
# What happens: without a judged bad document its divisor is zero and the value is NaN, which makes the mean over all
# queries NaN; trec_eval (pytrec_eval) says 1. With one judged bad document the two agree. Records of programs mostly
# hold good pairs alone, so this is the usual case there.
# Seen with ranx 0.3.21 and pytrec_eval-terrier 0.5.11 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="only good judged: ranx nan, trec_eval 1.0
one bad judged: ranx 1.0, trec_eval 1.0
bad one first: ranx 0.0, trec_eval 0.0
mean of the three: ranx nan"
finding ranx==0.3.21 pytrec_eval-terrier==0.5.11 <<'PROGRAM'
import pytrec_eval
from ranx import Qrels, Run, evaluate

CASES = {"only good judged": {"a": 1}, "one bad judged": {"a": 1, "b": 0}, "bad one first": {"a": 0, "b": 1}}
ranking = {"a": 2.0, "b": 1.0}
for name, judged in CASES.items():
    value = evaluate(Qrels({"q": judged}), Run({"q": ranking}), "bpref")
    reference = pytrec_eval.RelevanceEvaluator({"q": judged}, {"bpref"}).evaluate({"q": ranking})["q"]["bpref"]
    print(f"{name}: ranx {value}, trec_eval {reference}")
print("mean of the three: ranx", evaluate(Qrels(CASES), Run({name: ranking for name in CASES}), "bpref"))
PROGRAM

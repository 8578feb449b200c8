#!/usr/bin/env bash
# One would guess: NDCG of a list whose only good item stands second is 1 / log2(3) = .63, as in trec_eval, ranx,
# ir_measures and scikit-learn.
# What happens: LensKit discounts by log2(rank) and leaves the first two places undiscounted, so first and second place
# both score 1.0 and the third .63: each place counts as one better. Its recall divides by the smaller of k and the
# number of good items (2 here), where the others divide by all of them (3): .5 against .33.
# Seen with lenskit 2025.8.1, pytrec_eval-terrier 0.5.11 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="good item at 1: lenskit 1.0000 pytrec_eval 1.0000
good item at 2: lenskit 1.0000 pytrec_eval 0.6309
good item at 3: lenskit 0.6309 pytrec_eval 0.5000
recall at 2, one of three good items: lenskit 0.5000 pytrec_eval 0.3333"
finding lenskit==2025.8.1 pytrec_eval-terrier==0.5.11 <<'PROGRAM'
import pytrec_eval
from lenskit.data import ItemList
from lenskit.metrics import NDCG, Recall


def trec(items, good, measure):
    evaluator = pytrec_eval.RelevanceEvaluator({"q": dict.fromkeys(good, 1)}, {measure})
    run = {item: float(len(items) - place) for place, item in enumerate(items)}
    return evaluator.evaluate({"q": run})["q"][measure.replace(".", "_")]


for place in (1, 2, 3):
    items = ["x", "y", "z"]
    items[place - 1] = "good"
    ours = NDCG().measure_list(ItemList(item_ids=items, ordered=True), ItemList(item_ids=["good"]))
    print(f"good item at {place}: lenskit {ours:.4f} pytrec_eval {trec(items, ['good'], 'ndcg_cut.10'):.4f}")
items, good = ["a", "x", "b"], ["a", "b", "c"]
ours = Recall(k=2).measure_list(ItemList(item_ids=items, ordered=True), ItemList(item_ids=good))
print(f"recall at 2, one of three good items: lenskit {ours:.4f} pytrec_eval {trec(items, good, 'recall.2'):.4f}")
PROGRAM

"""How good a matcher is: judged by pairs that it did not know, beside every baseline, from both sides."""

from training.evaluation.figures import Evaluation, Regime
from training.evaluation.judging import Direction
from training.evaluation.ours import Ours
from training.evaluation.study import FEWEST_PAIRS, StudyPlan, evaluate

__all__ = ["FEWEST_PAIRS", "Direction", "Evaluation", "Ours", "Regime", "StudyPlan", "evaluate"]

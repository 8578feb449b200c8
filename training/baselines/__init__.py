"""What an engineer would otherwise take: methods from chance to a tuned hybrid, behind one contract."""

from training.baselines.catalogue import from_the_profile, with_outcomes
from training.baselines.hybrid import Hybrid
from training.baselines.learned import Neighbours, Ridge
from training.baselines.lexical import Bm25, TfIdf
from training.baselines.scorer import Scorer
from training.baselines.semantic import Sentences
from training.baselines.simple import Popularity, Random
from training.baselines.texts import Texts

__all__ = [
    "Bm25",
    "Hybrid",
    "Neighbours",
    "Popularity",
    "Random",
    "Ridge",
    "Scorer",
    "Sentences",
    "Texts",
    "TfIdf",
    "from_the_profile",
    "with_outcomes",
]

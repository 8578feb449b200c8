"""What an engineer would otherwise take, one method a file, behind one contract; evaluation holds their hybrid."""

from training.baselines.learned import Neighbours, Ridge
from training.baselines.lexical import Bm25, TfIdf
from training.baselines.scorer import Scorer
from training.baselines.semantic import SentenceBaseline
from training.baselines.simple import Popularity, Random
from training.baselines.texts import Texts

__all__ = ["Bm25", "Neighbours", "Popularity", "Random", "Ridge", "Scorer", "SentenceBaseline", "Texts", "TfIdf"]

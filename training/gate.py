"""Whether a new matcher may be published: not if it ranks worse than a baseline or than the one in use."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from training.evaluation import Direction, Evaluation, Regime
from training.evaluation.figures import Comparison
from training.evaluation.in_use import IN_USE, BesideInUse

BASELINES = ("random", "popularity", "tfidf", "bm25")

NAMES = {
    "random": {"ko": "무작위", "en": "random order"},
    "popularity": {"ko": "인기순", "en": "popularity"},
    "tfidf": {"ko": "TF-IDF", "en": "TF-IDF"},
    "bm25": {"ko": "BM25", "en": "BM25"},
    IN_USE: {"ko": "현재 사용 중인 모델", "en": "the model in use"},
}
DIRECTIONS = {
    Direction.PROGRAMS: {"ko": "기업에 추천하는 프로그램", "en": "programs for startups"},
    Direction.STARTUPS: {"ko": "프로그램에 추천하는 기업", "en": "startups for programs"},
}
SENTENCES = {
    "worse": {
        "ko": "{direction}: NDCG@10이 {method}보다 {amount:.3f} 낮습니다(95 % 구간 {low:+.3f} ~ {high:+.3f}).",
        "en": "{direction}: NDCG@10 is {amount:.3f} below {method} (95 % interval {low:+.3f} to {high:+.3f}).",
    },
    "too_few_outcomes": {
        "ko": "평가에 쓸 수 있는 성과 기록이 {pairs}건뿐이어서(30건 이상 필요) 다른 방법과 비교하지 못했습니다.",
        "en": "Only {pairs} good outcomes can be held back (30 are needed), so nothing was compared.",
    },
    "in_use_not_comparable": {
        "ko": "사용 중인 모델과 비교할 성과 기록이 부족하여 비교하지 않았습니다.",
        "en": "There are too few outcomes to compare with the model in use.",
    },
    "in_use_unreadable": {
        "ko": "사용 중인 모델을 읽을 수 없어 비교하지 않았습니다.",
        "en": "The model in use can't be read, so it was not compared.",
    },
    "in_use_knew": {
        "ko": "사용 중인 모델을 만든 뒤의 성과 기록이 30건 미만이어서, 두 모델이 이미 학습한 기록으로 비교하였습니다.",
        "en": "Fewer than 30 outcomes came after the model in use was made, so both were compared on outcomes that "
        "they had learned from.",
    },
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the reader of a decision must know: a code and its facts."""

    code: str
    pairs: int = 0

    def sentence(self, language: str) -> str:
        """Say it in `ko` or `en`."""
        return SENTENCES[self.code][language].format(pairs=self.pairs)


@dataclass(frozen=True, slots=True)
class GateDecision:
    """The comparisons that were made, those that forbid publishing, and what could not be compared."""

    compared: tuple[Comparison, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def worse(self) -> tuple[Comparison, ...]:
        """Comparisons in which the new matcher is worse beyond chance: the whole interval lies below zero."""
        return tuple(comparison for comparison in self.compared if comparison.difference.is_below_zero)

    @property
    def passes(self) -> bool:
        """Nothing forbids publishing."""
        return not self.worse

    def sentences(self, language: str) -> list[str]:
        """Say by how much it is worse than what, and what could not be compared, in `ko` or `en`."""
        return [sentence(comparison, language) for comparison in self.worse] + [
            n.sentence(language) for n in self.notes
        ]

    def as_json(self) -> dict[str, Any]:
        """Give the same as plain values, for the manifest."""
        return asdict(self) | {"passes": self.passes}


def decide(evaluation: Evaluation, beside: BesideInUse | None = None, *, unreadable: bool = False) -> GateDecision:
    """Compare with the four baselines, and with the matcher in use where there is one."""
    against = [c for c in evaluation.comparisons if c.against in BASELINES and c.regime is Regime.WARM]
    notes = [] if evaluation.can_compare else [Note("too_few_outcomes", evaluation.subject.held_pairs)]
    notes += [Note("in_use_unreadable")] if unreadable else []
    if beside is not None and not beside.comparisons:
        notes.append(Note("in_use_not_comparable", beside.pairs))
    elif beside is not None and not beside.fair:
        notes.append(Note("in_use_knew", beside.pairs))
    return GateDecision((*against, *(beside.comparisons if beside else ())), tuple(notes))


def sentence(comparison: Comparison, language: str) -> str:
    """Say by how much the new matcher is worse than a method, in `ko` or `en`."""
    return SENTENCES["worse"][language].format(
        direction=DIRECTIONS[comparison.direction][language],
        method=NAMES[comparison.against][language],
        amount=-comparison.difference.mean,
        low=comparison.difference.low,
        high=comparison.difference.high,
    )

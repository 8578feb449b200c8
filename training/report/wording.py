"""What the report calls things, in Korean and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

Both = Mapping[str, str]

METHODS: Mapping[str, Both] = {
    "ieum": {"ko": "이음", "en": "Ieum"},
    "random": {"ko": "무작위", "en": "Random order"},
    "popularity": {"ko": "인기순", "en": "Popularity"},
    "tfidf": {"ko": "TF-IDF", "en": "TF-IDF"},
    "bm25": {"ko": "BM25", "en": "BM25"},
    "sentences": {"ko": "문장 임베딩", "en": "Sentence embeddings"},
    "knn": {"ko": "최근접 기업(kNN)", "en": "Nearest past startups (kNN)"},
    "ridge": {"ko": "릿지 분류기", "en": "Ridge classifier"},
    "hybrid": {"ko": "조정한 결합 모델", "en": "Tuned hybrid"},
}
REGIMES: Mapping[str, Both] = {
    "cold": {"ko": "성과 기록 없이", "en": "without outcomes"},
    "warm": {"ko": "성과 기록 학습", "en": "with outcomes"},
}
DIRECTIONS: Mapping[str, Both] = {
    "programs_for_startups": {"ko": "기업에 프로그램 추천", "en": "Programs for startups"},
    "startups_for_programs": {"ko": "프로그램에 기업 추천", "en": "Startups for programs"},
}
SLICES: Mapping[str, Both] = {
    "language": {"ko": "언어", "en": "Language"},
    "text_length": {"ko": "글 길이", "en": "Length of text"},
    "region": {"ko": "소재지", "en": "Place of business"},
    "stage": {"ko": "성장 단계", "en": "Stage"},
    "kind": {"ko": "기업 유형", "en": "Kind of firm"},
    "startup_past": {"ko": "기업의 참여 이력", "en": "The startup's past"},
    "program_past": {"ko": "프로그램의 운영 이력", "en": "The program's past"},
}
VALUES: Mapping[str, Both] = {
    "ko": {"ko": "한국어", "en": "Korean"},
    "en": {"ko": "영어", "en": "English"},
    "mixed": {"ko": "한·영 혼용", "en": "Korean and English"},
    "short": {"ko": "100자 미만", "en": "Under 100 characters"},
    "medium": {"ko": "100~400자", "en": "100 to 400 characters"},
    "long": {"ko": "400자 초과", "en": "Over 400 characters"},
    "capital_area": {"ko": "수도권", "en": "Capital area"},
    "non_capital": {"ko": "비수도권", "en": "Outside the capital area"},
    "unknown": {"ko": "미상", "en": "Unknown"},
    "all": {"ko": "전체", "en": "All"},
    "pre_founder": {"ko": "예비창업", "en": "Pre-founder"},
    "seed": {"ko": "시드", "en": "Seed"},
    "pre_a": {"ko": "프리 A", "en": "Pre-A"},
    "series_a": {"ko": "시리즈 A", "en": "Series A"},
    "series_b": {"ko": "시리즈 B", "en": "Series B"},
    "series_c": {"ko": "시리즈 C", "en": "Series C"},
    "later": {"ko": "시리즈 C 이후", "en": "Later than series C"},
    "startup": {"ko": "창업기업", "en": "Startup"},
    "small_manufacturer": {"ko": "중소 제조기업", "en": "Small manufacturer"},
    "micro_enterprise": {"ko": "소상공인", "en": "Micro enterprise"},
    "known": {"ko": "참여 이력 있음", "en": "Has taken part before"},
    "new": {"ko": "처음 참여", "en": "First time"},
    "seen": {"ko": "참여 기업이 있었던 프로그램", "en": "Program with past participants"},
    "unseen": {"ko": "참여 기업이 없었던 프로그램", "en": "Program without past participants"},
}
BLOCKS: Mapping[str, Both] = tomllib.loads(
    (Path(__file__).parents[2] / "data" / "vocabularies" / "blocks.toml").read_text(encoding="utf-8")
)["names"]
TEACHES: Mapping[str, Both] = {
    "words": {"ko": "소개 글에 쓴 말", "en": "The words of the profile's text"},
    "meaning": {"ko": "소개 글의 주제와 뜻", "en": "The topic and meaning of the text"},
    "technology": {"ko": "기술", "en": "Technologies"},
    "needs": {"ko": "필요한 지원", "en": "Needs"},
    "field": {"ko": "업종과 신산업 분야", "en": "Industry and new-industry field"},
}
PHRASES: Mapping[str, Both] = {
    "teaching": {"ko": "과거 참여 기업에게서 배우는 것", "en": "What past participants teach"},
    "teaching_note": {
        "ko": "아래 항목만 배웁니다. 소재지, 규모, 업력, 투자 단계, 기업 형태, 참여 언어는 배우지 않으며, "
        "프로그램이 조건으로 밝힌 경우에만 그 조건으로 견줍니다. "
        "이력이 있는 기업의 점수에는 그 기업 자신의 이력을 빼고 계산합니다.",
        "en": "Only what is listed here. Place, size, age, stage, legal form and language teach nothing; they are "
        "compared only where a program names them among its terms. A startup with a past is scored without its own.",
    },
    "teaching_cost": {
        "ko": "소재지·단계·언어에서도 배웠다면 NDCG@10의 변화:",
        "en": "had place, stage and language taught as well, NDCG@10 would change by",
    },
    "outcomes_gain": {
        "ko": "성과 기록을 배운 뒤의 변화(같은 질의, 95 % 구간)",
        "en": "What learning from outcomes changes (same queries, 95 % interval)",
    },
    "title": {"ko": "모델 카드", "en": "Model card"},
    "purpose": {
        "ko": "창업기업과 협업 프로그램이 서로 얼마나 맞는지를 0~100점으로 나타내고 근거를 제시하는 추천 모델입니다. "
        "추천은 참고 자료이며, 선정은 담당자가 사유를 적어 결정합니다. 점수는 선정 가능성을 약속하지 않습니다.",
        "en": "This model says on a scale of 0 to 100 how well a startup and a collaboration program fit, and gives "
        "its reasons. It recommends; a named person decides and states why. A score is no promise of selection.",
    },
    "about": {"ko": "개요", "en": "About"},
    "version": {"ko": "모델 버전", "en": "Model version"},
    "created_at": {"ko": "만든 시각", "en": "Made at"},
    "snapshot": {"ko": "스냅샷", "en": "Snapshot"},
    "startups": {"ko": "기업", "en": "Startups"},
    "programs": {"ko": "프로그램", "en": "Programs"},
    "outcomes": {"ko": "성과 기록", "en": "Outcomes"},
    "known_pairs": {"ko": "학습에 쓴 긍정 기록", "en": "Good pairs learned from"},
    "held_pairs": {"ko": "평가에 쓴 긍정 기록", "en": "Good pairs held back"},
    "cut": {"ko": "평가 시작일", "en": "Held back from"},
    "by_startup": {"ko": "기업별 분할(일자 없음)", "en": "Split by startup (no days)"},
    "reason": {"ko": "관문을 넘긴 사유", "en": "Reason for passing the gate"},
    "gate": {"ko": "발행 관문", "en": "Publication gate"},
    "gate_passed": {
        "ko": "비교한 모든 방법보다 뒤지지 않았습니다.",
        "en": "It is not behind any method that was compared.",
    },
    "quality": {"ko": "추천 품질", "en": "Ranking quality"},
    "quality_note": {
        "ko": "모델이 보지 않은 성과 기록으로 측정하였습니다. 괄호는 95 % 구간입니다. NDCG@10은 좋은 상대를 "
        "상위 10위 안에 얼마나 앞세웠는지를 0~1로 나타냅니다.",
        "en": "Measured on outcomes that no method had seen; brackets are 95 % intervals. NDCG@10 says from 0 to 1 how "
        "far up in the first ten the good candidates stand.",
    },
    "nothing_compared": {
        "ko": "성과 기록이 30건 미만이어서 품질을 비교하지 못했습니다.",
        "en": "Fewer than 30 outcomes could be held back, so quality was not compared.",
    },
    "method": {"ko": "방법", "en": "Method"},
    "regime": {"ko": "조건", "en": "Condition"},
    "direction": {"ko": "방향", "en": "Direction"},
    "ndcg": {"ko": "NDCG@10", "en": "NDCG@10"},
    "recall": {"ko": "재현율@10", "en": "Recall@10"},
    "mrr": {"ko": "MRR", "en": "MRR"},
    "coverage": {"ko": "포괄률", "en": "Coverage"},
    "gini": {"ko": "노출 지니계수", "en": "Exposure Gini"},
    "difference": {"ko": "이음과의 차이", "en": "Ieum minus this"},
    "slices": {"ko": "집단별 품질", "en": "Quality by group"},
    "slices_note": {
        "ko": "평균 뒤에 가려진 집단이 없는지 살핍니다. 5건 미만인 집단은 싣지 않습니다.",
        "en": "To see whether a group is served badly behind a good mean. Groups of fewer than 5 are left out.",
    },
    "group": {"ko": "구분", "en": "Group"},
    "queries": {"ko": "건수", "en": "Queries"},
    "learning": {"ko": "학습 곡선", "en": "Learning curve"},
    "learning_x": {"ko": "학습에 쓴 긍정 기록(건)", "en": "Good pairs learned from"},
    "reliability": {"ko": "신뢰도", "en": "Reliability"},
    "reliability_x": {"ko": "모델이 말한 가능성", "en": "Stated chance"},
    "reliability_y": {"ko": "실제 비율", "en": "Observed rate"},
    "reliability_note": {
        "ko": "상위 10위 {answers}건, 기대 보정 오차(ECE) {error:.3f}",
        "en": "{answers} answers in the top ten, expected calibration error (ECE) {error:.3f}",
    },
    "no_chance": {
        "ko": "평가에 쓴 선정 후보 기록이 100건 미만이어서 가능성을 제시하지 않습니다.",
        "en": "Fewer than 100 shortlistings could be held back, so no chance is stated.",
    },
    "chance_off": {
        "ko": "기대 보정 오차가 0.05를 넘어 가능성을 제시하지 않습니다.",
        "en": "The expected calibration error is above 0.05, so no chance is stated.",
    },
    "chance_meaning": {
        "ko": "가능성은 과거에 비슷한 점수를 받은 짝이 선정 후보에 오른 비율이며, 앞으로의 선정을 약속하지 않습니다.",
        "en": "A chance says how often pairs of such a score were shortlisted in the past; it promises nothing.",
    },
    "exposure": {"ko": "지역별 노출", "en": "Exposure by region"},
    "exposure_note": {
        "ko": "프로그램별 상위 10위에 오른 비율이 기업 비율과 가까울수록 고르게 노출된 것입니다.",
        "en": "The nearer a region's share of the first ten is to its share of startups, the more even the exposure.",
    },
    "exposure_startups": {"ko": "기업 비율", "en": "Share of startups"},
    "exposure_places": {"ko": "상위 10위 비율", "en": "Share of the first ten"},
    "ablation": {"ko": "근거별 기여", "en": "What each block adds"},
    "ablation_x": {"ko": "뺐을 때 NDCG@10의 변화", "en": "Change of NDCG@10 without it"},
    "limits": {"ko": "한계", "en": "Limits"},
    "limits_note": {
        "ko": "알려진 성과 기록만 정답으로 보므로, 기록되지 않은 좋은 짝은 오답으로 셈합니다. "
        "사람들은 보여 준 것 가운데서 골랐으므로 기록에는 과거의 노출이 남아 있습니다. "
        "방법 사이의 차이만 의미가 있고, 수치 자체를 다른 자료와 견줄 수는 없습니다.",
        "en": "Only recorded outcomes count as right, so a good pair that was never tried counts as wrong. People "
        "chose among what they were shown, so the record carries past exposure. Differences between methods on the "
        "same data mean something; the figures can't be compared with those of other data.",
    },
}


def phrase(key: str, language: str) -> str:
    """Give one of the report's phrases in `ko` or `en`."""
    return PHRASES[key][language]


def name(table: Mapping[str, Both], key: str, language: str) -> str:
    """Name a code by a table; a code without a name stands for itself."""
    return table.get(key, {}).get(language, key)

"""What the rules do to many startups, in Korean and English, and the headings of its tables."""

from __future__ import annotations

from model.eligibility.overview import Exclusion
from model.vocabulary.codes import Codes

_TEXTS: dict[str, dict[str, str]] = {
    "admits": {
        "ko": "이 요건을 충족하지 못하는 기업은 {fails}개입니다. 이 요건만 완화하면 {admitted}개 기업이 제외되지 "
        "않으며, 그중 더 확인할 사항이 없는 기업은 {clear}개입니다.",
        "en": "{fails} startups don't meet this rule. Relaxing it alone would let {admitted} of them in, {clear} with "
        "nothing left to check.",
    },
    "holds_up": {
        "ko": "이 요건으로 제외되는 기업은 없으며, {needs_check}개 기업은 확인이 필요합니다.",
        "en": "This rule shuts nobody out; {needs_check} startups need checking.",
    },
    "unknown_region": {"ko": "소재지 미확인", "en": "Region not known"},
}

HEADINGS: dict[str, dict[str, str]] = {
    "startup": {"ko": "신청 요건 확인", "en": "Eligibility"},
    "unlocks": {"ko": "한 가지만 바뀌면 신청할 수 있는 프로그램", "en": "One step away"},
    "exclusions": {"ko": "요건별 제외 기업", "en": "Whom each rule shuts out"},
    "regions": {"ko": "지역별 현황", "en": "By region"},
    "reach": {"ko": "신청할 수 있는 기업이 적은 순", "en": "Programs, the fewest eligible startups first"},
    "as_of": {"ko": "기준일", "en": "As of"},
    "verdict": {"ko": "판정", "en": "Verdict"},
    "program": {"ko": "프로그램", "en": "Program"},
    "open_rules": {"ko": "충족하지 못하거나 확인할 요건", "en": "Rules not met or to be checked"},
    "way_in": {"ko": "충족 방법", "en": "What would change it"},
    "day": {"ko": "가능한 날", "en": "From"},
    "open_day": {"ko": "미정", "en": "open"},
    "confirmations": {"ko": "담당자 확인(건)", "en": "To confirm"},
    "rule": {"ko": "요건", "en": "Rule"},
    "fails": {"ko": "미충족", "en": "Not met"},
    "needs_check": {"ko": "확인 필요", "en": "Needs checking"},
    "admitted": {"ko": "완화하면 제외되지 않음", "en": "Let in if relaxed"},
    "clear": {"ko": "그중 확인 사항 없음", "en": "Nothing left to check"},
    "region": {"ko": "지역", "en": "Region"},
    "startups": {"ko": "기업", "en": "Startups"},
    "with_eligible": {"ko": "신청 가능", "en": "May apply"},
    "only_needs_check": {"ko": "확인 필요", "en": "Needs checking"},
    "without_any": {"ko": "신청할 곳 없음", "en": "None at all"},
    "eligible": {"ko": "신청 가능", "en": "May apply"},
}


def exclusion(rule: Exclusion, language: str) -> str:
    """Say what a rule does and what relaxing it would do."""
    code = "admits" if rule.fails else "holds_up"
    counts = {"fails": rule.fails, "needs_check": rule.needs_check}
    return _TEXTS[code][language].format(**counts, admitted=len(rule.admitted), clear=rule.clear)


def region(code: str, codes: Codes, language: str) -> str:
    """Name a 시도; the empty code stands for a region that is not known."""
    return (codes.regions.name(code, language) or code) if code else _TEXTS["unknown_region"][language]


def heading(code: str, language: str) -> str:
    """Name a table or a column."""
    return HEADINGS[code][language]

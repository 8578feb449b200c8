"""What the rules do to many startups, in Korean and English, and the headings of its tables."""

from __future__ import annotations

from model.eligibility.overview import Exclusion
from model.vocabulary.codes import Codes
from service.wording.pairs import Pairs, said

_TEXTS: Pairs = {
    "admits": (
        "이 요건을 충족하지 못하는 기업은 {fails}개입니다. 이 요건만 완화하면 {admitted}개 기업이 제외되지 "
        "않으며, 그중 더 확인할 사항이 없는 기업은 {clear}개입니다.",
        "{fails} startups don't meet this rule. Relaxing it alone would let {admitted} of them in, {clear} with "
        "nothing left to check.",
    ),
    "holds_up": (
        "이 요건으로 제외되는 기업은 없으며, {needs_check}개 기업은 확인이 필요합니다.",
        "This rule shuts nobody out; {needs_check} startups need checking.",
    ),
    "unknown_region": ("소재지 미확인", "Region not known"),
}

HEADINGS: Pairs = {
    "startup": ("신청 요건 확인", "Eligibility"),
    "unlocks": ("한 가지만 바뀌면 신청할 수 있는 프로그램", "One step away"),
    "exclusions": ("요건별 제외 기업", "Whom each rule shuts out"),
    "regions": ("지역별 현황", "By region"),
    "reach": ("신청할 수 있는 기업이 적은 순", "Programs, the fewest eligible startups first"),
    "as_of": ("기준일", "As of"),
    "verdict": ("판정", "Verdict"),
    "program": ("프로그램", "Program"),
    "open_rules": ("충족하지 못하거나 확인할 요건", "Rules not met or to be checked"),
    "way_in": ("충족 방법", "What would change it"),
    "day": ("가능한 날", "From"),
    "open_day": ("미정", "open"),
    "confirmations": ("담당자 확인(건)", "To confirm"),
    "rule": ("요건", "Rule"),
    "fails": ("미충족", "Not met"),
    "needs_check": ("확인 필요", "Needs checking"),
    "admitted": ("완화하면 제외되지 않음", "Let in if relaxed"),
    "clear": ("그중 확인 사항 없음", "Nothing left to check"),
    "region": ("지역", "Region"),
    "startups": ("기업", "Startups"),
    "with_eligible": ("신청 가능", "May apply"),
    "only_needs_check": ("확인 필요", "Needs checking"),
    "without_any": ("신청할 곳 없음", "None at all"),
    "eligible": ("신청 가능", "May apply"),
}


def exclusion(rule: Exclusion, language: str) -> str:
    """Say what a rule does and what relaxing it would do."""
    code = "admits" if rule.fails else "holds_up"
    counts = {"fails": rule.fails, "needs_check": rule.needs_check}
    return said(_TEXTS, code, language, **counts, admitted=len(rule.admitted), clear=rule.clear)


def region(code: str, codes: Codes, language: str) -> str:
    """Name a 시도; the empty code stands for a region that is not known."""
    return (codes.regions.name(code, language) or code) if code else said(_TEXTS, "unknown_region", language)

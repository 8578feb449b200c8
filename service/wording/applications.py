"""Applications in words: states, entries, requirements for a person, lists from outside, and what falls due."""

from __future__ import annotations

from service.wording.pairs import Pairs

STATES: Pairs = {
    "received": ("접수", "Received"),
    "pledged": ("협약체결 확약", "Pledged"),
    "agreed": ("협약", "Agreed"),
    "changed": ("협약 변경", "Agreement changed"),
    "milestone": ("점검", "Milestone checked"),
    "stopped": ("중단", "Stopped"),
    "completed": ("완료", "Completed"),
    "failed": ("실패", "Failed"),
    "result": ("연간 성과", "Result of a year"),
    "reverted": ("되돌림", "Taken back"),
}
CHECKS: Pairs = {
    "confirmed": ("확인함", "Confirmed"),
    "failed": ("미충족", "Not met"),
    "waived": ("면제", "Waived"),
    "undone": ("취소", "Taken back"),
}
KINDS: Pairs = {
    "check": ("요건 확인", "Check"),
    "request": ("보완 요청", "Request for completion"),
    "assignment": ("검토자 배정", "Assignment"),
    "step": ("단계", "Step"),
    "override": ("예외", "Override"),
}
BY: Pairs = {"machine": ("자료", "Data"), "person": ("담당자", "Person"), "terms": ("회차 조건", "Terms")}
RESULTS: tuple[tuple[str, str], ...] = (("충족", "Met"), ("확인 전", "Open"), ("미충족", "Not met"))
LISTS: Pairs = {
    "ban": ("참여제한", "Ban"),
    "claw_back": ("환수금 미납", "Claw-back unpaid"),
    "arrears": ("체납", "Arrears"),
}
TIERS: Pairs = {
    "general": ("일반지역", "General region"),
    "preferred": ("우대지역", "Preferred region"),
    "special": ("특별지역", "Special region"),
}
STOPPERS: Pairs = {
    "firm": ("기업", "Startup"),
    "institution": ("주관기관", "Host institution"),
    "partner": ("협업기업", "Partner"),
}
DUE: Pairs = {
    "completion": ("보완 기한", "Completion due"),
    "pledge": ("확약 기한(3영업일)", "Pledge due (3 working days)"),
    "paper": ("서류 만료", "Paper expires"),
    "milestone": ("점검·기한", "Milestone due"),
    "objection": ("이의신청 답변 기한(30일)", "Objection to be answered (30 days)"),
    "closing": ("접수 마감", "Applications close"),
}
CONDITIONS: Pairs = {
    "debt_default": ("채무불이행", "Default on debt"),
    "tax_arrears": ("국세·지방세 체납", "Tax arrears"),
    "clawback_unpaid": ("환수금 미납", "Claw-back unpaid"),
    "excluded_business_item": ("제외 업종 해당", "Excluded business"),
    "concurrent_program": ("동시수행 사업", "Concurrent program"),
    "participation_ban": ("참여제한", "Ban on taking part"),
    "closed_business": ("휴·폐업", "Closed business"),
    "account_unavailable_or_virtual_assets": ("계좌 개설·가상자산업", "Account, virtual assets"),
    "host_institution_staff": ("주관기관 전담인력", "Staff of the host institution"),
    "wage_arrears": ("임금 체불", "Wage arrears"),
    "subsidy_exclusion": ("보조사업 배제", "Exclusion from subsidies"),
    "other_restriction": ("그 밖의 제외 사유", "Other exclusion"),
    "co_representatives": ("공동대표 자격", "Co-representatives"),
    "not_a_founding": ("창업 제외 해당", "Not a founding"),
    "new_industry_evidence": ("신산업 증빙", "Evidence of the new industry"),
    "duplicate_support": ("중복 지원", "Duplicate support"),
    "program_alumni": ("해당 프로그램 참여 이력", "Earlier participation"),
    "venture_and_investment": ("벤처확인·투자 유치", "Venture certificate, investment"),
    "partner_terms": ("협업기업 조건", "Terms of the partner"),
    "provider_referral": ("협업기업 추천", "Referral"),
    "private_for_profit": ("비상장 영리법인", "Private for-profit"),
    "foreign_incorporation": ("현지 법인", "Incorporation abroad"),
}
"""Short names of the conditions that a person must look at; the vocabulary has each in a sentence."""

ANYWHERE: Pairs = {**CONDITIONS, **LISTS}


def result(place: int, language: str) -> str:
    """Name what a requirement comes to: 0 met, 1 open, 2 not met."""
    return RESULTS[place][0 if language == "ko" else 1]

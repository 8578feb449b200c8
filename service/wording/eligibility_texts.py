"""The words of the eligibility rules: names, results, reasons and ways in, in Korean and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Texts: TypeAlias = Mapping[str, Mapping[str, str]]

RULES: Texts = {
    "open_call": {"ko": "신청 접수 여부", "en": "Takes applications"},
    "window": {"ko": "접수 기간", "en": "Application period"},
    "budget": {"ko": "예산", "en": "Budget"},
    "seats": {"ko": "모집 규모", "en": "Seats"},
    "kind": {"ko": "신청 대상", "en": "Who may apply"},
    "entity": {"ko": "기업 형태", "en": "Legal form"},
    "stage": {"ko": "투자 단계", "en": "Investment stage"},
    "languages": {"ko": "참여 언어", "en": "Language of participation"},
    "representatives": {"ko": "대표자 요건", "en": "Joint representatives"},
    "business_age": {"ko": "업력", "en": "Business age"},
    "founding": {"ko": "창업 해당 여부", "en": "Counts as a founding"},
    "founding_certificate": {"ko": "창업기업확인서", "en": "Start-up certificate"},
    "region": {"ko": "본점 소재지", "en": "Head office"},
    "capital_area": {"ko": "비수도권 여부", "en": "Outside the capital area"},
    "industry": {"ko": "대상 업종", "en": "Industry"},
    "excluded_industry": {"ko": "제외 업종", "en": "Excluded industries"},
    "exclusive_group": {"ko": "연간 신청 제한", "en": "One application a year"},
    "not_together": {"ko": "동시수행 제한", "en": "Not together with"},
    "past_participation": {"ko": "과거 참여 제한", "en": "Past participation"},
    "business_number": {"ko": "사업자등록번호", "en": "Business registration number"},
    "corporate_number": {"ko": "법인등록번호", "en": "Corporate registration number"},
    "manual_check": {"ko": "담당자 확인 사항", "en": "For a person to check"},
    "listing": {"ko": "외부 목록", "en": "List from outside"},
}

RESULTS: Texts = {
    "pass": {"ko": "충족", "en": "Met"},
    "fail": {"ko": "미충족", "en": "Not met"},
    "needs_check": {"ko": "확인 필요", "en": "Needs checking"},
}

VERDICTS: Texts = {
    "eligible": {"ko": "신청 가능", "en": "May apply"},
    "needs_check": {"ko": "확인 필요", "en": "Needs checking"},
    "ineligible": {"ko": "신청 불가", "en": "May not apply"},
}

FIELDS: Texts = {
    "kind": {"ko": "기업 구분", "en": "kind of firm"},
    "entity": {"ko": "기업 형태", "en": "legal form"},
    "stage": {"ko": "투자 단계", "en": "investment stage"},
    "languages": {"ko": "참여 언어", "en": "languages"},
    "representatives": {"ko": "대표자 수", "en": "number of representatives"},
    "representatives_qualify": {"ko": "대표자 전원의 자격 충족 여부", "en": "whether all representatives qualify"},
    "founded_on": {"ko": "개업연월일 또는 회사성립연월일", "en": "date of opening or incorporation"},
    "new_industry_field": {"ko": "신산업 창업 분야", "en": "new-industry field"},
    "region": {"ko": "본점 소재지", "en": "head office"},
    "industry": {"ko": "업종(한국표준산업분류 코드)", "en": "industry (KSIC code)"},
    "history": {"ko": "정부 지원사업 참여 이력", "en": "history of public support"},
    "business_number": {"ko": "사업자등록번호", "en": "business registration number"},
    "corporate_number": {"ko": "법인등록번호", "en": "corporate registration number"},
    "founding_basis_on": {"ko": "창업 기준 충족일(창업기업확인서)", "en": "founding day of the start-up certificate"},
    "founding_certificate": {"ko": "창업기업확인서 번호", "en": "number of the start-up certificate"},
    "founding_certificate_until": {
        "ko": "유효한 창업기업확인서의 유효기간",
        "en": "validity of a start-up certificate in force",
    },
    "previous_businesses": {
        "ko": "이전 사업의 업종, 개업일, 폐업일",
        "en": "industry, opening and closing day of the earlier businesses",
    },
    "founded_from": {"ko": "신청할 수 있는 창업일의 범위", "en": "which founding days it takes"},
    "year": {"ko": "공고 연도", "en": "year of the call"},
    "opens_on": {"ko": "접수 시작일", "en": "opening day"},
    "closes_on": {"ko": "접수 마감일", "en": "closing day"},
    "closes_at": {"ko": "접수 마감 시각", "en": "closing hour"},
    "notice_on": {"ko": "공고일", "en": "date of the notice"},
    "regions": {"ko": "대상 지역", "en": "regions"},
    "industries": {"ko": "대상 업종", "en": "industries"},
    "excluded_industries": {"ko": "제외 업종", "en": "excluded industries"},
    "role": {"ko": "사업 구분", "en": "kind of program"},
    "seats": {"ko": "모집 규모", "en": "seats"},
    "budget_exhausted": {"ko": "예산 소진 여부", "en": "whether the budget is used up"},
    "manual_checks": {"ko": "담당자 확인 사항", "en": "conditions to check"},
}

UNLOCKS: Texts = {
    "nothing": {
        "ko": "현재 공고 기준으로는 이 요건을 충족할 수 없습니다.",
        "en": "Nothing can meet this condition in the present call.",
    },
    "wait_until": {"ko": "{on}부터 요건을 충족합니다.", "en": "The condition is met from {on}."},
    "before_hour": {"ko": "마감일 {value}까지 신청하여야 합니다.", "en": "Apply by {value} on the closing day."},
    "state": {"ko": "다음 항목을 입력하십시오: {value}.", "en": "State the following: {value}."},
    "state_district": {
        "ko": "본점 소재지를 현행 시·군·구 코드(5자리)로 입력하십시오.",
        "en": "State the head office by its present district code (5 digits).",
    },
    "state_full_code": {
        "ko": "업종을 한국표준산업분류 세세분류 코드(5자리)로 입력하십시오.",
        "en": "State the industry by its full KSIC code (5 digits).",
    },
    "state_in_notice": {
        "ko": "공고문에서 다음 사항을 확인하십시오: {value}.",
        "en": "Look this up in the notice: {value}.",
    },
    "name_field": {
        "ko": "27개 신산업 창업 분야 중 해당하는 분야를 선택하면 요건을 충족합니다.",
        "en": "Naming one of the 27 new-industry fields meets the condition.",
    },
    "name_field_and_notice": {
        "ko": "신산업 창업 분야를 선택하고 공고문에서 공고일을 확인하십시오.",
        "en": "Name a new-industry field and look up the date of the notice.",
    },
    "register_business": {
        "ko": "사업자등록을 하면 요건을 충족합니다.",
        "en": "Registering a business meets the condition.",
    },
    "register_corporation": {
        "ko": "법인을 설립하면 요건을 충족합니다.",
        "en": "Registering a corporation meets the condition.",
    },
    "reach_stage": {
        "ko": "다음 투자 단계에 이르면 요건을 충족합니다: {value}.",
        "en": "Reaching this stage meets the condition: {value}.",
    },
    "move_head_office": {
        "ko": "본점을 다음 지역으로 이전하면 요건을 충족합니다: {value}.",
        "en": "A head office in one of these meets the condition: {value}.",
    },
    "change_industry": {
        "ko": "다음 업종을 영위하면 요건을 충족합니다: {value}.",
        "en": "Being in one of these industries meets the condition: {value}.",
    },
    "offer_language": {
        "ko": "다음 언어 중 하나로 참여할 수 있으면 요건을 충족합니다: {value}.",
        "en": "Taking part in one of these languages meets the condition: {value}.",
    },
    "withdraw_application": {
        "ko": "다음 사업의 신청을 철회하거나 선정을 포기하면 요건을 충족합니다: {value}.",
        "en": "Withdrawing from this program meets the condition: {value}.",
    },
    "name_program": {
        "ko": "어느 사업(세부 프로그램)인지와 참여 연도를 확인하여 정식 명칭으로 입력하십시오: {value}.",
        "en": "Find out which program or track this is, and of which year, and enter its official name: {value}.",
    },
    "correct_number": {"ko": "다음 번호를 바로잡으십시오: {value}.", "en": "Correct this number: {value}."},
    "qualify_representatives": {
        "ko": "대표자 전원이 신청 자격을 갖추면 요건을 충족합니다.",
        "en": "The condition is met once all representatives qualify.",
    },
    "confirm": {"ko": "{value}", "en": "{value}"},
}

CONFIRMATIONS: Texts = {
    "own_application": {
        "ko": "기존 신청이 이 공고에 대한 신청인지 확인이 필요합니다.",
        "en": "Check whether the application on record is for this very call.",
    },
    "withdrawn_application": {
        "ko": "철회하였거나 선정되지 않은 신청도 신청 횟수에 포함되는지 주관기관에 확인이 필요합니다.",
        "en": "Ask the host institution whether an application that was withdrawn or not selected counts.",
    },
    "withdrawn_when": {
        "ko": "포기한 때가 협약 전인지 후인지 확인이 필요합니다. 협약 후의 중도포기는 같은 해 수행으로 봅니다.",
        "en": "Check whether it was given up before or after the agreement; after it, it counts as carried out.",
    },
    "program_class": {
        "ko": "참여 이력에 있는 사업이 공고에서 제한하는 유형의 사업인지 확인이 필요합니다.",
        "en": "Check whether the program on record is of the class that the notice names.",
    },
    "conflict_rule": {
        "ko": "참여 이력에 있는 사업을 이 공고가 제한하는지 공고문에서 확인이 필요합니다.",
        "en": "Look up in the notice whether it bars on account of the program on record.",
    },
    "group_rule": {
        "ko": "같은 해에 같은 프로그램군의 다른 프로그램에 신청한 것이 제한 사유인지 주관기관에 확인이 필요합니다.",
        "en": "Ask the host institution whether an application to another program of the group in the year bars.",
    },
    "participation_year": {
        "ko": "아직 시작되지 않은 연도의 참여 이력입니다. 참여 연도를 확인하여 바로잡으십시오.",
        "en": "This participation is of a year that has not begun. Check its year and put it right.",
    },
    "times": {
        "ko": "제한되는 횟수만큼 참여하였는지 확인이 필요합니다.",
        "en": "Check whether the firm has taken part as often as the notice allows.",
    },
    "group_membership": {
        "ko": "참여 이력에 있는 사업이 같은 프로그램군에 속하는지 확인이 필요합니다.",
        "en": "Check whether the program on record belongs to the same group.",
    },
    "founding_day": {
        "ko": "업력을 어느 날부터 세는지 확인이 필요합니다. 창업기업확인서 또는 이전 사업의 폐업 여부를 확인하십시오.",
        "en": "Check from which day age counts: by the start-up certificate, or whether an earlier business goes on.",
    },
    "founded_after_notice": {
        "ko": "공고일 이후에 창업한 기업을 예비창업자로 인정하는지 주관기관에 확인이 필요합니다.",
        "en": "Ask the host institution whether a firm founded after the notice counts as a pre-founder.",
    },
}

BASES: Texts = {
    "notice": {"ko": "해당 사업 공고", "en": "Notice of the program"},
    "notice-head-office": {
        "ko": "해당 사업 공고(본점 소재지 기준)",
        "en": "Notice of the program (by the place of the head office)",
    },
    "notice-representatives": {
        "ko": "해당 사업 공고(공동대표·각자대표 전원 자격 요건)",
        "en": "Notice of the program (all joint representatives must qualify)",
    },
    "act-2": {
        "ko": "「중소기업창업 지원법」 제2조",
        "en": "Support for Small and Medium Enterprise Establishment Act, article 2",
    },
    "decree-2": {
        "ko": "「중소기업창업 지원법 시행령」 제2조(2026. 1. 1. 시행)",
        "en": "Enforcement Decree of the Support for Small and Medium Enterprise Establishment Act, article 2, "
        "in force since 1 January 2026",
    },
    "act-10": {
        "ko": "「중소기업창업 지원법」 제10조제2항(2025. 7. 22. 시행)",
        "en": "Support for Small and Medium Enterprise Establishment Act, article 10 (2), in force since 22 July 2025",
    },
    "act-12": {
        "ko": "「중소기업창업 지원법」 제12조, 해당 사업 공고",
        "en": "Support for Small and Medium Enterprise Establishment Act, article 12, and the notice of the program",
    },
    "act-25-4": {
        "ko": "「중소기업창업 지원법」 제25조제4항, 같은 법 시행령 제3조, 「신산업 창업 분야에 관한 규정」 별표 1",
        "en": "Support for Small and Medium Enterprise Establishment Act, article 25 (4), its Enforcement Decree, "
        "article 3, and the Regulation on fields of new-industry start-ups, annex 1",
    },
    "decree-3": {
        "ko": "「중소기업창업 지원법 시행령」 제3조, 해당 사업 공고",
        "en": "Enforcement Decree of the Support for Small and Medium Enterprise Establishment Act, article 3, "
        "and the notice of the program",
    },
    "decree-4": {
        "ko": "「중소기업창업 지원법 시행령」 제4조, 해당 사업 공고",
        "en": "Enforcement Decree of the Support for Small and Medium Enterprise Establishment Act, article 4, "
        "and the notice of the program",
    },
    "business-number": {"ko": "사업자등록번호의 검증번호", "en": "Check digit of the business registration number"},
    "corporate-number": {"ko": "법인등록번호의 검증번호", "en": "Check digit of the corporate registration number"},
}

STATUSES: Texts = {
    "applied": {"ko": "신청", "en": "applied"},
    "not_selected": {"ko": "미선정", "en": "not selected"},
    "application_withdrawn": {"ko": "신청 철회", "en": "application withdrawn"},
    "selected": {"ko": "선정", "en": "selected"},
    "pledged": {"ko": "협약체결 확약", "en": "pledged"},
    "agreed": {"ko": "협약", "en": "agreed"},
    "running": {"ko": "수행 중", "en": "running"},
    "completed": {"ko": "완료", "en": "completed"},
    "stopped": {"ko": "중단·중도포기", "en": "stopped"},
    "failed": {"ko": "실패", "en": "failed"},
    "withdrawn": {"ko": "포기(시점 미확인)", "en": "given up, not known when"},
}

WORDS: Texts = {
    "unknown": {"ko": "확인되지 않음", "en": "not known"},
    "unknown_day": {"ko": "미확인", "en": "not known"},
    "window_unknown": {"ko": "접수 기간이 확인되지 않았습니다.", "en": "The application period is not known."},
    "always_open": {"ko": "상시", "en": "always open"},
    "by_person": {"ko": "담당자가 확인하여야 합니다.", "en": "The person in charge must check this."},
    "class": {"ko": "{name}({code})", "en": "{name} ({code})"},
    "non_capital": {"ko": "비수도권", "en": "outside the capital area"},
    "other_industry": {"ko": "제외 업종이 아닌 업종", "en": "one that is not excluded"},
    "over": {"ko": "업력 {years}년 초과", "en": "over {years} years"},
    "within": {"ko": "업력 {years}년 이내", "en": "within {years} years"},
    "within_new_industry": {
        "ko": "신산업 창업 분야는 업력 {years}년 이내",
        "en": "within {years} years in a new-industry field",
    },
    "from": {"ko": "{day} 이후 창업", "en": "founded on or after {day}"},
    "until": {"ko": "{day} 이전 창업", "en": "founded on or before {day}"},
    "reading": {"ko": "해석에 따라 {day} 창업", "en": "on one reading, founded {day}"},
    "at": {"ko": "{day} 기준", "en": "as of {day}"},
    "founded": {"ko": "개업(설립)일 {day}", "en": "founded on {day}"},
    "counted_from": {"ko": "업력 기산일 {day}", "en": "age counted from {day}"},
    "or": {"ko": " 또는 ", "en": " or "},
    "not_founded": {"ko": "예비창업자", "en": "pre-founder"},
    "month": {"ko": "{year}년 {month}월 중", "en": "in {month} {year}"},
    "year": {"ko": "{year}년 중", "en": "in {year}"},
    "founding_unknown": {"ko": "개업(설립)일 미확인", "en": "founding day not known"},
    "from_stage": {"ko": "{program}({status} 단계부터)", "en": "{program} (from {status})"},
    "any": {
        "ko": "{program}(모든 연도, {times}회 이상, {status} 단계부터)",
        "en": "{program} (any year, {times} or more, from {status})",
    },
    "last": {
        "ko": "{program}(최근 {years}년, {times}회 이상, {status} 단계부터)",
        "en": "{program} (last {years} years, {times} or more, from {status})",
    },
    "entry": {"ko": "{program}({year}년, {status})", "en": "{program} ({year}, {status})"},
    "met_count": {"ko": "그 밖의 요건 {count}건은 충족합니다.", "en": "{count} other conditions are met."},
    "confirm_count": {
        "ko": "그 밖에 담당자가 확인할 사항이 {count}건 있습니다.",
        "en": "There are {count} more conditions for the person in charge to check.",
    },
}

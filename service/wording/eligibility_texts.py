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
    "region": {"ko": "본점 소재지", "en": "Head office"},
    "capital_area": {"ko": "비수도권 여부", "en": "Outside the capital area"},
    "industry": {"ko": "대상 업종", "en": "Industry"},
    "excluded_industry": {"ko": "제외 업종", "en": "Excluded industries"},
    "exclusive_group": {"ko": "연간 신청 제한", "en": "One application a year"},
    "not_together": {"ko": "동시수행 제한", "en": "Not together with"},
    "business_number": {"ko": "사업자등록번호", "en": "Business registration number"},
    "corporate_number": {"ko": "법인등록번호", "en": "Corporate registration number"},
    "manual_check": {"ko": "담당자 확인 사항", "en": "For a person to check"},
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

REASONS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("open_call", "fail"): {
        "ko": "참고용으로 안내하는 사업이며 신청을 받지 않습니다.",
        "en": "This program is listed for reference and takes no applications.",
    },
    ("window", "pass"): {"ko": "접수 기간입니다({required}).", "en": "Applications are open ({required})."},
    ("window", "fail"): {"ko": "접수 기간이 아닙니다({required}).", "en": "Applications are not open ({required})."},
    ("window", "needs_check"): {
        "ko": "접수 기간이 확인되지 않았습니다({required}).",
        "en": "The application period is not fully known ({required}).",
    },
    ("budget", "pass"): {"ko": "예산이 남아 있습니다.", "en": "There is budget left."},
    ("budget", "fail"): {
        "ko": "예산이 소진되어 접수가 종료되었습니다.",
        "en": "The budget is used up and applications have ended.",
    },
    ("seats", "pass"): {"ko": "모집 규모가 정해져 있습니다({found}).", "en": "There are seats ({found})."},
    ("seats", "fail"): {"ko": "남은 모집 인원이 없습니다.", "en": "There are no seats."},
    ("kind", "pass"): {"ko": "신청 대상에 해당합니다({found}).", "en": "This kind of firm may apply ({found})."},
    ("kind", "fail"): {
        "ko": "신청 대상이 아닙니다. 신청 대상: {required}. 기업 구분: {found}.",
        "en": "This kind of firm may not apply. Open to: {required}. Found: {found}.",
    },
    ("entity", "pass"): {"ko": "기업 형태 요건을 충족합니다({found}).", "en": "The legal form is accepted ({found})."},
    ("entity", "fail"): {
        "ko": "기업 형태 요건을 충족하지 않습니다. 요건: {required}. 현재: {found}.",
        "en": "The legal form is not accepted. Required: {required}. Found: {found}.",
    },
    ("entity", "needs_check"): {
        "ko": "기업 형태가 확인되지 않았습니다. 요건: {required}.",
        "en": "The legal form is not known. Required: {required}.",
    },
    ("stage", "pass"): {
        "ko": "투자 단계 요건을 충족합니다({found}).",
        "en": "The investment stage is accepted ({found}).",
    },
    ("stage", "fail"): {
        "ko": "투자 단계 요건을 충족하지 않습니다. 요건: {required}. 현재: {found}.",
        "en": "The investment stage is not accepted. Required: {required}. Found: {found}.",
    },
    ("stage", "needs_check"): {
        "ko": "투자 단계가 확인되지 않았습니다. 요건: {required}.",
        "en": "The investment stage is not known. Required: {required}.",
    },
    ("languages", "pass"): {
        "ko": "프로그램 운영 언어로 참여할 수 있습니다({required}).",
        "en": "The startup can take part in a language of the program ({required}).",
    },
    ("languages", "fail"): {
        "ko": "프로그램 운영 언어로 참여할 수 없습니다. 운영 언어: {required}. 참여 가능 언어: {found}.",
        "en": "The startup can't take part in a language of the program. Required: {required}. Found: {found}.",
    },
    ("languages", "needs_check"): {
        "ko": "참여할 수 있는 언어가 확인되지 않았습니다. 운영 언어: {required}.",
        "en": "The languages are not settled. Required: {required}.",
    },
    ("representatives", "pass"): {
        "ko": "대표자 요건을 충족합니다.",
        "en": "The condition on representatives is met.",
    },
    ("representatives", "fail"): {
        "ko": "공동대표 또는 각자대표 중 신청 자격을 갖추지 못한 대표자가 있습니다.",
        "en": "One of the representatives does not qualify.",
    },
    ("representatives", "needs_check"): {
        "ko": "대표자 전원이 신청 자격을 갖추었는지 확인되지 않았습니다.",
        "en": "It is not known whether all representatives qualify.",
    },
    ("business_age", "pass"): {
        "ko": "업력 요건을 충족합니다({found}, 요건: {required}).",
        "en": "The business age is accepted ({found}; required: {required}).",
    },
    ("business_age", "fail"): {
        "ko": "업력 요건을 충족하지 않습니다({found}, 요건: {required}).",
        "en": "The business age is not accepted ({found}; required: {required}).",
    },
    ("business_age", "needs_check"): {
        "ko": "업력 요건의 충족 여부를 판단할 수 없습니다({found}, 요건: {required}).",
        "en": "The business age can't be settled ({found}; required: {required}).",
    },
    ("region", "pass"): {
        "ko": "본점이 대상 지역에 있습니다({found}).",
        "en": "The head office is in a region named ({found}).",
    },
    ("region", "fail"): {
        "ko": "본점이 대상 지역에 있지 않습니다. 대상 지역: {required}. 소재지: {found}.",
        "en": "The head office is not in a region named. Required: {required}. Found: {found}.",
    },
    ("region", "needs_check"): {
        "ko": "본점이 대상 지역에 있는지 판단할 수 없습니다. 대상 지역: {required}. 소재지: {found}.",
        "en": "It can't be told whether the head office is in a region named. Required: {required}. Found: {found}.",
    },
    ("capital_area", "pass"): {
        "ko": "비수도권(수도권 내 인구감소지역·접경지역 포함) 소재 기업입니다({found}).",
        "en": "The head office counts as outside the capital area ({found}).",
    },
    ("capital_area", "fail"): {
        "ko": "비수도권 소재 기업만 신청할 수 있습니다. 소재지: {found}.",
        "en": "Only firms outside the capital area may apply. Found: {found}.",
    },
    ("capital_area", "needs_check"): {
        "ko": "비수도권 소재 여부를 판단할 수 없습니다. 소재지: {found}.",
        "en": "It can't be told whether the head office counts as outside the capital area. Found: {found}.",
    },
    ("industry", "pass"): {"ko": "대상 업종에 해당합니다({found}).", "en": "The industry is accepted ({found})."},
    ("industry", "fail"): {
        "ko": "대상 업종이 아닙니다. 대상 업종: {required}. 업종: {found}.",
        "en": "The industry is not accepted. Required: {required}. Found: {found}.",
    },
    ("industry", "needs_check"): {
        "ko": "대상 업종인지 판단할 수 없습니다. 대상 업종: {required}. 업종: {found}.",
        "en": "It can't be told whether the industry is accepted. Required: {required}. Found: {found}.",
    },
    ("excluded_industry", "pass"): {
        "ko": "제외 업종에 해당하지 않습니다({found}).",
        "en": "The industry is not excluded ({found}).",
    },
    ("excluded_industry", "fail"): {
        "ko": "지원 제외 업종에 해당합니다({found}).",
        "en": "The industry is excluded ({found}).",
    },
    ("excluded_industry", "needs_check"): {
        "ko": "제외 업종에 해당하는지 판단할 수 없습니다. 제외 업종: {required}. 업종: {found}.",
        "en": "It can't be told whether the industry is excluded. Excluded: {required}. Found: {found}.",
    },
    ("exclusive_group", "pass"): {
        "ko": "같은 해에 같은 프로그램군의 다른 프로그램에 신청한 이력이 없습니다.",
        "en": "No other program of the group was applied for in the same year.",
    },
    ("exclusive_group", "fail"): {
        "ko": "같은 해에 같은 프로그램군에서는 한 개 프로그램에만 신청할 수 있습니다. 신청 이력: {found}.",
        "en": "Only one program of the group may be applied for in a year. Found: {found}.",
    },
    ("exclusive_group", "needs_check"): {
        "ko": "같은 해에 같은 프로그램군의 다른 프로그램에 신청하였는지 판단할 수 없습니다. 참여 이력: {found}.",
        "en": "It can't be told whether another program of the group was applied for. Found: {found}.",
    },
    ("not_together", "pass"): {
        "ko": "동시수행이 제한된 다른 사업을 수행하고 있지 않습니다.",
        "en": "No program that may not be carried out together with this one was found.",
    },
    ("not_together", "fail"): {
        "ko": "동시수행이 제한된 다른 사업이 있습니다. 참여 이력: {found}.",
        "en": "There is another program that may not be carried out together with this one. Found: {found}.",
    },
    ("not_together", "needs_check"): {
        "ko": "동시수행이 제한된 다른 사업이 있는지 판단할 수 없습니다. 참여 이력: {found}.",
        "en": "It can't be told whether there is a program that may not be carried out together. Found: {found}.",
    },
    ("business_number", "pass"): {
        "ko": "사업자등록번호의 검증번호가 맞습니다({found}). 사업자등록 상태는 국세청에서 확인하여야 합니다.",
        "en": "The check digit of the business number is right ({found}). Its status is for the tax office to tell.",
    },
    ("business_number", "fail"): {
        "ko": "사업자등록번호가 올바르지 않습니다({found}).",
        "en": "The business number is not valid ({found}).",
    },
    ("corporate_number", "pass"): {
        "ko": "법인등록번호의 검증번호가 맞습니다({found}).",
        "en": "The check digit of the corporate number is right ({found}).",
    },
    ("corporate_number", "needs_check"): {
        "ko": "법인등록번호의 검증번호가 맞지 않습니다({found}). 등기사항증명서와 대조하십시오.",
        "en": "The check digit of the corporate number is not right ({found}). Compare it with the register.",
    },
    ("manual_check", "needs_check"): {"ko": "{required}", "en": "{required}"},
}

LAST_DAY: Texts = {
    "pass": {"ko": "접수 마감 시각 전입니다({required}).", "en": "The closing hour has not passed ({required})."},
    "fail": {"ko": "접수 마감 시각이 지났습니다({required}).", "en": "The closing hour has passed ({required})."},
    "needs_check": {
        "ko": "오늘이 접수 마감일입니다. 마감 시각: {required}.",
        "en": "Today is the closing day. Closing hour: {required}.",
    },
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
    "finish_agreement": {
        "ko": "수행 중인 협약을 종료하면 요건을 충족합니다: {value}.",
        "en": "Finishing the agreement that runs meets the condition: {value}.",
    },
    "withdraw_application": {
        "ko": "다음 사업의 신청을 철회하거나 선정을 포기하면 요건을 충족합니다: {value}.",
        "en": "Withdrawing from this program meets the condition: {value}.",
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
        "ko": "철회한 신청도 신청 횟수에 포함되는지 주관기관에 확인이 필요합니다.",
        "en": "Ask the host institution whether a withdrawn application counts.",
    },
    "group_membership": {
        "ko": "참여 이력에 있는 사업이 같은 프로그램군에 속하는지 확인이 필요합니다.",
        "en": "Check whether the program on record belongs to the same group.",
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
    "selected": {"ko": "선정", "en": "selected"},
    "agreed": {"ko": "협약", "en": "agreed"},
    "running": {"ko": "수행 중", "en": "running"},
    "completed": {"ko": "완료", "en": "completed"},
    "withdrawn": {"ko": "철회", "en": "withdrawn"},
}

WORDS: Texts = {
    "unknown": {"ko": "확인되지 않음", "en": "not known"},
    "unknown_day": {"ko": "미확인", "en": "not known"},
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
    "at": {"ko": "{day} 공고일 기준", "en": "as of the notice of {day}"},
    "founded": {"ko": "개업(설립)일 {day}", "en": "founded on {day}"},
    "not_founded": {"ko": "예비창업자", "en": "pre-founder"},
    "founding_unknown": {"ko": "개업(설립)일 미확인", "en": "founding day not known"},
    "from_stage": {"ko": "{program}({status} 단계부터)", "en": "{program} (from {status})"},
    "entry": {"ko": "{program}({year}년, {status})", "en": "{program} ({year}, {status})"},
    "met_count": {"ko": "그 밖의 요건 {count}건은 충족합니다.", "en": "{count} other conditions are met."},
    "confirm_count": {
        "ko": "그 밖에 담당자가 확인할 사항이 {count}건 있습니다.",
        "en": "There are {count} more conditions for the person in charge to check.",
    },
}

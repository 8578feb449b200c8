"""What each eligibility rule found, in Korean and English, by rule and result."""

from __future__ import annotations

from collections.abc import Mapping

from service.wording.eligibility_texts import Texts

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
    ("representatives", "pass"): {"ko": "대표자 요건을 충족합니다.", "en": "The condition on representatives is met."},
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
    ("founding", "pass"): {
        "ko": "이전 사업이 있으나 새로운 창업에 해당하거나 업력을 이어서 셉니다({found}).",
        "en": "There were earlier businesses; this is a founding, or the age runs on from them ({found}).",
    },
    ("founding", "fail"): {
        "ko": "폐업 후 3년(부도·파산은 2년)이 지나기 전에 같은 업종을 다시 시작하여 창업에 해당하지 않습니다({found}).",
        "en": "The same business was resumed within 3 years of closing (2 after bankruptcy): no founding ({found}).",
    },
    ("founding", "needs_check"): {
        "ko": "이전 사업과 관련하여 창업에 해당하는지 판단할 수 없습니다({found}).",
        "en": "It can't be told whether this counts as a founding, given earlier businesses ({found}).",
    },
    ("founding_certificate", "pass"): {
        "ko": "창업기업확인서의 창업 기준 충족일이 기준일 이전입니다({found}).",
        "en": "The day of the start-up certificate is not after the day that counts ({found}).",
    },
    ("founding_certificate", "fail"): {
        "ko": "창업기업확인서의 창업 기준 충족일({found})이 기준일({required})보다 늦습니다.",
        "en": "The day of the start-up certificate ({found}) is after the day that counts ({required}).",
    },
    ("founding_certificate", "needs_check"): {
        "ko": "유효한 창업기업확인서와 창업 기준 충족일을 확인하여야 합니다(확인된 값: {found}).",
        "en": "A start-up certificate in force, with its day, has to be checked (known: {found}).",
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
        "ko": "참여 이력에 동시수행이 제한된 다른 사업이 없습니다.",
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
    ("past_participation", "pass"): {
        "ko": "과거 참여를 제한하는 사업에 참여한 이력이 없습니다.",
        "en": "No earlier participation that the notice counts was found.",
    },
    ("past_participation", "fail"): {
        "ko": "과거에 참여하여 다시 신청할 수 없습니다. 제한: {required}. 참여 이력: {found}.",
        "en": "An earlier participation bars. Barred: {required}. Found: {found}.",
    },
    ("past_participation", "needs_check"): {
        "ko": "과거 참여가 제한 사유인지 판단할 수 없습니다. 제한: {required}. 참여 이력: {found}.",
        "en": "It can't be told whether an earlier participation bars. Barred: {required}. Found: {found}.",
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
    "pass": {
        "ko": "접수 마감 시각이 지나지 않았습니다({required}).",
        "en": "The closing hour has not passed ({required}).",
    },
    "fail": {"ko": "접수 마감 시각이 지났습니다({required}).", "en": "The closing hour has passed ({required})."},
    "needs_check": {
        "ko": "접수 마감일입니다. 마감 시각: {required}.",
        "en": "This is the closing day. Closing hour: {required}.",
    },
    "hour_unknown": {
        "ko": "접수 마감일이나 마감 시각이 확인되지 않았습니다({required}).",
        "en": "This is the closing day, and its hour is not known ({required}).",
    },
}

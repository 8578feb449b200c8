"""What a program that is one step away is unlocked by, in Korean and English, by the code of the step."""

from __future__ import annotations

from service.wording.eligibility_texts import Texts

STEPS: Texts = {
    "wait_until": {"ko": "{on}부터 신청할 수 있습니다.", "en": "Unlocked by waiting until {on}."},
    "before_hour": {
        "ko": "마감일 {value}까지 신청할 수 있습니다.",
        "en": "Unlocked by applying by {value} on the closing day.",
    },
    "state": {
        "ko": "다음 항목을 입력하면 신청 가능 여부를 판정할 수 있습니다: {value}.",
        "en": "Unlocked by stating this, if it meets the condition: {value}.",
    },
    "state_district": {
        "ko": "본점 소재지를 현행 시·군·구 코드(5자리)로 입력하면 신청 가능 여부를 판정할 수 있습니다.",
        "en": "Unlocked by stating the head office by its present district code (5 digits), if it meets the condition.",
    },
    "state_full_code": {
        "ko": "업종을 한국표준산업분류 세세분류 코드(5자리)로 입력하면 신청 가능 여부를 판정할 수 있습니다.",
        "en": "Unlocked by stating the industry by its full KSIC code (5 digits), if it meets the condition.",
    },
    "correct_number": {
        "ko": "다음 번호를 바로잡으면 신청할 수 있습니다: {value}.",
        "en": "Unlocked by correcting this number: {value}.",
    },
    "name_field": {
        "ko": "27개 신산업 창업 분야 중 해당하는 분야를 선택하면 신청할 수 있습니다.",
        "en": "Unlocked by naming one of the 27 new-industry fields.",
    },
    "register_business": {"ko": "사업자등록을 하면 신청할 수 있습니다.", "en": "Unlocked by registering a business."},
    "register_corporation": {
        "ko": "법인을 설립하면 신청할 수 있습니다.",
        "en": "Unlocked by registering a corporation.",
    },
    "reach_stage": {
        "ko": "다음 투자 단계에 이르면 신청할 수 있습니다: {value}.",
        "en": "Unlocked by reaching this investment stage: {value}.",
    },
    "move_head_office": {
        "ko": "본점을 다음 지역으로 이전하면 신청할 수 있습니다: {value}.",
        "en": "Unlocked by moving the head office to one of these: {value}.",
    },
    "change_industry": {
        "ko": "다음 업종을 영위하면 신청할 수 있습니다: {value}.",
        "en": "Unlocked by being in one of these industries: {value}.",
    },
    "offer_language": {
        "ko": "다음 언어 중 하나로 참여할 수 있으면 신청할 수 있습니다: {value}.",
        "en": "Unlocked by taking part in one of these languages: {value}.",
    },
    "qualify_representatives": {
        "ko": "대표자 전원이 신청 자격을 갖추면 신청할 수 있습니다.",
        "en": "Unlocked once all representatives qualify.",
    },
    "withdraw_application": {
        "ko": "다음 사업의 신청을 철회하거나 선정을 포기하면 신청할 수 있습니다: {value}.",
        "en": "Unlocked by withdrawing from this program: {value}.",
    },
    "name_program": {
        "ko": "다음 사업을 정식 명칭으로 입력하면 신청 가능 여부를 판정할 수 있습니다: {value}.",
        "en": "Unlocked by entering this program by its official name, if it meets the condition: {value}.",
    },
}
"""Confirmations by a person or the notice are no steps and stay open beside them."""

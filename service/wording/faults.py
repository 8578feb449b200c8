"""What is wrong with a cell or a line, and what to do about it, as two sentences."""

from __future__ import annotations

from collections.abc import Mapping

from model.faults import SENTENCES, Fault
from service.wording.import_notes import NOTES

Pair = tuple[str, str]

FAULTS: Mapping[str, Mapping[str, Pair]] = {
    **NOTES,
    "missing": {
        "ko": ("꼭 필요한 값이 비어 있습니다.", "값을 채우십시오."),
        "en": ("A required value is empty.", "Fill it in."),
    },
    "duplicate_id": {
        "ko": ("같은 ID가 위의 줄에 이미 있습니다.", "한 줄만 남기거나 ID를 고치십시오."),
        "en": ("This id stands in a line further up already.", "Keep one of the lines, or correct the id."),
    },
    "not_allowed": {
        "ko": ("쓸 수 없는 값입니다.", "다음 중 하나를 쓰십시오: {allowed}"),
        "en": ("This value is not one of those allowed.", "Use one of: {allowed}"),
    },
    "out_of_range": {
        "ko": ("허용 범위를 벗어난 값입니다.", "{allowed} 범위의 정수를 적으십시오."),
        "en": ("This number is out of range.", "Write a whole number in {allowed}."),
    },
    "not_integer": {
        "ko": ("0 이상의 정수로 읽을 수 없습니다.", "숫자만 적으십시오. 예: 12 또는 1,204명"),
        "en": ("This can't be read as a whole number of 0 or more.", "Write digits only, such as 12 or 1,204."),
    },
    "not_amount": {
        "ko": (
            "원 단위 금액으로 읽을 수 없거나 뜻이 분명하지 않습니다.",
            "120,000,000 또는 1억 2천만 원처럼 적으십시오. 외화는 원화로 바꾸어 적으십시오.",
        ),
        "en": (
            "This is no clear amount of won.",
            "Write it as 120,000,000 or 1억 2천만 원; convert other currencies to won.",
        ),
    },
    "not_day": {
        "ko": (
            "실제로 있는 날짜로 읽을 수 없거나 순서가 분명하지 않습니다.",
            "2026-01-31, 20260131, 2026. 1. 31. 또는 2026년 1월 31일처럼 연·월·일 순으로 적으십시오.",
        ),
        "en": ("This is no real day, or its order is not clear.", "Write year, month and day, such as 2026-01-31."),
    },
    "not_date": {
        "ko": ("실제로 있는 날짜로 읽을 수 없습니다.", "YYYY-MM-DD 형식으로 적으십시오."),
        "en": ("This is no real day.", "Write it as YYYY-MM-DD."),
    },
    "not_time": {
        "ko": ("시각으로 읽을 수 없습니다.", "18:00 또는 오후 6시처럼 적으십시오."),
        "en": ("This can't be read as a time of day.", "Write it as 18:00."),
    },
    "not_month": {
        "ko": ("달이나 해로 읽을 수 없습니다.", "2026-02, 2026년 2월 또는 2026년처럼 적으십시오."),
        "en": ("This can't be read as a month or a year.", "Write it as 2026-02 or 2026."),
    },
    "not_businesses": {
        "ko": (
            "이전 사업을 읽을 수 없습니다.",
            "'형태 업종코드 개업일~폐업일 사유'를 쌍반점(;)으로 나누어 적으십시오. "
            "예: 개인사업자 62010 2018-03-02~2021-05-31 부도",
        ),
        "en": (
            "These earlier businesses can't be read.",
            "Write 'form KSIC opened~closed reason' separated by semicolons, such as "
            "sole_proprietor 62010 2018-03-02~2021-05-31 bankrupt.",
        ),
    },
    "not_moment": {
        "ko": ("날짜와 시각으로 읽을 수 없습니다.", "2026-05-29T16:40처럼 한국 시각으로 적으십시오."),
        "en": ("This can't be read as a day and time.", "Write it in Korea's time, such as 2026-05-29T16:40."),
    },
    "unnamed_program": {
        "ko": (
            "지원사업 목록에 없는 이름입니다. 적힌 그대로 두며, 다른 사업에 관한 요건은 확인 필요로 답합니다.",
            "정식 명칭으로 고치거나, 사업 자료에 그 이름의 사업을 더하십시오.",
        ),
        "en": (
            "No program is known by this name. It is kept as written, and conditions on other programs need checking.",
            "Enter its official name, or add a program of that name to the catalogue.",
        ),
    },
    "not_boolean": {
        "ko": ("예·아니요로 읽을 수 없습니다.", "예 또는 아니요(true, false)로 적으십시오."),
        "en": ("This can't be read as yes or no.", "Write true or false."),
    },
    "not_region": {
        "ko": (
            "행정구역을 알 수 없거나 같은 이름이 여럿입니다.",
            "시·도부터 적거나(예: 서울 강남구) 행정구역 코드(예: 11680)를 적으십시오.",
        ),
        "en": (
            "This region is not known, or several have this name.",
            "Begin with the province (서울 강남구), or write the official code (11680).",
        ),
    },
    "not_field_number": {
        "ko": ("신산업 창업 분야를 알 수 없습니다.", "1부터 27까지의 번호 또는 고시의 분야 이름을 적으십시오."),
        "en": ("This new-industry field is not known.", "Write its number, 1 to 27, or its name in the notice."),
    },
    "not_history": {
        "ko": (
            "참여 이력을 읽을 수 없습니다.",
            "'사업 연도 단계'를 쌍반점(;)으로 나누어 적으십시오. 예: dips 2025 완료; tips 2026 수행 중",
        ),
        "en": (
            "This support history can't be read.",
            "Write 'program year status' separated by semicolons, such as dips 2025 completed; tips 2026 running.",
        ),
    },
    "not_conflicts": {
        "ko": (
            "동시수행 제한을 읽을 수 없습니다.",
            "'사업 (단계)'를 쌍반점(;)으로 나누어 적으십시오. 예: linkup (협약)",
        ),
        "en": ("This can't be read.", "Write 'program (status)' separated by semicolons, such as linkup (agreed)."),
    },
    "lost_zeros": {
        "ko": (
            "숫자로 저장되면서 앞의 0이 없어진 것으로 보입니다.",
            "셀 서식을 '텍스트'로 바꾸고 번호를 다시 적으십시오.",
        ),
        "en": (
            "Leading zeros seem to have been lost when this was kept as a number.",
            "Format the cell as text and write the number again.",
        ),
    },
    "broken_text": {
        "ko": (
            "읽을 수 없는 글자(�)가 들어 있습니다. 앞서 저장할 때 글자가 이미 손상되었습니다.",
            "원본에서 UTF-8로 다시 내보내십시오.",
        ),
        "en": (
            "This holds a letter (�) that an earlier program could not read; it is lost here.",
            "Export it anew from its source as UTF-8.",
        ),
    },
    "bad_text": {
        "ko": ("저장할 수 없는 문자(NUL, 제어 문자 등)가 들어 있습니다.", "그 문자를 지우십시오."),
        "en": ("This holds a character that can't be stored, such as NUL.", "Remove it."),
    },
    "too_long": {
        "ko": ("값이 너무 깁니다.", "줄여서 적으십시오."),
        "en": ("This value is too long.", "Shorten it."),
    },
    "too_many_cells_in_row": {
        "ko": (
            "제목 행보다 칸이 많습니다.",
            "쉼표가 들어 있는 값은 큰따옴표로 묶고, 제목 없는 칸은 지우십시오.",
        ),
        "en": (
            "This line has more cells than there are headings.",
            "Put values that hold a comma in double quotes, and remove cells without a heading.",
        ),
    },
    "error_cell": {
        "ko": ("수식의 결과가 오류입니다.", "수식을 바로잡거나 값으로 바꾸어 적으십시오."),
        "en": ("The formula's result is an error.", "Mend the formula, or write the value itself."),
    },
    "not_email": {
        "ko": ("전자우편 주소가 아닙니다.", "name@example.kr처럼 쓰십시오."),
        "en": ("This is no e-mail address.", "Write it like name@example.kr."),
    },
    "unknown_key": {
        "ko": ("알 수 없는 항목입니다.", "이름을 바로잡거나 항목을 지우십시오."),
        "en": ("This key is not known.", "Correct its name or remove it."),
    },
    "unknown_startup": {
        "ko": ("등록되지 않은 기업입니다.", "ID를 확인하고, 기업을 먼저 가져오십시오."),
        "en": ("No startup has this id.", "Check the id, and bring the startup in first."),
    },
    "unknown_program": {
        "ko": ("등록되지 않은 프로그램입니다.", "ID를 확인하고, 프로그램을 먼저 가져오십시오."),
        "en": ("No program has this id.", "Check the id, and bring the program in first."),
    },
    "support_unknown": {
        "ko": (
            "지원 내용의 코드로 옮길 수 없는 분류여서 가져오지 않았습니다.",
            "필요하면 지원 내용을 직접 적으십시오.",
        ),
        "en": ("This kind of support has no code and was left out.", "Add the kind of support by hand if needed."),
    },
    "no_closing_day": {
        "ko": (
            "마감일이 정해지지 않은 공고입니다. 적힌 문구는 출처에 남겼습니다.",
            "공고문에서 접수 기간을 확인하십시오.",
        ),
        "en": (
            "This notice names no closing day; what it says is kept in source.",
            "Look the application period up in the notice.",
        ),
    },
    "unknown_column": {
        "ko": (
            "이 열은 가져오지 않았습니다. 제목이 등록된 항목 이름과 다릅니다.",
            "필요한 열이면 제목을 안내서의 이름으로 고치십시오.",
        ),
        "en": (
            "This column was not taken: its heading is no name of ours.",
            "If it is needed, head it as the guide says.",
        ),
    },
}
"""By code, then by language: what is wrong, and what to do."""


def sentences(fault: Fault, language: str) -> Pair:
    """Say in `ko` or `en` what is wrong and what to do; the second is empty where the first says both."""
    pair = FAULTS.get(fault.code)
    if pair is None:
        return fault.sentence(language), ""
    what, advice = (text.format(allowed=fault.allowed, value=fault.value) for text in pair[language])
    return what, advice


def sentence(fault: Fault, language: str) -> str:
    """Say both in one."""
    return " ".join(filter(None, sentences(fault, language)))


def is_known(code: str) -> bool:
    """Tell whether a code has sentences."""
    return code in FAULTS or code in SENTENCES

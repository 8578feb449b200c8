"""What the events of the audit trail are called, and what is wrong with a row that is not as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NAMES: Mapping[str, Mapping[str, str]] = {
    "decide": {"ko": "결정", "en": "Decision"},
    "object": {"ko": "이의신청 기록", "en": "Objection recorded"},
    "answer": {"ko": "이의신청 답변", "en": "Objection answered"},
    "run_round": {"ko": "선정 회차 실행", "en": "Round run"},
    "score_round": {"ko": "평가 점수 등록", "en": "Round scored"},
    "record_check": {"ko": "요건 확인 기록", "en": "Requirement checked"},
    "record_request": {"ko": "보완 요청", "en": "Completion requested"},
    "record_assignment": {"ko": "검토자 배정", "en": "Reviewer assigned"},
    "record_step": {"ko": "협약·수행 단계 기록", "en": "Step recorded"},
    "record_override": {"ko": "목록에 대한 예외 기록", "en": "Override recorded"},
    "bring_list": {"ko": "참여제한·환수·체납 목록 등록", "en": "List from outside stored"},
    "answer_list": {"ko": "목록의 기업인지 확인", "en": "Match with a list decided"},
    "merge_firms": {"ko": "두 기업 합치기", "en": "Firms merged"},
    "part_firms": {"ko": "합친 기업 나누기", "en": "Firms parted again"},
    "import": {"ko": "가져오기", "en": "Import"},
    "map_headings": {"ko": "열 제목 대응표 저장", "en": "Headings mapped"},
    "forget_headings": {"ko": "열 제목 대응표 삭제", "en": "Heading map removed"},
    "export": {"ko": "내보내기", "en": "Export"},
    "put": {"ko": "자료 등록·교체", "en": "Record stored"},
    "change": {"ko": "자료 수정", "en": "Record changed"},
    "delete": {"ko": "자료 삭제", "en": "Record deleted"},
    "erase": {"ko": "자료 삭제 요청 처리", "en": "Record erased"},
    "activate_model": {"ko": "모델 변경", "en": "Model activated"},
    "roll_back_model": {"ko": "모델 되돌리기", "en": "Model rolled back"},
    "settle_model_change": {"ko": "모델 변경 결과", "en": "Outcome of a model change"},
    "find_model": {"ko": "변경 기록이 없는 모델 발견", "en": "Model in use that nobody activated"},
    "admit": {"ko": "사용자 등록", "en": "User admitted"},
    "change_user": {"ko": "사용자 변경", "en": "User changed"},
    "invite": {"ko": "로그인 주소 발급", "en": "Sign-in link made"},
    "issue_key": {"ko": "API 키 발급", "en": "Key issued"},
    "revoke_key": {"ko": "API 키 폐기", "en": "Key revoked"},
    "retention": {"ko": "보존 기간이 지난 기록 삭제", "en": "Retention applied"},
    "show": {"ko": "추천 결과 기록", "en": "Answer recorded"},
    "close_stretch": {"ko": "접속 기록 봉인", "en": "Access log sealed"},
    "prove": {"ko": "이전 기록의 해시 등록", "en": "Earlier records sealed"},
    "backup": {"ko": "백업", "en": "Backup"},
    "restore": {"ko": "복구", "en": "Restore"},
}
"""By code, then by language."""


DETAILS: Mapping[str, tuple[str, str]] = {
    "reason": ("사유", "reason"),
    "form": ("형식", "form"),
    "rows": ("건수", "rows"),
    "revision": ("판", "revision"),
    "outcome": ("결과", "outcome"),
    "until": ("기한", "until"),
    "fields": ("바뀐 항목", "fields changed"),
    "role": ("역할", "role"),
    "programs": ("담당 프로그램", "programs"),
    "file": ("파일", "file"),
    "name": ("이름", "name"),
    "institution": ("기관", "institution"),
    "added": ("새로 추가", "added"),
    "changed": ("바뀜", "changed"),
    "same": ("변경 없음", "same"),
    "faulty": ("오류", "faulty"),
    "version": ("모델", "model"),
    "before": ("이전 모델", "model before"),
    "despite": ("확인한 미충족 요건", "rules not met"),
}
"""What an event's details are called; digests and what is not here are proof for the check, not for a reader."""


def in_words(details: Mapping[str, Any], language: str) -> str:
    """The details of an event that say something to a reader.

    >>> in_words({"reason": "평가", "rows": 3, "digest": "9f…"}, "ko")
    '사유 평가, 건수 3'
    """
    place = 0 if language == "ko" else 1
    named = ((DETAILS[name][place], value) for name, value in details.items() if name in DETAILS)
    return ", ".join(f"{name} {_value(value)}" for name, value in named if value not in (None, "", [], {}))


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


BREAKS: dict[str, tuple[str, str]] = {
    "missing": ("이 번호의 행이 없습니다.", "The row of this number is missing."),
    "doubled": ("이 번호의 행이 두 번 있습니다.", "The row of this number is there twice."),
    "changed": ("내용이 기록될 때와 다릅니다.", "Its content is not what was recorded."),
    "relinked": ("앞 행의 해시와 이어지지 않습니다.", "It does not follow from the row before it."),
    "noted_otherwise": ("따로 적어 둔 해시와 다릅니다.", "Its hash is not the one that was noted elsewhere."),
    "beyond_head": ("기록된 마지막 행보다 뒤에 있습니다.", "It stands behind the last row that was recorded."),
    "rewritten": (
        "마지막 해시와 맞지 않습니다. 이 행까지의 내용이 다시 쓰였습니다.",
        "The trail does not end in its recorded hash: rows up to this one were written anew.",
    ),
    "record_changed": (
        "이 행에 적힌 '{record}'의 내용이 기록될 때와 다릅니다.",
        "The row '{record}' that it recorded is not what it was.",
    ),
    "record_missing": ("이 행에 적힌 '{record}'이(가) 없어졌습니다.", "The row '{record}' that it recorded is gone."),
    "record_unaudited": (
        "'{record}'은(는) 감사 기록에 없는 내용입니다.",
        "Nothing in the trail tells of the row '{record}'.",
    ),
}
"""Why a row is bad, in Korean and English, by code."""


def name(event: str, language: str) -> str:
    """What an event is called; one that this version does not know keeps its code.

    >>> name("decide", "en")
    'Decision'
    """
    return NAMES.get(event, {}).get(language, event)


def broken(why: str, record: str, language: str) -> str:
    """Say why a row is bad, in `ko` or `en`; `why` is the code of a break, `record` the other row that it is about."""
    korean, english = BREAKS[why]
    return (korean if language == "ko" else english).format(record=record)

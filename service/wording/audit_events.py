"""What the events of the audit trail are called, and what is wrong with a row that is not as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.wording.pairs import Pairs, said

NAMES: Pairs = {
    "decide": ("결정", "Decision"),
    "object": ("이의신청 기록", "Objection recorded"),
    "answer": ("이의신청 답변", "Objection answered"),
    "run_round": ("선정 회차 실행", "Round run"),
    "score_round": ("평가 점수 등록", "Round scored"),
    "record_check": ("요건 확인 기록", "Requirement checked"),
    "record_request": ("보완 요청", "Completion requested"),
    "record_assignment": ("검토자 배정", "Reviewer assigned"),
    "record_step": ("협약·수행 단계 기록", "Step recorded"),
    "record_override": ("목록에 대한 예외 기록", "Override recorded"),
    "bring_list": ("참여제한·환수·체납 목록 등록", "List from outside stored"),
    "answer_list": ("목록의 기업인지 확인", "Match with a list decided"),
    "merge_firms": ("두 기업 합치기", "Firms merged"),
    "part_firms": ("합친 기업 나누기", "Firms parted again"),
    "import": ("가져오기", "Import"),
    "map_headings": ("열 제목 대응표 저장", "Headings mapped"),
    "forget_headings": ("열 제목 대응표 삭제", "Heading map removed"),
    "export": ("내보내기", "Export"),
    "put": ("자료 등록·교체", "Record stored"),
    "change": ("자료 수정", "Record changed"),
    "delete": ("자료 삭제", "Record deleted"),
    "erase": ("자료 삭제 요청 처리", "Record erased"),
    "activate_model": ("모델 변경", "Model activated"),
    "roll_back_model": ("모델 되돌리기", "Model rolled back"),
    "settle_model_change": ("모델 변경 결과", "Outcome of a model change"),
    "find_model": ("변경 기록이 없는 모델 발견", "Model in use that nobody activated"),
    "admit": ("사용자 등록", "User admitted"),
    "change_user": ("사용자 변경", "User changed"),
    "invite": ("로그인 주소 발급", "Sign-in link made"),
    "issue_key": ("API 키 발급", "Key issued"),
    "revoke_key": ("API 키 폐기", "Key revoked"),
    "retention": ("보존 기간이 지난 기록 삭제", "Retention applied"),
    "show": ("추천 결과 기록", "Answer recorded"),
    "close_stretch": ("접속 기록 봉인", "Access log sealed"),
    "prove": ("이전 기록의 해시 등록", "Earlier records sealed"),
    "backup": ("백업", "Backup"),
    "restore": ("복구", "Restore"),
}
"""By code, then by language."""


DETAILS: Pairs = {
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
    named = ((said(DETAILS, name, language), value) for name, value in details.items() if name in DETAILS)
    return ", ".join(f"{name} {_value(value)}" for name, value in named if value not in (None, "", [], {}))


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


BREAKS: Pairs = {
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

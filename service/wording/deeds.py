"""What the audit trail's deeds are called, and what is wrong with a row that is not as it was written."""

from __future__ import annotations

from collections.abc import Mapping

from service.errors.audit import BREAKS

NAMES: Mapping[str, Mapping[str, str]] = {
    "decide": {"ko": "결정", "en": "Decision"},
    "object": {"ko": "이의신청 기록", "en": "Objection recorded"},
    "answer": {"ko": "이의신청 답변", "en": "Objection answered"},
    "run_round": {"ko": "선정 회차 실행", "en": "Round run"},
    "score_round": {"ko": "평가 점수 등록", "en": "Round scored"},
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


def name(deed: str, language: str) -> str:
    """What a deed is called; one that this version does not know keeps its code.

    >>> name("decide", "en")
    'Decision'
    """
    return NAMES.get(deed, {}).get(language, deed)


def broken(why: str, record: str, language: str) -> str:
    """Say why a row is bad, in `ko` or `en`; `why` is the code of a break, `record` the other row that it is about."""
    korean, english = BREAKS[why]
    return (korean if language == "ko" else english).format(record=record)

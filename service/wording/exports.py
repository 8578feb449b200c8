"""What exported tables and their columns are called, and what the sheet about an export says."""

from __future__ import annotations

from datetime import datetime

from service.settings import KOREA
from service.wording.pairs import Pairs, said

WORDS: Pairs = {
    "startups": ("창업기업", "Startups"),
    "programs": ("프로그램", "Programs"),
    "matches": ("추천 프로그램", "Matches"),
    "candidates": ("추천 기업", "Candidates"),
    "known_programs": ("이미 신청·참여한 프로그램", "Known programs"),
    "known_startups": ("이미 신청·참여한 기업", "Known startups"),
    "state": ("상태", "State"),
    "when": ("날짜", "When"),
    "decisions": ("결정", "Decisions"),
    "papers": ("요건과 서류", "Requirements and papers"),
    "listed": ("외부 목록 확인", "Lists from outside"),
    "barred": ("협약 제한 목록", "Bars an agreement"),
    "applications": ("신청", "Applications"),
    "application_id": ("신청 ID", "Application ID"),
    "status": ("회차 결과", "Status"),
    "requirement": ("요건", "Requirement"),
    "judged_by": ("판단", "Judged by"),
    "result": ("결과", "Result"),
    "entry_state": ("확인 내용", "Word"),
    "paper": ("서류", "Paper"),
    "paper_number": ("서류 번호", "Number of the paper"),
    "issued_on": ("발급일", "Issued on"),
    "expires_on": ("만료일", "Expires on"),
    "remark": ("비고", "Remark"),
    "report": ("오류 보고서", "Report"),
    "about": ("이 파일에 대하여", "About this file"),
    "rank": ("순위", "Rank"),
    "startup_id": ("기업 ID", "Startup ID"),
    "program_id": ("프로그램 ID", "Program ID"),
    "name": ("이름", "Name"),
    "name_en": ("영문 이름", "Name in English"),
    "score": ("점수", "Score"),
    "verdict": ("판정", "Verdict"),
    "open_rules": ("충족하지 못하거나 확인할 요건", "Rules not met or to be checked"),
    "decision_id": ("결정 ID", "Decision ID"),
    "startup_ref": ("기업 가명", "Pseudonym"),
    "number": ("차례", "Number"),
    "action": ("결정", "Action"),
    "reason": ("사유", "Reason"),
    "run_id": ("추천 결과 ID", "Run ID"),
    "actor_id": ("결정자 ID", "Decided by (id)"),
    "actor_name": ("결정자", "Decided by"),
    "at": ("일시", "At"),
    "content": ("내용", "Content"),
    "conditions": ("조건", "Conditions"),
    "rows": ("건수", "Rows"),
    "exported_at": ("내려받은 일시", "Exported at"),
    "exported_by": ("내려받은 사람", "Exported by"),
    "export_reason": ("내려받은 사유", "Reason for the export"),
    "model_version": ("추천 모델 버전", "Model version"),
    "rules_version": ("요건 규칙 버전", "Version of the rules"),
    "snapshot": ("자료 검사값", "Digest of the data"),
    "head": ("감사 기록의 마지막 해시값", "Head of the audit trail"),
    "on": ("기준일", "As of"),
    "notice": ("유의 사항", "Notice"),
    "file": ("파일", "File"),
    "line": ("줄", "Line"),
    "field": ("항목", "Field"),
    "value": ("파일에 있던 값", "Found"),
    "code": ("코드", "Code"),
    "message": ("오류", "What is wrong"),
    "advice": ("고치는 방법", "What to do"),
}

HANDLING = (
    "업무에 필요한 범위에서만 쓰고, 다 쓴 파일은 지우십시오. 내려받은 사람과 사유가 기록되었습니다.",
    "Use it for the work that was stated and delete it afterwards. Who exported it, and why, was recorded.",
)


def word(code: str, language: str) -> str:
    """Name a table or a column in `ko` or `en`."""
    return said(WORDS, code, language)


def moment(at: datetime) -> str:
    """A moment in Korea's time, to the minute, as files say it."""
    return f"{at.astimezone(KOREA):%Y-%m-%d %H:%M}"


def handling(language: str) -> str:
    """How an exported file is to be treated."""
    return HANDLING[0] if language == "ko" else HANDLING[1]

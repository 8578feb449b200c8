"""What roles, scopes, credentials and states are called on pages and in their files."""

from __future__ import annotations

from service.console.wire.language import gettext


def role(code: str) -> str:
    """A role of somebody who may enter."""
    return {
        "viewer": gettext("조회자"),
        "manager": gettext("담당자"),
        "operator": gettext("시스템 운영자"),
        "admin": gettext("관리자"),
    }[code]


def scope(code: str) -> str:
    """A kind of action that a role or a key permits."""
    return {
        "read": gettext("자료 보기"),
        "match": gettext("추천 보기"),
        "write": gettext("자료 쓰기"),
        "import": gettext("가져오기"),
        "export": gettext("내보내기"),
        "decide": gettext("결정과 이의신청"),
        "rounds": gettext("선정 회차"),
        "model": gettext("모델 변경"),
        "audit": gettext("기록 보기"),
        "admin": gettext("사용자와 키 관리"),
    }[code]


def settled(code: str | None) -> str:
    """What came of an objection; None waits for an answer."""
    return {None: gettext("답변 대기"), "upheld": gettext("인용(받아들임)"), "dismissed": gettext("기각")}[code]


def key_state(code: str) -> str:
    """What a key opens now, if anything."""
    return {"valid": gettext("유효"), "expired": gettext("만료됨"), "revoked": gettext("폐기됨")}[code]


def subject(code: str) -> str:
    """What kind of record the access log (`startup_id`) or the audit trail (`startup`, `startups`) names."""
    return {
        "startup": gettext("창업기업"),
        "program": gettext("프로그램"),
        "user": gettext("사용자"),
        "key": gettext("API 키"),
        "run": gettext("추천 기록"),
        "decision": gettext("결정"),
        "objection": gettext("이의신청"),
        "import": gettext("가져오기"),
        "round": gettext("선정 회차"),
        "catalogue": gettext("자료 목록"),
        "audit": gettext("감사 기록"),
        "access_log": gettext("접속 기록"),
        "heading_map": gettext("열 제목 대응표"),
        "model": gettext("모델"),
        "database": gettext("데이터베이스"),
    }.get(code.removesuffix("_id").removesuffix("s"), gettext("그 밖의 자료"))


def answered(status: int) -> str:
    """How a request ended, by the status of its answer."""
    if status < 400:
        return gettext("처리함")
    ends = {
        401: gettext("로그인 필요"),
        403: gettext("권한 없음"),
        404: gettext("없는 자료"),
        422: gettext("입력 오류"),
    }
    return ends.get(status, gettext("처리 못 함"))


def credential(code: str) -> str:
    """By what somebody came, as the access log has it: its kind alone, never which one."""
    kinds = {"key": gettext("API 키"), "session": gettext("로그인"), "open-reading": gettext("이 컴퓨터")}
    return kinds.get(code.split(":")[0], "–")

"""What roles, scopes, credentials and states are called on pages and in their files."""

from __future__ import annotations

from service.console.wire.language import gettext


def role(code: str) -> str:
    """A role of somebody who may enter."""
    return {
        "viewer": gettext("열람자"),
        "manager": gettext("담당자"),
        "operator": gettext("운영자"),
        "admin": gettext("관리자"),
    }[code]


def scope(code: str) -> str:
    """A kind of deed that a role or a key permits."""
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
    return {
        None: gettext("답변 대기"),
        "upheld": gettext("받아들임"),
        "dismissed": gettext("받아들이지 않음"),
    }[code]


def key_state(code: str) -> str:
    """What a key opens now, if anything."""
    return {"valid": gettext("유효"), "expired": gettext("만료됨"), "revoked": gettext("폐기됨")}[code]


def credential(code: str) -> str:
    """By what somebody came, as the access log has it: its kind alone, never which one."""
    kinds = {"key": gettext("API 키"), "session": gettext("로그인"), "open-reading": gettext("이 컴퓨터")}
    return kinds.get(code.split(":")[0], "–")

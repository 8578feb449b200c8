"""What is known already of a startup at a program, in words."""

from __future__ import annotations

from model.matching.known_pairs import KnownOutcome, KnownState

STATES: dict[KnownState, dict[str, str]] = {
    KnownState.APPLIED: {"ko": "신청함", "en": "Applied"},
    KnownState.APPLICATION_WITHDRAWN: {"ko": "신청 철회", "en": "Application withdrawn"},
    KnownState.SHORTLISTED: {"ko": "1차 선발", "en": "Shortlisted"},
    KnownState.RESERVE: {"ko": "예비 선발", "en": "On the reserve list"},
    KnownState.NOT_SELECTED: {"ko": "미선정", "en": "Not selected"},
    KnownState.REJECTED: {"ko": "탈락", "en": "Not selected"},
    KnownState.DECLINED: {"ko": "참여 포기", "en": "Declined to take part"},
    KnownState.SELECTED: {"ko": "선정", "en": "Selected"},
    KnownState.PLEDGED: {"ko": "협약체결 확약", "en": "Agreement pledged"},
    KnownState.AGREED: {"ko": "협약 체결", "en": "Agreement signed"},
    KnownState.RUNNING: {"ko": "참여 중", "en": "Taking part"},
    KnownState.WITHDRAWN: {"ko": "포기", "en": "Withdrew"},
    KnownState.STOPPED: {"ko": "중단·중도포기", "en": "Stopped midway"},
    KnownState.FAILED: {"ko": "실패", "en": "Failed"},
    KnownState.COMPLETED: {"ko": "수행 완료", "en": "Completed"},
    KnownState.CONTRACTED: {"ko": "협업기업과 계약", "en": "Contract with the partner"},
}


def state(known: KnownOutcome, language: str) -> str:
    """Name how far a startup came, in `ko` or `en`."""
    return STATES[known.state][language]


def when(known: KnownOutcome, language: str) -> str:
    """Say when, as exactly as it is known; empty where it is not.

    >>> when(KnownOutcome("dips", KnownState.COMPLETED, year=2024), "ko")
    '2024년'
    """
    if known.on:
        return known.on.isoformat()
    if known.year is None:
        return ""
    return f"{known.year}년" if language == "ko" else str(known.year)

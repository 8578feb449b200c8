"""What is known already of a startup at a program, in words."""

from __future__ import annotations

from model.matching.known_pairs import KnownOutcome, KnownState
from service.wording.pairs import Pairs

STATES: Pairs = {
    KnownState.APPLIED: ("신청함", "Applied"),
    KnownState.APPLICATION_WITHDRAWN: ("신청 철회", "Application withdrawn"),
    KnownState.SHORTLISTED: ("1차 선발", "Shortlisted"),
    KnownState.RESERVE: ("예비 선발", "On the reserve list"),
    KnownState.NOT_SELECTED: ("미선정", "Not selected"),
    KnownState.REJECTED: ("탈락", "Not selected"),
    KnownState.DECLINED: ("참여 포기", "Declined to take part"),
    KnownState.SELECTED: ("선정", "Selected"),
    KnownState.PLEDGED: ("협약체결 확약", "Agreement pledged"),
    KnownState.AGREED: ("협약 체결", "Agreement signed"),
    KnownState.RUNNING: ("참여 중", "Taking part"),
    KnownState.WITHDRAWN: ("포기", "Withdrew"),
    KnownState.STOPPED: ("중단·중도포기", "Stopped midway"),
    KnownState.FAILED: ("실패", "Failed"),
    KnownState.COMPLETED: ("수행 완료", "Completed"),
    KnownState.CONTRACTED: ("협업기업과 계약", "Contract with the partner"),
}


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

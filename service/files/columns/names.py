"""The columns of startups, programs and outcomes, from the tables beside this file; codes without a vocabulary."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from service.files.columns.column import Column, Columns, Holds

KINDS = ("startups", "programs", "outcomes")


@cache
def columns(kind: str) -> Columns:
    """The columns of `startups`, `programs` or `outcomes`."""
    with (Path(__file__).parent / f"{kind}.csv").open(encoding="utf-8", newline="") as table:
        return Columns(_column(row) for row in csv.DictReader(table))


def _column(row: Mapping[str, str]) -> Column:
    also = tuple(word for word in row["also"].split("|") if word)
    return Column(row["field"], Holds(row["holds"]), row["ko"], row["en"], also, row["codes"])


CHOICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "role": {"open_call": ("공모", "모집", "open call"), "reference": ("참고 항목", "참고", "reference")},
    "confidence": {
        "found": ("확인", "확인됨", "found"),
        "partly_found": ("일부 확인", "partly found"),
        "unsure": ("불확실", "미확인", "unsure"),
    },
    "reasons_shown": {"full": ("모두", "전체", "full"), "reduced": ("줄임", "일부", "reduced")},
    "status": {
        "applied": ("신청", "접수", "applied"),
        "not_selected": ("미선정", "탈락", "선정 제외", "선정되지 않음", "not selected", "rejected"),
        "application_withdrawn": ("신청 철회", "신청 취소", "신청 포기", "접수 취소", "application withdrawn"),
        "selected": ("선정", "선정됨", "선정 완료", "selected"),
        "pledged": ("협약체결 확약", "협약 확약", "확약", "협약체결확약서 제출", "확약서 제출", "pledged"),
        "agreed": ("협약", "협약 체결", "협약 완료", "agreed"),
        "running": ("수행 중", "수행", "진행 중", "진행", "참여 중", "지원 중", "협약 중", "running"),
        "completed": ("완료", "수행 완료", "종료", "최종 완료", "성공", "최종 성공", "수료", "졸업", "completed"),
        "stopped": (
            "중단",
            "중단·중도포기",
            "중도 포기",
            "중도 중단",
            "협약 해지",
            "협약 포기",
            "수행 포기",
            "stopped",
        ),
        "failed": ("실패", "최종 실패", "성실 실패", "불성실 실패", "failed"),
        "withdrawn": ("포기", "철회", "포기(시점 미확인)", "선정 포기", "withdrawn"),
    },
    "outcome": {
        "shown": ("노출", "shown"),
        "contacted": ("접촉", "contacted"),
        "applied": ("신청", "applied"),
        "shortlisted": ("서류 통과", "shortlisted"),
        "selected": ("선정", "selected"),
        "declined": ("선정 후 포기", "declined"),
        "rejected": ("탈락", "rejected"),
        "completed": ("수행 완료", "완료", "completed"),
    },
}
"""Codes that have no vocabulary file, each with its Korean name first."""

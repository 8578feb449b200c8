"""The columns of startups, programs and outcomes, from the tables beside this file; codes without a vocabulary."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from service.columns.column import Column, Columns, Holds

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
        "applied": ("신청", "applied"),
        "selected": ("선정", "selected"),
        "agreed": ("협약", "협약 체결", "agreed"),
        "running": ("수행 중", "수행중", "수행", "진행 중", "running"),
        "completed": ("완료", "수행 완료", "종료", "completed"),
        "withdrawn": ("중도 포기", "포기", "withdrawn"),
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

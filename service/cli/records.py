"""`ieum audit-verify`: is the audit trail as it was written?"""

from __future__ import annotations

import re
from typing import Annotated

import typer

from service.actions.records.verify_audit import VerifyAudit, refuse
from service.cli.wire import opening
from service.cli.wire.refusals import environment
from service.errors import Problem, ServiceError
from service.storage.records.chain import Head

Noted = Annotated[
    list[str] | None, typer.Option("--head", help="따로 적어 둔 마지막 · a head noted before, as COUNT:HASH")
]
_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})", re.ASCII)


def audit_verify(noted: Noted = None) -> None:
    """감사 기록이 온전한지 확인한다 · Verify the audit trail; prints its head to be noted elsewhere."""
    with environment() as settings:
        anchors = [_head(text) for text in noted or ()]
        catalogue = opening.catalogue(settings)
        verified = VerifyAudit(catalogue)(anchors)
        if verified.broken:
            raise refuse(verified.broken)
        print(f"{verified.head.count} rows, whole")
        print(f"head {verified.head.count}:{verified.head.hash}")


def _head(text: str) -> Head:
    match = _HEAD.fullmatch(text)
    if not match:
        raise ServiceError(Problem.BAD_HEAD, value=text)
    return Head(int(match[1]), match[2])

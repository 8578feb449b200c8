"""`ieum backup | restore | retention | erase`: everything into one file and back; what goes when its time has come."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from service.actions.operation.keep_backup import KeepBackup
from service.actions.records.erase import Erase
from service.actions.records.retain import Retain
from service.cli.operation import erasure
from service.cli.wire import opening
from service.cli.wire.actors import operator
from service.cli.wire.refusals import environment
from service.errors import Problem, ServiceError
from service.settings import now
from service.storage import repositories
from service.storage.operation.backup import Manifest
from service.storage.repositories import open_catalogue

Apply = Annotated[bool, typer.Option("--apply", help="세기만 하지 않고 지운다 · delete, not only count")]
Why = Annotated[str, typer.Option("--reason", help="지우는 사유, 기록에 남는다 · why; it stays on record")]
Confirmed = Annotated[
    list[str] | None,
    typer.Option("--confirm", help="가명으로 바꿀 곳의 부호, 여러 번 가능 · code of a place to replace"),
]
File = Annotated[Path, typer.Argument(help="백업 파일 · the backup's file")]


def backup(file: File) -> None:
    """서비스를 멈추지 않고 모든 자료를 한 파일에 백업한다 · Write everything into one file while the service runs."""
    with environment() as settings:
        catalogue = opening.catalogue(settings)
        _report(KeepBackup(catalogue, repositories.open_records(now)).write(file, operator()))
        print(file)


def restore(file: File) -> None:
    """백업을 빈 데이터베이스에 복구하고 검증한다 · Bring a backup into an empty database and verify it."""
    with environment() as settings:
        manifest, head = KeepBackup(open_catalogue(settings.database, now), repositories.open_records(now)).restore(
            file, operator()
        )
        _report(manifest)
        print(f"audit trail whole, head {head.count}:{head.hash}")


def retention(*, apply: Apply = False) -> None:
    """보존 기간이 지난 기록을 세고, --apply를 붙이면 지운다 · Count what has had its time; delete it with --apply."""
    with environment() as settings:
        catalogue = opening.catalogue(settings)
        records = repositories.open_records(now, keys=timedelta(hours=settings.key_hours))
        retain = Retain(catalogue, records, settings, now)
        swept = retain.apply(operator()) if apply else retain.preview()
        for name, count in asdict(swept).items():
            print(f"{name}: {count} {'deleted' if apply else 'would be deleted'}")


def erase(
    startup_id: str,
    reason: Why,
    confirm: Confirmed = None,
    *,
    confirm_all: Annotated[bool, typer.Option("--confirm-all", help="모두 가명으로 바꾼다 · replace them all")] = False,
    leave_rest: Annotated[bool, typer.Option("--leave-rest", help="나머지는 그대로 둔다 · leave the others")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="보이기만 한다 · show only; nothing is changed")] = False,
) -> None:
    """창업기업의 자료를 지우고 결정은 가명으로 남긴다 · Erase a startup; its decisions stay under a pseudonym."""
    with environment() as settings:
        catalogue = opening.catalogue(settings)
        act, codes = Erase(catalogue, repositories.open_records(now)), frozenset(confirm or ())
        planned = act.preview(startup_id, reason, operator())
        for line in erasure.elsewhere(planned.left, settings.language):
            print(line)
        for line in erasure.in_profiles(planned.profiles, settings.language):
            print(line)
        if dry_run:
            print(erasure.counted(planned, settings.language, is_done=False))
            return
        undecided = [occurrence for occurrence in planned.left if occurrence.code not in codes]
        if undecided and not confirm_all and not leave_rest:
            if not sys.stdin.isatty():
                raise ServiceError(Problem.ERASURE_UNCONFIRMED, count=len(undecided))
            codes |= {
                occurrence.code
                for occurrence in undecided
                if typer.confirm(f"{occurrence.code} {occurrence.before} → {occurrence.after}")
            }
        done = act(startup_id, reason, operator(), None if confirm_all else codes)
        print(erasure.counted(done, settings.language, is_done=True))


def _report(manifest: Manifest) -> None:
    for name, content in manifest.items():
        if content.rows:
            print(f"{name}: {content.rows}")

"""`ieum backup | restore`: everything into one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.actions.keep_backup import KeepBackup
from service.cli.acting import operator
from service.cli.refusals import refusals
from service.settings import Settings, from_environment, now
from service.storage import records, schema
from service.storage.backup import Manifest
from service.storage.catalogue import opened

File = Annotated[Path, typer.Argument(help="백업 파일 · the backup's file")]


def backup(file: File) -> None:
    """서비스를 멈추지 않고 모든 자료를 한 파일에 백업한다 · Write everything into one file while the service runs."""
    settings = from_environment()
    with refusals(settings.language):
        catalogue = opened(settings.database, now)
        schema.check(catalogue.database)
        _report(KeepBackup(catalogue, records.kept(now)).write(file, operator()))
        print(file)


def restore(file: File) -> None:
    """백업을 빈 데이터베이스에 복구하고 검증한다 · Bring a backup into an empty database and verify it."""
    settings = from_environment()
    with refusals(settings.language):
        found, head = _backups(settings).restore(file, operator())
        _report(found)
        print(f"audit trail whole, head {head.count}:{head.hash}")


def _backups(settings: Settings) -> KeepBackup:
    return KeepBackup(opened(settings.database, now), records.kept(now))


def _report(found: Manifest) -> None:
    for name, content in found.items():
        if content.rows:
            print(f"{name}: {content.rows}")
